import type { Chapter } from '../chapter';
import { backup, operation } from '../lineObjects';
import type { LineStage } from '../lineStage';
import { logBackup, switchOn } from './schedules';

const LINE = '1.2';

/** Backups by operation, as the recordings go on from them: `ops-b1` in full, and one of the whole volume. */
async function backUp(stage: LineStage): Promise<void> {
  await stage.create(operation(stage.dialect, 'ops-backup-1', 'Backup', 'mycluster', { backupMethod: 'xtrabackup', backupName: 'ops-b1', backupPolicyName: 'mycluster-mysql-backup-policy', retentionPeriod: '3d' }));
  await stage.untilPhase('OpsRequest', 'ops-backup-1', 'Succeed');
}

/** A log, a full backup inside it, and some time after that: `ops-b1` and what the log is called. */
export async function withLog(stage: LineStage): Promise<string> {
  await switchOn(stage, { 'archive-binlog': '*/30 * * * *' });
  const log = await logBackup(stage);
  await stage.pass(60_000);
  await backUp(stage);
  await stage.pass(120_000);
  return log;
}

async function restore(stage: LineStage, name: string, clusterName: string, request: object, phase: 'Succeed' | 'Failed'): Promise<void> {
  await stage.create(operation(stage.dialect, name, 'Restore', clusterName, { volumeRestorePolicy: 'Parallel', ...request }));
  await stage.untilPhase('OpsRequest', name, phase);
}

export const OPERATIONS: readonly Chapter[] = [
  {
    line: LINE,
    name: '10-ops-backup',
    about: /ops-(backup|b1)|backup-STORY-mycluster/,
    async tell(stage) {
      await backUp(stage);
      await stage.create(
        operation(stage.dialect, 'ops-backup-2', 'Backup', 'mycluster', {}),
        operation(stage.dialect, 'ops-backup-bad', 'Backup', 'mycluster', { backupMethod: 'nope' }),
        operation(stage.dialect, 'ops-backup-nocluster', 'Backup', 'nocluster', {}),
      );
      await stage.untilPhase('OpsRequest', 'ops-backup-2', 'Succeed');
      await stage.untilPhase('OpsRequest', 'ops-backup-nocluster', 'Failed');
    },
  },
  {
    line: LINE,
    name: '11-ops-restore',
    about: /ops-restore-1$|restored1\b/,
    prepare: backUp,
    async tell(stage) {
      await restore(stage, 'ops-restore-1', 'restored1', { backupName: 'ops-b1', backupNamespace: 'demo' }, 'Succeed');
    },
  },
  {
    line: LINE,
    name: '11-ops-restore-refused',
    recordings: ['11-ops-restore'],
    about: /ops-restore-(nobackup|failedbackup|range|badtime|exists)/,
    async prepare(stage) {
      await withLog(stage);
      await stage.create(backup('inc-4', 'nope'));
      await stage.untilPhase('Backup', 'inc-4', 'Failed');
    },
    async tell(stage) {
      const log = await logBackup(stage);
      await restore(stage, 'ops-restore-nobackup', 'restored3', { backupName: 'nope' }, 'Failed');
      await restore(stage, 'ops-restore-failedbackup', 'restored4', { backupName: 'inc-4' }, 'Failed');
      await restore(stage, 'ops-restore-range', 'restored5', { backupName: log, restorePointInTime: '2026-01-01T00:00:00Z' }, 'Failed');
      await restore(stage, 'ops-restore-badtime', 'restored6', { backupName: log, restorePointInTime: '2026-01-01 00:00' }, 'Failed');
      await restore(stage, 'ops-restore-exists', 'mycluster', { backupName: 'ops-b1' }, 'Failed');
    },
  },
  {
    line: LINE,
    name: '11-ops-restore-snapshot',
    recordings: ['11-ops-restore'],
    about: /ops-restore-snap|restored7\b/,
    async prepare(stage) {
      await stage.create(operation(stage.dialect, 'ops-backup-2', 'Backup', 'mycluster', {}));
      await stage.untilPhase('OpsRequest', 'ops-backup-2', 'Succeed');
    },
    async tell(stage) {
      const [snapshot] = stage.list('Backup').filter(({ metadata }) => metadata.name.startsWith('backup-demo-mycluster-'));
      await restore(stage, 'ops-restore-snap', 'restored7', { backupName: snapshot?.metadata.name ?? '' }, 'Failed');
    },
  },
  {
    line: LINE,
    name: '12-ops-restore-to-a-time',
    recordings: ['12-spec-restore', '12b-spec-restore-postready'],
    about: /ops-restore-pitr2|restored8\b|post-ready/,
    prepare: async (stage) => {
      await withLog(stage);
    },
    async tell(stage) {
      const log = await logBackup(stage);
      const restorePointInTime = stage.now();
      await stage.pass(60_000);
      await restore(stage, 'ops-restore-pitr2', 'restored8', { backupName: log, restorePointInTime }, 'Succeed');
    },
  },
];
