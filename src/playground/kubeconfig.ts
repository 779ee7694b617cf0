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
}

/** A kubeconfig (JSON is YAML) with one context, which is current. */
export function kubeconfigText({ address, token, certificateAuthority }: KubeconfigParts): string {
  const name = PLAYGROUND_CONTEXT;
  const authority = certificateAuthority === undefined ? '' : `\n      certificate-authority-data: ${base64(certificateAuthority)}`;
  return `apiVersion: v1
kind: Config
current-context: ${name}
clusters:
  - name: ${name}
    cluster:
      server: ${address}${authority}
contexts:
  - name: ${name}
    context:
      cluster: ${name}
      user: ${name}
      namespace: ${PLAYGROUND_NAMESPACE}
users:
  - name: ${name}
    user:
      token: ${token}
`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
