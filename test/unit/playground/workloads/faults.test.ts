import assert from 'node:assert/strict';
import type { AnyObject, Backup, Condition } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import type { VolumeSnapshot } from '../../../../src/playground/workloads/workload';
import { addCluster, addRepo, backup, phaseOf, takeBackup } from '../../../support/dataProtectionSamples';
import { createStage, type Stage } from '../../../support/playgroundWorld';

const HOUR_MS = 3_600_000;

function prepared(): Stage {
  const stage = createStage();
  addRepo(stage);
  addCluster(stage);
  return stage;
}

function workerOf(stage: Stage, backupName: string): AnyObject {
  const [pod] = stage.world.store.list(RESOURCES.pod, { labels: { 'dataprotection.kubeblocks.io/backup-name': backupName } });
  assert.ok(pod, `no pod of ${backupName}`);
  return pod;
}

/** What the first container waits for, and why. */
function waiting(pod: AnyObject): { readonly reason: string; readonly message: string } | undefined {
  const status = pod.status as { containerStatuses?: readonly { state: { waiting?: { reason: string; message: string } } }[] };
  return status.containerStatuses?.[0]?.state.waiting;
}

describe('a volume snapshot that fails', () => {
  it('says why and never ends its backup', () => {
    const stage = prepared();
    stage.faults.turnOn('snapshot-fails', { target: 'snap-1', detail: 'rpc error: code = ResourceExhausted desc = pool is full' });
    stage.apply(RESOURCES.backup, backup('snap-1', { backupMethod: 'volume-snapshot' }));
    stage.clock.advance(HOUR_MS / 2);
    const snapshot = stage.get<VolumeSnapshot>(RESOURCES.volumeSnapshot, 'snap-1-0-data');
    const message = 'Failed to check and update snapshot content: failed to take snapshot of the volume pvc-data-mycluster-mysql-1: "rpc error: code = ResourceExhausted desc = pool is full"';
    assert.deepEqual([snapshot?.status?.readyToUse, snapshot?.status?.error?.message], [false, message]);
    assert.ok(stage.changes.some(({ object }) => object.reason === 'SnapshotCreationFailed' && object.message === message));
    const { status } = stage.get<Backup>(RESOURCES.backup, 'snap-1')!;
    assert.deepEqual([status?.phase, status?.failureReason, status?.actions?.[0]?.phase], ['Running', undefined, 'Running']);
  });

  it('is taken after all when the storage can again', () => {
    const stage = prepared();
    stage.faults.turnOn('snapshot-fails');
    stage.apply(RESOURCES.backup, backup('snap-1', { backupMethod: 'volume-snapshot' }));
    stage.clock.advance(60_000);
    stage.faults.turnOff('snapshot-fails');
    stage.until('Completed', () => phaseOf(stage, 'backup', 'snap-1') === 'Completed');
    assert.equal(stage.get<VolumeSnapshot>(RESOURCES.volumeSnapshot, 'snap-1-0-data')?.status?.error, undefined);
  });

  it('leaves other backups alone', () => {
    const stage = prepared();
    stage.faults.turnOn('snapshot-fails', { target: 'snap-1' });
    takeBackup(stage, 'snap-2', { backupMethod: 'volume-snapshot' });
    assert.equal(phaseOf(stage, 'backup', 'snap-2'), 'Completed');
  });
});

describe('a worker that no node takes', () => {
  it('stays Pending with the scheduler’s words, until there is room', () => {
    const stage = prepared();
    stage.faults.turnOn('pod-unschedulable', { target: 'b-1', detail: '1 Insufficient cpu' });
    stage.apply(RESOURCES.backup, backup('b-1'));
    stage.clock.advance(30_000);
    const pod = workerOf(stage, 'b-1');
    const { conditions, phase } = pod.status as { conditions: readonly Condition[]; phase: string };
    const { reason, status, message } = conditions.find(({ type }) => type === 'PodScheduled')!;
    const words = '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.';
    assert.deepEqual([phase, reason, status, message], ['Pending', 'Unschedulable', 'False', words]);
    assert.ok(stage.events('Pod', pod.metadata.name).includes(`FailedScheduling ${words}`));
    stage.faults.turnOff('pod-unschedulable');
    stage.until('Completed', () => phaseOf(stage, 'backup', 'b-1') === 'Completed');
  });

  it('is not skipped in a jump of the clock', () => {
    const stage = prepared();
    stage.faults.turnOn('pod-unschedulable');
    stage.apply(RESOURCES.backup, backup('b-1'));
    stage.clock.advance(10 * HOUR_MS);
    assert.deepEqual([phaseOf(stage, 'backup', 'b-1'), (workerOf(stage, 'b-1').status as { phase: string }).phase], ['Running', 'Pending']);
  });
});

describe('a worker whose image is missing', () => {
  it('goes from ErrImagePull to ImagePullBackOff and runs once there is one', () => {
    const stage = prepared();
    stage.faults.turnOn('image-missing', { target: 'b-1', detail: 'tool:1: not found' });
    stage.apply(RESOURCES.backup, backup('b-1'));
    stage.clock.advance(2000);
    assert.deepEqual(waiting(workerOf(stage, 'b-1')), { reason: 'ErrImagePull', message: 'tool:1: not found' });
    stage.clock.advance(15_000);
    const pod = workerOf(stage, 'b-1');
    assert.deepEqual(waiting(pod), { reason: 'ImagePullBackOff', message: 'Back-off pulling image "tool:1": ErrImagePull: tool:1: not found' });
    const told = stage.events('Pod', pod.metadata.name).filter((text) => !text.startsWith('Scheduled'));
    assert.deepEqual(told, [
      'Pulling Pulling image "tool:1"',
      'Failed Failed to pull image "tool:1": tool:1: not found',
      'Failed Error: ErrImagePull',
      'BackOff Back-off pulling image "tool:1"',
      'Failed Error: ImagePullBackOff',
    ]);
    stage.faults.turnOff('image-missing');
    stage.until('Completed', () => phaseOf(stage, 'backup', 'b-1') === 'Completed');
  });

  it('is not skipped in a jump of the clock', () => {
    const stage = prepared();
    stage.faults.turnOn('image-missing');
    stage.apply(RESOURCES.backup, backup('b-1'));
    stage.clock.advance(10 * HOUR_MS);
    assert.equal(waiting(workerOf(stage, 'b-1'))?.reason, 'ImagePullBackOff');
  });
});

describe('a claim that gets no volume', () => {
  it('stays Pending and keeps its pods from being placed, until there is room', () => {
    const stage = prepared();
    stage.faults.turnOn('pvc-pending', { target: 'big', detail: 'no room' });
    stage.apply(RESOURCES.persistentVolumeClaim, { metadata: { name: 'big' }, spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'] } });
    stage.apply(RESOURCES.pod, {
      metadata: { name: 'user' },
      spec: { containers: [{ name: 'c', image: 'i' }], volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'big' } }] },
    });
    stage.clock.advance(60_000);
    assert.deepEqual([phaseOf(stage, 'persistentVolumeClaim', 'big'), phaseOf(stage, 'pod', 'user')], ['Pending', 'Pending']);
    assert.ok(stage.events('PersistentVolumeClaim', 'big').includes('ProvisioningFailed failed to provision volume with StorageClass "fast": no room'));
    stage.faults.turnOff('pvc-pending');
    stage.until('Running', () => phaseOf(stage, 'pod', 'user') === 'Running');
  });
});
