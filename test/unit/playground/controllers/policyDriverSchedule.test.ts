import assert from 'node:assert/strict';
import { generatedScheduleName, schedulePlace } from '../../../../src/kubeblocks/schedulePlace';
import type { BackupMethod, SchedulePolicy } from '../../../../src/kubeblocks/objects';
import type { ClusterBackupSpec } from '../../../../src/playground/controllers/clusterShapes';
import type { MethodTemplate } from '../../../../src/playground/controllers/policyDriverShapes';
import { mergeClusterBackup } from '../../../../src/playground/controllers/policyDriverSchedule';
import { aCluster, anActionSet, anInventory, aPolicy, aSchedule } from '../../../support/builders';

const TYPES = { full: 'Full', other: 'Full', snapshot: undefined, logA: 'Continuous', logB: 'Continuous', incFull: 'Incremental', incFull2: 'Incremental', incOther: 'Incremental', dump: 'Selective' } as const;
const METHODS: readonly (BackupMethod & MethodTemplate)[] = Object.entries(TYPES).map(([name, type]) => ({
  name,
  ...(type === undefined ? { snapshotVolumes: true } : { actionSetName: name }),
  ...(name.startsWith('incFull') ? { compatibleMethod: 'full' } : name === 'incOther' ? { compatibleMethod: 'other' } : {}),
}));
const line = (backupMethod: string, enabled = false): SchedulePolicy => ({ name: backupMethod, backupMethod, cronExpression: '0 1 * * *', enabled, retentionPeriod: '7d' });
const typeOf = ({ name }: { readonly name: string }): string => TYPES[name as keyof typeof TYPES] ?? 'Full';
const merge = (items: readonly SchedulePolicy[], backup: ClusterBackupSpec): readonly SchedulePolicy[] => mergeClusterBackup(items, backup, METHODS, typeOf);
const on = (items: readonly SchedulePolicy[]): string[] => items.flatMap(({ enabled, backupMethod }) => (enabled === true ? [backupMethod] : []));

describe('what the Cluster’s spec.backup makes of its schedule', () => {
  const all = Object.keys(TYPES).map((name) => line(name, true));

  it('runs one full method, one log, and the incremental that builds on the method', () => {
    const merged = merge(all, { method: 'full', enabled: true, pitrEnabled: true, incrementalBackupEnabled: true, retentionPeriod: '9d' });
    assert.deepEqual(on(merged), ['full', 'logA', 'incFull', 'incFull2', 'dump']);
    assert.deepEqual(merged.flatMap(({ name, retentionPeriod }) => (retentionPeriod === '9d' ? [name] : [])), ['full', 'logA', 'incFull']);
  });

  it('keeps every log but the named one off, and all of them where it says so', () => {
    assert.deepEqual(on(merge([line('logA', true), line('logB')], { method: 'full', pitrEnabled: true, continuousMethod: 'logB' })), ['logB']);
    assert.deepEqual(on(merge([line('logA', true), line('logB', true)], { method: 'full', pitrEnabled: false })), []);
    assert.deepEqual(on(merge([line('logA', true), line('logB', true)], { method: 'full' })), ['logA', 'logB']);
  });
});

describe('where a schedule’s change is said to last', () => {
  const booleans = [undefined, false, true];
  const policy = aPolicy('orders-pg-postgresql-backup-policy', { spec: { backupMethods: METHODS } });
  const actionSets = Object.entries(TYPES).flatMap(([name, type]) => (type === undefined ? [] : [anActionSet(name, type)]));
  const inventory = anInventory({ actionSets });

  const backups = ['full', 'other', 'snapshot'].flatMap((method) =>
    booleans.flatMap((enabled) =>
      booleans.flatMap((pitrEnabled) =>
        booleans.flatMap((incrementalBackupEnabled) =>
          ['', 'logA', 'logB'].map(
            (continuousMethod): ClusterBackupSpec => ({
              method,
              ...(enabled === undefined ? {} : { enabled }),
              ...(pitrEnabled === undefined ? {} : { pitrEnabled }),
              ...(incrementalBackupEnabled === undefined ? {} : { incrementalBackupEnabled }),
              ...(continuousMethod === '' ? {} : { continuousMethod }),
            }),
          ),
        ),
      ),
    ),
  );

  it('is where the controller leaves it, whatever the Cluster says', () => {
    const wrong: unknown[] = [];
    let asked = 0;
    for (const backup of backups) {
      const cluster = aCluster('orders-pg', { spec: { backup } });
      for (const method of Object.keys(TYPES)) {
        for (const wanted of [true, false]) {
          // What has no line cannot be switched off.
          for (const has of wanted ? [true, false] : [true]) {
            asked += 1;
            const before = Object.keys(TYPES).flatMap((name) => (has || name !== method ? [line(name, !wanted)] : []));
            const schedule = aSchedule(before, { metadata: { name: generatedScheduleName('orders-pg', policy) } });
            const place = schedulePlace(inventory, { cluster, policy, schedule, method, wanted });
            const written = has ? before.map((item) => (item.backupMethod === method ? { ...item, enabled: wanted } : item)) : [...before, line(method, wanted)];
            const stays = on(merge(written, backup)).includes(method) === wanted;
            const switchedBy: Partial<ClusterBackupSpec> =
              place.kind !== 'cluster' ? {} : place.role === 'method' ? { enabled: wanted } : place.role === 'log' ? { pitrEnabled: wanted, ...(wanted ? { continuousMethod: method } : {}) } : { incrementalBackupEnabled: wanted };
            const byCluster = on(merge(before, { ...backup, ...switchedBy })).includes(method) === wanted;
            const isTrue = place.kind === 'schedule' ? stays : place.kind === 'cluster' ? byCluster : !stays || place.kind === 'noLine';
            if (!isTrue) wrong.push({ backup, method, wanted, has, place });
          }
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(asked > 5000, String(asked));
  });
});
