import { FakeApiServer } from '../support/fakeApiServer';

/** A process of its own: serves many backups as large as real ones, and sends its kubeconfig when it is ready. */
async function main(): Promise<void> {
  const count = Number(process.argv[2]);
  const server = await FakeApiServer.start();
  const backups = server.of('backup');
  for (let index = 0; index < count; index += 1) {
    backups.put(`orders-${index % 40}-full-${String(index).padStart(5, '0')}`, backup(index));
  }
  process.send?.(server.kubeconfig);
}

function backup(index: number): Record<string, unknown> {
  const cluster = `orders-${index % 40}`;
  const start = instant(index * 60);
  const end = instant(index * 60 + 42);
  return {
    metadata: {
      creationTimestamp: start,
      generation: 1,
      finalizers: ['dataprotection.kubeblocks.io/finalizer'],
      labels: {
        'app.kubernetes.io/instance': cluster,
        'app.kubernetes.io/managed-by': 'kubeblocks-dataprotection',
        'apps.kubeblocks.io/component-name': 'postgresql',
        'dataprotection.kubeblocks.io/backup-policy': `${cluster}-postgresql-backup-policy`,
        'dataprotection.kubeblocks.io/backup-repo-name': 's3-repo',
        'dataprotection.kubeblocks.io/backup-type': 'Full',
        'dataprotection.kubeblocks.io/cluster-uid': `18e984e3-d740-4beb-b7a0-5526400${String(index % 40).padStart(5, '0')}`,
      },
      annotations: {
        'kubeblocks.io/cluster-snapshot': 'x'.repeat(1_200),
        'kubeblocks.io/encrypted-system-accounts': 'y'.repeat(400),
      },
      managedFields: [{ manager: 'dataprotection', operation: 'Update', fieldsV1: { text: 'z'.repeat(900) } }],
    },
    spec: {
      backupMethod: 'pg-basebackup',
      backupPolicyName: `${cluster}-postgresql-backup-policy`,
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

function instant(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

void main();
