import { backupMethods, policiesOf, type MethodOption } from './backupMethods';
import { defaultBackupName, planBackup, type BackupPlan } from './backupPlan';
import { componentOf, indexClusters, type ClusterEntry } from './clusterIndex';
import { objectKey, type Inventory } from './inventory';
import { freeName } from './names';
import type { BackupPolicy } from './objects';
import type { DeletionPolicy } from './retentionPlan';
import type { TimeContext } from './timeText';

/** One of several backups: a component, by its policy, with the method that is recommended for it. */
export interface BatchItem {
  readonly entry: ClusterEntry;
  readonly policy: BackupPolicy;
  readonly component: string | undefined;
  /** Undefined where none can be used now. */
  readonly method: MethodOption | undefined;
  /** Why none can, as the first of its methods says. */
  readonly problem: string | undefined;
}

export interface BatchChoice {
  /** Empty: kept for ever. */
  readonly retentionPeriod: string;
  readonly deletionPolicy: DeletionPolicy;
}

/** What the last backups of these took, as far as there were any. */
export interface BatchHistory {
  readonly bytes: number;
  /** When `limit` run together and each takes as long as its last. Ms. */
  readonly durationMs: number;
  /** Those that were never backed up with their method. */
  readonly unknown: number;
}

/** Every component of live clusters that has a policy; those that can be backed up first. */
export function batchItems(inventory: Inventory): readonly BatchItem[] {
  const entries = [...indexClusters(inventory).entries.values()].filter(({ cluster }) => cluster !== undefined);
  const items = entries.flatMap((entry) => policiesOf(entry).map((policy) => itemOf(inventory, entry, policy)));
  return [...items.filter(({ method }) => method !== undefined), ...items.filter(({ method }) => method === undefined)];
}

function itemOf(inventory: Inventory, entry: ClusterEntry, policy: BackupPolicy): BatchItem {
  const methods = backupMethods(inventory, policy);
  const method = methods.find(({ recommended }) => recommended);
  return { entry, policy, component: componentOf(policy), method, problem: method === undefined ? methods[0]?.problem?.message : undefined };
}

/** A plan for each that has a method, under names that differ. */
export function planBatch(inventory: Inventory, items: readonly BatchItem[], choice: BatchChoice, time: TimeContext): readonly BackupPlan[] {
  const { retentionPeriod, deletionPolicy } = choice;
  const perCluster = (key: string): number => items.filter(({ entry }) => entry.key === key).length;
  const taken = new Set<string>();
  return items.flatMap(({ entry, policy, component, method }) => {
    const stem = perCluster(entry.key) > 1 && component !== undefined ? `${entry.name}-${component}` : entry.name;
    const isTaken = (each: string): boolean => taken.has(objectKey(entry.namespace, each)) || inventory.backups.items.has(objectKey(entry.namespace, each));
    const name = freeName(defaultBackupName(inventory, entry.namespace, stem, time), isTaken);
    taken.add(objectKey(entry.namespace, name));
    return method === undefined ? [] : [planBackup(inventory, { policy, method: method.name, name, deletionPolicy, ...(retentionPeriod === '' ? {} : { retentionPeriod }) }, time.now)];
  });
}

/** What is to be expected, by what the last ones took. */
export function batchHistory(items: readonly BatchItem[], limit: number): BatchHistory {
  const runs = items.map(({ method }) => method?.last);
  const lanes = Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, () => 0);
  for (const run of runs) {
    const shortest = lanes.indexOf(Math.min(...lanes));
    lanes[shortest] = (lanes[shortest] ?? 0) + (run?.durationMs ?? 0);
  }
  return {
    bytes: runs.reduce((sum, run) => sum + (run?.bytes ?? 0), 0),
    durationMs: Math.max(...lanes),
    unknown: runs.filter((run) => run === undefined).length,
  };
}
