/** Cluster, user and context of the kubeconfig: whoever reads it sees that this is a simulation. */
export const PLAYGROUND_CONTEXT = 'kubeblocks-playground';
/** Where the sample clusters live. */
export const PLAYGROUND_NAMESPACE = 'playground';

export interface KubeconfigParts {
  /** `https://127.0.0.1:port`. */
  readonly address: string;
  readonly token: string;
  /** PEM of what signed the server's certificate; absent over plain HTTP. */
  readonly certificateAuthority?: string;
  /** Contexts of other users besides, by the end of their name. */
  readonly users?: readonly { readonly name: string; readonly token: string }[];
}

/** A kubeconfig with the administrator's context, which is current, and one for each other user. */
export function kubeconfigText({ address, token, certificateAuthority, users = [] }: KubeconfigParts): string {
  const name = PLAYGROUND_CONTEXT;
  const authority = certificateAuthority === undefined ? '' : `\n      certificate-authority-data: ${base64(certificateAuthority)}`;
  const all = [{ name, token }, ...users.map((user) => ({ name: `${name}-${user.name}`, token: user.token }))];
  return `apiVersion: v1
kind: Config
current-context: ${name}
clusters:
  - name: ${name}
    cluster:
      server: ${address}${authority}
contexts:
${all.map(contextText).join('')}users:
${all.map(userText).join('')}`;
}

function contextText({ name }: { readonly name: string }): string {
  return `  - name: ${name}
    context:
      cluster: ${PLAYGROUND_CONTEXT}
      user: ${name}
      namespace: ${PLAYGROUND_NAMESPACE}
`;
}

function userText({ name, token }: { readonly name: string; readonly token: string }): string {
  return `  - name: ${name}
    user:
      token: ${token}
`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
