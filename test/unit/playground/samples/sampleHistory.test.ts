import assert from 'node:assert/strict';
import type { AnyObject, Backup } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { readManifests } from '../../../../src/playground/samples/readManifests';
import { HISTORY_HOURS, SAMPLE_ANNOTATION, scheduleHistory } from '../../../../src/playground/samples/sampleHistory';
import { createTrustingAdmission } from '../../../../src/playground/samples/trustingAdmission';
import { createClusterStage, NAMESPACE, NOW, type ClusterStage, type ClusterStageOptions } from '../../../support/clusterStage';

const HOUR_MS = 3_600_000;

/** The samples' life under full admission, from `HISTORY_HOURS` ago until now. */
function liveThrough(options: ClusterStageOptions = {}): ClusterStage {
  const stage = createClusterStage({ start: NOW - HISTORY_HOURS * HOUR_MS, ...options });
  scheduleHistory(readManifests('src/playground/samples/clusters'), NOW, stage.world, stage.faults);
  stage.clock.advanceTo(NOW);
  return stage;
}

function backups(stage: ClusterStage): readonly Backup[] {
  return stage.store.list(RESOURCES.backup, { namespace: NAMESPACE }) as readonly unknown[] as readonly Backup[];
}

describe('sample history', function () {
  this.timeout(60_000);
  let stage: ClusterStage;

  before(() => {
    stage = liveThrough();
  });

  it('leaves nine running clusters, one for each engine', () => {
    const clusters = stage.store.list(RESOURCES.cluster, { namespace: NAMESPACE });
    assert.deepEqual(
      clusters.map(({ metadata }) => [metadata.name, stage.phase(RESOURCES.cluster, metadata.name)]),
      ['cache', 'catalog', 'embeddings', 'graph', 'ledger', 'metrics', 'orders', 'search', 'vectors'].map((name) => [name, 'Running']),
    );
  });

  it('leaves a default repository, a mounted one and one whose check fails', () => {
    const phases = ['main-store', 'volume-store', 'offsite'].map((name) => stage.phase(RESOURCES.backupRepo, name));
    assert.deepEqual(phases, ['Ready', 'Ready', 'Failed']);
    assert.equal((stage.get(RESOURCES.backupRepo, 'main-store')?.status as { isDefault?: boolean }).isDefault, true);
  });

  it('shows backups of every sort: full, incremental, log, snapshot, selective, failed, retained', () => {
    const kinds = new Set(backups(stage).map(({ metadata }) => metadata.labels?.['dataprotection.kubeblocks.io/backup-type']));
    assert.deepEqual([...kinds].sort(), ['Continuous', 'Full', 'Incremental', 'Selective']);
    assert.equal(backups(stage).filter(({ status }) => status?.phase === 'Failed').length, 1);
    assert.equal(backups(stage).find(({ metadata }) => metadata.name === 'orders-before-upgrade')?.spec?.deletionPolicy, 'Retain');
  });

  it('keeps the log of the backup that failed', () => {
    const failed = backups(stage).find(({ status }) => status?.phase === 'Failed')!;
    assert.match(failed.metadata.name, /^cache-\d{4}-\d{2}-\d{2}$/);
    const labels = { 'dataprotection.kubeblocks.io/backup-name': failed.metadata.name };
    assert.ok(stage.store.list(RESOURCES.pod, { namespace: NAMESPACE, labels }).length > 0);
  });

  it('has scheduled backups from the day before and log backups up to now', () => {
    const scheduled = backups(stage).filter(({ metadata }) => metadata.labels?.['dataprotection.kubeblocks.io/autobackup'] === 'true');
    assert.ok(scheduled.length >= 10, String(scheduled.length));
    const logs = scheduled.filter(({ status }) => status?.phase === 'Running');
    assert.equal(logs.length, 3);
    for (const { status } of logs) assert.ok(NOW - Date.parse(status?.timeRange?.end ?? '') < HOUR_MS, status?.timeRange?.end);
  });

  it('keeps the backup of a cluster that is gone', () => {
    assert.equal(stage.get(RESOURCES.cluster, 'billing-old'), undefined);
    assert.equal(stage.phase(RESOURCES.backup, 'billing-old-last'), 'Completed');
  });

  it('leaves one backup that is about to expire', () => {
    const own = liveThrough();
    const { status } = backups(own).find(({ metadata }) => metadata.name === 'orders-scratch')!;
    const left = Date.parse(status?.expiration ?? '') - NOW;
    assert.ok(left > 0 && left < HOUR_MS, String(left));
    own.clock.advance(HOUR_MS);
    assert.equal(own.get(RESOURCES.backup, 'orders-scratch'), undefined);
  });

  it('leaves no fault switched on and none of its own annotations', () => {
    assert.deepEqual(stage.faults.list(), []);
    const own = new Set<string>(Object.values(SAMPLE_ANNOTATION));
    for (const resource of [RESOURCES.cluster, RESOURCES.backup, RESOURCES.backupRepo]) {
      for (const { metadata } of stage.store.list(resource)) {
        assert.ok(!Object.keys(metadata.annotations ?? {}).some((key) => own.has(key)), metadata.name);
      }
    }
  });

  it('is the same again from the same seed, and another from another', () => {
    assert.deepEqual(everything(liveThrough()), everything(stage));
    assert.notDeepEqual(everything(liveThrough({ seed: 8 })), everything(stage));
  });

  it('comes to the same when defaults are filled in and nothing is judged', () => {
    const trusting = liveThrough({ admission: createTrustingAdmission });
    assert.deepEqual(everything(trusting), everything(stage));
  });
});

function everything({ store }: ClusterStage): readonly AnyObject[] {
  return Object.values(RESOURCES).flatMap((resource) => store.list(resource));
}
