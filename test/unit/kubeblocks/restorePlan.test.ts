import assert from 'node:assert/strict';
import { describeRestorePlan } from '../../../src/kubeblocks/describe/describeRestorePlan';
import { jsonAt, jsonObjects, jsonText } from '../../../src/kubeblocks/json';
import { kbcliCommand } from '../../../src/kubeblocks/planCommands';
import { planFingerprint } from '../../../src/kubeblocks/planFingerprint';
import { defaultTargetName, planRestore } from '../../../src/kubeblocks/restorePlan';
import { restorePlanReport } from '../../../src/kubeblocks/restorePlanReport';
import { expectedText } from '../../../src/kubeblocks/restorePlanText';
import type { RestoreRequest } from '../../../src/kubeblocks/restoreRequest';
import { NOTHING_KNOWN, type RestoreSurroundings } from '../../../src/kubeblocks/restoreSurroundings';
import { restoreWays, writtenWay } from '../../../src/kubeblocks/restoreWays';
import type { Inventory } from '../../../src/kubeblocks/inventory';
import { aBackup, aCluster, aLog, anIncremental, anInventory, anOpsRequest, aRepo, aRestore, at, backupLabels, ms, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';

const context = { now: NOW, timeZone: 'Europe/Berlin' };
const snapshot = JSON.stringify({
  metadata: { name: 'orders-pg', namespace: NAMESPACE, labels: { team: 'pay', 'clusterdefinition.kubeblocks.io/name': 'postgresql' } },
  spec: {
    terminationPolicy: 'Delete',
    componentSpecs: [{ name: 'postgresql', replicas: 2, tls: true, offlineInstances: ['orders-pg-0'], schedulingPolicy: { topologySpreadConstraints: [{ labelSelector: { matchLabels: { 'app.kubernetes.io/instance': 'orders-pg' } } }] } }],
    services: [
      { name: 'lb', spec: { type: 'LoadBalancer' } },
      { name: 'np', spec: { type: 'NodePort', ports: [{ port: 5432, nodePort: 30001 }], selector: { 'app.kubernetes.io/instance': 'orders-pg', role: 'primary' } } },
    ],
  },
});
const annotations = { 'kubeblocks.io/cluster-snapshot': snapshot };
const backup = aBackup('full', '09:12:44', { metadata: { annotations } });
const log = aLog('09:00:00', '12:04:31', { metadata: { annotations } });
const inventory = anInventory({ clusters: [aCluster()], backups: [backup, log], repos: [aRepo()], actionSets: postgresActionSets() });
const request: RestoreRequest = { backup, targetName: 'orders-pg-r1', targetNamespace: NAMESPACE, way: 'opsRequest' };

function errors(change: Partial<RestoreRequest>, from: Inventory = inventory): string[] {
  return planRestore(from, { ...request, ...change }, context)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);
}

describe('restoreWays', () => {
  it('never offers the annotation, nor spec.restore, where it is ignored', () => {
    const byRequestOrAnnotation = ['opsRequest', 'annotation'];
    assert.deepEqual([restoreWays('0.8'), restoreWays('0.9'), restoreWays('1.0'), restoreWays('1.1')], [[], byRequestOrAnnotation, byRequestOrAnnotation, byRequestOrAnnotation]);
    assert.deepEqual([restoreWays('1.2'), restoreWays(undefined)], [['opsRequest', 'spec'], []]);
  });
});

describe('a restore of several components, each from a backup of its own', () => {
  const two = JSON.stringify({ metadata: { name: 'orders-pg', namespace: NAMESPACE }, spec: { componentSpecs: [{ name: 'postgresql' }, { name: 'cache' }] } });
  const first = aBackup('full', '09:12:44', { metadata: { annotations: { 'kubeblocks.io/cluster-snapshot': two } } });
  const of = (name: string, component: string, more: Parameters<typeof aBackup>[2] = {}) => aBackup(name, '09:00:00', { ...more, metadata: { labels: backupLabels('Full', 'orders-pg', component), annotations: { 'dataprotection.kubeblocks.io/connection-password': 'cipher' } } });
  const cache = of('cache-1', 'cache');
  const planned = (change: Partial<RestoreRequest>) => planRestore(inventory, { ...request, way: 'annotation', backup: first, others: [cache], ...change }, context);
  const entriesOf = (change: Partial<RestoreRequest>) => JSON.parse(planned(change).object.metadata.annotations?.['kubeblocks.io/restore-from-backup'] ?? '{}') as Record<string, Record<string, string>>;

  it('has an entry each, with its own password; parameters and variables are those of the first', () => {
    const entries = entriesOf({ env: [{ name: 'A', value: 'b' }], volumeRestorePolicy: 'Serial', components: { cache: { name: 'cache2' } } });
    assert.deepEqual(Object.keys(entries), ['postgresql', 'cache2']);
    assert.deepEqual(entries['cache2'], { name: 'cache-1', namespace: NAMESPACE, volumeRestorePolicy: 'Serial', doReadyRestoreAfterClusterRunning: 'false', connectionPassword: 'cipher' });
    assert.notEqual(entries['postgresql']?.['restoreEnv'], undefined);
  });

  it('is another plan than that of the first alone, and no command of kbcli', () => {
    assert.notEqual(planFingerprint(planned({})), planFingerprint(planned({ others: [] })));
    assert.deepEqual(planned({}).findings, []);
    assert.deepEqual(planned({ others: [] }).findings.map(({ code }) => code), ['restore/other-components']);
    assert.equal(kbcliCommand(planned({ way: 'opsRequest' }), { context: undefined }), undefined);
  });

  const refused: readonly (readonly [string, Partial<RestoreRequest>, RegExp])[] = [
    ['by an OpsRequest', { way: 'opsRequest' }, /only by the annotation/],
    ['of a component that is not there', { others: [of('x', 'proxy')] }, /is of component proxy, which the cluster in full does not have/],
    ['of one component twice', { others: [cache, of('cache-2', 'cache')] }, /cache-1 and cache-2 are of the same component cache/],
    ['that failed', { others: [of('x', 'cache', { status: { phase: 'Failed' } })] }, /Backup x is failed/],
  ];
  for (const [what, change, words] of refused) {
    it(`is forbidden ${what}`, () => assert.match(planned(change).findings.filter(({ severity }) => severity === 'error').map(({ message }) => message).join(' '), words));
  }
});

describe('a restore of one component of several', () => {
  const spec = { clusterDef: 'shop', topology: 'all', componentSpecs: [{ name: 'postgresql', componentDef: 'postgresql-16' }, { name: 'cache', componentDef: 'redis-7' }], shardings: [{ name: 'shard', shards: 2 }], services: [{ name: 'all' }, { name: 'c', componentSelector: 'cache' }, { name: 'p', componentSelector: 'postgresql' }] };
  const holding = (more: object = {}) => aBackup('full', '09:12:44', { metadata: { annotations: { 'kubeblocks.io/cluster-snapshot': JSON.stringify({ metadata: { name: 'orders-pg', namespace: NAMESPACE }, spec: { ...spec, ...more } }) } } });
  const definition = (vars: readonly object[]): RestoreSurroundings => ({ ...NOTHING_KNOWN, lists: { ComponentDefinition: { items: [{ apiVersion: 'apps.kubeblocks.io/v1', kind: 'ComponentDefinition', metadata: { name: 'postgresql-16' }, spec: { vars } }] } } });
  const planned = (change: Partial<RestoreRequest> = {}, around?: RestoreSurroundings) => planRestore(inventory, { ...request, way: 'annotation', backup: holding(), onlyRestored: true, ...change }, context, around);

  it('writes that one alone, with its services, without the topology that would make the others anew', () => {
    const { object, creates, findings } = planned();
    assert.deepEqual(object['spec'], { componentSpecs: [spec.componentSpecs[0]], shardings: [], services: [spec.services[0], spec.services[2]] });
    assert.deepEqual([creates.components.map(({ name }) => name), findings], [['postgresql'], []]);
  });

  it('keeps one that is renamed', () => {
    const { object } = planned({ components: { postgresql: { name: 'pg' } } });
    assert.deepEqual(jsonObjects(object, 'spec', 'componentSpecs').map((each) => jsonText(each, 'name')), ['pg']);
  });

  const messages = (plan: ReturnType<typeof planned>): readonly string[] => plan.findings.map(({ severity, message }) => `${severity}: ${message}`);
  it('is forbidden by an OpsRequest, which makes all, and where only the topology knows its definition', () => {
    assert.deepEqual(messages(planned({ way: 'opsRequest' })), ['error: An OpsRequest makes all components that the backup remembers. To leave some out, have the Cluster written here.']);
    assert.deepEqual(messages(planned({ backup: holding({ componentSpecs: [{ name: 'postgresql' }, { name: 'cache' }] }) })), ['error: The backup does not say the definition of postgresql, and without the others there is no topology that does. Restore all components.']);
  });

  it('warns where its definition asks for one that is left out', () => {
    const asks = (valueFrom: object): readonly string[] => messages(planned({}, definition([{ name: 'CACHE_HOST', valueFrom }]))).filter((message) => message.startsWith('warning'));
    assert.deepEqual(asks({ serviceVarRef: { compDef: 'redis-' } }), ['warning: The definition of postgresql asks for components that are left out, redis- (variable CACHE_HOST): it may not come up alone.']);
    assert.deepEqual([asks({ serviceVarRef: { compDef: 'redis-', optional: true } }), asks({ serviceVarRef: { compDef: 'postgresql-' } }), asks({ serviceVarRef: {} })], [[], [], []]);
  });
});

describe('a restore on KubeBlocks 0.9', () => {
  const spec = { clusterDefinitionRef: 'redis', clusterVersionRef: 'redis-7.0.6', componentSpecs: [{ name: 'sentinel', componentDefRef: 'sentinel', replicas: 3 }], shardingSpecs: [{ name: 'shard', shards: 2, template: { name: 'shard', replicas: 1 } }] };
  const old = aBackup('full', '09:12:44', {
    metadata: {
      labels: { 'apps.kubeblocks.io/component-name': 'shard-abc', 'apps.kubeblocks.io/sharding-name': 'shard' },
      annotations: { 'kubeblocks.io/cluster-snapshot': JSON.stringify({ apiVersion: 'apps.kubeblocks.io/v1alpha1', kind: 'Cluster', metadata: { name: 'orders-pg' }, spec }), 'dataprotection.kubeblocks.io/connection-password': 'cipher' },
    },
  });
  const from = anInventory({ backups: [old], repos: [aRepo()], actionSets: postgresActionSets() }, { line: '0.9' });
  const plannedBy = (way: RestoreRequest['way']) => planRestore(from, { ...request, backup: old, way, restoreTime: ms('11:58:00'), env: [{ name: 'A', value: 'b' }] }, context);

  it('asks for it by an OpsRequest of the group of applications, with the fields it has since', () => {
    const { object, resource } = plannedBy('opsRequest');
    assert.deepEqual([resource.group, resource.version], ['apps.kubeblocks.io', 'v1alpha1']);
    assert.deepEqual(object, {
      apiVersion: 'apps.kubeblocks.io/v1alpha1',
      kind: 'OpsRequest',
      metadata: { name: 'orders-pg-r1-restore', namespace: NAMESPACE },
      spec: {
        type: 'Restore',
        clusterName: 'orders-pg-r1',
        restore: { backupName: 'full', backupNamespace: NAMESPACE, volumeRestorePolicy: 'Parallel', restorePointInTime: '2026-11-23T11:58:00Z', env: [{ name: 'A', value: 'b' }] },
      },
    });
  });

  it('writes a Cluster of its older form as the backup remembers it, with every value of the annotation a string', () => {
    const { object, resource } = plannedBy('annotation');
    assert.deepEqual([resource.group, resource.version, object.apiVersion, object['spec']], ['apps.kubeblocks.io', 'v1alpha1', 'apps.kubeblocks.io/v1alpha1', spec]);
    assert.deepEqual(JSON.parse(object.metadata.annotations?.['kubeblocks.io/restore-from-backup'] ?? ''), {
      shard: { name: 'full', namespace: NAMESPACE, volumeRestorePolicy: 'Parallel', doReadyRestoreAfterClusterRunning: 'false', restoreTime: '2026-11-23T11:58:00Z', restoreEnv: '[{"name":"A","value":"b"}]', connectionPassword: 'cipher' },
    });
  });

  it('makes the shardings, too', () => {
    assert.deepEqual(plannedBy('opsRequest').creates.components.map(({ name, shards, replicas, getsData }) => [name, shards, replicas, getsData]), [['sentinel', 1, 3, false], ['shard', 2, 1, true]]);
  });

  it('has no changes of components to offer', () => assert.equal(writtenWay('0.9'), undefined));
});

describe('planRestore', () => {
  it('makes an OpsRequest, and says what is not carried over', () => {
    const plan = planRestore(inventory, request, context);
    assert.deepEqual(plan.object, {
      apiVersion: 'operations.kubeblocks.io/v1alpha1',
      kind: 'OpsRequest',
      metadata: { name: 'orders-pg-r1-restore', namespace: NAMESPACE },
      spec: { type: 'Restore', clusterName: 'orders-pg-r1', restore: { backupName: 'full', backupNamespace: NAMESPACE, volumeRestorePolicy: 'Parallel' } },
    });
    assert.deepEqual(plan.notCarried, ['tls', 'loadBalancer', 'nodePorts', 'offlineInstances']);
    assert.deepEqual(plan.findings, []);
  });

  it('makes a cluster like the source, with an annotation whose values are all strings', () => {
    const { object } = planRestore(inventory, { ...request, way: 'annotation' }, context);
    assert.deepEqual(object.metadata.labels, { team: 'pay' });
    assert.deepEqual(JSON.parse(object.metadata.annotations?.['kubeblocks.io/restore-from-backup'] ?? ''), {
      postgresql: { name: 'full', namespace: NAMESPACE, volumeRestorePolicy: 'Parallel', doReadyRestoreAfterClusterRunning: 'false' },
    });
    assert.deepEqual(object['spec'], {
      terminationPolicy: 'Delete',
      componentSpecs: [{ name: 'postgresql', replicas: 2, tls: true, schedulingPolicy: { topologySpreadConstraints: [{ labelSelector: { matchLabels: { 'app.kubernetes.io/instance': 'orders-pg-r1' } } }] } }],
      services: [{ name: 'np', spec: { type: 'NodePort', ports: [{ port: 5432 }], selector: { role: 'primary' } } }],
    });
  });

  it('writes the time to restore to in UTC, to the second', () => {
    const { object } = planRestore(inventory, { ...request, backup: log, restoreTime: ms('11:58:00') }, context);
    assert.equal((object['spec'] as { restore: { restorePointInTime: string } }).restore.restorePointInTime, '2026-11-23T11:58:00Z');
  });

  const failed = aBackup('bad', '09:00:00', { metadata: { annotations }, status: { phase: 'Failed' } });
  const orphan = anIncremental('inc', '10:00:00', 'gone', 'gone', { metadata: { annotations } });
  const ranges = 'Can be restored: 2026-11-23 10:12:44 (09:12:44 UTC) to 2026-11-23 13:04:31 (12:04:31 UTC).';
  const faults: readonly (readonly [string, Partial<RestoreRequest>, string])[] = [
    ['a taken name', { targetName: 'orders-pg' }, 'A cluster named orders-pg exists in payments. A restore always makes a new cluster; choose another name.'],
    ['a name that begins with a digit', { targetName: '1orders' }, 'The name must begin with a letter.'],
    ['a name with a dot', { targetName: 'a.b' }, 'The name contains "."; a cluster name is used in host names, where that is not allowed.'],
    ['a failed backup', { backup: failed }, 'Backup bad is failed; only a completed backup can be restored.'],
    ['a backup without a snapshot of its cluster', { backup: aBackup('bare') }, 'Backup bare does not say what its cluster looked like (annotation kubeblocks.io/cluster-snapshot), so no new one can be made from it.'],
    ['a broken chain', { backup: orphan }, 'Its chain is broken at inc, parent gone: the parent backup does not exist.'],
    ['a log without a time', { backup: log }, `A log backup is restored to a point in time. ${ranges}`],
    ['a time in the unreachable head', { backup: log, restoreTime: ms('09:05:00') }, `2026-11-23 10:05:00 (09:05:00 UTC) cannot be reached: no full backup ended before it. ${ranges}`],
    ['a time outside the log', { backup: log, restoreTime: ms('13:00:00') }, `2026-11-23 14:00:00 (13:00:00 UTC) is outside the log backup. ${ranges}`],
    ['a time for a full backup', { restoreTime: ms('09:30:00') }, 'Only a log backup can be restored to a point in time.'],
  ];
  for (const [what, change, message] of faults) {
    it(`refuses ${what}`, () => assert.deepEqual(errors(change), [message]));
  }

  it('refuses a repository that is gone or not ready', () => {
    const from = (repos: Inventory['repos']): Inventory => ({ ...inventory, repos });
    assert.deepEqual(errors({}, from(anInventory().repos)), ['Repository s3-main, which holds the data, does not exist.']);
    assert.deepEqual(errors({}, from(anInventory({ repos: [aRepo('s3-main', 'Failed')] }).repos)), ['Repository s3-main, which holds the data, is failed.']);
  });

  it('refuses a second restore into the same name while the first is under way', () => {
    const opsRequests = anInventory({ opsRequests: [anOpsRequest('first', 'orders-pg-r1', 'Running')] }).opsRequests;
    assert.deepEqual(errors({}, { ...inventory, opsRequests }), ['Restore first into orders-pg-r1 is still running. Choose another name.']);
  });

  it('refuses the annotation on 1.2, where the cluster would start empty', () => {
    assert.match(errors({ way: 'annotation' }, { ...inventory, line: '1.2' })[0] ?? '', /would start empty/);
  });
});

describe('planRestore on 1.2', () => {
  it('writes what to restore into the cluster, every parameter a text', () => {
    const more = { restoreTime: ms('11:58:00'), env: [{ name: 'K', value: 'v' }], parameters: [{ name: 'p', value: '1' }], deferPostReadyUntilClusterRunning: true };
    const { object } = planRestore({ ...inventory, line: '1.2' }, { ...request, ...more, backup: log, way: 'spec' }, context);
    assert.deepEqual((object['spec'] as { restore: unknown }).restore, {
      source: { apiGroup: 'dataprotection.kubeblocks.io', kind: 'Backup', name: '9f1c-orders-pg-archive-wal', namespace: NAMESPACE },
      pitr: '2026-11-23T11:58:00Z',
      parameters: {
        'dataprotection.kubeblocks.io/volume-restore-policy': 'Parallel',
        'dataprotection.kubeblocks.io/defer-post-ready-until-cluster-running': 'true',
        'dataprotection.kubeblocks.io/restore-env': '[{"name":"K","value":"v"}]',
        p: '1',
      },
    });
    assert.equal(object.metadata.annotations, undefined);
  });

  it('keeps TLS where the cluster is written here', () => {
    assert.ok(!planRestore({ ...inventory, line: '1.2' }, { ...request, way: 'spec' }, context).notCarried.includes('tls'));
  });
});

const wholeSpec = {
  terminationPolicy: 'Delete',
  backup: { enabled: true, method: 'pg-basebackup', cronExpression: '0 18 * * *', pitrEnabled: true },
  componentSpecs: [
    { name: 'postgresql', componentDef: 'postgresql-16-1.0.0', serviceVersion: '16.4.0', replicas: 2, resources: { requests: { cpu: '500m' }, limits: { memory: '1Gi' } }, volumeClaimTemplates: [{ name: 'data', spec: { storageClassName: 'fast', resources: { requests: { storage: '100Gi' } } } }] },
    { name: 'pgbouncer', replicas: 1 },
  ],
  shardings: [{ name: 'shard', shards: 3, template: { replicas: 2, volumeClaimTemplates: [{ name: 'data', spec: { resources: { requests: { storage: '5Gi' } } } }] } }],
};
const whole = { 'kubeblocks.io/cluster-snapshot': JSON.stringify({ apiVersion: 'apps.kubeblocks.io/v1', metadata: { name: 'orders-pg', namespace: NAMESPACE }, spec: wholeSpec }) };
const accounts = { 'kubeblocks.io/encrypted-system-accounts': JSON.stringify({ postgresql: { postgres: 'Y2lwaGVy' } }) };

describe('what a restore reads', () => {
  const base = aBackup('full', '09:12:44', { metadata: { annotations: whole } });
  const first = anIncremental('inc-1', '10:00:00', 'full', 'full');
  const second = anIncremental('inc-2', '11:00:00', 'inc-1', 'full', { metadata: { annotations: whole } });
  const all = anInventory({ backups: [base, first, second, log], repos: [aRepo()], actionSets: postgresActionSets() });
  const read = (change: Partial<RestoreRequest>): string[] => planRestore(all, { ...request, ...change }, context).reads.sources.map(({ backup: { metadata }, role }) => `${role} ${metadata.name}`);

  it('is the chain of an incremental backup, base first', () => {
    assert.deepEqual(read({ backup: second }), ['full full', 'increment inc-1', 'increment inc-2']);
  });

  it('is for an instant the base that the controller takes, its chain, and the stretch of the log from there', () => {
    assert.deepEqual(read({ backup: log, restoreTime: ms('10:30:00') }), ['full full', 'increment inc-1', 'log 9f1c-orders-pg-archive-wal']);
    const { reads } = planRestore(all, { ...request, backup: log, restoreTime: ms('10:30:00') }, context);
    assert.equal(reads.replayMs, 30 * 60_000);
    assert.deepEqual(reads.repositories, [{ name: 's3-main', state: 'ready' }]);
  });

  it('is said in size, and whether it is encrypted', () => {
    const status = { ...base.status, encryptionConfig: { algorithm: 'AES-256-CFB' } };
    const { reads } = planRestore(all, { ...request, backup: { ...base, status } }, context);
    assert.deepEqual([reads.totalBytes, reads.encrypted], [16320875725, true]);
    assert.equal(planRestore(all, { ...request, backup: base }, context).reads.encrypted, false);
  });
});

describe('what a restore creates', () => {
  const source = aBackup('full', '09:12:44', { metadata: { annotations: { ...whole, ...accounts } } });
  const all = anInventory({ backups: [source], repos: [aRepo()], actionSets: postgresActionSets() });
  const plan = planRestore(all, { ...request, backup: source }, context);

  it('is each component with its volumes, and which of them gets data', () => {
    assert.deepEqual(plan.creates.components.map(({ name, shards, replicas, volumes, getsData }) => [name, shards, replicas, volumes, getsData]), [
      ['postgresql', 1, 2, [{ name: 'data', size: '100Gi', claims: 2, storageClass: 'fast' }], true],
      ['pgbouncer', 1, 1, [], false],
      ['shard', 3, 2, [{ name: 'data', size: '5Gi', claims: 6, storageClass: undefined }], false],
    ]);
  });

  it('names the accounts, never what is behind them', () => {
    assert.deepEqual(plan.creates.accounts, ['postgresql/postgres']);
    const edition = { hash: 'h', source: 'kind-prod', yaml: '', dryRun: undefined };
    assert.doesNotMatch(JSON.stringify([restorePlanReport(plan, 'h', 'kind-prod'), describeRestorePlan(plan, edition, context)]), /Y2lwaGVy/);
  });

  it('counts Restore objects and jobs by the action sets', () => {
    assert.deepEqual([plan.creates.restores, plan.creates.jobs], [2, 2], 'one that has nothing to do after it runs is made, too');
    const unknown = planRestore(anInventory({ backups: [source] }), { ...request, backup: source }, context);
    assert.deepEqual([unknown.creates.restores, unknown.creates.jobs], [undefined, undefined]);
  });

  it('counts none that fills volumes where the method names none of them', () => {
    const named = (backupMethod: object): object => {
      const { creates } = planRestore(all, { ...request, backup: { ...source, status: { ...source.status, backupMethod: { name: 'm', actionSetName: 'postgresql-basebackup', ...backupMethod } } } }, context);
      return [creates.restores, creates.jobs];
    };
    assert.deepEqual(named({ targetVolumes: { volumeMounts: [{ name: 'data', mountPath: '/data' }] } }), [2, 2]);
    assert.deepEqual(named({ targetVolumes: { volumes: ['other'] } }), [1, 0]);
    assert.deepEqual(named({}), [1, 0]);
  });

  it('differs as asked where the cluster is written here', () => {
    const components = { postgresql: { name: 'db', replicas: 1, serviceVersion: '16.6.0', storageClass: 'slow', storage: '200Gi' }, shard: { replicas: 1 } };
    const { object, creates, findings } = planRestore(all, { ...request, backup: source, way: 'annotation', components }, context);
    assert.deepEqual(findings.map(({ code, severity }) => `${severity} ${code}`), ['warning restore/other-components']);
    assert.deepEqual(creates.components.map(({ name, replicas, serviceVersion, getsData }) => [name, replicas, serviceVersion, getsData]), [['db', 1, '16.6.0', true], ['pgbouncer', 1, undefined, false], ['shard', 1, undefined, false]]);
    assert.deepEqual(creates.components[0]?.volumes, [{ name: 'data', size: '200Gi', claims: 1, storageClass: 'slow' }]);
    assert.match(object.metadata.annotations?.['kubeblocks.io/restore-from-backup'] ?? '', /^\{"db":/);
    const claim = jsonObjects(jsonObjects(object['spec'], 'componentSpecs')[0], 'volumeClaimTemplates')[0];
    assert.deepEqual(jsonAt(claim, 'spec'), { storageClassName: 'slow', resources: { requests: { storage: '200Gi' } } });
  });

  const refused: readonly (readonly [string, Partial<RestoreRequest>, Inventory['line'], RegExp])[] = [
    ['changes by an OpsRequest', { way: 'opsRequest', components: { postgresql: { replicas: 1 } } }, '1.0', /as the backup remembers it/],
    ['a component that is not there', { components: { mysql: { replicas: 1 } } }, '1.0', /remembers no component mysql/],
    ['no replicas', { components: { postgresql: { replicas: 0 } } }, '1.0', /at least 1/],
    ['a size that is none', { components: { postgresql: { storage: 'big' } } }, '1.0', /"big" is no size/],
    ['a smaller volume', { components: { postgresql: { storage: '10Gi' } } }, '1.0', /had 100 GiB: what was written may not fit into 10 GiB/],
    ['another name on 1.2, where it would start empty', { way: 'spec', components: { postgresql: { name: 'db' } } }, '1.2', /starts empty, and is said to be restored/],
    ['fewer pods than there are copies', { backup: { ...source, status: { ...source.status, target: { podSelector: { strategy: 'All' } } } }, components: { postgresql: { replicas: 1 } } }, '1.0', /a copy of each of 2 pods/],
  ];
  for (const [what, change, line, message] of refused) {
    it(`says what is wrong with ${what}`, () => {
      const found = planRestore({ ...all, line }, { ...request, backup: source, way: 'annotation', ...change }, context).findings.filter(({ code }) => code === 'restore/components');
      assert.equal(found.length, 1);
      assert.match(found[0]?.message ?? '', message);
    });
  }
});

describe('how long a restore takes', () => {
  const restored = (target: string, start: string, end: string, phase = 'Completed') => aRestore(`${target}-preparedata`, target, phase, { spec: { backup: { name: 'full', namespace: NAMESPACE } }, status: { phase, startTimestamp: at(start), completionTimestamp: at(end) } });
  const durations = (...restores: ReturnType<typeof aRestore>[]) => planRestore(anInventory({ backups: [backup], restores }), request, context).durations;

  it('is what the last three took, the newest first', () => {
    const all = [restored('a', '01:00:00', '01:05:00'), restored('b', '02:00:00', '02:06:00'), restored('c', '03:00:00', '03:07:00'), restored('d', '04:00:00', '04:08:00')];
    assert.deepEqual(durations(...all), [8, 7, 6].map((minutes) => minutes * 60_000));
    assert.equal(expectedText(durations(...all)), 'about 7 min (the last 3 took 6 min to 8 min)');
  });

  it('is not told by one that failed, nor where there was none', () => {
    assert.deepEqual(durations(restored('a', '01:00:00', '01:05:00', 'Failed')), []);
    assert.equal(expectedText([]), undefined);
  });
});

describe('the fingerprint of a plan', () => {
  const print = (from: Inventory = inventory, change: Partial<RestoreRequest> = {}): string => planFingerprint(planRestore(from, { ...request, ...change }, context));

  it('stays while time goes by and the log goes on', () => {
    const change = { backup: log, restoreTime: ms('11:58:00') };
    const later = aLog('09:00:00', '12:30:00', { metadata: { annotations } });
    const from = anInventory({ clusters: [aCluster()], backups: [backup, later], repos: [aRepo()], actionSets: postgresActionSets() });
    assert.equal(print(inventory, change), planFingerprint(planRestore(from, { ...request, ...change, backup: later }, { ...context, now: NOW + 3_600_000 })));
  });

  const changes: readonly (readonly [string, Inventory, Partial<RestoreRequest>])[] = [
    ['another name', inventory, { targetName: 'other' }],
    ['the name taken', anInventory({ clusters: [aCluster(), aCluster('orders-pg-r1')], backups: [backup, log], repos: [aRepo()], actionSets: postgresActionSets() }), {}],
    ['the repository failed', anInventory({ clusters: [aCluster()], backups: [backup, log], repos: [aRepo('s3-main', 'Failed')], actionSets: postgresActionSets() }), {}],
    ['the backup made anew', inventory, { backup: { ...backup, metadata: { ...backup.metadata, uid: 'another' } } }],
    ['another line of KubeBlocks', { ...inventory, line: '1.1' }, {}],
  ];
  for (const [what, from, change] of changes) {
    it(`differs with ${what}`, () => assert.notEqual(print(from, change), print()));
  }
});

describe('defaultTargetName', () => {
  it('counts on from what is there', () => {
    assert.equal(defaultTargetName(anInventory({ clusters: [aCluster('orders-pg-r1')] }), NAMESPACE, 'orders-pg-r1'), 'orders-pg-r2');
  });
});
