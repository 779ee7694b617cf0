import { RESOURCES } from '../resources';
import { nextPeriod } from '../runtime/coalesce';
import { isDeleting, patchStatus, read, remove } from '../runtime/edits';
import type { Controller, World } from '../world';
import { CSI_DRIVER } from './csiProvisioner';
import type { PersistentVolumeClaim, VolumeSnapshot } from './workload';
import { between, isFaulty } from './work';

const RETRY_MS = 10_000;

/** The CSI snapshotter: a content for each snapshot, ready after a moment, gone with it. */
export function createSnapshotter(): Controller {
  const readyAt = new Map<string, number>();
  const contents = new Map<string, string>();

  function begin(snapshot: VolumeSnapshot, world: World): { requeueAfterMs: number } {
    const content = `snapcontent-${snapshot.metadata.uid ?? ''}`;
    contents.set(keyOf(snapshot.metadata.namespace, snapshot.metadata.name), content);
    createContent(snapshot, content, world);
    patchStatus(world, RESOURCES.volumeSnapshot, snapshot, { boundVolumeSnapshotContentName: content, readyToUse: false });
    const takes = between(world, 1500, 3000);
    readyAt.set(snapshot.metadata.uid ?? '', world.clock.now() + takes);
    return { requeueAfterMs: takes };
  }

  function finish(snapshot: VolumeSnapshot, world: World): void {
    readyAt.delete(snapshot.metadata.uid ?? '');
    patchStatus(world, RESOURCES.volumeSnapshot, snapshot, {
      error: undefined,
      creationTime: world.clock.timestamp(),
      readyToUse: true,
      restoreSize: capacityOf(snapshot, world),
    });
  }

  return {
    name: 'csi-snapshotter',
    watches: [{ resource: RESOURCES.volumeSnapshot }],
    reconcile(ref, world) {
      const snapshot = read<VolumeSnapshot>(world, RESOURCES.volumeSnapshot, ref);
      const key = keyOf(ref.namespace, ref.name);
      if (snapshot === undefined) {
        const content = contents.get(key);
        contents.delete(key);
        if (content !== undefined) remove(world, RESOURCES.volumeSnapshotContent, { name: content });
        return undefined;
      }
      if (isDeleting(snapshot) || snapshot.status?.readyToUse === true) return undefined;
      if (snapshot.status?.boundVolumeSnapshotContentName === undefined) return begin(snapshot, world);
      const wait = (readyAt.get(snapshot.metadata.uid ?? '') ?? 0) - world.clock.now();
      if (wait > 0) return { requeueAfterMs: wait };
      if (isFaulty(world, 'snapshot-fails', snapshot)) {
        reportError(snapshot, world);
        return { requeueAfterMs: nextPeriod(RETRY_MS, world.clock) };
      }
      finish(snapshot, world);
      return undefined;
    },
  };
}

/** The fault `snapshot-fails`: the driver's error is written on the snapshot, which is tried again and never given up. */
function reportError(snapshot: VolumeSnapshot, world: World): void {
  const why = world.faults.detail('snapshot-fails') ?? 'rpc error: code = Internal desc = the storage pool has no room for a snapshot';
  const volume = `pvc-${snapshot.spec?.source?.persistentVolumeClaimName ?? ''}`;
  const message = `Failed to check and update snapshot content: failed to take snapshot of the volume ${volume}: "${why}"`;
  if (snapshot.status?.error?.message === message) return;
  world.event(snapshot, 'Warning', 'SnapshotCreationFailed', message, 'snapshot-controller');
  patchStatus(world, RESOURCES.volumeSnapshot, snapshot, { readyToUse: false, error: { message, time: world.clock.timestamp() } });
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function createContent(snapshot: VolumeSnapshot, name: string, world: World): void {
  if (world.store.get(RESOURCES.volumeSnapshotContent, { name }) !== undefined) return;
  world.store.create(RESOURCES.volumeSnapshotContent, {
    apiVersion: snapshot.apiVersion,
    kind: 'VolumeSnapshotContent',
    metadata: { name },
    spec: {
      deletionPolicy: 'Delete',
      driver: CSI_DRIVER,
      source: { volumeHandle: `pvc-${snapshot.spec?.source?.persistentVolumeClaimName ?? ''}` },
      volumeSnapshotClassName: snapshot.spec?.volumeSnapshotClassName,
      volumeSnapshotRef: {
        apiVersion: snapshot.apiVersion,
        kind: 'VolumeSnapshot',
        namespace: snapshot.metadata.namespace,
        name: snapshot.metadata.name,
        uid: snapshot.metadata.uid,
      },
    },
  });
}

function capacityOf(snapshot: VolumeSnapshot, world: World): string {
  const name = snapshot.spec?.source?.persistentVolumeClaimName ?? '';
  const ref = { namespace: snapshot.metadata.namespace ?? '', name };
  const claim = read<PersistentVolumeClaim>(world, RESOURCES.persistentVolumeClaim, ref);
  return claim?.status?.capacity?.storage ?? claim?.spec?.resources?.requests?.storage ?? '1Gi';
}
