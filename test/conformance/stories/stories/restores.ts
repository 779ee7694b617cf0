import { story, type Stage, type Story } from '../story';
import { backup, clusterFrom, opsRequest, restore, schedule } from './objects';

async function completed(stage: Stage, name = 'full', method = 'pg-basebackup'): Promise<void> {
  await stage.create(backup(stage, name, method));
  await stage.untilPhase('Backup', name, 'Completed');
}

const claims = {
  prepareDataConfig: {
    volumeClaimRestorePolicy: 'Parallel',
    volumeClaims: [
      {
        metadata: { name: 'restored-0' },
        volumeSource: 'data',
        mountPath: '/home/postgres/pgdata',
        volumeClaimSpec: { accessModes: ['ReadWriteOnce'], storageClassName: 'lane-ssd', resources: { requests: { storage: '20Gi' } } },
      },
    ],
  },
};

const from = (stage: Stage, extra: object = {}): object => ({ backup: { name: 'full', namespace: stage.namespace }, ...extra });

const entry = (stage: Stage, extra: object = {}): object => ({ name: 'full', namespace: stage.namespace, volumeRestorePolicy: 'Parallel', ...extra });

/** Restore objects, restore by annotation and by OpsRequest. */
export const restores: readonly Story[] = [
  story({ name: 'restore: into new claims' }, async (stage) => {
    await completed(stage);
    await stage.create(restore('back', from(stage, claims)));
    await stage.untilPhase('Restore', 'back', 'Completed');
  }),
  story({ name: 'restore: from a snapshot' }, async (stage) => {
    await completed(stage, 'full', 'volume-snapshot');
    await stage.create(restore('back', from(stage, claims)));
    await stage.untilPhase('Restore', 'back', 'Completed');
  }),
  story({ name: 'restore: the job fails' }, async (stage) => {
    await completed(stage);
    stage.failWork({ does: 'restore', of: 'back' }, 'tar: unexpected end of file');
    await stage.create(restore('back', from(stage, claims)));
    await stage.untilPhase('Restore', 'back', 'Failed');
  }),
  story({ name: 'restore: no such backup' }, async (stage) => {
    await stage.create(restore('back', from(stage, claims)));
    await stage.untilPhase('Restore', 'back', 'Failed');
  }),
  story({ name: 'restore: a time without a log' }, async (stage) => {
    await completed(stage);
    await stage.create(restore('back', from(stage, { ...claims, restoreTime: '2020-01-01T00:00:00Z' })));
    await stage.untilQuiet();
  }),
  story({ name: 'restore: by annotation' }, async (stage) => {
    await completed(stage);
    await stage.create(clusterFrom(stage, 'again', { postgresql: entry(stage) }));
    await stage.untilPhase('Cluster', 'again', 'Running');
    await stage.until('Cluster', 'again', 'without the annotation', ({ metadata }) => metadata.annotations?.['kubeblocks.io/restore-from-backup'] === undefined);
  }),
  story({ name: 'restore: by annotation, wrong key' }, async (stage) => {
    await completed(stage);
    await stage.create(clusterFrom(stage, 'again', { postgres: entry(stage) }));
    await stage.untilPhase('Cluster', 'again', 'Running');
  }),
  story({ name: 'restore: by annotation, no such backup' }, async (stage) => {
    await stage.create(clusterFrom(stage, 'again', { postgresql: entry(stage) }));
    await stage.untilPhase('Cluster', 'again', 'Creating');
    await stage.untilQuiet();
  }),
  story({ name: 'operation: backup' }, async (stage) => {
    await stage.create(opsRequest('now', 'Backup', { backup: { backupName: 'full', backupMethod: 'pg-basebackup', retentionPeriod: '2d', deletionPolicy: 'Delete' } }));
    await stage.untilPhase('OpsRequest', 'now', 'Succeed');
  }),
  story({ name: 'operation: backup, no such method' }, async (stage) => {
    await stage.create(opsRequest('now', 'Backup', { backup: { backupName: 'full', backupMethod: 'nothing' } }));
    await stage.untilPhase('OpsRequest', 'now', 'Creating');
    await stage.untilQuiet();
  }),
  story({ name: 'operation: backup of no cluster' }, async (stage) => {
    await stage.create(opsRequest('now', 'Backup', { clusterName: 'nothing', backup: { backupName: 'full', backupMethod: 'pg-basebackup' } }));
    await stage.untilPhase('OpsRequest', 'now', 'Failed');
  }),
  story({ name: 'operation: restore' }, async (stage) => {
    await completed(stage);
    await stage.create(opsRequest('back', 'Restore', { clusterName: 'again', restore: { backupName: 'full', backupNamespace: stage.namespace } }));
    await stage.untilPhase('OpsRequest', 'back', 'Succeed');
    await stage.untilPhase('Cluster', 'again', 'Running');
  }),
  story({ name: 'operation: restore, the name is taken' }, async (stage) => {
    await completed(stage);
    await stage.create(opsRequest('back', 'Restore', { clusterName: 'db', restore: { backupName: 'full', backupNamespace: stage.namespace } }));
    await stage.untilSome('Event', (event) => event['reason'] === 'DoActionFailed');
  }),
  story({ name: 'operation: restore of no backup' }, async (stage) => {
    await stage.create(opsRequest('back', 'Restore', { clusterName: 'again', restore: { backupName: 'nothing', backupNamespace: stage.namespace } }));
    await stage.untilPhase('OpsRequest', 'back', 'Failed');
  }),
  story({ name: 'operation: restore to a time' }, async (stage) => {
    const { log, time } = await recoverable(stage);
    await stage.create(opsRequest('back', 'Restore', { clusterName: 'again', restore: { backupName: log, backupNamespace: stage.namespace, restorePointInTime: time } }));
    await stage.untilPhase('OpsRequest', 'back', 'Succeed');
    await stage.untilPhase('Cluster', 'again', 'Running');
  }),
  story({ name: 'operation: restore to a time before the log' }, async (stage) => {
    const { log } = await recoverable(stage);
    await stage.create(opsRequest('back', 'Restore', { clusterName: 'again', restore: { backupName: log, backupNamespace: stage.namespace, restorePointInTime: '2020-01-01T00:00:00Z' } }));
    await stage.untilSome('Event', (event) => event['reason'] === 'DoActionFailed');
  }),
];

/** A log backup, a full one within it, and a time after both. */
async function recoverable(stage: Stage): Promise<{ readonly log: string; readonly time: string }> {
  await stage.create(schedule(stage, 'logs', [{ backupMethod: 'archive-wal', enabled: true, cronExpression: '*/5 * * * *', retentionPeriod: '8d' }]));
  const { metadata } = await stage.untilSome('Backup', ({ status }) => status?.['timeRange'] !== undefined);
  await completed(stage);
  const { status } = await stage.get<Ranged>('Backup', 'full');
  const isAfter = (end: string): boolean => Date.parse(end) > Date.parse(status.timeRange.end) + 1000;
  const log = (await stage.until('Backup', metadata.name, 'past the full backup', (object) => isAfter((object as unknown as Ranged).status.timeRange.end))) as unknown as Ranged;
  return { log: metadata.name, time: log.status.timeRange.end };
}

interface Ranged {
  readonly status: { readonly timeRange: { readonly start: string; readonly end: string } };
}
