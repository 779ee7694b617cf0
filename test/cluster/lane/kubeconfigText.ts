import { stringify } from 'yaml';
import { USER_NAMES, type Tokens, type UserName } from './users';

export interface KubeconfigParts {
  /** `https://127.0.0.1:port`. */
  readonly server: string;
  /** PEM. */
  readonly authority: string;
  readonly tokens: Tokens;
  readonly current: UserName;
  readonly namespace?: string;
}

/** A kubeconfig with a context for every user, named like the user. */
export function kubeconfigText({ server, authority, tokens, current, namespace = 'default' }: KubeconfigParts): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'cluster-lane', cluster: { server, 'certificate-authority-data': Buffer.from(authority).toString('base64') } }],
    users: USER_NAMES.map((name) => ({ name, user: { token: tokens[name] } })),
    contexts: USER_NAMES.map((name) => ({ name, context: { cluster: 'cluster-lane', user: name, namespace } })),
    'current-context': current,
  });
}
