import assert from 'node:assert/strict';
import { recoverableRanges, recoveryWindow, segmentAt } from '../../../src/kubeblocks/recoveryWindow';
import { LABELS } from '../../../src/kubeblocks/labels';
import type { KubeBlocksLine } from '../../../src/kubeblocks/kinds';
import type { ActionSet, Backup } from '../../../src/kubeblocks/objects';
import { aBackup, aLog, anActionSet, anIncremental, anInventory, at, backupLabels, ms, postgresActionSets } from '../../support/builders';

function shown(backups: readonly Backup[], log = aLog('09:00:00', '12:00:00'), actionSets: readonly ActionSet[] = postgresActionSets()): string[] {
  const window = recoveryWindow(anInventory({ backups: [...backups, log], actionSets }), log);
  return (window?.segments ?? []).map((segment) => {
    const [from, to] = [segment.from, segment.to].map((value) => new Date(value).toISOString().slice(11, 19));
    const why = segment.kind === 'unreachable' ? segment.reason : segment.kind === 'recoverable' ? (segment.base?.metadata.name ?? 'log alone') : 'unknown';
    return `${from ?? ''}-${to ?? ''} ${segment.kind} ${why}`;
  });
}

describe('recoveryWindow', () => {
  it('begins where the first base inside the log ends', () => {
    assert.deepEqual(shown([aBackup('full', '09:12:44')]), ['09:00:00-09:12:43 unreachable noBase', '09:12:44-12:00:00 recoverable full']);
  });

  it('has no head when a base ended in the very second the log began', () => {
    assert.deepEqual(shown([aBackup('full', '09:00:00')]), ['09:00:00-12:00:00 recoverable full']);
  });

  it('is nowhere reachable when the only base ended before the log began', () => {
    assert.deepEqual(shown([aBackup('full', '08:59:59')]), ['09:00:00-12:00:00 unreachable noBase']);
  });

  it('starts from the newest base that ended at or before the instant', () => {
    assert.deepEqual(shown([aBackup('one', '09:00:00'), aBackup('two', '10:00:00')]), [
      '09:00:00-09:59:59 recoverable one',
      '10:00:00-12:00:00 recoverable two',
    ]);
  });

  it('builds on an incremental whose chain is whole', () => {
    assert.deepEqual(shown([aBackup('full', '09:00:00'), anIncremental('inc', '10:00:00', 'full', 'full')]), [
      '09:00:00-09:59:59 recoverable full',
      '10:00:00-12:00:00 recoverable inc',
    ]);
  });

  it('does not fall back to an older full where the newest base is an incremental with a missing parent', () => {
    assert.deepEqual(shown([aBackup('full', '09:00:00'), anIncremental('inc', '10:00:00', 'gone', 'full'), aBackup('later', '11:00:00')]), [
      '09:00:00-09:59:59 recoverable full',
      '10:00:00-10:59:59 unreachable brokenChain',
      '11:00:00-12:00:00 recoverable later',
    ]);
  });

  it('does not use backups of another component, method type, phase or namespace', () => {
    const others = [
      aBackup('component', '09:00:00', { metadata: { labels: backupLabels('Full', 'orders-pg', 'other') } }),
      aBackup('selective', '09:00:00', { metadata: { labels: backupLabels('Selective') } }),
      aBackup('failed', '09:00:00', { status: { phase: 'Failed', completionTimestamp: at('09:00:00') } }),
      aBackup('elsewhere', '09:00:00', { metadata: { namespace: 'other' } }),
    ];
    assert.deepEqual(shown(others), ['09:00:00-12:00:00 unreachable noBase']);
  });

  it('needs no base where the action set says so', () => {
    const redis = anActionSet('postgresql-archive-wal', 'Continuous', { spec: { backupType: 'Continuous', restore: { baseBackupRequired: false } } });
    assert.deepEqual(shown([], aLog('09:00:00', '12:00:00'), [redis]), ['09:00:00-12:00:00 recoverable log alone']);
  });

  it('refuses an incremental base where the engine restores base and log in one job', () => {
    const pbm = anActionSet('postgresql-archive-wal', 'Continuous', {
      metadata: { annotations: { 'dataprotection.kubeblocks.io/skip-base-backup-restore-in-pitr': 'true' } },
    });
    const sets = [pbm, ...postgresActionSets().slice(0, 1), ...postgresActionSets().slice(2)];
    assert.deepEqual(shown([aBackup('full', '09:00:00'), anIncremental('inc', '10:00:00', 'full', 'full')], aLog('09:00:00', '12:00:00'), sets), [
      '09:00:00-09:59:59 recoverable full',
      '10:00:00-12:00:00 unreachable incrementalBase',
    ]);
  });

  it('calls unknown what not all targets of the log cover from the base on', () => {
    const log = aLog('09:00:00', '12:00:00');
    const sharded: Backup = {
      ...log,
      status: { ...log.status, actions: [{ timeRange: { start: at('09:00:00'), end: at('12:00:00') } }, { timeRange: { start: at('09:30:00'), end: at('11:30:00') } }] },
    };
    assert.deepEqual(shown([aBackup('full', '09:10:00'), aBackup('later', '09:40:00')], sharded), [
      '09:00:00-09:09:59 unreachable noBase',
      '09:10:00-09:39:59 unknown unknown',
      '09:40:00-11:30:00 recoverable later',
      '11:30:01-12:00:00 unknown unknown',
    ]);
  });

  it('matches by policy where the log carries no cluster labels', () => {
    const log = aLog('09:00:00', '12:00:00', { metadata: { labels: { [LABELS.instance]: '', [LABELS.clusterUid]: '', [LABELS.component]: '', [LABELS.backupType]: 'Continuous' } } });
    const base = aBackup('full', '09:00:00', { metadata: { labels: { [LABELS.backupPolicy]: 'orders-pg-postgresql-backup-policy' } } });
    assert.deepEqual(shown([base], log), ['09:00:00-12:00:00 recoverable full']);
  });

  it('is of a sharding where the label of the component is empty', () => {
    const log = aLog('09:00:00', '12:00:00', { metadata: { labels: { [LABELS.component]: '', [LABELS.sharding]: 'shard' } } });
    assert.equal(recoveryWindow(anInventory({ backups: [log] }), log)?.component, 'shard');
  });

  it('reaches nothing behind a base that fills volumes where the log’s method names none', () => {
    const log = aLog('09:00:00', '12:00:00', { status: { phase: 'Running', timeRange: { start: at('09:00:00'), end: at('12:00:00') }, backupMethod: { name: 'archive-oplog', actionSetName: 'oplog' } } });
    const dump = aBackup('dump', '10:00:00', { status: { phase: 'Completed', completionTimestamp: at('10:00:00'), backupMethod: { name: 'dump', actionSetName: 'dump' } } });
    const oplog = anActionSet('oplog', 'Continuous');
    const bases = [aBackup('full', '09:00:00'), dump, aBackup('later', '11:00:00')];
    const actionSets = [...postgresActionSets(), anActionSet('dump', 'Full', { spec: { backupType: 'Full', restore: { postReady: [{}] } } })];
    assert.deepEqual(shown(bases, log, [...actionSets, oplog]), [
      '09:00:00-09:59:59 unreachable volumesBase',
      '10:00:00-10:59:59 recoverable dump',
      '11:00:00-12:00:00 unreachable volumesBase',
    ]);
    const skipping = { ...oplog, metadata: { ...oplog.metadata, annotations: { 'dataprotection.kubeblocks.io/skip-base-backup-restore-in-pitr': 'true' } } };
    assert.deepEqual(shown([aBackup('full', '09:00:00')], log, [...actionSets, skipping]), ['09:00:00-12:00:00 recoverable full'], 'a log that comes with its base');
    const kindsOn = (line: KubeBlocksLine) => recoveryWindow(anInventory({ backups: [...bases, log], actionSets: [...actionSets, oplog] }, { line }), log)?.segments.map(({ kind }) => kind);
    for (const line of ['0.9', '1.1', '1.2'] as const) assert.deepEqual(kindsOn(line), ['unreachable', 'recoverable', 'unreachable'], line);
  });

  it('does not exist before the log has a range', () => {
    const log = aLog('09:00:00', '12:00:00', { status: { phase: 'Running' } });
    assert.equal(recoveryWindow(anInventory({ backups: [log] }), log), undefined);
  });
});

describe('segmentAt', () => {
  const log = aLog('09:00:00', '12:00:00');
  const window = recoveryWindow(anInventory({ backups: [aBackup('full', '09:12:44'), log], actionSets: postgresActionSets() }), log);
  const kinds: readonly (readonly [string, string | undefined])[] = [
    ['08:59:59', undefined],
    ['09:00:00', 'unreachable'],
    ['09:12:43', 'unreachable'],
    ['09:12:44', 'recoverable'],
    ['12:00:00', 'recoverable'],
    ['12:00:01', undefined],
  ];
  for (const [time, kind] of kinds) {
    it(`finds ${time} ${kind ?? 'outside'}`, () => assert.equal(window && segmentAt(window, ms(time))?.kind, kind));
  }

  it('judges a fraction by its second', () => assert.equal(window && segmentAt(window, ms('12:00:00') + 999)?.kind, 'recoverable'));

  it('joins neighbours into ranges to offer', () => {
    assert.deepEqual(window && recoverableRanges(window.segments), [{ from: ms('09:12:44'), to: ms('12:00:00') }]);
  });
});
