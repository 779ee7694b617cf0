import { RESOURCES } from '../resources';
import { read } from '../runtime/edits';
import type { World } from '../world';
import { parseBytes } from '../../kubeblocks/bytes';
import type { PersistentVolumeClaim, Pod } from '../workloads/workload';
import type { PreparedBackup } from './backupPreparation';
import { Failure } from './failure';
import type { Action } from './shapes';

/** The actions a backup starts with, all New, in the order they run (`pkg/dataprotection/backup/request.go` BuildActions). */
export function initialActions(prepared: PreparedBackup, world: World): readonly Action[] {
  const { targets, actionSet } = prepared;
  return targets.flatMap(({ target, pods }) => {
    const prefix = target.name === undefined || target.name === '' ? '' : `${target.name}-`;
    const hooks = (stage: 'prebackup' | 'postbackup', count: number) =>
      pods.flatMap((pod, podIndex) =>
        Array.from({ length: count }, (_, index) => newAction(`dp-${stage}-${prefix}${String(index)}-${String(podIndex)}`, pod, 'Job')),
      );
    return [
      ...hooks('prebackup', actionSet?.spec?.backup?.preBackup?.length ?? 0),
      ...pods.flatMap((pod, index) => dataActions(prepared, pod, `${prefix}${String(index)}`, world)),
      ...hooks('postbackup', actionSet?.spec?.backup?.postBackup?.length ?? 0),
    ];
  });
}

function dataActions({ method, actionSet, type }: PreparedBackup, pod: Pod, suffix: string, world: World): readonly Action[] {
  if (method.snapshotVolumes === true) {
    checkSnapshots(method.targetVolumes?.volumes, pod, world);
    return [newAction(`createVolumeSnapshot-${suffix}`, pod)];
  }
  if (actionSet?.spec?.backup?.backupData === undefined) return [];
  if (type === 'Differential') throw new Failure('unsupported backup type Differential');
  return [newAction(`dp-backup-${suffix}`, pod, type === 'Continuous' ? 'StatefulSet' : 'Job')];
}

function newAction(name: string, pod: Pod, actionType?: string): Action {
  return { ...(actionType === undefined ? {} : { actionType }), name, phase: 'New', targetPodName: pod.metadata.name };
}

function checkSnapshots(volumes: readonly string[] | undefined, pod: Pod, world: World): void {
  if (volumes === undefined) throw new Failure('targetVolumes is required for snapshotVolumes');
  const claims = claimsOf(pod, volumes, world);
  if (claims.length === 0) throw new Failure(`can not find any volume by targetVolumes [${volumes.join(' ')}] on pod "${pod.metadata.name}"`);
  if (claims.length > 1) throw new Failure('only one persistent volume claim is supported');
  for (const { claim } of claims) {
    if (snapshotClassOf(claim, world) !== undefined) continue;
    throw new Failure(
      `cannot find any VolumeSnapshotClass of persistentVolumeClaim "${claim.metadata.name}" to do volume snapshot on pod "${pod.metadata.name}"`,
    );
  }
}

export interface VolumeOfPod {
  readonly volume: string;
  readonly claim: PersistentVolumeClaim;
}

/** The claims behind the named volumes of a pod. */
export function claimsOf(pod: Pod, volumes: readonly string[], world: World): readonly VolumeOfPod[] {
  return (pod.spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim }) => {
    if (!volumes.includes(name) || persistentVolumeClaim === undefined) return [];
    const ref = { namespace: pod.metadata.namespace ?? '', name: persistentVolumeClaim.claimName };
    const claim = read<PersistentVolumeClaim>(world, RESOURCES.persistentVolumeClaim, ref);
    return claim === undefined ? [] : [{ volume: name, claim }];
  });
}

/** The snapshot class of the CSI driver behind a bound claim. */
export function snapshotClassOf(claim: PersistentVolumeClaim, world: World): string | undefined {
  const volume = world.store.get(RESOURCES.persistentVolume, { name: claim.spec?.volumeName ?? '' });
  const driver = (volume?.spec as { csi?: { driver?: string } } | undefined)?.csi?.driver;
  return world.store.list(RESOURCES.volumeSnapshotClass).find((one) => one.driver === driver)?.metadata.name;
}

/** The sum of quantities: bytes as digits, or the one quantity as it is written. */
export function totalOf(sizes: readonly string[]): string {
  const [only] = sizes;
  if (sizes.length <= 1) return only ?? '0';
  return String(sizes.reduce((sum, size) => sum + (parseBytes(size) ?? 0), 0));
}
