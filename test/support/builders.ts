import { emptyInventory, keyOf } from '../../src/kubeblocks/inventory';
import type { Collection, Inventory } from '../../src/kubeblocks/inventory';
import { LABELS } from '../../src/kubeblocks/labels';
import type {
  ActionSet,
  Backup,
  BackupPolicy,
  BackupRepo,
  BackupSchedule,
  Cluster,
  KubeObject,
  ObjectMeta,
  OpsRequest,
  Restore,
  SchedulePolicy,
  StorageProvider,
  VolumeSnapshotClass,
} from '../../src/kubeblocks/objects';

/** The instant tests take for now: Monday, 2026-11-23 12:10:04 UTC. */
export const NOW = Date.parse('2026-11-23T12:10:04Z');

export const NAMESPACE = 'payments';
const DATA_PROTECTION = 'dataprotection.kubeblocks.io/v1alpha1';

type Overrides<T extends KubeObject> = Partial<Omit<T, 'metadata'>> & { readonly metadata?: Partial<ObjectMeta> };

function build<T extends KubeObject>(base: T, { metadata, ...rest }: Overrides<T>): T {
  const labels = { ...base.metadata.labels, ...metadata?.labels };
  return { ...base, ...rest, metadata: { ...base.metadata, ...metadata, ...(Object.keys(labels).length > 0 ? { labels } : {}) } };
}

/** `at('09:12:44')` today, or a full time; RFC 3339. */
export function at(time: string): string {
  return time.includes('T') ? time : `2026-11-23T${time}Z`;
}

export function ms(time: string): number {
  return Date.parse(at(time));
}

export function aCluster(name = 'orders-pg', overrides: Overrides<Cluster> = {}): Cluster {
  return build<Cluster>(
    {
      apiVersion: 'apps.kubeblocks.io/v1',
      kind: 'Cluster',
      metadata: { name, namespace: NAMESPACE, uid: `uid-${name}`, creationTimestamp: at('2026-11-01T00:00:00Z') },
      spec: { clusterDef: 'postgresql', terminationPolicy: 'Delete', componentSpecs: [{ name: 'postgresql', componentDef: 'postgresql-16-1.0.0', serviceVersion: '16.4.0' }] },
      status: { phase: 'Running' },
    },
    overrides,
  );
}

/** Labels as the controller sets them once a target is chosen. */
export function backupLabels(type: string, cluster = 'orders-pg', component = 'postgresql'): Record<string, string> {
  return { [LABELS.instance]: cluster, [LABELS.clusterUid]: `uid-${cluster}`, [LABELS.component]: component, [LABELS.backupType]: type };
}

/** A completed full backup of orders-pg that ended at `end`. */
export function aBackup(name: string, end = '09:12:44', overrides: Overrides<Backup> = {}): Backup {
  return build<Backup>(
    {
      apiVersion: DATA_PROTECTION,
      kind: 'Backup',
      metadata: { name, namespace: NAMESPACE, uid: `uid-${name}`, creationTimestamp: at(end), labels: backupLabels('Full') },
      spec: { backupPolicyName: 'orders-pg-postgresql-backup-policy', backupMethod: 'pg-basebackup', deletionPolicy: 'Delete' },
      status: {
        phase: 'Completed',
        startTimestamp: at(end),
        completionTimestamp: at(end),
        backupRepoName: 's3-main',
        backupMethod: { name: 'pg-basebackup', actionSetName: 'postgresql-basebackup', targetVolumes: { volumes: ['data'] } },
        totalSize: '16320875725',
      },
    },
    overrides,
  );
}

/** A log backup over the range, running. */
export function aLog(from: string, to: string, overrides: Overrides<Backup> = {}): Backup {
  return aBackup('9f1c-orders-pg-archive-wal', from, {
    spec: { backupPolicyName: 'orders-pg-postgresql-backup-policy', backupMethod: 'archive-wal', deletionPolicy: 'Delete' },
    status: {
      phase: 'Running',
      timeRange: { start: at(from), end: at(to) },
      backupRepoName: 's3-main',
      backupMethod: { name: 'archive-wal', actionSetName: 'postgresql-archive-wal', targetVolumes: { volumes: ['data'] } },
    },
    ...overrides,
    metadata: { labels: backupLabels('Continuous'), ...overrides.metadata },
  });
}

/** An incremental on a parent and a base. */
export function anIncremental(name: string, end: string, parent: string, base: string, overrides: Overrides<Backup> = {}): Backup {
  return aBackup(name, end, {
    spec: { backupPolicyName: 'orders-pg-postgresql-backup-policy', backupMethod: 'wal-g-incremental', deletionPolicy: 'Delete' },
    status: {
      phase: 'Completed',
      completionTimestamp: at(end),
      backupRepoName: 's3-main',
      backupMethod: { name: 'wal-g-incremental', actionSetName: 'postgresql-incremental', compatibleMethod: 'pg-basebackup' },
      parentBackupName: parent,
      baseBackupName: base,
    },
    ...overrides,
    metadata: { labels: backupLabels('Incremental'), ...overrides.metadata },
  });
}

/** Failed before a target was chosen: no label says whose it is. */
export function anEarlyFailure(name: string, policy = 'orders-pg-postgresql-backup-policy'): Backup {
  return {
    apiVersion: DATA_PROTECTION,
    kind: 'Backup',
    metadata: { name, namespace: NAMESPACE, uid: `uid-${name}`, creationTimestamp: at('10:00:00') },
    spec: { backupPolicyName: policy, backupMethod: 'nope', deletionPolicy: 'Delete' },
    status: { phase: 'Failed', failureReason: 'backupMethod: nope not found' },
  };
}

export function aPolicy(name = 'orders-pg-postgresql-backup-policy', overrides: Overrides<BackupPolicy> = {}): BackupPolicy {
  return build<BackupPolicy>(
    {
      apiVersion: DATA_PROTECTION,
      kind: 'BackupPolicy',
      metadata: { name, namespace: NAMESPACE, labels: { [LABELS.instance]: 'orders-pg', [LABELS.component]: 'postgresql' } },
      spec: {
        backupRepoName: 's3-main',
        backupMethods: [
          { name: 'pg-basebackup', actionSetName: 'postgresql-basebackup' },
          { name: 'archive-wal', actionSetName: 'postgresql-archive-wal', targetVolumes: { volumes: ['data'] } },
          { name: 'wal-g-incremental', actionSetName: 'postgresql-incremental', compatibleMethod: 'pg-basebackup' },
          { name: 'volume-snapshot', snapshotVolumes: true },
        ],
      },
      status: { phase: 'Available' },
    },
    overrides,
  );
}

export function aSchedule(items: readonly SchedulePolicy[], overrides: Overrides<BackupSchedule> = {}): BackupSchedule {
  return build<BackupSchedule>(
    {
      apiVersion: DATA_PROTECTION,
      kind: 'BackupSchedule',
      metadata: { name: 'orders-pg-postgresql-backup-schedule', namespace: NAMESPACE, labels: { [LABELS.instance]: 'orders-pg', [LABELS.component]: 'postgresql' } },
      spec: { backupPolicyName: 'orders-pg-postgresql-backup-policy', schedules: items },
      status: { phase: 'Available' },
    },
    overrides,
  );
}

export function aRepo(name = 's3-main', phase = 'Ready', overrides: Overrides<BackupRepo> = {}): BackupRepo {
  return build<BackupRepo>(
    { apiVersion: DATA_PROTECTION, kind: 'BackupRepo', metadata: { name }, spec: { storageProviderRef: 's3', accessMethod: 'Tool', pvReclaimPolicy: 'Retain' }, status: { phase } },
    overrides,
  );
}

/** A provider that speaks S3, by tool or mounted, as the playground's `s3-compatible`. */
export function aStorageProvider(name = 's3-compatible', overrides: Overrides<StorageProvider> = {}): StorageProvider {
  const properties = {
    region: { type: 'string', description: 'Region of the bucket' },
    bucket: { type: 'string', description: 'Bucket that holds the backups' },
    endpoint: { type: 'string' },
    accessKeyId: { type: 'string' },
    secretAccessKey: { type: 'string' },
    noCheckBucket: { type: 'boolean', default: false },
  };
  return build<StorageProvider>(
    {
      apiVersion: DATA_PROTECTION,
      kind: 'StorageProvider',
      metadata: { name },
      spec: {
        csiDriverName: 's3.csi.example',
        storageClassTemplate: true,
        datasafedConfigTemplate: true,
        parametersSchema: {
          openAPIV3Schema: { type: 'object', required: ['bucket', 'endpoint', 'accessKeyId', 'secretAccessKey'], properties },
          credentialFields: ['accessKeyId', 'secretAccessKey'],
        },
      },
      status: { phase: 'NotReady' },
    },
    overrides,
  );
}

/** A provider of volumes of the cluster: mounted alone, without credentials. */
export function aVolumeProvider(name = 'pvc'): StorageProvider {
  const properties = { storageClassName: { type: 'string' }, accessMode: { type: 'string', default: 'ReadWriteOnce', enum: ['ReadWriteOnce', 'ReadWriteMany'] } };
  return {
    apiVersion: DATA_PROTECTION,
    kind: 'StorageProvider',
    metadata: { name },
    spec: { persistentVolumeClaimTemplate: true, parametersSchema: { openAPIV3Schema: { type: 'object', properties } } },
    status: { phase: 'Ready' },
  };
}

export function anActionSet(name: string, backupType: string, overrides: Overrides<ActionSet> = {}): ActionSet {
  return build<ActionSet>(
    { apiVersion: DATA_PROTECTION, kind: 'ActionSet', metadata: { name }, spec: { backupType, restore: { prepareData: {} } }, status: { phase: 'Available' } },
    overrides,
  );
}

/** The three action sets that `aPolicy` names. */
export function postgresActionSets(): ActionSet[] {
  return [anActionSet('postgresql-basebackup', 'Full'), anActionSet('postgresql-archive-wal', 'Continuous'), anActionSet('postgresql-incremental', 'Incremental')];
}

export function aRestore(name: string, cluster: string, phase: string, overrides: Overrides<Restore> = {}): Restore {
  return build<Restore>(
    { apiVersion: DATA_PROTECTION, kind: 'Restore', metadata: { name, namespace: NAMESPACE, labels: { [LABELS.instance]: cluster } }, spec: {}, status: { phase } },
    overrides,
  );
}

export function anOpsRequest(name: string, cluster: string, phase: string, overrides: Overrides<OpsRequest> = {}): OpsRequest {
  return build<OpsRequest>(
    {
      apiVersion: 'operations.kubeblocks.io/v1alpha1',
      kind: 'OpsRequest',
      metadata: { name, namespace: NAMESPACE },
      spec: { type: 'Restore', clusterName: cluster },
      status: { phase },
    },
    overrides,
  );
}

export interface Objects {
  readonly clusters?: readonly Cluster[];
  readonly backups?: readonly Backup[];
  readonly policies?: readonly BackupPolicy[];
  readonly schedules?: readonly BackupSchedule[];
  readonly repos?: readonly BackupRepo[];
  readonly actionSets?: readonly ActionSet[];
  readonly storageProviders?: readonly StorageProvider[];
  readonly restores?: readonly Restore[];
  readonly opsRequests?: readonly OpsRequest[];
  readonly snapshotClasses?: readonly VolumeSnapshotClass[];
}

/** A fully read inventory of KubeBlocks 1.0 with these objects. */
export function anInventory(objects: Objects = {}, overrides: Partial<Inventory> = {}): Inventory {
  return {
    ...emptyInventory('kind-prod'),
    line: '1.0',
    connection: { state: 'connected', serverVersion: 'v1.34.4' },
    clusters: collection(objects.clusters),
    backups: collection(objects.backups),
    policies: collection(objects.policies),
    schedules: collection(objects.schedules),
    repos: collection(objects.repos),
    actionSets: collection(objects.actionSets),
    storageProviders: collection(objects.storageProviders),
    restores: collection(objects.restores),
    opsRequests: collection(objects.opsRequests),
    snapshotClasses: collection(objects.snapshotClasses ?? [aSnapshotClass()]),
    ...overrides,
  };
}

export function aSnapshotClass(name = 'csi'): VolumeSnapshotClass {
  return { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', metadata: { name }, driver: 'csi.example.com' };
}

export function collection<T extends KubeObject>(objects: readonly T[] = []): Collection<T> {
  return { state: { state: 'ready', asOf: NOW }, items: new Map(objects.map((object) => [keyOf(object), object])) };
}
