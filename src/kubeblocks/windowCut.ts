import { createdAt, instant, isEnded } from './backupState';
import { backupsOfSameCluster } from './backupGroups';
import type { Base } from './bases';
import type { ClusterWindow, Stretch, Track, WindowLog } from './clusterWindow';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { chainOf, typeOf } from './lineage';
import type { Backup } from './objects';

/** An expiry that takes from the beginning of the window. Ms since the epoch. */
export interface WindowCut {
  /** When the garbage collector may remove it. */
  readonly at: number;
  /** What expires: the base, the full backup that one is based on, or the log itself. */
  readonly expiring: Backup;
  /** The first instant that can be restored now. */
  readonly from: number;
  /** The first one afterwards; undefined where nothing is left, unless new backups are made. */
  readonly then: number | undefined;
}

interface Cutting {
  readonly first: Stretch | undefined;
  readonly tracks: readonly Track[];
  /** Whether a log restores an instant, where that is the newest base before it. */
  readonly restores: (log: WindowLog, base: Base | undefined, at: number) => boolean;
}

/**
 * What happens to the beginning of the window when what it starts from expires: `gc_controller.go` removes what expired,
 * except incrementals, which go with the full backup they are based on. It lasts as long as one log that reaches it.
 */
export function windowCut(inventory: Inventory, { first, tracks, restores }: Cutting): WindowCut | undefined {
  if (first?.kind !== 'recoverable') {
    return undefined;
  }
  const { from } = first;
  const lives = tracks.flatMap(({ logs, bases, needsBase }) => {
    const base = needsBase ? bases.findLast(({ end }) => end <= from) : undefined;
    return logs.filter((log) => log.from <= from && from <= log.to && restores(log, base, from)).map((log) => lifeTogether(inventory, log, base));
  });
  const last = lives.reduce((a, b) => (b.at > a.at ? b : a));
  if (last.at === Infinity) {
    return undefined;
  }
  const lasts = (backup: Backup): boolean => lifeOf(inventory, backup).at > last.at;
  const left = tracks.flatMap((track) => track.logs.filter(({ backup }) => lasts(backup)).flatMap((log) => beginningOf(track, log, { lasts, restores }) ?? []));
  return { ...last, from, then: left.length === 0 ? undefined : Math.min(...left) };
}

/** The first instant that a log restores from what lasts. */
function beginningOf({ bases, needsBase }: Track, log: WindowLog, { lasts, restores }: Pick<Cutting, 'restores'> & { readonly lasts: (backup: Backup) => boolean }): number | undefined {
  if (!needsBase) {
    const covered = Math.max(log.from, ...log.targets.map((target) => target.from));
    return covered <= log.to && restores(log, undefined, covered) ? covered : undefined;
  }
  return bases.find((base) => base.end >= log.from && base.end <= log.to && restores(log, base, base.end) && lasts(base.backup))?.end;
}

function lifeTogether(inventory: Inventory, { backup }: WindowLog, base: Base | undefined): Life {
  const [ofLog, ofBase] = [lifeOf(inventory, backup), base === undefined ? undefined : lifeOf(inventory, base.backup)];
  return ofBase !== undefined && ofBase.at < ofLog.at ? ofBase : ofLog;
}

/** The soonest cut of all components. */
export function soonestCut({ components }: ClusterWindow): WindowCut | undefined {
  return components.flatMap(({ cut }) => cut ?? []).sort((a, b) => a.at - b.at)[0];
}

/** When a backup goes, Infinity for never (what has not ended is left alone), and the expiry of which one takes it. */
interface Life {
  readonly at: number;
  readonly expiring: Backup;
}

function lifeOf(inventory: Inventory, backup: Backup): Life {
  const expiring = typeOf(inventory, backup) === 'Incremental' ? (chainOf(inventory, backup).backups[0] ?? backup) : backup;
  const expires = instant(expiring.status?.expiration);
  return { expiring, at: expires === undefined || !isEnded(expiring) || isLatestKept(inventory, expiring) ? Infinity : expires };
}

/** `retainLatestBackup` keeps the newest completed backup of each method and cluster. */
export function isLatestKept(inventory: Inventory, backup: Backup): boolean {
  const policy = inventory.policies.items.get(objectKey(backup.metadata.namespace, backup.spec?.backupPolicyName ?? ''));
  return policy?.spec?.retentionPolicy === 'retainLatestBackup' && backup.status?.phase === 'Completed' && newestOfMethod(inventory, backup) === backup;
}

function newestOfMethod(inventory: Inventory, backup: Backup): Backup {
  let newest = backup;
  for (const other of backupsOfSameCluster(inventory.backups.items, backup) ?? []) {
    const isLike = other.status?.phase === 'Completed' && other.spec?.backupMethod === backup.spec?.backupMethod;
    if (isLike && createdAt(other) > createdAt(newest)) {
      newest = other;
    }
  }
  return newest;
}
