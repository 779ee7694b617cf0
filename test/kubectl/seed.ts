import type { AnyObject } from '../../src/kubeblocks/objects';
import { apiVersionOf, type Resource } from '../../src/kubeblocks/resource';
import { RESOURCES } from '../../src/playground/resources';
import { formatTimestamp, type RunningClock } from '../../src/playground/runtime/clock';
import type { VersionedStore } from '../../src/playground/store/versionedStore';
import type { PodLogs } from '../../src/playground/workloads/podLogs';

const MINUTE = 60_000;

/** A little of every kind that kubectl prints in its own way, of different ages. */
export function seed(store: VersionedStore, logs: PodLogs, clock: RunningClock): void {
  function add(resource: Resource, name: string, content: Readonly<Record<string, unknown>> = {}): AnyObject {
    const { labels, ...rest } = content;
    const metadata = { name, ...(resource.namespaced && { namespace: 'demo' }), ...(labels !== undefined && { labels }) };
    const object = { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata, ...rest } as AnyObject;
    const created = store.create(resource, object);
    return rest.status === undefined ? created : store.updateStatus(resource, { ...created, status: rest.status });
  }
  const ago = (minutes: number): string => formatTimestamp(clock.now() - minutes * MINUTE);

  for (const name of ['default', 'kb-system', 'demo']) add(RESOURCES.namespace, name);
  add(RESOURCES.backup, 'full-1', {
    labels: { 'app.kubernetes.io/instance': 'pg', tier: 'gold' },
    spec: { backupPolicyName: 'pg-backup-policy', backupMethod: 'pg-basebackup' },
    status: { phase: 'Completed', backupRepoName: 'minio', totalSize: '1024', duration: '21s', completionTimestamp: ago(2) },
  });
  clock.advance(90 * MINUTE);
  add(RESOURCES.backup, 'full-2', {
    labels: { 'app.kubernetes.io/instance': 'pg', tier: 'silver' },
    spec: { backupPolicyName: 'pg-backup-policy', backupMethod: 'pg-basebackup' },
    status: { phase: 'Failed', failureReason: 'the job has failed' },
  });
  add(RESOURCES.backup, 'log-1', {
    labels: { 'app.kubernetes.io/instance': 'pg' },
    spec: { backupPolicyName: 'pg-backup-policy', backupMethod: 'archive-wal' },
    status: { phase: 'Running' },
  });
  const container = { name: 'main', image: 'busybox:1' };
  add(RESOURCES.pod, 'job-pod', {
    spec: { nodeName: 'node-0', containers: [container, { name: 'manager', image: 'tools:1' }], restartPolicy: 'Never' },
    status: {
      phase: 'Failed',
      podIP: '10.0.0.7',
      containerStatuses: [
        { name: 'main', ready: false, restartCount: 0, state: { terminated: { exitCode: 1, reason: 'Error' } } },
        { name: 'manager', ready: false, restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
      ],
    },
  });
  logs.append('demo', 'job-pod', 'main', ['connecting', 'cannot connect: no such host'], ago(1));
  logs.append('demo', 'job-pod', 'manager', ['done'], ago(1));
  add(RESOURCES.pod, 'pg-0', {
    labels: { 'app.kubernetes.io/instance': 'pg' },
    spec: { nodeName: 'node-0', containers: [container] },
    status: { phase: 'Running', podIP: '10.0.0.8', containerStatuses: [{ name: 'main', ready: true, restartCount: 2, state: { running: {} } }] },
  });
  logs.append('demo', 'pg-0', 'main', ['one', 'two', 'three'], ago(3));
  add(RESOURCES.pod, 'waiting', { spec: { nodeName: 'node-0', containers: [container] } });
  add(RESOURCES.job, 'backup-job', {
    spec: { completions: 1, template: { spec: { containers: [container] } } },
    status: { startTime: ago(2), completionTime: ago(1), succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] },
  });
  add(RESOURCES.cronJob, 'nightly', { spec: { schedule: '0 18 * * *', timeZone: 'UTC', jobTemplate: { spec: { template: { spec: { containers: [container] } } } } } });
  add(RESOURCES.statefulSet, 'log-backup', { spec: { replicas: 1, template: { spec: { containers: [container] } } }, status: { readyReplicas: 1 } });
  add(RESOURCES.secret, 'account', { stringData: { username: 'root', password: 'not-shown' } });
  for (const name of ['settings-a', 'settings-b', 'settings-c']) add(RESOURCES.configMap, name, { data: { key: name } });
  add(RESOURCES.storageClass, 'fast', { provisioner: 'csi.example.com' });
  add(RESOURCES.persistentVolumeClaim, 'data-pg-0', {
    spec: { accessModes: ['ReadWriteOnce'], volumeName: 'pv-1', storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } },
    status: { phase: 'Bound', capacity: { storage: '20Gi' }, accessModes: ['ReadWriteOnce'] },
  });
  add(RESOURCES.persistentVolume, 'pv-1', {
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '20Gi' },
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: 'fast',
      claimRef: { namespace: 'demo', name: 'data-pg-0' },
    },
    status: { phase: 'Bound' },
  });
  add(RESOURCES.event, 'full-2.1', {
    involvedObject: { kind: 'Backup', name: 'full-2', namespace: 'demo', uid: store.get(RESOURCES.backup, { namespace: 'demo', name: 'full-2' })?.metadata.uid },
    type: 'Warning',
    reason: 'FailedBackup',
    message: 'the job has failed',
    source: { component: 'backup-controller' },
    firstTimestamp: ago(5),
    lastTimestamp: ago(4),
    count: 3,
  });
  clock.advance(5 * MINUTE);
}
