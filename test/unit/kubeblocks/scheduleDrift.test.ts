import assert from 'node:assert/strict';
import { indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { objectKey } from '../../../src/kubeblocks/inventory';
import { LABELS } from '../../../src/kubeblocks/labels';
import type { Backup, Cluster, SchedulePolicy } from '../../../src/kubeblocks/objects';
import { MANY_RUNS, runsWithoutBackup, scheduleDrift } from '../../../src/kubeblocks/scheduleDrift';
import { scheduleRows } from '../../../src/kubeblocks/schedules';
import { aBackup, aCluster, anInventory, aPolicy, aSchedule, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';

const full: SchedulePolicy = { name: 'full', backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' };

type Spec = NonNullable<Cluster['spec']>['backup'];

function rowOf(item: SchedulePolicy, backup: Spec, backups: readonly Backup[] = []) {
  const inventory = anInventory({ clusters: [aCluster('orders-pg', { spec: backup === undefined ? {} : { backup } })], policies: [aPolicy()], actionSets: postgresActionSets(), schedules: [aSchedule([item])], backups });
  const entry = indexClusters(inventory).entries.get(objectKey(NAMESPACE, 'orders-pg'));
  assert.ok(entry);
  const [row] = scheduleRows(inventory, entry, NOW);
  assert.ok(row);
  return { row, drift: scheduleDrift(inventory, entry, row) };
}

describe('A schedule’s line beside its Cluster', () => {
  const cases: readonly (readonly [string, Partial<SchedulePolicy>, Spec, string | undefined])[] = [
    ['nothing where the Cluster says nothing', {}, undefined, undefined],
    ['nothing where they agree', {}, { method: 'pg-basebackup', enabled: true, cronExpression: '0 18 * * *', retentionPeriod: '7d' }, undefined],
    ['what differs of its method', {}, { method: 'pg-basebackup', enabled: false, cronExpression: '0 3 * * *', retentionPeriod: '14d' }, 'cluster orders-pg says off, 0 3 * * *, 14d'],
    ['nothing of what the controller takes no notice of', {}, { method: 'pg-basebackup', retentionPeriod: '', cronExpression: '' }, undefined],
    ['that another method is to run', { backupMethod: 'volume-snapshot' }, { method: 'pg-basebackup', enabled: true }, 'cluster orders-pg keeps it off'],
    ['that the log is off there', { backupMethod: 'archive-wal' }, { method: 'pg-basebackup', pitrEnabled: false }, 'cluster orders-pg says off'],
    ['that another log is named there', { backupMethod: 'archive-wal' }, { method: 'pg-basebackup', pitrEnabled: true, continuousMethod: 'other' }, 'cluster orders-pg says off'],
    ['the incremental’s own times', { backupMethod: 'wal-g-incremental' }, { method: 'pg-basebackup', incrementalBackupEnabled: true, incrementalCronExpression: '0 * * * *' }, 'cluster orders-pg says 0 * * * *'],
  ];
  for (const [what, item, backup, expected] of cases) {
    it(`says ${what}`, () => assert.equal(rowOf({ ...full, ...item }, backup).drift, expected));
  }
});

describe('Runs of a schedule without a backup', () => {
  const made = (hoursAgo: number): Backup =>
    aBackup('made', undefined, { metadata: { creationTimestamp: new Date(NOW - hoursAgo * 3_600_000).toISOString(), labels: { [LABELS.instance]: 'orders-pg', [LABELS.backupSchedule]: aSchedule([]).metadata.name } } });
  const runs = (cronExpression: string, backups: readonly Backup[], more: Partial<SchedulePolicy> = {}): number => runsWithoutBackup(rowOf({ ...full, cronExpression, ...more }, undefined, backups).row, NOW);

  it('are counted since the newest that it made, up to many', () => {
    assert.equal(runs('0 18 * * *', [made(12)]), 0);
    assert.equal(runs('0 18 * * *', [made(72)]), 3);
    assert.equal(runs('* * * * *', [made(72)]), MANY_RUNS);
  });

  it('are not told of a line that is off, or never made one', () => {
    assert.deepEqual([runs('0 18 * * *', [made(72)], { enabled: false }), runs('0 18 * * *', []), runs('*/5 * * * *', [made(72)], { backupMethod: 'archive-wal' })], [0, 0, 0]);
  });
});
