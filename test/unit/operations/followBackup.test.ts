import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import { LABELS } from '../../../src/kubeblocks/labels';
import type { Backup } from '../../../src/kubeblocks/objects';
import { followBackup } from '../../../src/operations/followBackup';
import { WORKLOADS } from '../../../src/operations/workloadKinds';
import { aBackup, NAMESPACE } from '../../support/builders';
import type { TestDeps } from '../../support/operationDeps';
import { testDeps } from '../../support/operationDeps';

const created = aBackup('b1', '12:00:00', { status: {} });

function inPhase(phase: string, status: Backup['status'] = {}): Backup {
  return { ...created, status: { ...status, phase } };
}

/** Dependencies in which the backup has the given state after each pause. */
function story(...states: readonly Backup[]): TestDeps {
  const deps = testDeps((pause) => {
    const state = states[pause - 1];
    if (state !== undefined) {
      deps.api.put(KINDS.backup, state);
    }
  });
  deps.api.put(KINDS.backup, created);
  return deps;
}

describe('followBackup', () => {
  it('tells of each step until the backup is completed', async () => {
    const actions = (phase: string): Backup['status'] => ({ actions: [{ name: 'dp-backup-0', actionType: 'Job', phase }] });
    const deps = story(inPhase('Running', actions('New')), inPhase('Running', actions('Completed')), inPhase('Completed'));
    const messages: string[] = [];
    const outcome = await followBackup(deps, created, { onProgress: ({ message }) => messages.push(message) });
    assert.equal(outcome.kind, 'completed');
    assert.deepEqual(messages, ['waiting for KubeBlocks', '0 of 1 steps done', '1 of 1 steps done']);
  });

  it('gives the reason of the step that failed', async () => {
    const failed = inPhase('Failed', { failureReason: 'there are failed actions', actions: [{ name: 'dp-backup-0', phase: 'Failed', failureReason: 'no space left on device' }] });
    const outcome = await followBackup(story(failed), created);
    assert.ok(outcome.kind === 'failed');
    assert.equal(outcome.reason, 'no space left on device');
  });

  it('says that somebody deleted it', async () => {
    const deps = testDeps(() => deps.api.remove(KINDS.backup, 'b1', NAMESPACE));
    deps.api.put(KINDS.backup, created);
    assert.deepEqual(await followBackup(deps, created), { kind: 'deleted' });
  });

  it('does not take a new backup of the same name for the old one', async () => {
    const other = { ...inPhase('Completed'), metadata: { ...created.metadata, uid: 'other' } };
    assert.deepEqual(await followBackup(story(other), created), { kind: 'deleted' });
  });

  it('waits out a lost connection and tells of it', async () => {
    const deps = story(inPhase('Running'), inPhase('Running'), inPhase('Completed'));
    deps.api.failNext('get', 0, 'ECONNREFUSED', { times: 2 });
    const connection: boolean[] = [];
    const outcome = await followBackup(deps, created, { onConnection: (connected) => connection.push(connected) });
    assert.equal(outcome.kind, 'completed');
    assert.deepEqual(connection, [false, true]);
  });

  it('stops waiting when cancelled and leaves the backup alone', async () => {
    const cancel = new AbortController();
    const deps = testDeps(() => cancel.abort());
    deps.api.put(KINDS.backup, created);
    assert.deepEqual(await followBackup(deps, created, { signal: cancel.signal }), { kind: 'stoppedWaiting' });
    assert.deepEqual([...new Set(deps.api.calls.map(({ verb }) => verb))], ['get']);
  });

  it('ends at once when it may not read the backup', async () => {
    const deps = story();
    deps.api.failNext('get', 403, 'Forbidden', { resource: KINDS.backup });
    await assert.rejects(followBackup(deps, created), { reason: 'forbidden' });
    assert.deepEqual(deps.pauses, []);
  });

  describe('by a volume snapshot', () => {
    const waiting = inPhase('Running', { actions: [{ name: 'createVolumeSnapshot-0', phase: 'Running' }] });
    const failing = (message: string): Parameters<TestDeps['api']['put']>[1] => ({
      ...{ apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name: 'b1-0-data', namespace: NAMESPACE, labels: { [LABELS.backupName]: 'b1' } } },
      ...{ status: { readyToUse: false, error: { message } } },
    });

    it('that fails again and again says so, and ends the waiting', async () => {
      const deps = story(waiting);
      deps.api.put(WORKLOADS.volumeSnapshot, failing('quota reached'));
      const messages: string[] = [];
      const outcome = await followBackup(deps, created, { onProgress: ({ message }) => messages.push(message) });
      assert.ok(outcome.kind === 'stuck', outcome.kind);
      assert.equal(outcome.reason, 'volume snapshot b1-0-data fails: quota reached');
      assert.equal(messages.at(-1), outcome.reason);
    });

    it('that heals is completed', async () => {
      const deps = testDeps((pause) => {
        deps.api.put(WORKLOADS.volumeSnapshot, failing(`try ${pause}`));
        deps.api.put(KINDS.backup, pause === 15 ? inPhase('Completed') : waiting);
      });
      deps.api.put(KINDS.backup, waiting);
      assert.equal((await followBackup(deps, created)).kind, 'completed');
    });

    it('whose snapshots may not be read is followed all the same', async () => {
      const deps = story(waiting, waiting, inPhase('Completed'));
      deps.api.failNext('list', 403, 'Forbidden', { times: 9, resource: WORKLOADS.volumeSnapshot });
      assert.equal((await followBackup(deps, created)).kind, 'completed');
    });
  });
});
