import type { Candidate } from './mutations';

const DATA_PROTECTION = 'dataprotection.kubeblocks.io/v1alpha1';
const APPS = 'apps.kubeblocks.io/v1';
const OPERATIONS = 'operations.kubeblocks.io/v1alpha1';

interface KindOf {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly isWide?: boolean;
}

const KIND = {
  backup: { apiVersion: DATA_PROTECTION, kind: 'Backup', plural: 'backups' },
  policy: { apiVersion: DATA_PROTECTION, kind: 'BackupPolicy', plural: 'backuppolicies' },
  schedule: { apiVersion: DATA_PROTECTION, kind: 'BackupSchedule', plural: 'backupschedules' },
  restore: { apiVersion: DATA_PROTECTION, kind: 'Restore', plural: 'restores' },
  repo: { apiVersion: DATA_PROTECTION, kind: 'BackupRepo', plural: 'backuprepos', isWide: true },
  actionSet: { apiVersion: DATA_PROTECTION, kind: 'ActionSet', plural: 'actionsets', isWide: true },
  provider: { apiVersion: DATA_PROTECTION, kind: 'StorageProvider', plural: 'storageproviders', isWide: true },
  template: { apiVersion: DATA_PROTECTION, kind: 'BackupPolicyTemplate', plural: 'backuppolicytemplates', isWide: true },
  cluster: { apiVersion: APPS, kind: 'Cluster', plural: 'clusters' },
  definition: { apiVersion: APPS, kind: 'ComponentDefinition', plural: 'componentdefinitions', isWide: true },
  version: { apiVersion: APPS, kind: 'ComponentVersion', plural: 'componentversions', isWide: true },
  sharding: { apiVersion: APPS, kind: 'ShardingDefinition', plural: 'shardingdefinitions', isWide: true },
  operation: { apiVersion: OPERATIONS, kind: 'OpsRequest', plural: 'opsrequests' },
} as const satisfies Record<string, KindOf>;

type KindName = keyof typeof KIND;

const BACKUP = { backupPolicyName: 'policy', backupMethod: 'full' };
const TARGET = { podSelector: { matchLabels: { app: 'db' } } };
const METHOD = { name: 'full', actionSetName: 'set', targetVolumes: { volumeMounts: [{ name: 'data', mountPath: '/data' }] } };
const POLICY = { target: TARGET, backupMethods: [METHOD] };
const SCHEDULE = { backupPolicyName: 'policy', schedules: [{ backupMethod: 'full', cronExpression: '0 1 * * *' }] };
const REPO = { storageProviderRef: 's3', accessMethod: 'Tool', pvReclaimPolicy: 'Retain' };
const JOB = { image: 'tool:1', command: ['sh'] };
const CLAIM = { metadata: { name: 'claim' }, volumeClaimSpec: { resources: { requests: { storage: '1Gi' } } }, volumeSource: 'data', mountPath: '/data' };
const RESTORE = { backup: { name: 'full', namespace: 'default' }, prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaims: [CLAIM] } };
const COMPONENT = { name: 'db', componentDef: 'db', replicas: 1, volumeClaimTemplates: [{ name: 'data', spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }] };
const CLUSTER = { terminationPolicy: 'Delete', componentSpecs: [COMPONENT] };
const BACKING_UP = { type: 'Backup', clusterName: 'db', backup: { backupMethod: 'full' } };
const RESTORING = { type: 'Restore', clusterName: 'db', restore: { backupName: 'full' } };
const LONG = 'x'.repeat(64);

type Case = readonly [kind: KindName, name: string, spec: unknown, metadata?: object];

/** As a person would write them: right ones, and what goes wrong by hand. */
const CREATED: readonly Case[] = [
  ['backup', 'right', BACKUP],
  ['backup', 'right with everything', { ...BACKUP, deletionPolicy: 'Retain', retentionPeriod: '7d', parentBackupName: 'parent', parameters: [{ name: 'a', value: 'b' }] }],
  ['backup', 'enum in lower case', { ...BACKUP, deletionPolicy: 'delete' }],
  ['backup', 'enum empty', { ...BACKUP, deletionPolicy: '' }],
  ['backup', 'method a list', { ...BACKUP, backupMethod: ['full'] }],
  ['backup', 'method null', { ...BACKUP, backupMethod: null }],
  ['backup', 'retention a number', { ...BACKUP, retentionPeriod: 7 }],
  ['backup', 'retention nobody reads', { ...BACKUP, retentionPeriod: '7days' }],
  ['backup', 'parameters a map', { ...BACKUP, parameters: { a: 'b' } }],
  ['backup', 'parameters empty', { ...BACKUP, parameters: [] }],
  ['backup', 'parameters null', { ...BACKUP, parameters: null }],
  ['backup', 'parameters with a null item', { ...BACKUP, parameters: [null] }],
  ['backup', 'parameter without a value', { ...BACKUP, parameters: [{ name: 'a' }] }],
  ['backup', 'parameter of a number', { ...BACKUP, parameters: [{ name: 'a', value: 1 }] }],
  ['backup', 'parameter of a boolean', { ...BACKUP, parameters: [{ name: 'a', value: true }] }],
  ['backup', 'parameters twice', { ...BACKUP, parameters: [{ name: 'a', value: 'b' }, { name: 'a', value: 'c' }] }],
  ['backup', 'misspelt field', { ...BACKUP, retensionPeriod: '7d' }],
  ['backup', 'unknown nested field', { ...BACKUP, parameters: [{ name: 'a', value: 'b', type: 'string' }] }],
  ['backup', 'two unknown fields', { ...BACKUP, one: 1, two: { three: 3 } }],
  ['backup', 'parent name of no form', { ...BACKUP, parentBackupName: 'Not_A_Name' }],
  ['backup', 'spec null', null],
  ['backup', 'spec a text', 'full'],
  ['backup', 'name too long', BACKUP, { name: 'x'.repeat(254) }],
  ['backup', 'name of 64 letters', BACKUP, { name: LONG }],
  ['backup', 'name with an underscore', BACKUP, { name: 'my_backup' }],
  ['backup', 'name ends in a dash', BACKUP, { name: 'backup-' }],
  ['backup', 'name empty', BACKUP, { name: '' }],
  ['backup', 'label value with a blank', BACKUP, { labels: { team: 'data base' } }],
  ['backup', 'label value too long', BACKUP, { labels: { team: LONG } }],
  ['backup', 'label key of no form', BACKUP, { labels: { 'a/b/c': 'd' } }],
  ['backup', 'label value a number', BACKUP, { labels: { team: 7 } }],
  ['backup', 'annotation value a boolean', BACKUP, { annotations: { yes: true } }],
  ['backup', 'annotation key empty', BACKUP, { annotations: { '': 'x' } }],
  ['backup', 'finalizer of no form', BACKUP, { finalizers: ['no domain'] }],
  ['backup', 'owner without a uid', BACKUP, { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'a' }] }],
  ['backup', 'wrong in three places', { ...BACKUP, deletionPolicy: 'Drop', retentionPeriod: 7, parameters: [{}] }, { labels: { a: '!' } }],

  ['policy', 'right', POLICY],
  ['policy', 'both target and targets', { ...POLICY, targets: [{ name: 'a', ...TARGET }] }],
  ['policy', 'neither target nor targets', { backupMethods: [METHOD] }],
  ['policy', 'no methods', { target: TARGET }],
  ['policy', 'methods empty', { target: TARGET, backupMethods: [] }],
  ['policy', 'method without a name', { target: TARGET, backupMethods: [{ actionSetName: 'set' }] }],
  ['policy', 'methods twice', { target: TARGET, backupMethods: [METHOD, METHOD] }],
  ['policy', 'backoff in quotes', { ...POLICY, backoffLimit: '2' }],
  ['policy', 'backoff below zero', { ...POLICY, backoffLimit: -1 }],
  ['policy', 'backoff above ten', { ...POLICY, backoffLimit: 11 }],
  ['policy', 'backoff past 32 bits', { ...POLICY, backoffLimit: 4294967296 }],
  ['policy', 'backoff a fraction', { ...POLICY, backoffLimit: 1.5 }],
  ['policy', 'kopia in quotes', { ...POLICY, useKopia: 'true' }],
  ['policy', 'repo name of no form', { ...POLICY, backupRepoName: 'Repo_1' }],
  ['policy', 'strategy in lower case', { ...POLICY, target: { podSelector: { matchLabels: { app: 'db' }, strategy: 'any' } } }],
  ['policy', 'selector without labels', { ...POLICY, target: { podSelector: {} } }],
  ['policy', 'selector label a number', { ...POLICY, target: { podSelector: { matchLabels: { app: 1 } } } }],
  ['policy', 'selector with expressions of no operator', { ...POLICY, target: { podSelector: { matchExpressions: [{ key: 'a' }] } } }],
  ['policy', 'credential without its secret', { ...POLICY, target: { ...TARGET, connectionCredential: { usernameKey: 'u' } } }],
  ['policy', 'snapshot in quotes', { target: TARGET, backupMethods: [{ ...METHOD, snapshotVolumes: 'yes' }] }],
  ['policy', 'volume mount without a path', { target: TARGET, backupMethods: [{ ...METHOD, targetVolumes: { volumeMounts: [{ name: 'data' }] } }] }],
  ['policy', 'encryption of no such algorithm', { ...POLICY, encryptionConfig: { algorithm: 'ROT13', passPhraseSecretKeyRef: { name: 'a', key: 'b' } } }],
  ['policy', 'encryption without a secret', { ...POLICY, encryptionConfig: { algorithm: 'AES-128-CFB' } }],
  ['policy', 'environment without a name', { target: TARGET, backupMethods: [{ ...METHOD, env: [{ value: 'x' }] }] }],
  ['policy', 'environment of a number', { target: TARGET, backupMethods: [{ ...METHOD, env: [{ name: 'X', value: 1 }] }] }],

  ['schedule', 'right', SCHEDULE],
  ['schedule', 'schedules missing', { backupPolicyName: 'policy' }],
  ['schedule', 'schedules empty', { backupPolicyName: 'policy', schedules: [] }],
  ['schedule', 'cron missing', { backupPolicyName: 'policy', schedules: [{ backupMethod: 'full' }] }],
  ['schedule', 'cron of six fields', { backupPolicyName: 'policy', schedules: [{ backupMethod: 'full', cronExpression: '0 0 1 * * *' }] }],
  ['schedule', 'cron a number', { backupPolicyName: 'policy', schedules: [{ backupMethod: 'full', cronExpression: 5 }] }],
  ['schedule', 'enabled in quotes', { backupPolicyName: 'policy', schedules: [{ backupMethod: 'full', cronExpression: '0 1 * * *', enabled: 'true' }] }],
  ['schedule', 'enabled null', { backupPolicyName: 'policy', schedules: [{ backupMethod: 'full', cronExpression: '0 1 * * *', enabled: null }] }],
  ['schedule', 'methods twice', { backupPolicyName: 'policy', schedules: [...SCHEDULE.schedules, ...SCHEDULE.schedules] }],
  ['schedule', 'deadline too long', { ...SCHEDULE, startingDeadlineMinutes: 1441 }],
  ['schedule', 'deadline below zero', { ...SCHEDULE, startingDeadlineMinutes: -1 }],
  ['schedule', 'policy name of no form', { ...SCHEDULE, backupPolicyName: 'Policy!' }],

  ['repo', 'right', REPO],
  ['repo', 'access in lower case', { ...REPO, accessMethod: 'tool' }],
  ['repo', 'reclaim policy of no such value', { ...REPO, pvReclaimPolicy: 'Recycle' }],
  ['repo', 'reclaim policy missing', { storageProviderRef: 's3' }],
  ['repo', 'provider missing', { pvReclaimPolicy: 'Retain' }],
  ['repo', 'config of a number', { ...REPO, config: { bucket: 1 } }],
  ['repo', 'config a list', { ...REPO, config: ['bucket'] }],
  ['repo', 'capacity a number', { ...REPO, volumeCapacity: 10 }],
  ['repo', 'capacity of no unit', { ...REPO, volumeCapacity: '10 GB' }],
  ['repo', 'credential a text', { ...REPO, credential: 'secret' }],
  ['repo', 'path prefix of no form', { ...REPO, pathPrefix: '/a/../b' }],

  ['restore', 'right', RESTORE],
  ['restore', 'backup missing', { prepareDataConfig: RESTORE.prepareDataConfig }],
  ['restore', 'backup without a namespace', { ...RESTORE, backup: { name: 'full' } }],
  ['restore', 'time without a zone', { ...RESTORE, restoreTime: '2026-01-01 00:00:00' }],
  ['restore', 'time with an offset', { ...RESTORE, restoreTime: '2026-01-01T00:00:00+08:00' }],
  ['restore', 'time in UTC', { ...RESTORE, restoreTime: '2026-01-01T00:00:00Z' }],
  ['restore', 'time with a fraction', { ...RESTORE, restoreTime: '2026-01-01T00:00:00.5Z' }],
  ['restore', 'claims of no source', { ...RESTORE, prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaims: [{ metadata: { name: 'claim' }, volumeClaimSpec: {} }] } }],
  ['restore', 'claims of empty source and path', { ...RESTORE, prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaims: [{ ...CLAIM, volumeSource: '', mountPath: '' }] } }],
  ['restore', 'policy in lower case', { ...RESTORE, prepareDataConfig: { ...RESTORE.prepareDataConfig, volumeClaimRestorePolicy: 'serial' } }],
  ['restore', 'ready without an action', { ...RESTORE, readyConfig: {} }],
  ['restore', 'ready with an exec target', { ...RESTORE, readyConfig: { execAction: { target: { podSelector: { matchLabels: { app: 'db' } } } } } }],
  ['restore', 'template without replicas', { ...RESTORE, prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaimsTemplate: { templates: [CLAIM] } } }],
  ['restore', 'template of no replicas', { ...RESTORE, prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaimsTemplate: { replicas: 0, templates: [CLAIM] } } }],
  ['restore', 'backoff above ten', { ...RESTORE, backoffLimit: 11 }],
  ['restore', 'environment twice', { ...RESTORE, env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }],

  ['actionSet', 'right', { backupType: 'Full', backup: { backupData: JOB }, restore: { prepareData: JOB } }],
  ['actionSet', 'type in lower case', { backupType: 'full' }],
  ['actionSet', 'type missing', { backup: { backupData: JOB } }],
  ['actionSet', 'command a text', { backupType: 'Full', backup: { backupData: { image: 'tool', command: 'sh -c' } } }],
  ['actionSet', 'image missing', { backupType: 'Full', backup: { backupData: { command: ['sh'] } } }],
  ['actionSet', 'interval in quotes', { backupType: 'Full', backup: { backupData: { ...JOB, syncProgress: { enabled: true, intervalSeconds: '5' } } } }],
  ['actionSet', 'exec without a command', { backupType: 'Full', backup: { preBackup: [{ exec: { container: 'db' } }] } }],
  ['actionSet', 'on error of no such value', { backupType: 'Full', backup: { preBackup: [{ exec: { command: ['true'], onError: 'Ignore' } }] } }],

  ['provider', 'right', { csiDriverName: 'csi.example.com' }],
  ['provider', 'schema a text', { parametersSchema: 'openAPIV3Schema' }],
  ['provider', 'credential fields a text', { parametersSchema: { credentialFields: 'key' } }],

  ['template', 'right', { serviceKind: 'db', compDefs: ['db'], backupMethods: [METHOD] }],
  ['template', 'definitions empty', { serviceKind: 'db', compDefs: [], backupMethods: [METHOD] }],
  ['template', 'methods empty', { serviceKind: 'db', compDefs: ['db'], backupMethods: [] }],
  ['template', 'schedule without cron', { serviceKind: 'db', compDefs: ['db'], backupMethods: [METHOD], schedules: [{ backupMethod: 'full' }] }],
  ['template', 'target role a list', { serviceKind: 'db', compDefs: ['db'], backupMethods: [METHOD], target: { role: ['leader'] } }],

  ['cluster', 'right', CLUSTER],
  ['cluster', 'termination in lower case', { ...CLUSTER, terminationPolicy: 'wipeout' }],
  ['cluster', 'termination missing', { componentSpecs: [COMPONENT] }],
  ['cluster', 'components twice', { ...CLUSTER, componentSpecs: [COMPONENT, COMPONENT] }],
  ['cluster', 'one component without a definition', { ...CLUSTER, componentSpecs: [COMPONENT, { name: 'other', replicas: 1 }] }],
  ['cluster', 'replicas in quotes', { ...CLUSTER, componentSpecs: [{ ...COMPONENT, replicas: '3' }] }],
  ['cluster', 'replicas below zero', { ...CLUSTER, componentSpecs: [{ ...COMPONENT, replicas: -1 }] }],
  ['cluster', 'component name in capitals', { ...CLUSTER, componentSpecs: [{ ...COMPONENT, name: 'DB' }] }],
  ['cluster', 'component name too long', { ...CLUSTER, componentSpecs: [{ ...COMPONENT, name: 'x'.repeat(23) }] }],
  ['cluster', 'storage a number', { ...CLUSTER, componentSpecs: [{ ...COMPONENT, resources: { requests: { cpu: 1, memory: '1 Gi' } } }] }],
  ['cluster', 'backup of a cron too short', { ...CLUSTER, backup: { enabled: true, method: 'full', cronExpression: '* *' } }],
  ['cluster', 'backup enabled in quotes', { ...CLUSTER, backup: { enabled: 'true', method: 'full' } }],
  ['cluster', 'backup without a method', { ...CLUSTER, backup: { enabled: true } }],
  ['cluster', 'backup with a deadline too long', { ...CLUSTER, backup: { method: 'full', startingDeadlineMinutes: 1441 } }],
  ['cluster', 'restore of the line to come', { ...CLUSTER, restore: { source: { name: 'full' } } }],
  ['cluster', 'shards in quotes', { terminationPolicy: 'Delete', shardings: [{ name: 'shard', shards: '3', template: { name: 'db', componentDef: 'db', replicas: 1 } }] }],
  ['cluster', 'claim of no such access mode', { ...CLUSTER, componentSpecs: [{ ...COMPONENT, volumeClaimTemplates: [{ name: 'data', spec: { accessModes: 'ReadWriteOnce' } }] }] }],
  ['cluster', 'restore annotation a map', CLUSTER, { annotations: { 'kubeblocks.io/restore-from-backup': { db: { name: 'full' } } } }],

  ['definition', 'replicas limit the wrong way round', { provider: 'x', runtime: { containers: [{ name: 'db' }] }, replicasLimit: { minReplicas: 3, maxReplicas: 1 } }],
  ['definition', 'replicas limit past the range', { provider: 'x', runtime: { containers: [{ name: 'db' }] }, replicasLimit: { minReplicas: 1, maxReplicas: 16385 } }],
  ['version', 'image name too long', { compatibilityRules: [{ compDefs: ['db'], releases: ['1'] }], releases: [{ name: '1', serviceVersion: '1.0.0', images: { db: 'i'.repeat(257) } }] }],
  ['version', 'application name too long', { compatibilityRules: [{ compDefs: ['db'], releases: ['1'] }], releases: [{ name: '1', serviceVersion: '1.0.0', images: { ['a'.repeat(33)]: 'image' } }] }],
  ['sharding', 'shards limit the wrong way round', { template: { compDef: 'db' }, shardsLimit: { minShards: 3, maxShards: 1 } }],

  ['operation', 'right backup', BACKING_UP],
  ['operation', 'right restore', RESTORING],
  ['operation', 'type in lower case', { ...BACKING_UP, type: 'backup' }],
  ['operation', 'cancel of a backup', { ...BACKING_UP, cancel: true }],
  ['operation', 'force in quotes', { ...BACKING_UP, force: 'true' }],
  ['operation', 'time to live in quotes', { ...BACKING_UP, ttlSecondsAfterSucceed: '60' }],
  ['operation', 'restore without a backup', { type: 'Restore', clusterName: 'db', restore: {} }],
  ['operation', 'restore of the line before', { type: 'Restore', clusterName: 'db', restoreSpec: { backupName: 'full' } }],
  ['operation', 'restore with a policy of no such value', { ...RESTORING, restore: { backupName: 'full', volumeRestorePolicy: 'parallel' } }],
  ['operation', 'restore with deferring in quotes', { ...RESTORING, restore: { backupName: 'full', deferPostReadyUntilClusterRunning: 'false' } }],
  ['operation', 'backup with a policy of no such value', { ...BACKING_UP, backup: { deletionPolicy: 'Keep' } }],
  ['operation', 'switchover of nobody', { type: 'Switchover', clusterName: 'db', switchover: [{ instanceName: 'db-0' }] }],
  ['operation', 'shards and scaling out', { type: 'HorizontalScaling', clusterName: 'db', horizontalScaling: [{ componentName: 'db', shards: 3, scaleOut: { replicaChanges: 1 } }] }],
  ['operation', 'upgrade to nothing', { type: 'Upgrade', clusterName: 'db', upgrade: { components: [{ componentName: 'db' }] } }],
];

type Change = readonly [kind: KindName, name: string, spec: object, change: object];

/** What may not be changed once it is there, and what may. */
const CHANGED: readonly Change[] = [
  ['backup', 'another method', BACKUP, { spec: { backupMethod: 'other' } }],
  ['backup', 'another policy', BACKUP, { spec: { backupPolicyName: 'other' } }],
  ['backup', 'parameters added', BACKUP, { spec: { parameters: [{ name: 'a', value: 'b' }] } }],
  ['backup', 'parameters changed', { ...BACKUP, parameters: [{ name: 'a', value: 'b' }] }, { spec: { parameters: [{ name: 'a', value: 'c' }] } }],
  ['backup', 'parameters removed', { ...BACKUP, parameters: [{ name: 'a', value: 'b' }] }, { spec: { parameters: null } }],
  ['backup', 'another parent', { ...BACKUP, parentBackupName: 'one' }, { spec: { parentBackupName: 'other' } }],
  ['backup', 'another retention', BACKUP, { spec: { retentionPeriod: '9d' } }],
  ['backup', 'method and policy', BACKUP, { spec: { backupMethod: 'other', backupPolicyName: 'other' } }],
  ['backup', 'an unknown field', BACKUP, { spec: { nothing: 1 } }],
  ['backup', 'another name', BACKUP, { metadata: { name: 'other' } }],
  ['backup', 'a bad label', BACKUP, { metadata: { labels: { a: 'b c' } } }],
  ['repo', 'another provider', REPO, { spec: { storageProviderRef: 'other' } }],
  ['repo', 'another bucket', REPO, { spec: { config: { bucket: 'b' } } }],
  ['policy', 'targets beside the target', POLICY, { spec: { targets: [{ name: 'a', ...TARGET }] } }],
  ['policy', 'without its target', POLICY, { spec: { target: null } }],
  ['restore', 'another backup', RESTORE, { spec: { backup: { name: 'other' } } }],
  ['restore', 'another time', { ...RESTORE, restoreTime: '2026-01-01T00:00:00Z' }, { spec: { restoreTime: '2026-01-02T00:00:00Z' } }],
  ['restore', 'other claims', RESTORE, { spec: { prepareDataConfig: { volumeClaims: [{ ...CLAIM, mountPath: '/other' }] } } }],
  ['restore', 'parameters added', RESTORE, { spec: { parameters: [{ name: 'a', value: 'b' }] } }],
  ['cluster', 'topology taken away', { ...CLUSTER, clusterDef: 'db', topology: 'one' }, { spec: { topology: null } }],
  ['cluster', 'another topology', { ...CLUSTER, clusterDef: 'db', topology: 'one' }, { spec: { topology: 'other' } }],
  ['cluster', 'another definition', { ...CLUSTER, clusterDef: 'db' }, { spec: { clusterDef: 'other' } }],
  ['cluster', 'another termination', CLUSTER, { spec: { terminationPolicy: 'WipeOut' } }],
  ['operation', 'another cluster', BACKING_UP, { spec: { clusterName: 'other' } }],
  ['operation', 'another type', BACKING_UP, { spec: { type: 'Restore' } }],
  ['operation', 'parameters added', BACKING_UP, { spec: { backup: { parameters: [{ name: 'a', value: 'b' }] } } }],
  ['operation', 'restore parameters changed', { ...RESTORING, restore: { backupName: 'full', parameters: [{ name: 'a', value: 'b' }] } }, { spec: { restore: { parameters: [{ name: 'a', value: 'c' }] } } }],
];

/** Objects written by hand: to be created, and to be changed once they are there. */
export function handMade(namespace: string): readonly Candidate[] {
  return [
    ...CREATED.map(([kind, name, spec, metadata]) => candidate(namespace, kind, `by hand, ${name}`, spec, metadata)),
    ...CHANGED.map(([kind, name, spec, change], index) => ({ ...candidate(namespace, kind, `changed, ${name}`, spec, { name: `changed-${String(index)}` }), change })),
  ];
}

function candidate(namespace: string, kind: KindName, name: string, spec: unknown, metadata: object = {}): Candidate {
  const { apiVersion, kind: kindName, plural, ...rest }: KindOf = KIND[kind];
  const path = `/apis/${apiVersion}/${rest.isWide === true ? '' : `namespaces/${namespace}/`}${plural}`;
  return { name: `${kindName}: ${name}`, path, object: { apiVersion, kind: kindName, metadata: { name: 'candidate', ...metadata }, spec } };
}
