import { objectKey } from './inventory';
import { LABELS } from './labels';
import { memoiseOnto } from './memoise';
import type { Backup } from './objects';

/** Backups that name the same owner. Never mutated: it stays the same object while its backups do. */
export interface BackupGroup {
  readonly namespace: string;
  readonly owner: BackupOwner;
  /** Newest first. */
  readonly backups: readonly Backup[];
}

/** Whose a backup is by its own words. One that failed early carries no labels and names only its policy. */
export type BackupOwner =
  | { readonly kind: 'cluster'; readonly name: string; readonly uid: string | undefined }
  | { readonly kind: 'policy'; readonly name: string };

interface Grouped {
  readonly items: ReadonlyMap<string, Backup>;
  readonly groups: ReadonlyMap<string, BackupGroup>;
}

interface Change {
  readonly gone: Set<Backup>;
  readonly come: Backup[];
}

const NOTHING: Grouped = { items: new Map(), groups: new Map() };

const group: (items: ReadonlyMap<string, Backup>) => Grouped = memoiseOnto(
  (items) => [items],
  (items, before = NOTHING) => ({ items, groups: groupsAfter(before, items) }),
);

/** All groups. Made from the groups asked for before: only those of which a backup changed are new. */
export function groupBackups(items: ReadonlyMap<string, Backup>): ReadonlyMap<string, BackupGroup> {
  return group(items).groups;
}

/** The backups of the same cluster (name and uid) by their labels; undefined when this one does not say both. */
export function backupsOfSameCluster(items: ReadonlyMap<string, Backup>, backup: Backup): readonly Backup[] | undefined {
  const { labels } = backup.metadata;
  const saysBoth = (labels?.[LABELS.instance] ?? '') !== '' && (labels?.[LABELS.clusterUid] ?? '') !== '';
  return saysBoth ? (groupBackups(items).get(groupKey(backup))?.backups ?? []) : undefined;
}

/** RFC 3339 times of one zone sort as texts; parsing them would cost more than all the rest. */
export function newestFirst({ metadata: a }: Backup, { metadata: b }: Backup): number {
  const timeOfA = a.creationTimestamp ?? '';
  const timeOfB = b.creationTimestamp ?? '';
  if (timeOfA !== timeOfB) {
    return timeOfA < timeOfB ? 1 : -1;
  }
  return compare(a.name, b.name) || compare(a.namespace ?? '', b.namespace ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function groupsAfter(before: Grouped, items: ReadonlyMap<string, Backup>): ReadonlyMap<string, BackupGroup> {
  const groups = new Map(before.groups);
  for (const [key, change] of changesBetween(before.items, items)) {
    const known = groups.get(key);
    const kept = known?.backups.filter((backup) => !change.gone.has(backup)) ?? [];
    const backups = [...kept, ...change.come].sort(newestFirst);
    const [first] = backups;
    if (first === undefined) {
      groups.delete(key);
    } else {
      groups.set(key, { namespace: first.metadata.namespace ?? '', owner: ownerOf(first), backups });
    }
  }
  return groups;
}

/** What left and what entered each group. Objects are compared by identity. */
function changesBetween(before: ReadonlyMap<string, Backup>, now: ReadonlyMap<string, Backup>): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  const changeOf = (backup: Backup): Change => {
    const key = groupKey(backup);
    const change = changes.get(key) ?? { gone: new Set(), come: [] };
    changes.set(key, change);
    return change;
  };
  let kept = 0;
  for (const [key, backup] of now) {
    const known = before.get(key);
    kept += known === undefined ? 0 : 1;
    if (known === backup) {
      continue;
    }
    changeOf(backup).come.push(backup);
    if (known !== undefined) {
      changeOf(known).gone.add(known);
    }
  }
  if (kept < before.size) {
    for (const [key, backup] of before) {
      if (!now.has(key)) {
        changeOf(backup).gone.add(backup);
      }
    }
  }
  return changes;
}

function ownerOf(backup: Backup): BackupOwner {
  const { labels } = backup.metadata;
  const name = labels?.[LABELS.instance];
  return name === undefined
    ? { kind: 'policy', name: backup.spec?.backupPolicyName ?? '' }
    : { kind: 'cluster', name, uid: labels?.[LABELS.clusterUid] };
}

function groupKey(backup: Backup): string {
  const owner = ownerOf(backup);
  const key = objectKey(backup.metadata.namespace, owner.name);
  return owner.kind === 'policy' ? `policy ${key}` : owner.uid === undefined ? key : `${key}@${owner.uid}`;
}
