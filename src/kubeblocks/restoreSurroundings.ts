import type { AnyObject } from './objects';
import type { Resource } from './resource';

/** The kinds beside KubeBlocks' own that decide whether a restore can come true. */
export type SurroundingKind = 'ComponentDefinition' | 'ComponentVersion' | 'Namespace' | 'ResourceQuota' | 'StorageClass' | 'VolumeSnapshotClass';

/** All objects of a kind (of the new cluster's namespace, where the kind has one), or why they are not known. */
export type SurroundingList = { readonly items: readonly AnyObject[] } | { readonly why: string };

/** What is known around a restore. Nothing is said where nothing is known. */
export interface RestoreSurroundings {
  readonly lists: Readonly<Partial<Record<SurroundingKind, SurroundingList>>>;
  /** Undefined where nobody can tell. */
  readonly mayDo: (verb: string, resource: Pick<Resource, 'group' | 'plural'>, namespace: string) => boolean | undefined;
}

export const NOTHING_KNOWN: RestoreSurroundings = { lists: {}, mayDo: () => undefined };

/** Where each kind is served; on lines before 1.0 KubeBlocks' own are elsewhere. */
export const SURROUNDING_RESOURCES: Readonly<Record<SurroundingKind, Resource>> = {
  ComponentDefinition: { group: 'apps.kubeblocks.io', version: 'v1', kind: 'ComponentDefinition', plural: 'componentdefinitions', namespaced: false },
  ComponentVersion: { group: 'apps.kubeblocks.io', version: 'v1', kind: 'ComponentVersion', plural: 'componentversions', namespaced: false },
  Namespace: { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
  ResourceQuota: { group: '', version: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true },
  StorageClass: { group: 'storage.k8s.io', version: 'v1', kind: 'StorageClass', plural: 'storageclasses', namespaced: false },
  VolumeSnapshotClass: { group: 'snapshot.storage.k8s.io', version: 'v1', kind: 'VolumeSnapshotClass', plural: 'volumesnapshotclasses', namespaced: false },
};
