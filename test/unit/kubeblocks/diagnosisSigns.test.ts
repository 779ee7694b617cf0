import assert from 'node:assert/strict';
import { diagnoseBackup, diagnoseConditions, diagnoseRepository, diagnoseSchedule } from '../../../src/kubeblocks/diagnosis';
import { backupSigns, clusterSigns, opsSigns, repositoryTroubleSigns, restoreSigns, scheduleSigns } from '../../../src/kubeblocks/diagnosisSigns';
import { NO_EVIDENCE } from '../../../src/kubeblocks/evidence';
import type { Backup, BackupSchedule } from '../../../src/kubeblocks/objects';
import { aBackup, aCluster, aLog, anEarlyFailure, anInventory, anOpsRequest, aPolicy, aRepo, aRestore, aSchedule, at, backupLabels, NAMESPACE, NOW, postgresActionSets, type Objects } from '../../support/builders';

const TIME = { now: NOW, timeZone: 'UTC' };
const SCHEDULE = 'orders-pg-postgresql-backup-schedule';
const running = aBackup('b', '12:00:00', { status: { phase: 'Running', backupRepoName: 's3-main' } });
const log = aLog('09:00:00', '10:00:00', { metadata: { labels: { ...backupLabels('Continuous'), 'dataprotection.kubeblocks.io/backup-schedule': SCHEDULE } } });
const line = { backupMethod: 'archive-wal', cronExpression: '*/5 * * * *' };

const inventoryOf = (objects: Objects) => anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), ...objects });
const ofBackup = (backup: Backup, objects: Objects = {}): readonly string[] =>
  diagnoseBackup(backup, NO_EVIDENCE, backupSigns(inventoryOf({ backups: [backup], ...objects }), backup, TIME)).map(({ code, certainty }) => `${code} ${certainty}`);
const ofSchedule = (schedule: BackupSchedule, objects: Objects = {}): readonly string[] =>
  diagnoseSchedule(schedule, NO_EVIDENCE, scheduleSigns(inventoryOf({ schedules: [schedule], ...objects }), schedule, TIME)).map(({ code }) => code);

describe('what the objects around a backup show', () => {
  it('is nothing where all is well', () => {
    assert.deepEqual([ofBackup(running), ofBackup(aBackup('done'))], [['unknown possible'], ['unknown possible']]);
  });

  it('is that its repository is not ready now, and why that is', () => {
    const repo = aRepo('s3-main', 'Failed', { status: { phase: 'Failed', conditions: [{ type: 'PreCheckPassed', status: 'False', message: 'InvalidAccessKeyId' }] } });
    assert.deepEqual(ofBackup(running, { repos: [repo] }), ['credentials likely', 'repositoryMissing likely']);
    assert.deepEqual(ofBackup(running, { repos: [] }), ['repositoryMissing likely']);
  });

  it('does not outweigh what KubeBlocks itself gives as the reason', () => {
    const failed = { ...running, status: { ...running.status, phase: 'Failed', failureReason: 'no space left on device' } };
    assert.deepEqual(ofBackup(failed, { repos: [aRepo('s3-main', 'Failed')] }), ['noSpace sure', 'repositoryMissing likely']);
  });

  it('is that it is to be retained while it is deleted', () => {
    const going = aBackup('b', '09:00:00', { metadata: { deletionTimestamp: at('12:00:00') }, spec: { deletionPolicy: 'Retain' } });
    assert.deepEqual(ofBackup(going), ['retained sure']);
  });

  it('is that the repository is prepared for its namespace', () => {
    assert.deepEqual(ofBackup(aBackup('b', '12:00:00', { metadata: { labels: { 'dataprotection.kubeblocks.io/wait-repo-preparation': 'true' } }, status: {} })), ['repositoryPreparation sure']);
  });

  it('is that its policy does not have its method', () => {
    assert.deepEqual(ofBackup(anEarlyFailure('b')), ['methodMissing sure']);
  });

  it('is that its log backup is off, or silent', () => {
    assert.deepEqual(ofBackup(log, { schedules: [aSchedule([{ ...line, enabled: false }])] }), ['logOff sure']);
    assert.deepEqual(ofBackup(log, { schedules: [aSchedule([{ ...line, enabled: true }])] }), ['logSilent sure']);
  });
});

describe('what the objects around a schedule show', () => {
  const daily = { backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true };
  const made = (name: string, created: string, status: Backup['status']): Backup => {
    const backup = aBackup(name, created, { metadata: { labels: { ...backupLabels('Full'), 'dataprotection.kubeblocks.io/backup-schedule': SCHEDULE } } });
    return status === undefined ? backup : { ...backup, status };
  };

  it('is that its expression cannot be read', () => assert.deepEqual(ofSchedule(aSchedule([{ ...daily, cronExpression: '0 25 * * *' }])), ['cron']));

  it('is that its newest backup failed, and why', () => {
    assert.deepEqual(ofSchedule(aSchedule([daily]), { backups: [made('b', '2026-11-22T18:00:00Z', { phase: 'Failed', failureReason: 'no space left on device' })] }), ['scheduleBackupsFail', 'noSpace']);
  });

  it('is that runs made no backup', () => {
    assert.deepEqual(ofSchedule(aSchedule([daily]), { backups: [made('b', '2026-11-20T18:00:00Z', undefined)] }), ['scheduleMissed']);
  });

  it('is that its policy does not have the method', () => assert.deepEqual(ofSchedule(aSchedule([{ ...daily, backupMethod: 'nope' }])), ['methodMissing']));

  it('is nothing for a line that is off', () => assert.deepEqual(ofSchedule(aSchedule([{ ...daily, enabled: false, backupMethod: 'nope' }])), ['unknown']));
});

describe('what the objects around a restore show', () => {
  const codes = (signs: readonly { readonly code?: string }[]): readonly (string | undefined)[] => signs.map(({ code }) => code);
  const restore = aRestore('r', 'new', 'Running', { spec: { backup: { name: 'gone', namespace: NAMESPACE } } });

  it('is that the backup does not exist, or is not completed', () => {
    assert.deepEqual(codes(restoreSigns(inventoryOf({}), restore)), ['backupMissing']);
    assert.deepEqual(codes(restoreSigns(inventoryOf({ backups: [{ ...running, metadata: { ...running.metadata, name: 'gone' } }] }), restore)), ['backupUnfinished']);
  });

  it('is not that a backup is missing where backups are not all known', () => {
    assert.deepEqual(restoreSigns({ ...inventoryOf({}), backups: { state: { state: 'loading' }, items: new Map<string, never>() } }, restore), []);
    assert.deepEqual(restoreSigns({ ...inventoryOf({}), backups: { state: { state: 'ready', asOf: NOW, namespace: 'other' }, items: new Map<string, never>() } }, restore), []);
  });

  it('is of a request that stays in Creating that its method is not known', () => {
    const ops = anOpsRequest('o', 'orders-pg', 'Creating', { spec: { type: 'Backup', clusterName: 'orders-pg', backup: { backupMethod: 'nope' } } });
    assert.deepEqual(diagnoseConditions(ops, NO_EVIDENCE, opsSigns(inventoryOf({}), ops)).map(({ code }) => code), ['methodMissing']);
  });

  it('is of a cluster that it came up without the data', () => {
    const cluster = aCluster('new', { metadata: { annotations: { 'kubeblocks.io/restore-from-backup': '{"other":{}}' } } });
    assert.deepEqual(codes(clusterSigns(inventoryOf({ clusters: [cluster] }), cluster)), ['emptyRestore']);
  });
});

describe('what a repository’s own settings show', () => {
  it('is that its provider asks by host name for a bucket on a server of one’s own', () => {
    const conditions = [{ type: 'PreCheckPassed', status: 'False', message: 'log:\ndial tcp: lookup backups.minio.kb.svc: no such host' }];
    const repo = (provider: string) => aRepo('r', 'Failed', { spec: { storageProviderRef: provider, config: { bucket: 'backups' } }, status: { phase: 'Failed', conditions } });
    const codes = (provider: string): readonly string[] => diagnoseRepository(repo(provider), NO_EVIDENCE, repositoryTroubleSigns(repo(provider))).map(({ code }) => code);
    assert.deepEqual([codes('s3'), codes('s3-compatible')], [['pathStyle', 'storageUnreachable'], ['storageUnreachable']]);
  });
});
