import assert from 'node:assert/strict';
import type { Backup } from '../../../src/kubeblocks/objects';
import { expiryWith, planRetention, retentionPatches, type RetentionRequest } from '../../../src/kubeblocks/retentionPlan';
import { aBackup, aCluster, aLog, anIncremental, anInventory, aPolicy, aSchedule, at, ms, NOW, postgresActionSets, type Objects } from '../../support/builders';
import { LABELS } from '../../../src/kubeblocks/labels';

const base = aBackup('full');
const keptFor = (retentionPeriod: string, expiration: string | undefined, overrides: Partial<NonNullable<Backup['status']>> = {}): Backup => ({
  ...base,
  spec: { ...base.spec, retentionPeriod },
  status: { ...base.status, ...(expiration === undefined ? {} : { expiration }), ...overrides },
});
const week = keptFor('7d', at('2026-11-30T09:12:44Z'));
const running = keptFor('7d', at('2026-11-30T09:12:44Z'), { phase: 'Running' });
const request = (retentionPeriod: string, deletionPolicy: RetentionRequest['deletionPolicy'] = 'Delete'): RetentionRequest => ({ retentionPeriod, deletionPolicy });

function findings(backup: Backup, asked: RetentionRequest, objects: Objects = {}): readonly string[] {
  const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups: [backup], ...objects });
  return planRetention(inventory, backup, asked, NOW).findings.map(({ severity, code }) => `${severity} ${code}`);
}

describe('retentionPatches', () => {
  it('writes the expiration of an ended backup, which KubeBlocks computes once', () => {
    assert.deepEqual(retentionPatches(week, request('1d')), { spec: { retentionPeriod: '1d' }, status: { expiration: '2026-11-24T09:12:44Z' } });
    assert.deepEqual(retentionPatches(week, request('')), { spec: { retentionPeriod: null }, status: { expiration: null } });
  });

  it('leaves the status of a running one to the controller', () => {
    assert.deepEqual(retentionPatches(running, request('1d')), { spec: { retentionPeriod: '1d' }, status: undefined });
  });

  it('mends an expiration that does not follow from the retention', () => {
    assert.deepEqual(retentionPatches(keptFor('1d', at('2026-11-30T09:12:44Z')), request('1d')), { spec: undefined, status: { expiration: '2026-11-24T09:12:44Z' } });
  });

  it('counts a failed one from its beginning', () => {
    const failed = keptFor('', undefined, { phase: 'Failed', startTimestamp: at('08:00:00'), completionTimestamp: at('09:00:00') });
    assert.deepEqual(expiryWith(failed, '1d'), { kind: 'at', at: ms('2026-11-24T08:00:00Z') });
  });

  it('changes the deletion policy alone', () => {
    assert.deepEqual(retentionPatches(week, request('7d', 'Retain')), { spec: { deletionPolicy: 'Retain' }, status: undefined });
  });
});

describe('planRetention', () => {
  it('shows what is changed and nothing else', () => {
    const { object } = planRetention(anInventory(), week, request('1d'), NOW);
    assert.deepEqual(object, {
      apiVersion: base.apiVersion,
      kind: 'Backup',
      metadata: { name: 'full', namespace: 'payments' },
      spec: { deletionPolicy: 'Delete', retentionPeriod: '1d' },
      status: { expiration: '2026-11-24T09:12:44Z' },
    });
  });

  const child = anIncremental('inc', '11:00:00', 'full', 'full');
  const label = { [LABELS.backupSchedule]: aSchedule([]).metadata.name };
  const log = aLog('08:00:00', '12:00:00', { metadata: { labels: { ...aLog('08:00:00', '12:00:00').metadata.labels, ...label } } });
  const latest = { policies: [aPolicy(undefined, { spec: { ...aPolicy().spec, retentionPolicy: 'retainLatestBackup' } })] };
  const table: readonly (readonly [what: string, backup: Backup, asked: RetentionRequest, found: readonly string[], objects?: Objects])[] = [
    ['nothing to say', week, request('14d'), []],
    ['what cannot be read', week, request('7days'), ['error retention']],
    ['what is so already', week, request('7d'), ['error unchanged']],
    ['one being deleted', { ...week, status: { ...week.status, phase: 'Deleting' } }, request('1d'), ['error deleting']],
    ['a time that is over', week, request('1h'), ['warning expired']],
    ['Retain, which does not stop the expiry', week, request('7d', 'Retain'), ['warning retainExpires']],
    ['Retain for ever', week, request('', 'Retain'), []],
    ['what goes with it', week, request('14d'), ['info children'], { backups: [week, child] }],
    ['an incremental, which goes with its base', child, request('1h'), ['warning incremental'], { backups: [week, child] }],
    ['a log whose schedule decides', log, request('1d'), ['error governed'], { backups: [log], schedules: [aSchedule([])] }],
    ['a log whose schedule is gone', log, request('1d'), [], { backups: [log] }],
    ['the newest, which the policy keeps', week, request('1h'), ['info retainLatest'], { ...latest }],
  ];
  for (const [what, backup, asked, found, objects] of table) {
    it(`knows ${what}`, () => assert.deepEqual(findings(backup, asked, objects), found));
  }

  it('says what is lost at once where the time is over', () => {
    const log2 = aLog('07:00:00', '12:00:00');
    const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups: [week, log2] });
    assert.equal(planRetention(inventory, week, request('1h'), NOW).loss?.closedWindows.length, 1);
    assert.equal(planRetention(inventory, week, request('1d'), NOW).loss, undefined);
  });
});
