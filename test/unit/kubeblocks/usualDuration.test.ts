import assert from 'node:assert/strict';
import { backupPace, restorePace, type Pace } from '../../../src/kubeblocks/usualDuration';
import type { Backup, BackupAction } from '../../../src/kubeblocks/objects';
import { aBackup, aCluster, aLog, anInventory, aPolicy, aRestore, at, backupLabels, ms, postgresActionSets } from '../../support/builders';

const MINUTE = 60_000;

/** Ran for so many minutes from 09:00. */
function ran(name: string, minutes: number, more: Partial<Backup['metadata']> = {}, actions: readonly BackupAction[] = []): Backup {
  const end = new Date(ms('09:00:00') + minutes * MINUTE).toISOString();
  return aBackup(name, '09:00:00', { metadata: more, status: { ...aBackup('x').status, startTimestamp: at('09:00:00'), completionTimestamp: end, actions } });
}

const running = aBackup('now', '12:00:00', { status: { phase: 'Running', startTimestamp: at('12:00:00') } });
const inventoryOf = (...backups: readonly Backup[]) => anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups });
const paceAt = (time: string, backup: Backup, ...others: readonly Backup[]): Pace | undefined => backupPace(inventoryOf(backup, ...others), backup, ms(time));

describe('backupPace', () => {
  it('knows from those of the same component and method how long it takes', () => {
    const other = ran('other', 60, { labels: backupLabels('Full', 'orders-pg', 'cache') });
    const otherMethod = { ...ran('dump', 50), spec: { ...running.spec, backupMethod: 'pgdump' } };
    const failed = ran('failed', 40);
    const pace = paceAt('12:06:00', running, ran('a', 3), ran('b', 5), other, otherMethod, { ...failed, status: { ...failed.status, phase: 'Failed' } });
    assert.deepEqual(pace, { step: undefined, runningMs: 6 * MINUTE, usual: { samples: 2, shortestMs: 3 * MINUTE, longestMs: 5 * MINUTE }, isStuck: false });
  });

  it('calls it stuck after twice the longest and a minute', () => {
    assert.deepEqual(['12:11:00', '12:11:01'].map((time) => paceAt(time, running, ran('a', 5))?.isStuck), [false, true]);
  });

  it('does not know without a history', () => {
    const pace = paceAt('18:00:00', running);
    assert.deepEqual([pace?.usual, pace?.isStuck], [undefined, false]);
  });

  it('goes by the step that is under way, where that is known', () => {
    const step = (minutes: number | undefined): BackupAction => ({
      name: 'dp-backup-0',
      actionType: 'Job',
      phase: minutes === undefined ? 'Running' : 'Completed',
      startTimestamp: minutes === undefined ? at('12:00:00') : at('09:00:00'),
      ...(minutes === undefined ? {} : { completionTimestamp: new Date(ms('09:00:00') + minutes * MINUTE).toISOString() }),
    });
    const now = { ...running, status: { ...running.status, actions: [step(undefined)] } };
    const pace = paceAt('12:06:00', now, ran('a', 30, {}, [step(2)]));
    assert.deepEqual([pace?.step, pace?.usual?.longestMs, pace?.isStuck], ['dp-backup-0', 2 * MINUTE, true]);
  });

  it('knows how long one waits that has not begun', () => {
    const waiting = aBackup('now', '12:00:00', { metadata: { labels: {} }, status: {} });
    const pace = paceAt('12:05:00', { ...waiting, metadata: { ...waiting.metadata, labels: {} } }, ran('a', 5));
    assert.deepEqual([pace?.step, pace?.usual?.longestMs, pace?.isStuck], ['beginning', 0, true]);
  });

  it('says nothing of what ended, and of a log, which never does', () => {
    assert.deepEqual([ran('a', 5), aLog('09:00:00', '12:00:00')].map((backup) => paceAt('18:00:00', backup, ran('b', 5))), [undefined, undefined]);
  });
});

describe('restorePace', () => {
  const source = { name: 'full', namespace: 'payments' };
  const done = aRestore('old-preparedata', 'old', 'Completed', { spec: { backup: source }, status: { phase: 'Completed', startTimestamp: at('09:00:00'), completionTimestamp: at('09:04:00') } });
  const now = aRestore('new-preparedata', 'new', 'Running', { spec: { backup: source }, status: { phase: 'Running', startTimestamp: at('12:00:00') } });
  const paceOf = (time: string, ...restores: readonly (typeof done)[]): Pace | undefined => restorePace(anInventory({ backups: [aBackup('full')], restores: [now, ...restores] }), now, ms(time));

  it('knows from restores of the same stage and method', () => {
    const later = aRestore('old-postready', 'old', 'Completed', { spec: { backup: source }, status: { phase: 'Completed', startTimestamp: at('09:00:00'), completionTimestamp: at('10:00:00') } });
    assert.deepEqual(paceOf('12:09:01', done, later), { step: undefined, runningMs: 541_000, usual: { samples: 1, shortestMs: 240_000, longestMs: 240_000 }, isStuck: true });
  });

  it('goes by the step that is under way, and the slowest replica of it', () => {
    const action = (name: string, start: string, end?: string) => ({ name, status: end === undefined ? 'Processing' : 'Completed', startTime: at(start), ...(end !== undefined && { endTime: at(end) }) });
    const stepped = { ...done, status: { ...done.status, actions: { prepareData: [action('prepareData-0', '09:00:00', '09:01:00'), action('prepareData-0', '09:00:00', '09:02:00'), action('prepareData-1', '09:02:00', '09:02:30')] } } };
    const second = { ...now, status: { ...now.status, actions: { prepareData: [action('prepareData-0', '12:00:00', '12:30:00'), action('prepareData-1', '12:30:00')] } } };
    const paceOfSecond = (time: string) => restorePace(anInventory({ backups: [aBackup('full')], restores: [second, stepped] }), second, ms(time));
    assert.deepEqual(paceOfSecond('12:32:00'), { step: 'prepareData-1', runningMs: 120_000, usual: { samples: 1, shortestMs: 30_000, longestMs: 30_000 }, isStuck: false });
    assert.equal(paceOfSecond('12:32:01')?.isStuck, true);
  });

  it('does not know without a history', () => assert.deepEqual(paceOf('18:00:00')?.usual, undefined));
});
