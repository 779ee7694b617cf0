import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { readManifests } from '../../../../src/playground/samples/readManifests';
import type { Chapter } from '../chapter';
import { backup, restoreInto } from '../lineObjects';
import type { Told } from '../lineStage';
import { NAMESPACE } from '../observeLine';
import { complete } from './backups';
import { logBackup } from './schedules';

const LINE = '0.9';
const LOG = 'rig fake log line 1\nrig fake log line 2\n';

/** Failed for want of its provider when the recording begins. */
const VOLUME_REPOSITORY: AnyObject = {
  apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
  kind: 'BackupRepo',
  metadata: { name: 'pvc-repo' },
  spec: { accessMethod: 'Mount', pvReclaimPolicy: 'Delete', storageProviderRef: 'pvc', volumeCapacity: '10Gi' },
};

/** Made by hand beside those that the playground's cluster has; the names of the recording, cut as names of cron jobs are. */
const OWN_POLICY = 'mycluster-mysql-backup-own-policy';
const OWN_SCHEDULE = 'mycluster-mysql-backup-own-schedule';

function ownPolicy(): AnyObject {
  const targetVolumes = { volumeMounts: [{ mountPath: '/data/mysql', name: 'data' }] };
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'BackupPolicy',
    metadata: {
      name: OWN_POLICY,
      namespace: NAMESPACE,
      labels: { 'app.kubernetes.io/instance': 'mycluster', 'apps.kubeblocks.io/component-name': 'mysql' },
      annotations: { 'dataprotection.kubeblocks.io/is-default-policy': 'true' },
    },
    spec: {
      backoffLimit: 2,
      pathPrefix: '/mycluster-uid/mysql',
      backupMethods: [
        { name: 'xtrabackup', actionSetName: 'apecloud-mysql-xtrabackup', snapshotVolumes: false, targetVolumes },
        { name: 'volume-snapshot', snapshotVolumes: true, targetVolumes: { ...targetVolumes, volumes: ['data'] } },
        { name: 'archive-binlog', actionSetName: 'apecloud-mysql-pitr', snapshotVolumes: false, targetVolumes },
      ],
      target: {
        connectionCredential: { secretName: 'mycluster-mysql-account-root', usernameKey: 'username', passwordKey: 'password' },
        podSelector: {
          strategy: 'Any',
          matchLabels: { 'app.kubernetes.io/instance': 'mycluster', 'app.kubernetes.io/managed-by': 'kubeblocks', 'apps.kubeblocks.io/component-name': 'mysql' },
        },
      },
    },
  };
}

function ownSchedule(): AnyObject {
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'BackupSchedule',
    metadata: { name: OWN_SCHEDULE, namespace: NAMESPACE, labels: { 'app.kubernetes.io/instance': 'mycluster' } },
    spec: {
      backupPolicyName: OWN_POLICY,
      schedules: [
        { backupMethod: 'xtrabackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' },
        { backupMethod: 'archive-binlog', cronExpression: '*/30 * * * *', enabled: true, retentionPeriod: '8d' },
      ],
    },
  };
}

/** Of 0.9, whose data-protection manager was recorded alone. */
export const LEGACY: readonly Chapter[] = [
  {
    line: LINE,
    name: '01-objects',
    about: /mycluster-mysql-backu/,
    rename: (text) => text.replaceAll('mycluster-mysql-backup-own-', 'mycluster-mysql-backup-'),
    // Logs of the playground's own schedule would go on meanwhile.
    prepare: (stage) => stage.pass(20_000),
    async tell(stage) {
      await stage.create(ownPolicy(), ownSchedule());
      await stage.untilPhase('BackupPolicy', OWN_POLICY, 'Available');
      await stage.untilPhase('BackupSchedule', OWN_SCHEDULE, 'Available');
      await logBackup(stage);
    },
  },
  {
    line: LINE,
    name: '02-backup-full',
    about: /full-1/,
    prepare: (stage) => complete(stage, 'before'),
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
      stage.fail('backup-job-fails', 'fail-1', LOG);
      await stage.create(backup('fail-1', 'xtrabackup', { retentionPeriod: '7d' }));
      await stage.untilPhase('Backup', 'fail-1', 'Failed');
    },
  },
  {
    line: LINE,
    name: '04-backup-snapshot',
    about: /snap-1/,
    async tell(stage) {
      await complete(stage, 'snap-1', 'volume-snapshot', { retentionPeriod: '7d' });
    },
  },
  {
    line: LINE,
    name: '06-backup-invalid',
    recordings: ['06-backup-invalid', '07-backup-delete'],
    about: /bad-(method|policy|ret|cont|param|neg)/,
    prepare: (stage) => complete(stage, 'before'),
    async tell(stage) {
      await stage.create(
        backup('bad-method', 'nope'),
        backup('bad-policy', 'xtrabackup', { backupPolicyName: 'nopolicy' }),
        backup('bad-ret', 'xtrabackup', { retentionPeriod: '7days' }),
        backup('bad-neg', 'xtrabackup', { retentionPeriod: '-7d' }),
        backup('bad-cont', 'archive-binlog'),
        backup('bad-param', 'xtrabackup', { parameters: [{ name: 'nope', value: 'x' }] }),
      );
      for (const name of ['bad-method', 'bad-policy', 'bad-ret', 'bad-cont', 'bad-param']) await stage.untilPhase('Backup', name, 'Failed');
      await stage.until('bad-neg over', () => stage.log.some(({ object }) => object.metadata.name === 'bad-neg' && (object as Told).status?.phase === 'Completed'));
    },
  },
  {
    line: LINE,
    name: '13-restore-cr',
    about: /\br-ok|r-nobackup|fail-r\b/,
    prepare: (stage) => complete(stage, 'full-1'),
    async tell(stage) {
      await stage.create(restoreInto('r-data', 'r-ok', 'full-1'), restoreInto('', 'r-nobackup', 'nope'));
      await stage.untilPhase('Restore', 'r-ok', 'Completed');
      stage.fail('restore-job-fails', 'fail-r', LOG);
      await stage.create(restoreInto('r-data2', 'fail-r', 'full-1', { backoffLimit: 0 }));
      await stage.untilPhase('Restore', 'fail-r', 'Failed');
    },
  },
  {
    line: LINE,
    name: '07-backup-delete',
    about: /(keep|full|fail)-1/,
    async prepare(stage) {
      await complete(stage, 'full-1', 'xtrabackup', { retentionPeriod: '7d' });
      stage.fail('backup-job-fails', 'fail-1', LOG);
      await stage.create(backup('fail-1', 'xtrabackup', { retentionPeriod: '7d' }));
      await stage.untilPhase('Backup', 'fail-1', 'Failed');
    },
    async tell(stage) {
      await complete(stage, 'keep-1', 'xtrabackup', { deletionPolicy: 'Retain' });
      for (const name of ['full-1', 'keep-1', 'fail-1']) await stage.delete('Backup', name);
      for (const name of ['full-1', 'fail-1']) await stage.until(`${name} gone`, () => stage.get('Backup', name) === undefined);
    },
  },
  {
    line: LINE,
    name: '00-repo',
    about: /pvc-repo/,
    async prepare(stage) {
      await stage.delete('StorageProvider', 'pvc');
      await stage.create(VOLUME_REPOSITORY);
      await stage.untilPhase('BackupRepo', 'pvc-repo', 'Failed');
    },
    async tell(stage) {
      await stage.delete('BackupRepo', 'pvc-repo');
      await stage.until('pvc-repo gone', () => stage.get('BackupRepo', 'pvc-repo') === undefined);
      await stage.create(...readManifests('src/playground/samples/environment').filter(({ kind, metadata }) => kind === 'StorageProvider' && metadata.name === 'pvc'));
      await stage.create(VOLUME_REPOSITORY);
      await stage.untilPhase('BackupRepo', 'pvc-repo', 'Ready');
    },
  },
];
