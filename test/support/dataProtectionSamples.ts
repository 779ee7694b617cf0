import { RESOURCES } from '../../src/playground/resources';
import type { Stage } from './playgroundWorld';

/** A small cluster's worth of objects, as the stories of the data-protection controllers need them. */

export const POLICY = 'mycluster-mysql-backup-policy';

export function storageProvider(name = 's3', spec: object = {}) {
  return {
    metadata: { name },
    spec: {
      csiDriverName: 'ru.yandex.s3.csi',
      datasafedConfigTemplate: '[storage]\ntype = s3\nroot = {{ .Parameters.bucket }}\n',
      storageClassTemplate: 'provisioner: ru.yandex.s3.csi',
      csiDriverSecretTemplate: 'stringData: {}',
      ...spec,
    },
  };
}

export function backupRepo(name = 's3-repo', overrides: { spec?: object; isDefault?: boolean } = {}) {
  return {
    metadata: {
      name,
      ...(overrides.isDefault === false ? {} : { annotations: { 'dataprotection.kubeblocks.io/is-default-repo': 'true' } }),
    },
    spec: {
      storageProviderRef: 's3',
      accessMethod: 'Tool',
      pvReclaimPolicy: 'Retain',
      config: { bucket: 'demo' },
      credential: { name: 'repo-cred', namespace: 'kb-system' },
      ...overrides.spec,
    },
  };
}

export function addRepo(stage: Stage): void {
  stage.apply(RESOURCES.storageProvider, storageProvider());
  stage.apply(RESOURCES.secret, { metadata: { name: 'repo-cred', namespace: 'kb-system' }, data: { accessKeyId: 'YQ==' } });
  stage.apply(RESOURCES.backupRepo, backupRepo());
  stage.until('repository Ready', () => phaseOf(stage, 'backupRepo', 's3-repo') === 'Ready');
}

export function addCluster(stage: Stage): void {
  stage.apply(RESOURCES.storageClass, { metadata: { name: 'fast' }, provisioner: 'csi.playground.local' });
  stage.apply(RESOURCES.volumeSnapshotClass, { metadata: { name: 'fast-snapshots' }, driver: 'csi.playground.local', deletionPolicy: 'Delete' });
  stage.apply(RESOURCES.cluster, { metadata: { name: 'mycluster' }, spec: { terminationPolicy: 'Delete', componentSpecs: [{ name: 'mysql' }] } });
  const labels = { ...podLabels('leader'), 'apps.kubeblocks.io/system-account': 'root' };
  stage.apply(RESOURCES.secret, { metadata: { name: 'mycluster-mysql-account-root', labels }, data: { username: 'cm9vdA==', password: 'cA==' } });
  for (const [index, role] of ['leader', 'follower'].entries()) {
    stage.apply(RESOURCES.persistentVolumeClaim, {
      metadata: { name: `data-mycluster-mysql-${index}` },
      spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
    });
    stage.apply(RESOURCES.pod, {
      metadata: { name: `mycluster-mysql-${index}`, labels: podLabels(role) },
      spec: {
        containers: [{ name: 'mysql', image: 'mysql:8.0' }],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `data-mycluster-mysql-${index}` } }],
      },
    });
  }
  stage.apply(RESOURCES.actionSet, actionSet('xtrabackup', 'Full'));
  stage.apply(RESOURCES.actionSet, actionSet('xtrabackup-incremental', 'Incremental'));
  stage.apply(RESOURCES.actionSet, actionSet('archive-binlog', 'Continuous'));
  stage.apply(RESOURCES.backupPolicy, backupPolicy());
  stage.until('pods Running', () => phaseOf(stage, 'pod', 'mycluster-mysql-1') === 'Running');
}

export function podLabels(role: string): Record<string, string> {
  return {
    'app.kubernetes.io/instance': 'mycluster',
    'app.kubernetes.io/managed-by': 'kubeblocks',
    'apps.kubeblocks.io/component-name': 'mysql',
    'kubeblocks.io/role': role,
  };
}

export function actionSet(name: string, backupType: string) {
  return {
    metadata: { name },
    spec: {
      backupType,
      parametersSchema: { openAPIV3Schema: { type: 'object', properties: { threads: { type: 'integer', minimum: 1 } } } },
      backup: { withParameters: ['threads'], backupData: { image: 'tool:1', command: ['backup'] } },
      restore:
        backupType === 'Continuous'
          ? { postReady: [{ exec: { command: ['replay'] } }], prepareData: { image: 'tool:1', command: ['restore-log'] } }
          : { prepareData: { image: 'tool:1', command: ['restore'] } },
    },
  };
}

export function backupPolicy(spec: object = {}) {
  const target = (role: string) => ({
    podSelector: { matchLabels: podLabels(role), strategy: 'Any', fallbackLabelSelector: { matchLabels: podLabels('leader') } },
    connectionCredential: { secretName: 'mycluster-mysql-account-root', usernameKey: 'username', passwordKey: 'password' },
  });
  const targetVolumes = { volumeMounts: [{ name: 'data', mountPath: '/data/mysql' }] };
  return {
    metadata: { name: POLICY },
    spec: {
      backoffLimit: 2,
      pathPrefix: '/mycluster-uid/mysql',
      target: target('follower'),
      backupMethods: [
        { name: 'xtrabackup', snapshotVolumes: false, actionSetName: 'xtrabackup', targetVolumes },
        { name: 'xtrabackup-inc', snapshotVolumes: false, actionSetName: 'xtrabackup-incremental', compatibleMethod: 'xtrabackup', targetVolumes },
        { name: 'volume-snapshot', snapshotVolumes: true, targetVolumes: { volumes: ['data'] } },
        { name: 'archive-binlog', snapshotVolumes: false, actionSetName: 'archive-binlog', targetVolumes, target: target('leader') },
      ],
      ...spec,
    },
  };
}

export function backup(name: string, spec: object = {}, labels?: Record<string, string>) {
  return {
    metadata: { name, ...(labels === undefined ? {} : { labels }) },
    spec: { backupPolicyName: POLICY, backupMethod: 'xtrabackup', deletionPolicy: 'Delete', ...spec },
  };
}

export function phaseOf(stage: Stage, kind: keyof typeof RESOURCES, name: string): string {
  const object = stage.get(RESOURCES[kind], name);
  return (object?.status as { phase?: string } | undefined)?.phase ?? '';
}

/** Takes a backup and waits for its end. */
export function takeBackup(stage: Stage, name: string, spec: object = {}): void {
  stage.apply(RESOURCES.backup, backup(name, spec));
  stage.until(`${name} ended`, () => ['Completed', 'Failed'].includes(phaseOf(stage, 'backup', name)));
}
