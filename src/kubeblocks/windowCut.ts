import { createdAt, instant, isEnded } from './backupState';
import { backupsOfSameCluster } from './backupGroups';
import type { Base } from './bases';
import type { BaseJudge, ClusterWindow, Stretch, Track } from './clusterWindow';
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
  readonly judge: BaseJudge;
}

/**
 * What happens to the beginning of the window when the backup it starts from expires: `gc_controller.go` removes what
 * expired, except incrementals, which go with the full backup they are based on.
 */
export function windowCut(inventory: Inventory, { first, tracks, judge }: Cutting): WindowCut | undefined {
  if (first?.kind !== 'recoverable') {
    return undefined;
  }
  const soonest = [first.log, ...(first.base === undefined ? [] : [first.base])].map((backup) => lifeOf(inventory, backup)).reduce((a, b) => (b.at < a.at ? b : a));
  if (soonest.at === Infinity) {
    return undefined;
  }
  const left = tracks.flatMap(({ logs, bases, needsBase, skipsBase }) => {
    const isGood = (base: Base): boolean => !judge.isIncremental(base) || (!skipsBase && judge.broken(base.backup) === undefined);
    const lasting = logs.filter(({ backup }) => lifeOf(inventory, backup).at > soonest.at);
    return lasting.flatMap(({ from, to }) =>
      needsBase ? (bases.find((base) => base.end >= from && base.end <= to && lifeOf(inventory, base.backup).at > soonest.at && isGood(base))?.end ?? []) : [from],
    );
  });
  const then = left.length === 0 ? undefined : Math.min(...left);
  return then !== undefined && then <= first.from ? undefined : { ...soonest, from: first.from, then };
}

/** The soonest cut of all components. */
export function soonestCut({ components }: ClusterWindow): WindowCut | undefined {
  return components.flatMap(({ cut }) => cut ?? []).sort((a, b) => a.at - b.at)[0];
}

/** When a backup goes, Infinity for never (what has not ended is left alone), and the expiry of which one takes it. */
function lifeOf(inventory: Inventory, backup: Backup): { readonly at: number; readonly expiring: Backup } {
  const expiring = typeOf(inventory, backup) === 'Incremental' ? (chainOf(inventory, backup).backups[0] ?? backup) : backup;
  const expires = instant(expiring.status?.expiration);
  return { expiring, at: expires === undefined || !isEnded(expiring) || isLatestKept(inventory, expiring) ? Infinity : expires };
}

/** `retainLatestBackup` keeps the newest completed backup of each method and cluster. */
export function isLatestKept(inventory: Inventory, backup: Backup): boolean {
  const policy = inventory.policies.items.get(objectKey(backup.metadata.namespace, backup.spec?.backupPolicyName ?? ''));
  return policy?.spec?.retentionPolicy === 'retainLatestBackup' && newestOfMethod(inventory, backup) === backup;
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
