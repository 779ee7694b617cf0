import type { Resource } from '../../kubeblocks/resource';
import { RESOURCES } from '../resources';
import { hasStatus } from '../store/kindTraits';
import type { ServedResource } from './servedResource';

/** The kinds an API server has without any CustomResourceDefinition, with the names `kubectl` takes for them. */
export const BUILT_IN_RESOURCES: readonly ServedResource[] = [
  served(RESOURCES.configMap, ['cm']),
  served(RESOURCES.event, ['ev']),
  served(RESOURCES.namespace, ['ns']),
  served(RESOURCES.node, ['no']),
  served(RESOURCES.persistentVolumeClaim, ['pvc']),
  served(RESOURCES.persistentVolume, ['pv']),
  served(RESOURCES.pod, ['po'], ['all']),
  served(RESOURCES.secret),
  served(RESOURCES.serviceAccount, ['sa']),
  served(RESOURCES.service, ['svc'], ['all']),
  served(RESOURCES.customResourceDefinition, ['crd', 'crds'], ['api-extensions']),
  served(RESOURCES.statefulSet, ['sts'], ['all']),
  served(RESOURCES.cronJob, ['cj'], ['all']),
  served(RESOURCES.job, [], ['all']),
  served(RESOURCES.csiDriver),
  served(RESOURCES.storageClass, ['sc']),
];

function served(resource: Resource, shortNames: readonly string[] = [], categories: readonly string[] = []): ServedResource {
  return {
    resource,
    versions: [resource.version],
    listKind: `${resource.kind}List`,
    singular: resource.kind.toLowerCase(),
    shortNames,
    categories,
    hasStatus: hasStatus(resource),
  };
}
