import type { AnyObject } from '../../../src/kubeblocks/objects';
import { LaneApiError, type LaneApi } from '../lane/laneApi';
import { react, type StandInContext } from './react';
import { timestamp, type PersistentVolume, type PersistentVolumeClaim, type StorageClass, type VolumeSnapshot } from './shapes';

const SNAPSHOTS = '/apis/snapshot.storage.k8s.io/v1';

/** Written by Kubernetes' own controller of volumes into a claim that a provisioner of that name is to fill. */
const PROVISIONER = 'volume.kubernetes.io/storage-provisioner';

/** How a volume snapshot ends, decided by the test that asked for it. */
export type SnapshotFailure = (namespace: string, name: string) => string | undefined;

/** Stands in for a CSI driver: provisions volumes, removes released ones, and takes snapshots. No data is kept. */
export function startCsi(context: StandInContext, snapshotFailure: SnapshotFailure): void {
  react(context, '/api/v1/persistentvolumeclaims', (object) => provision(context, object as unknown as PersistentVolumeClaim));
  react(context, '/api/v1/persistentvolumes', (object) => removeReleased(context, object as unknown as PersistentVolume));
  react(context, `${SNAPSHOTS}/volumesnapshots`, (object) => takeSnapshot(context, object as unknown as VolumeSnapshot, snapshotFailure));
}

async function provision({ api }: StandInContext, claim: PersistentVolumeClaim): Promise<void> {
  const { metadata, spec, status } = claim;
  if (metadata.deletionTimestamp !== undefined || status?.phase !== 'Pending' || spec.volumeName !== undefined || spec.storageClassName === undefined) return;
  // Filled by KubeBlocks' own volume populator, which hands over a volume of another claim.
  if (spec.dataSourceRef?.apiGroup === 'dataprotection.kubeblocks.io') return;
  const storageClass = await api.get<StorageClass>(`/apis/storage.k8s.io/v1/storageclasses/${spec.storageClassName}`);
  const isWaiting = storageClass.volumeBindingMode === 'WaitForFirstConsumer' && metadata.annotations?.['volume.kubernetes.io/selected-node'] === undefined;
  // As a real provisioner does: before, nobody asked it, and what is bound already is never annotated.
  if (isWaiting || metadata.annotations?.[PROVISIONER] !== storageClass.provisioner) return;
  await createUnlessThere(api, '/api/v1/persistentvolumes', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pvc-${metadata.uid ?? ''}`, annotations: { 'pv.kubernetes.io/provisioned-by': storageClass.provisioner } },
    spec: {
      accessModes: spec.accessModes,
      capacity: { storage: spec.resources.requests.storage },
      volumeMode: spec.volumeMode ?? 'Filesystem',
      storageClassName: spec.storageClassName,
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      csi: { driver: storageClass.provisioner, volumeHandle: metadata.uid },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: metadata.namespace, name: metadata.name, uid: metadata.uid },
    },
  });
}

async function removeReleased({ api }: StandInContext, { metadata, spec, status }: PersistentVolume): Promise<void> {
  if (status?.phase !== 'Released' || spec.persistentVolumeReclaimPolicy !== 'Delete') return;
  const path = `/api/v1/persistentvolumes/${metadata.name}`;
  if (metadata.deletionTimestamp === undefined) await api.delete(path);
  await api.patch(path, { metadata: { finalizers: null } });
}

async function takeSnapshot({ api }: StandInContext, snapshot: VolumeSnapshot, failure: SnapshotFailure): Promise<void> {
  const { metadata, spec, status } = snapshot;
  const { namespace = '', name, uid = '' } = metadata;
  if (metadata.deletionTimestamp !== undefined || status?.readyToUse === true || status?.error !== undefined) return;
  const path = `${SNAPSHOTS}/namespaces/${namespace}/volumesnapshots/${name}/status`;
  const message = failure(namespace, name);
  const time = timestamp(new Date());
  if (message !== undefined) {
    await api.patch(path, { status: { readyToUse: false, error: { message, time } } });
    return;
  }
  const content = `snapcontent-${uid}`;
  if (status?.boundVolumeSnapshotContentName === undefined) {
    await createUnlessThere(api, `${SNAPSHOTS}/volumesnapshotcontents`, await contentOf(api, snapshot, content));
    await api.patch(path, { status: { readyToUse: false, boundVolumeSnapshotContentName: content } });
    return;
  }
  const claim = await api.get<PersistentVolumeClaim>(`/api/v1/namespaces/${namespace}/persistentvolumeclaims/${spec.source.persistentVolumeClaimName ?? ''}`);
  await api.patch(path, { status: { readyToUse: true, creationTime: time, restoreSize: claim.spec.resources.requests.storage } });
}

/** What an earlier try made is left as it is. */
async function createUnlessThere(api: LaneApi, path: string, object: object): Promise<void> {
  try {
    await api.create(path, object);
  } catch (error) {
    if (!(error instanceof LaneApiError && error.reason === 'AlreadyExists')) throw error;
  }
}

async function contentOf(api: LaneApi, { metadata, spec }: VolumeSnapshot, name: string): Promise<object> {
  const claim = await api.get<PersistentVolumeClaim>(`/api/v1/namespaces/${metadata.namespace ?? ''}/persistentvolumeclaims/${spec.source.persistentVolumeClaimName ?? ''}`);
  const volume = await api.get<AnyObject & { spec: { csi: { driver: string; volumeHandle: string } } }>(`/api/v1/persistentvolumes/${claim.spec.volumeName ?? ''}`);
  return {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshotContent',
    metadata: { name },
    spec: {
      deletionPolicy: 'Delete',
      driver: volume.spec.csi.driver,
      source: { volumeHandle: volume.spec.csi.volumeHandle },
      volumeSnapshotRef: { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', namespace: metadata.namespace, name: metadata.name, uid: metadata.uid },
    },
  };
}
