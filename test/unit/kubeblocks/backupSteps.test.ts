import assert from 'node:assert/strict';
import { backupFailure, backupSteps, type BackupStep } from '../../../src/kubeblocks/backupSteps';
import type { BackupAction } from '../../../src/kubeblocks/objects';
import { opsFailure, restoreFailure } from '../../../src/kubeblocks/restoreState';
import { aBackup, anOpsRequest, aRestore } from '../../support/builders';

const CASES: readonly (readonly [action: BackupAction, kind: BackupStep['kind']])[] = [
  [{ name: 'dp-prebackup-0-0', actionType: 'Job' }, 'prepare'],
  [{ name: 'dp-backup-0', actionType: 'Job' }, 'data'],
  [{ name: 'dp-postbackup-0-0', actionType: 'Job' }, 'finish'],
  [{ name: 'dp-backup-0', actionType: 'StatefulSet' }, 'log'],
  // KubeBlocks 1.0.2 gives a snapshot's action no type.
  [{ name: 'createVolumeSnapshot-0', targetPodName: 'a-0' }, 'snapshot'],
  [{ name: 'something-else' }, 'other'],
];

describe('the steps of a backup', () => {
  for (const [action, kind] of CASES) {
    it(`tells ${action.name ?? ''} ${action.actionType ?? 'without a type'} as ${kind}`, () => {
      const backup = aBackup('b', '2026-11-23T09:00:00Z', { status: { phase: 'Running', actions: [action] } });
      assert.deepEqual(backupSteps(backup).map((step) => step.kind), [kind]);
    });
  }
});

describe('the words for a failure', () => {
  const quoted = 'log: export PGPASSWORD=hunter2 && no space left on device';
  const clean = 'log: export PGPASSWORD=(redacted) && no space left on device';

  it('hold no credential of the log that KubeBlocks quotes', () => {
    const conditions = [{ type: 'Failed', status: 'False', message: quoted }];
    assert.equal(backupFailure(aBackup('b', '09:00:00', { status: { phase: 'Failed', failureReason: quoted } })), clean);
    assert.equal(backupFailure(aBackup('b', '09:00:00', { status: { phase: 'Failed', actions: [{ phase: 'Failed', failureReason: quoted }] } })), clean);
    assert.equal(restoreFailure(aRestore('r', 'c', 'Failed', { status: { phase: 'Failed', conditions } })), clean);
    assert.equal(opsFailure(anOpsRequest('o', 'c', 'Failed', { status: { phase: 'Failed', conditions } })), clean);
  });
});
