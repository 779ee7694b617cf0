import type { Resource } from '../kubeblocks/resource';
import { KINDS } from '../kubeblocks/kinds';

function resource(group: string, version: string, kind: string, plural: string, namespaced = true): Resource {
  return { group, version, kind, plural, namespaced };
}

/** Everything the playground stores, for its controllers to name. */
export const RESOURCES = {
  ...KINDS,
  component: resource('apps.kubeblocks.io', 'v1', 'Component', 'components'),
  componentDefinition: resource('apps.kubeblocks.io', 'v1', 'ComponentDefinition', 'componentdefinitions', false),
  componentVersion: resource('apps.kubeblocks.io', 'v1', 'ComponentVersion', 'componentversions', false),
  clusterDefinition: resource('apps.kubeblocks.io', 'v1', 'ClusterDefinition', 'clusterdefinitions', false),
  shardingDefinition: resource('apps.kubeblocks.io', 'v1', 'ShardingDefinition', 'shardingdefinitions', false),
  namespace: resource('', 'v1', 'Namespace', 'namespaces', false),
  pod: resource('', 'v1', 'Pod', 'pods'),
  secret: resource('', 'v1', 'Secret', 'secrets'),
  configMap: resource('', 'v1', 'ConfigMap', 'configmaps'),
  serviceAccount: resource('', 'v1', 'ServiceAccount', 'serviceaccounts'),
  service: resource('', 'v1', 'Service', 'services'),
  node: resource('', 'v1', 'Node', 'nodes', false),
  persistentVolume: resource('', 'v1', 'PersistentVolume', 'persistentvolumes', false),
  persistentVolumeClaim: resource('', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  event: resource('', 'v1', 'Event', 'events'),
  job: resource('batch', 'v1', 'Job', 'jobs'),
  cronJob: resource('batch', 'v1', 'CronJob', 'cronjobs'),
  statefulSet: resource('apps', 'v1', 'StatefulSet', 'statefulsets'),
  storageClass: resource('storage.k8s.io', 'v1', 'StorageClass', 'storageclasses', false),
  csiDriver: resource('storage.k8s.io', 'v1', 'CSIDriver', 'csidrivers', false),
  volumeSnapshot: resource('snapshot.storage.k8s.io', 'v1', 'VolumeSnapshot', 'volumesnapshots'),
  volumeSnapshotClass: resource('snapshot.storage.k8s.io', 'v1', 'VolumeSnapshotClass', 'volumesnapshotclasses', false),
  volumeSnapshotContent: resource('snapshot.storage.k8s.io', 'v1', 'VolumeSnapshotContent', 'volumesnapshotcontents', false),
  customResourceDefinition: resource('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', false),
} as const satisfies Record<string, Resource>;
