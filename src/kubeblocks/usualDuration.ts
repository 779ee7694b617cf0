import { backupState, backupType, createdAt, instant, type BackupState } from './backupState';
import { backupSteps } from './backupSteps';
import { componentOf, entryOfBackup, indexClusters } from './clusterIndex';
import { objectKey, type Inventory } from './inventory';
import type { Backup, Restore } from './objects';
import { restoreActions, restoreStage, restoreState } from './restoreState';

/** How long the same took before. Ms. */
export interface Usual {
  /** How many it is known from. */
  readonly samples: number;
  readonly shortestMs: number;
  readonly longestMs: number;
}

/** Something under way, beside how long it usually takes. */
export interface Pace {
  /** What is under way: a step's name, or undefined for all of it. */
  readonly step: string | undefined;
  readonly runningMs: number;
  /** Undefined where nothing alike ended before. */
  readonly usual: Usual | undefined;
  /** Takes more than twice as long as the longest of those, and a minute. False where there are none. */
  readonly isStuck: boolean;
}

/** The step before the first of the controller's. */
export const BEGINNING = 'beginning';

const NEWEST = 10;
const GRACE = 60_000;

/** How a backup under way stands against those of the same component and method; undefined for one that ended, and for a log backup, which never does. */
export function backupPace(inventory: Inventory, backup: Backup, now: number): Pace | undefined {
  const state = backupState(backup);
  if (isOver(state) || backupType(backup) === 'Continuous') {
    return undefined;
  }
  const before = alike(inventory, backup);
  if (state === 'starting') {
    return pace(BEGINNING, now - createdAt(backup), before.map((each) => gap(createdAt(each), instant(each.status?.startTimestamp))));
  }
  const step = backupSteps(backup).find((each) => each.state === 'running' && each.startedAt !== undefined && each.kind !== 'log');
  if (step?.startedAt !== undefined) {
    const found = pace(step.name, now - step.startedAt, before.map((each) => stepDuration(each, step.name)));
    if (found.usual !== undefined) {
      return found;
    }
  }
  const started = instant(backup.status?.startTimestamp) ?? createdAt(backup);
  return pace(undefined, now - started, before.map((each) => gap(instant(each.status?.startTimestamp), instant(each.status?.completionTimestamp))));
}

/** How a Restore under way stands against those that did the same with backups of the same method. */
export function restorePace(inventory: Inventory, restore: Restore, now: number): Pace | undefined {
  const state = restoreState(restore);
  if (state !== 'running' && state !== 'starting') {
    return undefined;
  }
  const method = methodOfSource(inventory, restore);
  const before = [...inventory.restores.items.values()]
    .filter((each) => restoreState(each) === 'completed' && restoreStage(each) === restoreStage(restore) && method !== undefined && methodOfSource(inventory, each) === method)
    .sort((a, b) => createdAt(b) - createdAt(a))
    .slice(0, NEWEST);
  const step = restoreActions(restore).find(({ status, startTime }) => status === 'Processing' && instant(startTime) !== undefined);
  if (step?.name !== undefined) {
    const found = pace(step.name, now - (instant(step.startTime) ?? now), before.map((each) => longestOf(each, step.name ?? '')));
    if (found.usual !== undefined) {
      return found;
    }
  }
  const started = instant(restore.status?.startTimestamp) ?? createdAt(restore);
  return pace(undefined, now - started, before.map(({ status }) => gap(instant(status?.startTimestamp), instant(status?.completionTimestamp))));
}

/** Of a step that is done for each replica, the slowest. */
function longestOf(restore: Restore, name: string): number | undefined {
  const known = restoreActions(restore).flatMap((action) => (action.name === name ? (gap(instant(action.startTime), instant(action.endTime)) ?? []) : []));
  return known.length === 0 ? undefined : Math.max(...known);
}

function isOver(state: BackupState): boolean {
  return state === 'completed' || state === 'failed' || state === 'deleting';
}

/** Completed ones of the same component and method, newest first. */
function alike(inventory: Inventory, backup: Backup): readonly Backup[] {
  const early = inventory.policies.items.get(objectKey(backup.metadata.namespace, backup.spec?.backupPolicyName ?? ''));
  // One that has no labels yet is found by its policy's.
  const component = componentOf(backup) ?? (early === undefined ? undefined : componentOf(early));
  const entry = entryOfBackup(inventory, backup) ?? [...indexClusters(inventory).entries.values()].find(({ policies }) => early !== undefined && policies.includes(early));
  const isAlike = (each: Backup): boolean => backupState(each) === 'completed' && each.spec?.backupMethod === backup.spec?.backupMethod && (component === undefined || componentOf(each) === component);
  return (entry?.backups ?? []).filter(isAlike).slice(0, NEWEST);
}

function stepDuration(backup: Backup, name: string): number | undefined {
  const step = backupSteps(backup).find((each) => each.name === name && each.state === 'completed');
  return gap(step?.startedAt, step?.endedAt);
}

function methodOfSource(inventory: Inventory, { metadata, spec }: Restore): string | undefined {
  const { name = '', namespace = metadata.namespace } = spec?.backup ?? {};
  return inventory.backups.items.get(objectKey(namespace, name))?.spec?.backupMethod;
}

function gap(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined || to < from ? undefined : to - from;
}

function pace(step: string | undefined, runningMs: number, durations: readonly (number | undefined)[]): Pace {
  const known = durations.filter((each) => each !== undefined);
  const usual = known.length === 0 ? undefined : { samples: known.length, shortestMs: Math.min(...known), longestMs: Math.max(...known) };
  return { step, runningMs: Math.max(0, runningMs), usual, isStuck: usual !== undefined && runningMs > 2 * usual.longestMs + GRACE };
}
