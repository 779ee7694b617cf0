import { story, type Story } from '../story';
import { backup } from './objects';

function refused(name: string, method: string, spec: object = {}): Story {
  return story({ name }, async (stage) => {
    await stage.create(backup(stage, 'full', method, spec));
    await stage.untilPhase('Backup', 'full', 'Failed');
  });
}

/** Backup: each kind to its end, each refusal, deletion, retention. */
export const backups: readonly Story[] = [
  story({ name: 'backup: full' }, async (stage) => {
    await stage.create(backup(stage, 'full', 'pg-basebackup', { retentionPeriod: '7d' }));
    await stage.untilPhase('Backup', 'full', 'Completed');
  }),
  story({ name: 'backup: full of MySQL', engine: 'apecloud-mysql' }, async (stage) => {
    await stage.create(backup(stage, 'full', 'xtrabackup'));
    await stage.untilPhase('Backup', 'full', 'Completed');
  }),
  story({ name: 'backup: selective, with parameters' }, async (stage) => {
    await stage.create(backup(stage, 'part', 'pgdump', { parameters: [{ name: 'database', value: 'orders' }] }));
    await stage.untilPhase('Backup', 'part', 'Completed');
  }),
  story({ name: 'backup: snapshot' }, async (stage) => {
    await stage.create(backup(stage, 'snap', 'volume-snapshot', { retentionPeriod: '1h' }));
    await stage.untilPhase('Backup', 'snap', 'Completed');
  }),
  story({ name: 'backup: incremental' }, async (stage) => {
    await stage.create(backup(stage, 'full', 'wal-g'));
    await stage.untilPhase('Backup', 'full', 'Completed');
    // Of two that end in the same second the one whose name comes last is the latest.
    await stage.untilQuiet();
    await stage.create(backup(stage, 'delta-1', 'wal-g-incremental', { parentBackupName: 'full' }));
    await stage.untilPhase('Backup', 'delta-1', 'Completed');
    await stage.create(backup(stage, 'delta-2', 'wal-g-incremental'));
    await stage.untilPhase('Backup', 'delta-2', 'Completed');
  }),
  story({ name: 'backup: incremental without a base' }, async (stage) => {
    await stage.create(backup(stage, 'delta', 'wal-g-incremental'));
    await stage.untilPhase('Backup', 'delta', 'Failed');
  }),
  story({ name: 'backup: the job fails' }, async (stage) => {
    stage.failWork({ does: 'backup', of: 'full' }, 'pg_basebackup: error: connection refused');
    await stage.create(backup(stage, 'full', 'pg-basebackup'));
    await stage.untilPhase('Backup', 'full', 'Failed');
  }),
  refused('backup: no such method', 'nothing'),
  refused('backup: no such policy', 'pg-basebackup', { backupPolicyName: 'nothing' }),
  refused('backup: no such parent', 'wal-g-incremental', { parentBackupName: 'nothing' }),
  refused('backup: a parameter nobody knows', 'pgdump', { parameters: [{ name: 'nothing', value: '1' }] }),
  refused('backup: a retention nobody reads', 'pg-basebackup', { retentionPeriod: '7days' }),
  refused('backup: continuous by hand', 'archive-wal'),
  story({ name: 'backup: deleted' }, async (stage) => {
    await stage.create(backup(stage, 'full', 'pg-basebackup'));
    await stage.untilPhase('Backup', 'full', 'Completed');
    await stage.delete('Backup', 'full');
    await stage.untilGone('Backup', 'full');
  }),
  story({ name: 'backup: deleted, data retained' }, async (stage) => {
    await stage.create(backup(stage, 'full', 'pg-basebackup', { deletionPolicy: 'Retain' }));
    await stage.untilPhase('Backup', 'full', 'Completed');
    await stage.delete('Backup', 'full');
    await stage.untilPhase('Backup', 'full', 'Deleting');
  }),
  story({ name: 'backup: snapshot deleted' }, async (stage) => {
    await stage.create(backup(stage, 'snap', 'volume-snapshot'));
    await stage.untilPhase('Backup', 'snap', 'Completed');
    await stage.delete('Backup', 'snap');
    await stage.untilGone('Backup', 'snap');
  }),
  story({ name: 'backup: deletion fails' }, async (stage) => {
    await stage.create(backup(stage, 'full', 'pg-basebackup'));
    await stage.untilPhase('Backup', 'full', 'Completed');
    stage.failWork({ does: 'delete', of: 'full' }, 'datasafed: access denied');
    await stage.delete('Backup', 'full');
    await stage.until('Backup', 'full', 'a reason why it is still there', ({ status }) => status?.['failureReason'] !== undefined);
  }),
  story({ name: 'backup: expired' }, async (stage) => {
    await stage.create(backup(stage, 'full', 'pg-basebackup', { retentionPeriod: '1h' }));
    await stage.untilPhase('Backup', 'full', 'Completed');
    await stage.untilQuiet();
    await stage.patchStatus('Backup', 'full', { expiration: '2020-01-01T00:00:00Z' });
    await stage.untilGone('Backup', 'full');
  }),
];
