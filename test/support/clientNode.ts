import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };

/** The client library's kubeconfig: what our own credentials are compared with. */
export async function newKubeConfig(): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  return new KubeConfig();
}
