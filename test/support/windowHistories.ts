import { endOf, startOf } from '../../src/kubeblocks/backupState';
import type { Inventory } from '../../src/kubeblocks/inventory';
import { keyOf } from '../../src/kubeblocks/inventory';
import { LABELS } from '../../src/kubeblocks/labels';
import { chainOf, typeOf } from '../../src/kubeblocks/lineage';
import type { Backup } from '../../src/kubeblocks/objects';
import { createRandom } from '../../src/playground/runtime/random';
import { aBackup, aCluster, aLog, aPolicy, aSchedule, anActionSet, anIncremental, anInventory, backupLabels, ms, postgresActionSets } from './builders';

const SKIP = 'dataprotection.kubeblocks.io/skip-base-backup-restore-in-pitr';

/** Seconds in which everything of a history lies that logs hold. */
export const SPAN = 40;
const ORIGIN = ms('11:00:00');

/** A second of a history, as Kubernetes writes it. */
export function second(value: number): string {
  return new Date(ORIGIN + value * 1000).toISOString().replace('.000Z', 'Z');
}

/** Whole numbers from 0, always the same for the same seed, so that a failing history can be made again. */
export function random(seed: number): (below: number) => number {
  const numbers = createRandom(seed);
  return (below) => Math.floor(numbers.next() * below);
}

/** What a history holds of each thing that makes windows differ. */
export const INGREDIENTS = {
  severalLogs: ({ logs }) => logs.length > 1,
  failedLog: ({ logs }) => logs.some(({ status }) => status?.phase === 'Failed'),
  endedLog: ({ logs }) => logs.some(({ status }) => status?.phase === 'Completed'),
  deletedLog: ({ logs }) => logs.some(({ metadata }) => metadata.deletionTimestamp !== undefined),
  emptyLog: ({ logs }) => logs.some((log) => endOf(log) === undefined),
  replacedLog: ({ logs }) => logs.some((log) => logs.some((other) => (endOf(log) ?? Infinity) < (startOf(other) ?? -Infinity))),
  severalTargets: ({ logs }) => logs.some(({ status }) => (status?.actions ?? []).length > 1),
  sharding: ({ logs }) => logs.some(({ metadata }) => metadata.labels?.[LABELS.sharding] !== undefined),
  needsNoBase: ({ logs }) => logs.some(({ status }) => status?.backupMethod?.actionSetName === 'free'),
  skipsBase: ({ logs }) => logs.some(({ status }) => status?.backupMethod?.actionSetName === 'skipping'),
  wholeChain: ({ bases, inventory }) => bases.some((base) => typeOf(inventory, base) === 'Incremental' && chainOf(inventory, base).broken === undefined),
  brokenChain: ({ bases, inventory }) => bases.some((base) => chainOf(inventory, base).broken !== undefined),
  snapshotLeftOut: ({ bases, inventory }) => inventory.line !== '1.2' && bases.some(({ status }) => status?.backupMethod?.snapshotVolumes === true),
  snapshotUsed: ({ bases, inventory }) => inventory.line === '1.2' && bases.some(({ status }) => status?.backupMethod?.snapshotVolumes === true),
  volumesLeftOut: ({ logs, bases }) => bases.length > 0 && logs.some(leavesVolumes),
  failedBase: ({ bases }) => bases.some(({ status }) => status?.phase === 'Failed'),
  expiring: ({ bases }) => bases.some(({ status }) => status?.expiration !== undefined),
  keptLatest: ({ inventory }) => [...inventory.policies.items.values()].some(({ spec }) => spec?.retentionPolicy === 'retainLatestBackup'),
  logOff: ({ inventory }) => [...inventory.schedules.items.values()].some(({ spec }) => spec?.schedules?.[0]?.enabled === false),
} as const satisfies Record<string, (history: History) => boolean>;

/** Its method names no volumes, and its base is restored by itself. */
function leavesVolumes({ status }: Backup): boolean {
  return status?.backupMethod?.targetVolumes === undefined && status?.backupMethod?.actionSetName === 'wal';
}

/** Backups of one cluster, drawn. */
export interface History {
  readonly inventory: Inventory;
  readonly logs: readonly Backup[];
  readonly bases: readonly Backup[];
}

/** The same for the same seed. */
export function drawHistory(seed: number): History {
  const pick = random(seed);
  // Drawn apart, so that the rest of a history is what it is without them.
  const snapshots = random(seed + 1_000_003);
  const components = pick(2) === 0 ? ['postgresql'] : ['postgresql', 'postgresql', 'cache', 'shard'];
  const labels = (type: string): Record<string, string> => {
    const component = components[pick(components.length)] ?? '';
    return component === 'shard' ? { ...backupLabels(type, 'orders-pg', ''), [LABELS.sharding]: component } : backupLabels(type, 'orders-pg', component);
  };
  const expiration = (): { readonly expiration?: string } => (pick(6) === 0 ? {} : { expiration: second(3600 + pick(12) * 60) });
  const logs = Array.from({ length: 1 + pick(4) }, (_, index) => drawLog(`log-${index}`, pick, labels('Continuous'), expiration(), snapshots(4) > 0));
  const ends = Array.from({ length: SPAN + 10 }, (_, index) => index - 5).sort(() => pick(3) - 1);
  const bases = Array.from({ length: pick(10) }, (_, index) => {
    const [name, end] = [`base-${index}`, second(ends[index] ?? 0)];
    const phase = pick(6) === 0 ? 'Failed' : 'Completed';
    const backup = pick(2) === 0 || index === 0 ? aBackup(name, end) : anIncremental(name, end, `base-${pick(index + 2)}`, `base-${pick(index)}`);
    const type = backup.metadata.labels?.[LABELS.backupType] ?? '';
    const method = type === 'Full' && snapshots(5) === 0 ? { backupMethod: { name: 'volume-snapshot', snapshotVolumes: true } } : {};
    return { ...backup, metadata: { ...backup.metadata, labels: labels(type) }, status: { ...backup.status, ...method, phase, ...expiration() } };
  });
  const policy = aPolicy();
  const inventory = anInventory({
    clusters: [aCluster()],
    backups: [...logs, ...bases],
    actionSets: [
      ...postgresActionSets(),
      anActionSet('wal', 'Continuous'),
      anActionSet('free', 'Continuous', { spec: { backupType: 'Continuous', restore: { baseBackupRequired: false } } }),
      anActionSet('skipping', 'Continuous', { metadata: { annotations: { [SKIP]: 'true' } } }),
    ],
    policies: [pick(3) === 0 ? { ...policy, spec: { ...policy.spec, retentionPolicy: 'retainLatestBackup' } } : policy],
    schedules: [aSchedule([{ backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: pick(2) === 0 }])],
  }, { line: snapshots(3) === 0 ? '1.2' : '1.0' });
  return { inventory, logs, bases };
}

function drawLog(name: string, pick: (below: number) => number, labels: Record<string, string>, expiration: object, withVolumes: boolean): Backup {
  const from = pick(SPAN);
  const to = from + pick(SPAN - from);
  const range = (): object => ({ timeRange: { start: second(from + pick(4)), end: second(Math.max(from + 4, to - pick(4))) } });
  const log = aLog(second(from), second(to), { metadata: { name, labels, ...(pick(8) === 0 && { deletionTimestamp: second(SPAN) }) } });
  const actions = pick(3) === 0 ? [range(), range()] : [];
  const actionSetName = ['wal', 'free', 'skipping'][pick(3)] ?? '';
  const phase = ['Running', 'Completed', 'Failed'][pick(3)] ?? '';
  const timeRange = pick(10) === 0 ? undefined : log.status?.timeRange;
  const volumes = withVolumes ? { targetVolumes: {} } : {};
  return { ...log, status: { phase, backupMethod: { name: 'x', actionSetName, ...volumes }, actions, ...(timeRange && { timeRange }), ...expiration } };
}

export type SlowVerdict = 'recoverable' | 'unknown' | 'unreachable' | undefined;

/** What the controller says of an instant for one log, as slowly as it is written down in its source; undefined outside it. */
export function canRestore(inventory: Inventory, log: Backup, t: number): SlowVerdict {
  const [s, e] = [startOf(log) ?? NaN, endOf(log) ?? NaN];
  if (!(s <= t && t <= e)) return undefined;
  const actionSet = inventory.actionSets.items.get(`/${log.status?.backupMethod?.actionSetName ?? ''}`);
  const ranges = (log.status?.actions ?? []).map(({ timeRange }) => ({ s: Date.parse(timeRange?.start ?? ''), e: Date.parse(timeRange?.end ?? '') }));
  const targets = ranges.length > 1 ? ranges : [];
  if (actionSet?.spec?.restore?.baseBackupRequired === false) {
    return targets.every((target) => target.s <= t && t <= target.e) ? 'recoverable' : 'unknown';
  }
  let base: Backup | undefined;
  for (const backup of inventory.backups.items.values()) {
    const end = endOf(backup) ?? NaN;
    const named = [LABELS.clusterUid, LABELS.instance, LABELS.component].filter((label) => (log.metadata.labels?.[label] ?? '') !== '');
    const same = named.every((label) => backup.metadata.labels?.[label] === log.metadata.labels?.[label]);
    const type = backup.metadata.labels?.[LABELS.backupType];
    if (same && (type === 'Full' || type === 'Incremental') && backup.status?.phase === 'Completed' && s <= end && end <= t && end > (base === undefined ? -Infinity : (endOf(base) ?? NaN))) base = backup;
  }
  if (base === undefined) return 'unreachable';
  if (base.status?.backupMethod?.snapshotVolumes === true && inventory.line !== '1.2') return 'unreachable';
  const isFilled = inventory.actionSets.items.get(`/${base.status?.backupMethod?.actionSetName ?? ''}`)?.spec?.restore?.prepareData !== undefined;
  if (isFilled && leavesVolumes(log)) return 'unreachable';
  if (typeOf(inventory, base) === 'Incremental' && (actionSet?.metadata.annotations?.[SKIP] === 'true' || chainOf(inventory, base).broken !== undefined)) return 'unreachable';
  const start = endOf(base) ?? NaN;
  return targets.every((target) => target.s <= start && t <= target.e) ? 'recoverable' : 'unknown';
}

/** The first instant that any of the logs can be restored to, tried one after the other. */
export function firstRecoverable(inventory: Inventory, logNames: readonly string[]): number | undefined {
  const logs = logNames.flatMap((name) => [...inventory.backups.items.values()].filter(({ metadata }) => metadata.name === name && metadata.deletionTimestamp === undefined));
  for (let value = 0; value < SPAN; value += 1) {
    const t = ORIGIN + value * 1000;
    if (logs.some((log) => canRestore(inventory, log, t) === 'recoverable')) return t;
  }
  return undefined;
}

/**
 * What is left once the garbage collector has seen an instant: backups that ended and expired are gone (an incremental
 * only with the one it is built on), but for the newest completed of each method where the policy keeps it.
 */
export function leftAt(inventory: Inventory, at: number): Inventory {
  const left = new Map(inventory.backups.items);
  const keepsLatest = [...inventory.policies.items.values()].some(({ spec }) => spec?.retentionPolicy === 'retainLatestBackup');
  const gone = new Set<string>();
  for (const [key, backup] of inventory.backups.items) {
    const expires = Date.parse(backup.status?.expiration ?? '');
    const isEnded = backup.status?.phase === 'Completed' || backup.status?.phase === 'Failed';
    const isIncremental = backup.metadata.labels?.[LABELS.backupType] === 'Incremental';
    if (expires <= at && isEnded && !isIncremental && !(keepsLatest && isLatest(inventory, backup))) gone.add(key);
  }
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const [key, { metadata, status }] of left) {
      const above = [status?.parentBackupName, status?.baseBackupName].map((name) => `${metadata.namespace ?? ''}/${name ?? ''}`);
      if (above.some((name) => gone.has(name))) gone.add(key);
    }
  }
  for (const key of gone) left.delete(key);
  return { ...inventory, backups: { ...inventory.backups, items: left } };
}

/** By creation, as the controller compares. */
function isLatest(inventory: Inventory, backup: Backup): boolean {
  if (backup.status?.phase !== 'Completed') return false;
  const others = [...inventory.backups.items.values()].filter((other) => keyOf(other) !== keyOf(backup) && other.status?.phase === 'Completed' && other.spec?.backupMethod === backup.spec?.backupMethod);
  return others.every(({ metadata }) => Date.parse(metadata.creationTimestamp ?? '') <= Date.parse(backup.metadata.creationTimestamp ?? ''));
}
