import assert from 'node:assert/strict';
import type { Backup } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { addCluster, addRepo, backup, phaseOf, takeBackup } from '../../../support/dataProtectionSamples';
import { createStage, history, type Stage } from '../../../support/playgroundWorld';

function prepared(seed?: number): Stage {
  const stage = createStage(seed === undefined ? {} : { seed });
  addRepo(stage);
  addCluster(stage);
  return stage;
}

describe('a full backup', () => {
  it('goes from labels to Running to Completed', () => {
    const stage = prepared();
    takeBackup(stage, 'full-1', { retentionPeriod: '7d' });
    const phases = history(stage, RESOURCES.backup, 'full-1', ({ status }) => (status as Backup['status'])?.phase ?? '');
    assert.deepEqual(phases, ['', 'Running', 'Completed']);
  });
});
