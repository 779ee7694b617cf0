import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };

export type { KubeConfig };

/**
 * The client library, of which only kubeconfig and authentication are used. The one place that names it: it is large,
 * a bundle of its own, and read when a cluster is first touched.
 */
export async function newKubeConfig(): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  return new KubeConfig();
}
