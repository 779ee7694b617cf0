import { story, type Story } from '../story';
import { schedule } from './objects';

const nightly = { backupMethod: 'pg-basebackup', enabled: true, cronExpression: '0 3 * * *', retentionPeriod: '7d' };

function refused(name: string, entry: object, spec: object = {}): Story {
  return story({ name }, async (stage) => {
    await stage.create(schedule(stage, 'mine', [{ ...nightly, ...entry }], spec));
    await stage.untilPhase('BackupSchedule', 'mine', 'Failed');
  });
}

/** BackupSchedule: its CronJobs, log backups, refusals. */
export const schedules: readonly Story[] = [
  story({ name: 'schedule: a cron job' }, async (stage) => {
    const delta = { backupMethod: 'wal-g-incremental', enabled: true, cronExpression: '0 4 * * *', retentionPeriod: '3d' };
    await stage.create(schedule(stage, 'mine', [nightly, delta, { ...nightly, backupMethod: 'volume-snapshot', enabled: false }], { startingDeadlineMinutes: 20 }));
    await stage.untilPhase('BackupSchedule', 'mine', 'Available');
    await stage.untilQuiet();
    await stage.patch('BackupSchedule', 'mine', { spec: { schedules: [{ ...nightly, cronExpression: '30 3 * * *' }, { ...delta, enabled: false }] } });
    await stage.until('BackupSchedule', 'mine', 'read again', ({ status }) => status?.['observedGeneration'] === 2);
    await stage.untilQuiet();
    await stage.delete('BackupSchedule', 'mine');
    await stage.untilGone('BackupSchedule', 'mine');
  }),
  story({ name: 'schedule: of the cluster' }, async (stage) => {
    const wanted = { enabled: true, method: 'pg-basebackup', cronExpression: '15 2 * * *', retentionPeriod: '5d', repoName: 'object-store' };
    await stage.patch('Cluster', 'db', { spec: { backup: wanted } });
    await stage.until('BackupSchedule', stage.schedule, 'enabled', ({ spec }) => JSON.stringify(spec).includes('15 2 * * *'));
    await stage.untilPhase('BackupSchedule', stage.schedule, 'Available');
  }),
  story({ name: 'schedule: continuous' }, async (stage) => {
    await stage.create(schedule(stage, 'mine', [{ backupMethod: 'archive-wal', enabled: true, cronExpression: '*/5 * * * *', retentionPeriod: '8d' }]));
    await stage.untilPhase('BackupSchedule', 'mine', 'Available');
    const log = await stage.untilSome('Backup', ({ status }) => status?.['timeRange'] !== undefined);
    await stage.patch('BackupSchedule', 'mine', { spec: { schedules: [{ backupMethod: 'archive-wal', enabled: false, cronExpression: '*/5 * * * *', retentionPeriod: '8d' }] } });
    await stage.untilPhase('Backup', log.metadata.name, 'Completed');
  }),
  refused('schedule: no such policy', {}, { backupPolicyName: 'nothing' }),
  refused('schedule: no such method', { backupMethod: 'nothing' }),
  refused('schedule: hours past 23', { cronExpression: '0 25 * * *' }),
  refused('schedule: six fields', { cronExpression: '0 0 3 * * *' }),
];
