import assert from 'node:assert/strict';
import { indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { protectionOf } from '../../../src/kubeblocks/protection';
import type { ClusterProtection } from '../../../src/kubeblocks/protection';
import { protectionText } from '../../../src/kubeblocks/protectionText';
import type { Inventory } from '../../../src/kubeblocks/inventory';
import type { Backup, SchedulePolicy } from '../../../src/kubeblocks/objects';
import type { Objects } from '../../support/builders';
import { aBackup, aCluster, aLog, anEarlyFailure, anInventory, aPolicy, aRepo, aSchedule, at, backupLabels, NOW, postgresActionSets } from '../../support/builders';

const DAY = 86_400_000;
const daily: SchedulePolicy = { backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true };
const weekly: SchedulePolicy = { ...daily, cronExpression: '0 18 * * 0' };
const log: SchedulePolicy = { backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: true };

function daysAgo(days: number): string {
  return `${new Date(NOW - days * DAY).toISOString().slice(0, 19)}Z`;
}

function look(objects: Objects, overrides: Partial<Inventory> = {}): ClusterProtection {
  const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), ...objects }, overrides);
  const entry = indexClusters(inventory).entries.get('payments/orders-pg');
  assert.ok(entry);
  return protectionOf(inventory, entry, NOW);
}

function words(backups: readonly Backup[], items: readonly SchedulePolicy[] = [], objects: Objects = {}): string {
  const schedules = items.length === 0 ? [] : [aSchedule(items)];
  return protectionText(look({ backups, schedules, ...objects }).status, { now: NOW, timeZone: 'UTC' });
}

describe('protectionOf', () => {
  const failed = aBackup('failed', '10:00:00', { status: { phase: 'Failed', failureReason: 'no space left on device' } });
  const expiring = aBackup('expiring', '09:00:00', { status: { ...aBackup('x').status, expiration: at('18:00:00') } });
  const cases: readonly (readonly [string, string, readonly Backup[], readonly SchedulePolicy[]])[] = [
    ['no backup', 'not backed up', [], []],
    ['only failed ones', 'not backed up', [failed, anEarlyFailure('early')], []],
    ['a copy of this morning', 'protected', [aBackup('full')], []],
    ['a copy of nine days ago', 'at risk: last good backup 9 d ago', [aBackup('full', daysAgo(9))], []],
    ['a weekly copy of six days ago', 'protected', [aBackup('full', daysAgo(6))], [weekly]],
    ['a daily copy of two days ago', 'at risk: last good backup 2 d ago', [aBackup('full', daysAgo(2.1))], [daily]],
    ['a failure after the last good one', 'at risk: last backup failed', [aBackup('full'), failed], []],
    ['a failure before the last good one', 'protected', [aBackup('full', '11:00:00'), failed], []],
    ['a log that keeps up', 'recoverable to 12:04:31', [aBackup('full'), aLog('09:00:00', '12:04:31')], [log]],
    ['a log that has been silent for 41 min', 'at risk: log stopped 41 min ago', [aBackup('full'), aLog('09:00:00', '11:29:00')], [log]],
    ['a log without a base', 'not backed up', [aLog('09:00:00', '12:04:31')], [log]],
    ['the only copy about to go', 'at risk: only copy expires in 5 h', [expiring], []],
    ['the only copy about to go, with a run before', 'protected', [expiring], [{ ...daily, cronExpression: '0 17 * * *' }]],
  ];
  for (const [what, expected, backups, items] of cases) {
    it(`says "${expected}" for ${what}`, () => assert.equal(words(backups, items), expected));
  }

  it('says that nothing was restored when the annotation names no component', () => {
    const cluster = aCluster('orders-pg', { metadata: { annotations: { 'kubeblocks.io/restore-from-backup': '{"mysql":{}}' } } });
    assert.equal(words([], [], { clusters: [cluster] }), 'running, but nothing was restored');
  });

  it('warns of a repository that is not ready', () => {
    assert.equal(words([aBackup('full')], [], { repos: [aRepo('s3-main', 'Failed')] }), 'at risk: repository s3-main is not ready');
  });

  it('warns of a component without a copy when another has one', () => {
    const cluster = aCluster('orders-pg', { spec: { componentSpecs: [{ name: 'postgresql' }, { name: 'etcd' }] } });
    const policies = [aPolicy(), aPolicy('orders-pg-etcd-backup-policy', { metadata: { labels: backupLabels('', 'orders-pg', 'etcd') } })];
    assert.equal(words([aBackup('full')], [], { clusters: [cluster], policies }), 'at risk: etcd is not backed up');
  });

  it('does not claim to know what it may not read', () => {
    const { status } = look({}, { backups: { state: { state: 'forbidden', verb: 'list', resource: 'backups', group: 'dataprotection.kubeblocks.io' }, items: new Map() } });
    assert.equal(status.kind, 'unknown');
  });

  it('counts what is lost now, and the next run', () => {
    const { worstLossMs, nextRun } = look({ backups: [aBackup('full'), aLog('09:00:00', '12:10:00')], schedules: [aSchedule([daily, log])] });
    assert.equal(worstLossMs, 4000);
    assert.deepEqual(nextRun, { at: Date.parse(at('18:00:00')), method: 'pg-basebackup' });
  });
});
