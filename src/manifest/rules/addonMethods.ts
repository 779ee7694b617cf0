import type { BackupType } from '../../kubeblocks/backupState';

/**
 * What the add-ons' methods make, by name: in every add-on and release that has the name it is the same. It tells where
 * policy or action set are not known; what they say goes before it.
 */
const ADDON_METHODS: ReadonlyMap<string, BackupType> = new Map([
  ...of('Full', 'br', 'datafile', 'dump', 'es-dump', 'full-backup', 'mariadb-backup', 'mogdb-basebackup', 'pbm-physical', 'pg-basebackup', 'vanilla-pg-basebackup', 'volume-snapshot', 'wal-g', 'xtrabackup', 'zoocreeper'),
  ...of('Incremental', 'wal-g-incremental', 'xtrabackup-inc'),
  ...of('Selective', 'bcp', 'mydumper', 'pgdump', 'pgdumpall'),
  ...of('Continuous', 'archive-wal', 'wal-g-archive', 'archive-binlog', 'archive-oplog', 'aof', 'pbm-pitr', 'transaction-log', 'br-log'),
]);

function of(type: BackupType, ...names: readonly string[]): [string, BackupType][] {
  return names.map((name) => [name, type]);
}

export function addonType(method: string | undefined): BackupType | undefined {
  return method === undefined ? undefined : ADDON_METHODS.get(method);
}

/** Redis' and FalkorDB's log holds all the data (`restore.baseBackupRequired: false`). */
export const NEEDS_NO_BASE: ReadonlySet<string> = new Set(['aof']);

/** As every add-on calls it. */
export const SNAPSHOT_METHOD = 'volume-snapshot';
