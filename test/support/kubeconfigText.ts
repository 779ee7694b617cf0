import type { Kubeconfig } from '../../src/kubernetes/kubeconfig';
import { kubeconfigOf } from '../../src/kubernetes/kubeconfig';
import { readKubeconfigDocument } from '../../src/kubernetes/kubeconfigDocument';

/** A kubeconfig of one file's text, as if it lay in `/home/me/.kube`. */
export function readKubeconfigText(text: string): Kubeconfig {
  return kubeconfigOf(readKubeconfigDocument(text, '/home/me/.kube/config'), []);
}
