import type { KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import type { RestoreSurroundings } from '../kubeblocks/restorability';
import type { KubernetesApi } from '../kubernetes/api';
import type { Logger } from './ports';

const COMPONENT_DEFINITIONS: Resource = { group: 'apps.kubeblocks.io', version: 'v1', kind: 'ComponentDefinition', plural: 'componentdefinitions', namespaced: false };
/** Before KubeBlocks 1.0. */
const OLD_COMPONENT_DEFINITIONS: Resource = { ...COMPONENT_DEFINITIONS, version: 'v1alpha1' };
const STORAGE_CLASSES: Resource = { group: 'storage.k8s.io', version: 'v1', kind: 'StorageClass', plural: 'storageclasses', namespaced: false };
const SNAPSHOT_CLASSES: Resource = { group: 'snapshot.storage.k8s.io', version: 'v1', kind: 'VolumeSnapshotClass', plural: 'volumesnapshotclasses', namespaced: false };

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** What a restore needs of a cluster beside KubeBlocks' own objects. What may not be listed is undefined. */
export async function restoreSurroundings({ api, logger }: { readonly api: KubernetesApi; readonly logger: Logger }, signal?: AbortSignal): Promise<RestoreSurroundings> {
  const list = async (...resources: readonly Resource[]): Promise<readonly KubeObject[] | undefined> => {
    for (const resource of resources) {
      try {
        const found: KubeObject[] = [];
        for await (const { items } of api.listPages(resource, undefined, signal === undefined ? {} : { signal })) {
          found.push(...items);
        }
        return found;
      } catch (error) {
        signal?.throwIfAborted();
        logger.debug(`${resource.plural} could not be listed: ${String(error)}`);
      }
    }
    return undefined;
  };
  const [definitions, storage, snapshots] = await Promise.all([list(COMPONENT_DEFINITIONS, OLD_COMPONENT_DEFINITIONS), list(STORAGE_CLASSES), list(SNAPSHOT_CLASSES)]);
  return {
    componentDefinitions: definitions?.map(({ metadata }) => metadata.name),
    storageClasses: storage?.map(({ metadata }) => ({ name: metadata.name, isDefault: metadata.annotations?.[DEFAULT_CLASS] === 'true' })),
    snapshotClasses: snapshots?.map(({ metadata }) => metadata.name),
  };
}
