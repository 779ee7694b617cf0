import { backupsOfSameCluster } from './backupGroups';
import { backupType, endOf, isSnapshot, type BackupType } from './backupState';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { ANNOTATIONS, LABELS } from './labels';
import type { ActionSet, Backup, BackupMethod } from './objects';

/** A backup that a log can start from. */
export interface Base {
  readonly backup: Backup;
  /** Of what it holds, ms since the epoch. */
  readonly end: number;
  /** What its label says it is, where its action set says nothing. */
  readonly type: BackupType | undefined;
  readonly actionSet: string | undefined;
  readonly isSnapshot: boolean;
}

/**
 * Whether a log whose base is a snapshot is restored without it: up to 1.1 `getBaseBackupActionSetForContinuous` of
 * `manager.go` does not say that it is one, so that the log meets empty volumes. Seen on real databases.
 */
export function leavesSnapshotsOut({ line = '1.0' }: Pick<Inventory, 'line'>): boolean {
  return line !== '1.2';
}

/**
 * Whether a log by this method is restored without bases that fill volumes before the database starts: what is done of that
 * step is decided by the log's method, and is nothing where that names no volumes. Up to 1.1 no Restore of it is made
 * (`BuildPrepareDataRestore` of `pkg/controller/plan/restore.go`; seen on the real controllers with `archive-oplog` of
 * MongoDB), on 1.2 the claims are provisioned without data (`decidePVCRestore` of `volumepopulator_controller.go`).
 * KubeBlocks calls it done all the same.
 */
export function leavesVolumesOut(method: BackupMethod | undefined, logActionSet: ActionSet | undefined): boolean {
  return method !== undefined && method.targetVolumes === undefined && !skipsBase(logActionSet);
}

/** Whether base and log are restored in one job of the log's. */
export function skipsBase(logActionSet: ActionSet | undefined): boolean {
  return logActionSet?.metadata.annotations?.[ANNOTATIONS.skipBaseRestore] === 'true';
}

/** A snapshot, or one that fills volumes. */
export type LeftOut = 'snapshotBase' | 'volumesBase';

/** Why a log is restored without this base; undefined where it is not. `leavesVolumes`: what `leavesVolumesOut` says of the log. */
export function leftOut(inventory: Pick<Inventory, 'line' | 'actionSets'>, base: Base, leavesVolumes: boolean): LeftOut | undefined {
  if (base.isSnapshot && leavesSnapshotsOut(inventory)) {
    return 'snapshotBase';
  }
  return leavesVolumes && fillsVolumes(inventory.actionSets.items.get(objectKey(undefined, base.actionSet ?? ''))) ? 'volumesBase' : undefined;
}

/** Whether a backup of this action set is put into volumes before the database starts. */
export function fillsVolumes(actionSet: ActionSet | undefined): boolean {
  return actionSet?.spec?.restore?.prepareData !== undefined;
}

/** The bases among backups, and those that another of the same instant hides. Never mutated. */
interface Chosen {
  readonly candidates: readonly Backup[];
  /** By end, then by name. */
  readonly all: readonly Base[];
  readonly bases: readonly Base[];
}

/** By the list the bases were chosen from, and the component. */
const CHOSEN = new WeakMap<readonly Backup[], Map<string, Chosen>>();
/** The list that was chosen from last, by cluster and component: the next is mostly the same but for a backup or two. */
const LATEST = new Map<string, WeakRef<readonly Backup[]>>();

/**
 * Completed full and incremental backups that the controller would consider, by end (`listCompletedBackups`). Of those that
 * ended at the same instant the last by name. The same list for as long as nothing of it changed; of the backups it was
 * chosen from, only those that came or went since are looked into.
 */
export function basesOf({ backups }: Inventory, log: Backup): readonly Base[] {
  const candidates = backupsOfSameCluster(backups.items, log);
  if (candidates === undefined) {
    return chooseAnew([...backups.items.values()], baseMatcher(log)).bases;
  }
  const { namespace, labels } = log.metadata;
  const component = labels?.[LABELS.component] ?? '';
  const known = CHOSEN.get(candidates) ?? new Map<string, Chosen>();
  CHOSEN.set(candidates, known);
  const place = [objectKey(namespace, labels?.[LABELS.instance] ?? ''), labels?.[LABELS.clusterUid], component].join(' ');
  const chosen = known.get(component) ?? choose(candidates, latestAt(place, component), baseMatcher(log));
  known.set(component, chosen);
  LATEST.set(place, new WeakRef(candidates));
  return chosen.bases;
}

function latestAt(place: string, component: string): Chosen | undefined {
  const candidates = LATEST.get(place)?.deref();
  return candidates === undefined ? undefined : CHOSEN.get(candidates)?.get(component);
}

function choose(candidates: readonly Backup[], before: Chosen | undefined, isBase: IsBase): Chosen {
  if (before === undefined) {
    return chooseAnew(candidates, isBase);
  }
  const { come, gone } = changeBetween(before.candidates, candidates);
  const entered = come.flatMap((backup) => baseIn(backup, isBase) ?? []).sort(byEnd);
  const left = new Set(gone.filter(isBase));
  if (entered.length === 0 && left.size === 0) {
    return { ...before, candidates };
  }
  const all = merged(left.size === 0 ? before.all : before.all.filter(({ backup }) => !left.has(backup)), entered);
  return { candidates, all, bases: withoutHidden(all) };
}

function chooseAnew(candidates: readonly Backup[], isBase: IsBase): Chosen {
  // Newest first, as they are listed: read from the back they are nearly in order.
  const all: Base[] = [];
  for (let index = candidates.length - 1; index >= 0; index -= 1) {
    const backup = candidates[index];
    const base = backup === undefined ? undefined : baseIn(backup, isBase);
    if (base !== undefined) all.push(base);
  }
  all.sort(byEnd);
  return { candidates, all, bases: withoutHidden(all) };
}

function baseIn(backup: Backup, isBase: IsBase): Base | undefined {
  const end = isBase(backup) ? endOf(backup) : undefined;
  return end === undefined ? undefined : { backup, end, type: backupType(backup), actionSet: backup.status?.backupMethod?.actionSetName, isSnapshot: isSnapshot(backup) };
}

function byEnd(a: Base, b: Base): number {
  return a.end - b.end || (a.backup.metadata.name < b.backup.metadata.name ? -1 : 1);
}

function withoutHidden(all: readonly Base[]): readonly Base[] {
  const isHidden = ({ end }: Base, index: number): boolean => all[index + 1]?.end === end;
  return all.some(isHidden) ? all.filter((base, index) => !isHidden(base, index)) : all;
}

/** Both in order, and so is what comes of them. */
function merged(all: readonly Base[], entered: readonly Base[]): readonly Base[] {
  const result: Base[] = [];
  let next = 0;
  for (const base of all) {
    for (let one = entered[next]; one !== undefined && byEnd(one, base) < 0; one = entered[next]) {
      result.push(one);
      next += 1;
    }
    result.push(base);
  }
  return result.concat(entered.slice(next));
}

/** What came and what went between two lists in one order. Objects are compared by identity. */
function changeBetween(before: readonly Backup[], now: readonly Backup[]): { readonly come: readonly Backup[]; readonly gone: readonly Backup[] } {
  let head = 0;
  while (head < now.length && head < before.length && before[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, now.length) - head;
  while (tail < most && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const [old, fresh] = [before.slice(head, before.length - tail), now.slice(head, now.length - tail)];
  const [inOld, inFresh] = [new Set(old), new Set(fresh)];
  return { come: fresh.filter((backup) => !inOld.has(backup)), gone: old.filter((backup) => !inFresh.has(backup)) };
}

type IsBase = (backup: Backup) => boolean;

function baseMatcher(log: Backup): IsBase {
  const labels = [LABELS.clusterUid, LABELS.instance, LABELS.component].filter((label) => (log.metadata.labels?.[label] ?? '') !== '');
  return (backup) => {
    const type = backupType(backup);
    if ((type !== 'Full' && type !== 'Incremental') || backup.metadata.namespace !== log.metadata.namespace || backup.status?.phase !== 'Completed') {
      return false;
    }
    return labels.length === 0
      ? backup.metadata.labels?.[LABELS.backupPolicy] === log.spec?.backupPolicyName
      : labels.every((label) => backup.metadata.labels?.[label] === log.metadata.labels?.[label]);
  };
}
