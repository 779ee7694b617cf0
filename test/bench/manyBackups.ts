/** Objects as large as real ones: clusters with a policy, a schedule and a log backup each, and full backups minute by minute. */
export const CLUSTERS = 40;

type Json = Record<string, unknown>;

/** The n-th full backup; 4.2 KB of JSON. */
export function backup(index: number): Json {
  const cluster = clusterName(index);
  const start = instant(index * 60);
  const end = instant(index * 60 + 42);
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Backup',
    metadata: {
      ...metadata(`${cluster}-full-${String(index).padStart(5, '0')}`, start),
      finalizers: ['dataprotection.kubeblocks.io/finalizer'],
      labels: labels(index, 'Full'),
      annotations: {
        'kubeblocks.io/cluster-snapshot': 'x'.repeat(1_200),
        'kubeblocks.io/encrypted-system-accounts': 'y'.repeat(400),
      },
      managedFields: [{ manager: 'dataprotection', operation: 'Update', fieldsV1: { text: 'z'.repeat(900) } }],
    },
    spec: {
      backupMethod: 'pg-basebackup',
      backupPolicyName: policyName(index),
      deletionPolicy: 'Delete',
      retentionPeriod: '7d',
    },
    status: {
      phase: 'Completed',
      startTimestamp: start,
      completionTimestamp: end,
      expiration: instant(index * 60 + 7 * 86_400),
      duration: '42s',
      totalSize: String(10_000_000 + index),
      timeRange: { start, end },
      backupRepoName: 's3-repo',
      path: `/demo/${cluster}/postgresql/full-${index}`,
      formatVersion: '0.1.0',
      backupMethod: { name: 'pg-basebackup', actionSetName: 'postgresql-basebackup', env: [{ name: 'IMAGE_TAG', value: '14.8.0' }], targetVolumes: { volumes: ['data'] } },
      target: { podSelector: { matchLabels: { 'app.kubernetes.io/instance': cluster }, strategy: 'Any' }, serviceAccountName: 'kubeblocks-dataprotection-worker' },
      actions: [
        {
          name: 'dp-backup-0',
          phase: 'Completed',
          actionType: 'Job',
          targetPodName: `${cluster}-postgresql-0`,
          startTimestamp: start,
          completionTimestamp: end,
          totalSize: String(10_000_000 + index),
          timeRange: { start, end },
          objectRef: { apiVersion: 'batch/v1', kind: 'Job', name: `dp-backup-0-full-${index}`, namespace: 'demo', resourceVersion: String(index) },
        },
      ],
    },
  };
}

/** The log backup of the n-th cluster, over all that `count` backups span. */
export function logBackup(index: number, count: number): Json {
  const [start, end] = [instant(0), instant(count * 60)];
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Backup',
    metadata: { ...metadata(`${clusterName(index)}-log`, start), labels: labels(index, 'Continuous') },
    spec: { backupMethod: 'archive-wal', backupPolicyName: policyName(index), deletionPolicy: 'Delete' },
    status: {
      phase: 'Running',
      startTimestamp: start,
      timeRange: { start, end },
      backupRepoName: 's3-repo',
      totalSize: '123456789',
      backupMethod: { name: 'archive-wal', actionSetName: 'postgresql-wal' },
    },
  };
}

/** So many full backups of the first cluster, and log backups that overlap, each begun an hour after the one before. */
export function backupsOfOne(count: number, logs: number): readonly Json[] {
  const end = instant(count * CLUSTERS * 60);
  return [
    ...Array.from({ length: count }, (_, index) => backup(index * CLUSTERS)),
    ...Array.from({ length: logs }, (_, index) => {
      const log = logBackup(0, count * CLUSTERS);
      const timeRange = { start: instant(index * 3_600), end };
      return { ...log, metadata: { ...(log['metadata'] as object), name: `log-${index}` }, status: { ...(log['status'] as object), timeRange } };
    }),
  ];
}

export function cluster(index: number): Json {
  return {
    apiVersion: 'apps.kubeblocks.io/v1',
    kind: 'Cluster',
    metadata: { ...metadata(clusterName(index), instant(0)), uid: clusterUid(index) },
    spec: { clusterDef: 'postgresql', terminationPolicy: 'Delete', componentSpecs: [{ name: 'postgresql', componentDef: 'postgresql', serviceVersion: '14.8.0', replicas: 2 }] },
    status: { phase: 'Running' },
  };
}

export function policy(index: number): Json {
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'BackupPolicy',
    metadata: { ...metadata(policyName(index), instant(0)), labels: owned(index) },
    spec: {
      backupRepoName: 's3-repo',
      backupMethods: [
        { name: 'pg-basebackup', actionSetName: 'postgresql-basebackup' },
        { name: 'archive-wal', actionSetName: 'postgresql-wal' },
      ],
    },
    status: { phase: 'Available' },
  };
}

export function schedule(index: number): Json {
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'BackupSchedule',
    metadata: { ...metadata(`${clusterName(index)}-schedule`, instant(0)), labels: owned(index) },
    spec: {
      backupPolicyName: policyName(index),
      schedules: [
        { backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' },
        { backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: true },
      ],
    },
    status: { phase: 'Available' },
  };
}

export function actionSets(): readonly Json[] {
  return [
    ['postgresql-basebackup', 'Full'],
    ['postgresql-wal', 'Continuous'],
  ].map(([name = '', backupType]) => ({
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'ActionSet',
    metadata: { name, uid: name, creationTimestamp: instant(0) },
    spec: { backupType, restore: { baseBackupRequired: true } },
    status: { phase: 'Available' },
  }));
}

/** The n-th second of the history. */
export function instant(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function metadata(name: string, creationTimestamp: string): Json {
  return { name, namespace: 'demo', uid: `uid-${name}`, resourceVersion: '1', generation: 1, creationTimestamp };
}

function labels(index: number, type: string): Json {
  return {
    ...owned(index),
    'dataprotection.kubeblocks.io/backup-policy': policyName(index),
    'dataprotection.kubeblocks.io/backup-repo-name': 's3-repo',
    'dataprotection.kubeblocks.io/backup-type': type,
    'dataprotection.kubeblocks.io/cluster-uid': clusterUid(index),
  };
}

function owned(index: number): Json {
  return {
    'app.kubernetes.io/instance': clusterName(index),
    'app.kubernetes.io/managed-by': 'kubeblocks-dataprotection',
    'apps.kubeblocks.io/component-name': 'postgresql',
  };
}

function clusterName(index: number): string {
  return `orders-${index % CLUSTERS}`;
}

function policyName(index: number): string {
  return `${clusterName(index)}-postgresql-backup-policy`;
}

function clusterUid(index: number): string {
  return `18e984e3-d740-4beb-b7a0-5526400${String(index % CLUSTERS).padStart(5, '0')}`;
}
