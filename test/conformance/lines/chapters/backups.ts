import type { Chapter } from '../chapter';
import { backup, repository } from '../lineObjects';
import type { LineStage } from '../lineStage';

const LINE = '1.2';

/** Makes a backup that is Completed before the story begins, unless another was there already. */
export async function complete(stage: LineStage, name: string, method = 'xtrabackup', spec: object = {}): Promise<void> {
  await stage.create(backup(name, method, spec));
  await stage.untilPhase('Backup', name, 'Completed');
}

export const BACKUPS: readonly Chapter[] = [
  {
    line: LINE,
    name: '00-repo',
    about: /s3-b/,
    async tell(stage) {
      await stage.create(...repository('s3-b', false));
      await stage.untilPhase('BackupRepo', 's3-b', 'Ready');
    },
  },
  {
    line: LINE,
    name: '02-backup-full',
    about: /full-1/,
    async tell(stage) {
      await complete(stage, 'full-1', 'xtrabackup', { retentionPeriod: '7d' });
    },
  },
  {
    line: LINE,
    name: '03-backup-fail',
    about: /fail-1/,
    prepare: (stage) => complete(stage, 'before'),
    async tell(stage) {
      stage.fail('backup-job-fails', 'fail-1');
      await stage.create(backup('fail-1', 'xtrabackup', { retentionPeriod: '1d' }));
      await stage.untilPhase('Backup', 'fail-1', 'Failed');
    },
  },
  {
    line: LINE,
    name: '04-backup-snapshot',
    about: /\/snap-1/,
    async tell(stage) {
      await complete(stage, 'snap-1', 'volume-snapshot');
    },
  },
  {
    line: LINE,
    name: '05-backup-incremental',
    about: /inc-\d/,
    async prepare(stage) {
      await complete(stage, 'full-1');
      await complete(stage, 'snap-1', 'volume-snapshot');
    },
    async tell(stage) {
      await complete(stage, 'inc-1', 'xtrabackup-inc');
      await complete(stage, 'inc-2', 'xtrabackup-inc', { parentBackupName: 'full-1' });
      await stage.create(backup('inc-3', 'xtrabackup-inc', { parentBackupName: 'nope' }), backup('inc-4', 'xtrabackup-inc', { parentBackupName: 'snap-1' }));
      await stage.untilPhase('Backup', 'inc-3', 'Failed');
      await stage.untilPhase('Backup', 'inc-4', 'Failed');
    },
  },
  {
    line: LINE,
    name: '06-backup-invalid',
    about: /bad-(method|policy|ret|cont|param|repo)/,
    prepare: (stage) => complete(stage, 'before'),
    async tell(stage) {
      const bad = ['method', 'policy', 'ret', 'cont', 'param', 'repo'].map((fault) => `bad-${fault}`);
      await stage.create(
        backup('bad-method', 'nope'),
        backup('bad-policy', 'xtrabackup', { backupPolicyName: 'nopolicy' }),
        backup('bad-ret', 'xtrabackup', { retentionPeriod: '7days' }),
        backup('bad-cont', 'archive-binlog'),
        backup('bad-param', 'xtrabackup', { parameters: [{ name: 'nope', value: 'x' }] }),
        backup('bad-repo', 'xtrabackup', {}, { 'dataprotection.kubeblocks.io/backup-repo-name': 'norepo' }),
      );
      for (const name of bad) await stage.untilPhase('Backup', name, 'Failed');
    },
  },
  {
    line: LINE,
    name: '07-backup-delete',
    about: /(del|keep|nodel)-1|\/snap-1|bad-(method|policy)/,
    async prepare(stage) {
      await complete(stage, 'before');
      await complete(stage, 'snap-1', 'volume-snapshot');
      await stage.create(backup('bad-method', 'nope'), backup('bad-policy', 'xtrabackup', { backupPolicyName: 'nopolicy' }));
      await stage.untilPhase('Backup', 'bad-method', 'Failed');
      await stage.untilPhase('Backup', 'bad-policy', 'Failed');
    },
    async tell(stage) {
      await stage.create(backup('del-1', 'xtrabackup'), backup('keep-1', 'xtrabackup', { deletionPolicy: 'Retain' }), backup('nodel-1', 'xtrabackup'));
      for (const name of ['del-1', 'keep-1', 'nodel-1']) await stage.untilPhase('Backup', name, 'Completed');
      stage.fail('delete-job-fails', 'nodel-1');
      for (const name of ['del-1', 'keep-1', 'nodel-1', 'snap-1', 'bad-method', 'bad-policy']) await stage.delete('Backup', name);
      await stage.until('del-1 gone', () => stage.get('Backup', 'del-1') === undefined);
      await stage.until('the failure told', () => stage.get('Backup', 'nodel-1')?.status?.['deletionFailureReason'] !== undefined);
    },
  },
  {
    line: LINE,
    name: '16-backup-hangs',
    recordings: ['16-misc'],
    about: /hang-1/,
    prepare: (stage) => complete(stage, 'before'),
    async tell(stage) {
      stage.fail('backup-job-hangs', 'hang-1');
      await stage.create(backup('hang-1', 'xtrabackup', { retentionPeriod: '1d' }));
      await stage.untilPhase('Backup', 'hang-1', 'Running');
      await stage.pass(30_000);
      await stage.delete('Backup', 'hang-1');
      await stage.until('hang-1 gone', () => stage.get('Backup', 'hang-1') === undefined);
    },
  },
  {
    line: LINE,
    name: '16-wipe-out',
    recordings: ['16-misc'],
    about: /\bfull-1|delete-full-1/,
    prepare: (stage) => complete(stage, 'full-1', 'xtrabackup', { retentionPeriod: '7d' }),
    async tell(stage) {
      await stage.patch('Cluster', 'mycluster', { spec: { terminationPolicy: 'WipeOut' } });
      await stage.delete('Cluster', 'mycluster');
      await stage.until('the cluster gone', () => stage.get('Cluster', 'mycluster') === undefined);
    },
  },
  {
    line: LINE,
    name: '16-retention-of-a-minute',
    recordings: ['16-misc'],
    about: /gc-1/,
    prepare: (stage) => complete(stage, 'before'),
    async tell(stage) {
      await complete(stage, 'gc-1', 'xtrabackup', { retentionPeriod: '1m' });
      await stage.patch('Cluster', 'mycluster', { spec: { terminationPolicy: 'WipeOut' } });
      await stage.delete('Cluster', 'mycluster');
      await stage.until('the cluster gone', () => stage.get('Cluster', 'mycluster') === undefined);
    },
  },
];
