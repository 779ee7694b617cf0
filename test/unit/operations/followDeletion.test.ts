import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { Backup, KubeObject } from '../../../src/kubeblocks/objects';
import { followDeletion, type DeletionOutcome } from '../../../src/operations/followDeletion';
import { WORKLOADS } from '../../../src/operations/workloadKinds';
import { aBackup, at, NAMESPACE } from '../../support/builders';
import { testDeps, type TestDeps } from '../../support/operationDeps';

const base = aBackup('full');
const deleting: Backup = { ...base, metadata: { ...base.metadata, deletionTimestamp: at('12:00:00'), finalizers: ['dataprotection.kubeblocks.io/finalizer'] }, status: { ...base.status, phase: 'Deleting' } };
const JOB = 'deletion backup files job "9f1c-delete-full" failed, you can delete it to re-delete the backup files, no such host';

function follow(backup: Backup | undefined, prepare: (deps: TestDeps) => void = () => undefined): Promise<DeletionOutcome> {
  const deps = testDeps();
  if (backup !== undefined) {
    deps.api.put(KINDS.backup, backup);
  }
  prepare(deps);
  return followDeletion(deps, deleting);
}

const event = (reason: string, time: string): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Event', metadata: { name: `e-${reason}`, namespace: NAMESPACE }, type: 'Warning', reason, message: JOB, lastTimestamp: at(time), involvedObject: { kind: 'Backup', name: 'full' } }) as KubeObject;

describe('followDeletion', () => {
  it('is content when it is gone, or another took its name', async () => {
    assert.deepEqual(await follow(undefined), { kind: 'gone' });
    assert.deepEqual(await follow({ ...deleting, metadata: { ...deleting.metadata, uid: 'another' } }), { kind: 'gone' });
  });

  const hangs: readonly (readonly [what: string, backup: Backup, reason: RegExp, prepare?: (deps: TestDeps) => void])[] = [
    ['the field of 1.2', { ...deleting, status: { ...deleting.status, deletionFailureReason: JOB } }, /^its files could not be deleted: .*no such host\. Mend the storage and delete that Job/],
    ['the field that 1.0 uses', { ...deleting, status: { ...deleting.status, failureReason: JOB } }, /^its files could not be deleted/],
    ['an event since then', deleting, /^its files could not be deleted/, ({ api }) => api.put(WORKLOADS.event, event('DeleteBackupFilesFailed', '12:01:00'))],
    ['Retain', { ...deleting, spec: { ...deleting.spec, deletionPolicy: 'Retain' } }, /^it is marked to be retained/],
    ['silence', deleting, /^nothing is heard of its deletion; finalizer dataprotection\.kubeblocks\.io\/finalizer keeps it/],
    ['an event of an earlier time only', deleting, /^nothing is heard/, ({ api }) => api.put(WORKLOADS.event, event('DeleteBackupFilesFailed', '11:00:00'))],
    ['silence, where events may not be read', deleting, /^nothing is heard/, ({ api }) => api.failNext('list', 403, 'Forbidden', { times: 99 })],
  ];
  for (const [what, backup, reason, prepare] of hangs) {
    it(`explains one that hangs by ${what}`, async () => {
      const outcome = await follow(backup, prepare);
      assert.match(outcome.kind === 'hangs' ? outcome.reason : outcome.kind, reason);
    });
  }

  it('takes no failure of the backup itself for one of its deletion', async () => {
    const outcome = await follow({ ...deleting, status: { ...deleting.status, failureReason: 'no space left on device' } });
    assert.match(outcome.kind === 'hangs' ? outcome.reason : '', /^nothing is heard/);
  });

  it('stops waiting when told to', async () => {
    const deps = testDeps();
    deps.api.put(KINDS.backup, deleting);
    assert.deepEqual(await followDeletion(deps, deleting, { signal: AbortSignal.abort() }), { kind: 'stoppedWaiting' });
  });
});
