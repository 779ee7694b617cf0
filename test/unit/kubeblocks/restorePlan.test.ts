import assert from 'node:assert/strict';
import { defaultTargetName, planRestore } from '../../../src/kubeblocks/restorePlan';
import type { RestoreRequest } from '../../../src/kubeblocks/restoreRequest';
import { restoreWays } from '../../../src/kubeblocks/restoreWays';
import type { Inventory } from '../../../src/kubeblocks/inventory';
import { aBackup, aCluster, aLog, anIncremental, anInventory, anOpsRequest, aRepo, ms, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';

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
  it('never offers the annotation where it is ignored', () => {
    assert.deepEqual([restoreWays('1.0'), restoreWays('1.1'), restoreWays('1.2'), restoreWays(undefined)], [['opsRequest', 'annotation'], ['opsRequest', 'annotation'], ['opsRequest'], []]);
  });
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

describe('defaultTargetName', () => {
  it('counts on from what is there', () => {
    assert.equal(defaultTargetName(anInventory({ clusters: [aCluster('orders-pg-r1')] }), NAMESPACE, 'orders-pg-r1'), 'orders-pg-r2');
  });
});
