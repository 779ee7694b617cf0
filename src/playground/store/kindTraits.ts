import type { Resource } from '../../kubeblocks/resource';

type Named = Pick<Resource, 'group' | 'plural'>;

/** Kinds whose API has no status subresource: whatever they call status is plain content. */
const WITHOUT_STATUS = new Set([
  '/secrets',
  '/configmaps',
  '/serviceaccounts',
  '/events',
  'storage.k8s.io/storageclasses',
  'storage.k8s.io/csidrivers',
  'snapshot.storage.k8s.io/volumesnapshotclasses',
]);

/** Kinds whose strategy does not count generations. */
const WITHOUT_GENERATION = new Set([
  ...WITHOUT_STATUS,
  '/namespaces',
  '/nodes',
  '/persistentvolumes',
  '/persistentvolumeclaims',
  '/services',
]);
WITHOUT_GENERATION.delete('snapshot.storage.k8s.io/volumesnapshotclasses');

const BUILT_IN_GROUPS = new Set(['', 'apps', 'batch', 'storage.k8s.io', 'apiextensions.k8s.io']);

export function hasStatus(resource: Named): boolean {
  return !WITHOUT_STATUS.has(`${resource.group}/${resource.plural}`);
}

export function countsGenerations(resource: Named): boolean {
  return !WITHOUT_GENERATION.has(`${resource.group}/${resource.plural}`);
}

/** Served from a CustomResourceDefinition, which decides which patches and updates are taken. */
export function isCustomResource(resource: Pick<Resource, 'group'>): boolean {
  return !BUILT_IN_GROUPS.has(resource.group);
}
