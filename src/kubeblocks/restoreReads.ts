import { backupType, endOf, isSnapshot, startOf } from './backupState';
import { parseBytes } from './bytes';
import { objectKey, type Inventory } from './inventory';
import { jsonAt } from './json';
import { find } from './known';
import { chainOf, typeOf } from './lineage';
import type { Backup } from './objects';
import { segmentAt, type RecoveryWindow } from './recoveryWindow';
import { repositoryOf, repositoryState, type RepositoryState } from './repositoryState';
import type { RestoreRequest } from './restoreRequest';

/** What a restore reads, in the order in which it is put to use. */
export interface RestoreReads {
  readonly sources: readonly ReadSource[];
  readonly repositories: readonly ReadRepository[];
  /** Of the sources that say their size; a log is read in part. */
  readonly totalBytes: number | undefined;
  /** How much of the log is replayed, ms. */
  readonly replayMs: number | undefined;
  readonly encrypted: boolean;
}

export interface ReadSource {
  readonly backup: Backup;
  readonly role: 'full' | 'increment' | 'log' | 'snapshot';
  readonly bytes: number | undefined;
  /** Ms since the epoch: of a log the stretch that is replayed, of the others when they ended. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export interface ReadRepository {
  readonly name: string;
  readonly state: RepositoryState | 'missing' | 'unknown';
}

/** The backup with the chain it builds on, and those of other components; of a log backup the base that the controller will choose, and the log. */
export function restoreReads(inventory: Inventory, request: Pick<RestoreRequest, 'backup' | 'others' | 'restoreTime'>, window: RecoveryWindow | undefined): RestoreReads {
  const { backup, others = [], restoreTime } = request;
  const isLog = typeOf(inventory, backup) === 'Continuous';
  const base = isLog ? baseOf(window, restoreTime) : backup;
  const chain = base === undefined ? [] : chainOf(inventory, base).backups.map((each) => copyOf(inventory, each));
  const replayFrom = base === undefined ? startOf(backup) : endOf(base);
  const beside = others.flatMap((other) => chainOf(inventory, other).backups.map((each) => copyOf(inventory, each)));
  const sources = [...chain, ...(isLog ? [logOf(backup, replayFrom, restoreTime)] : []), ...beside];
  const sizes = sources.flatMap(({ role, bytes }) => (role === 'log' || bytes === undefined ? [] : [bytes]));
  return {
    sources,
    repositories: repositoriesOf(inventory, sources),
    totalBytes: sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0),
    replayMs: isLog && replayFrom !== undefined && restoreTime !== undefined ? Math.max(0, restoreTime - replayFrom) : undefined,
    encrypted: sources.some((source) => jsonAt(source.backup, 'status', 'encryptionConfig') !== undefined),
  };
}

function baseOf(window: RecoveryWindow | undefined, restoreTime: number | undefined): Backup | undefined {
  const segment = window === undefined || restoreTime === undefined ? undefined : segmentAt(window, restoreTime);
  return segment !== undefined && 'base' in segment ? segment.base : undefined;
}

function copyOf(inventory: Inventory, backup: Backup): ReadSource {
  const role = isSnapshot(backup) ? 'snapshot' : (typeOf(inventory, backup) ?? backupType(backup)) === 'Incremental' ? 'increment' : 'full';
  return { backup, role, bytes: sizeOf(backup), from: undefined, to: endOf(backup) };
}

function logOf(backup: Backup, from: number | undefined, to: number | undefined): ReadSource {
  return { backup, role: 'log', bytes: sizeOf(backup), from, to };
}

function sizeOf({ status }: Backup): number | undefined {
  return status?.totalSize === undefined || status.totalSize === '' ? undefined : parseBytes(status.totalSize);
}

/** A snapshot stays with the storage. */
function repositoriesOf(inventory: Inventory, sources: readonly ReadSource[]): readonly ReadRepository[] {
  const names = new Set(sources.filter(({ role }) => role !== 'snapshot').flatMap(({ backup }) => repositoryOf(backup) ?? []));
  return [...names].map((name) => {
    const repo = find(inventory.repos, objectKey(undefined, name));
    return { name, state: typeof repo === 'string' ? repo : repositoryState(repo) };
  });
}
