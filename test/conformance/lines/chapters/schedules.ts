import type { Chapter } from '../chapter';
import { schedule } from '../lineObjects';
import type { LineStage } from '../lineStage';

const LINE = '1.2';
const OF_THE_CLUSTER = 'mycluster-mysql-backup-schedule';

/** Switches methods of the cluster's own schedule on, each with its own cron expression, and the others off. */
export async function switchOn(stage: LineStage, on: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { spec } = stage.get('BackupSchedule', OF_THE_CLUSTER) as { readonly spec?: { readonly schedules?: readonly { readonly backupMethod: string }[] } };
  const schedules = (spec?.schedules ?? []).map((one) => {
    const cronExpression = on[one.backupMethod];
    return { ...one, enabled: cronExpression !== undefined, ...(cronExpression !== undefined && { cronExpression }) };
  });
  await stage.patch('BackupSchedule', OF_THE_CLUSTER, { spec: { schedules } });
}

/** The log backup that a schedule keeps, once it runs. */
export async function logBackup(stage: LineStage): Promise<string> {
  const logs = (): string | undefined => stage.list('Backup').find(({ metadata, status }) => metadata.name.endsWith('-archive-binlog') && status?.phase === 'Running')?.metadata.name;
  await stage.until('a log backup runs', () => logs() !== undefined);
  return logs() ?? '';
}

export const SCHEDULES: readonly Chapter[] = [
  {
    line: LINE,
    name: '08-schedule',
    about: /mycluster-mysql-backu|mycluster-xtrabackup/,
    prepare: async (stage) => {
      await stage.pass(20_000);
    },
    async tell(stage) {
      await switchOn(stage, { xtrabackup: '* * * * *', 'xtrabackup-inc': '0 19 * * *', 'archive-binlog': '*/30 * * * *' });
      await logBackup(stage);
      const scheduled = (): string | undefined => stage.list('Backup').find(({ metadata }) => /^mycluster-xtrabackup-\d+/.test(metadata.name))?.metadata.name;
      await stage.until('a scheduled backup', () => scheduled() !== undefined);
      await stage.untilPhase('Backup', scheduled() ?? '', 'Completed');
      await switchOn(stage, { xtrabackup: '0 18 * * *', 'xtrabackup-inc': '0 19 * * *', 'archive-binlog': '*/30 * * * *' });
    },
  },
  {
    line: LINE,
    name: '09-schedule-invalid',
    about: /\bs-(cron25|6f|tz|pol|meth|ret|macro|ok)\b/,
    async tell(stage) {
      await stage.create(
        schedule('s-cron25', '0 25 * * *'),
        schedule('s-6f', '0 0 1 * * *'),
        schedule('s-tz', 'CRON_TZ=Asia/Shanghai 0 1 * * *'),
        schedule('s-pol', '0 1 * * *', { policy: 'nopol' }),
        schedule('s-meth', '0 1 * * *', { method: 'nope' }),
        schedule('s-ret', '0 1 * * *', { retentionPeriod: '7days' }),
        schedule('s-macro', '@daily'),
        schedule('s-ok', '0 1 * * *'),
      );
      for (const name of ['s-cron25', 's-6f', 's-tz', 's-pol', 's-meth']) await stage.untilPhase('BackupSchedule', name, 'Failed');
      for (const name of ['s-ret', 's-macro', 's-ok']) await stage.untilPhase('BackupSchedule', name, 'Available');
      for (const { metadata } of stage.list('BackupSchedule')) if (metadata.name.startsWith('s-')) await stage.delete('BackupSchedule', metadata.name);
    },
  },
];
