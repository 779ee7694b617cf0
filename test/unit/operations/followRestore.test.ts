import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { KubeObject } from '../../../src/kubeblocks/objects';
import type { Resource } from '../../../src/kubeblocks/resource';
import { followRestore } from '../../../src/operations/followRestore';
import type { RestoreOutcome } from '../../../src/operations/followRestore';
import { WORKLOADS } from '../../../src/operations/workloadKinds';
import { aBackup, aCluster, aLog, anInventory, anOpsRequest, aRestore, at, NAMESPACE, postgresActionSets } from '../../support/builders';
import { testDeps } from '../../support/operationDeps';

type Put = readonly [Resource, KubeObject];

const started = { namespace: NAMESPACE, clusterName: 'r1', opsName: 'r1-restore' };
const annotation = { 'kubeblocks.io/restore-from-backup': '{"postgresql":{}}' };
const ops = (phase: string, message?: string): Put => [
  KINDS.opsRequest,
  anOpsRequest('r1-restore', 'r1', phase, message === undefined ? {} : { status: { phase, conditions: [{ type: 'Failed', status: 'False', reason: 'OpsRequestFailed', message }] } }),
];
const cluster = (phase: string, annotations: Record<string, string> = {}): Put => [KINDS.cluster, aCluster('r1', { metadata: { annotations }, status: { phase } })];
const restore = (name: string, phase: string): Put => [KINDS.restore, aRestore(name, 'r1', phase)];

const componentWarning = (name: string, message: string): Put => {
  const involvedObject = { kind: 'Component', name: 'r1-postgresql' };
  const event = { apiVersion: 'v1', kind: 'Event', metadata: { name, namespace: NAMESPACE }, type: 'Warning', reason: 'Warning', message, involvedObject };
  return [WORKLOADS.event, event];
};

async function follow(...story: readonly (readonly Put[])[]): Promise<{ outcome: RestoreOutcome; messages: string[] }> {
  const deps = testDeps((pause) => {
    for (const [resource, object] of story[pause] ?? []) {
      deps.api.put(resource, object);
    }
  });
  for (const [resource, object] of story[0] ?? []) {
    deps.api.put(resource, object);
  }
  const messages: string[] = [];
  const outcome = await followRestore(deps, () => anInventory(), started, { onProgress: ({ message }) => messages.push(message) });
  return { outcome, messages };
}

describe('followRestore', () => {
  it('is done only when the Restores are, not when the OpsRequest and the cluster say so', async () => {
    const { outcome, messages } = await follow(
      [ops('Pending')],
      [ops('Running'), cluster('Creating', annotation)],
      [restore('r1-postgresql-1-preparedata', 'Running')],
      [restore('r1-postgresql-1-preparedata', 'Completed'), cluster('Running', annotation), ops('Succeed')],
      [restore('r1-postgresql-1-postready', 'Running')],
      [restore('r1-postgresql-1-postready', 'Completed'), cluster('Running')],
    );
    assert.ok(outcome.kind === 'restored');
    assert.equal(outcome.restores, 2);
    assert.deepEqual(messages, [
      'waiting for KubeBlocks',
      'creating the cluster',
      'preparing data, 0 of 1 restores done',
      'finishing the restore, 1 of 1 restores done',
      'finishing the restore, 1 of 2 restores done',
    ]);
  });

  it('gives the reason of the OpsRequest that failed', async () => {
    const { outcome } = await follow([ops('Failed', 'backup nope not found in namespace payments')]);
    assert.ok(outcome.kind === 'failed');
    assert.equal(outcome.reason, 'backup nope not found in namespace payments');
  });

  it('finds the failed Restore while the OpsRequest and the cluster look well', async () => {
    const { outcome } = await follow([ops('Running'), cluster('Creating', annotation)], [restore('r1-preparedata', 'Failed')]);
    assert.ok(outcome.kind === 'failed');
    assert.equal(outcome.reason, 'r1-preparedata failed: it gives no reason');
  });

  it('gives up on an OpsRequest that stays in Creating for ever, with the event that says why', async () => {
    const message = 'restore-to-time is out of time range';
    const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e', namespace: NAMESPACE }, type: 'Warning', reason: 'DoActionFailed', message, involvedObject: { kind: 'OpsRequest', name: 'r1-restore' } };
    const { outcome } = await follow([ops('Creating'), [WORKLOADS.event, event]]);
    assert.ok(outcome.kind === 'failed');
    assert.equal(outcome.reason, message);
  });

  it('leaves out what only a command line can follow', async () => {
    const message = 'Failed to process the operation of OpsRequest: restore-to-time is out of time range, you can view the recoverable time: \n\tkbcli cluster describe orders -n payments';
    const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e', namespace: NAMESPACE }, type: 'Warning', reason: 'DoActionFailed', message, involvedObject: { kind: 'OpsRequest', name: 'r1-restore' } };
    const { outcome } = await follow([ops('Creating'), [WORKLOADS.event, event]]);
    assert.ok(outcome.kind === 'failed');
    assert.equal(outcome.reason, 'restore-to-time is out of time range');
  });

  it('gives up on an annotated cluster that stays in Creating for ever, with what its component says', async () => {
    const message = 'failed to restore password for system account root of component postgresql from annotation, err: Backup.dataprotection.kubeblocks.io "gone" not found';
    const { outcome } = await follow([cluster('Creating', annotation), componentWarning('restore', message)]);
    assert.ok(outcome.kind === 'failed');
    assert.equal(outcome.reason, message);
  });

  it('takes no other warning of a component for the reason', async () => {
    const { outcome } = await follow(
      [cluster('Creating', annotation), componentWarning('other', 'config/script template has no template specified: pg-scripts'), restore('r1-preparedata', 'Running')],
      [],
      [],
      [],
      [restore('r1-preparedata', 'Completed'), cluster('Running')],
    );
    assert.equal(outcome.kind, 'restored');
  });

  it('says when a log was replayed without the base that KubeBlocks leaves out', async () => {
    const log = aLog('09:00:00', '12:00:00', { status: { phase: 'Running', timeRange: { start: at('09:00:00'), end: at('12:00:00') }, backupMethod: { name: 'archive-oplog', actionSetName: 'postgresql-archive-wal' } } });
    const inventory = anInventory({ backups: [aBackup('full', '09:12:44'), log], actionSets: postgresActionSets() });
    const deps = testDeps(() => undefined);
    const replayed = aRestore('r1-postready', 'r1', 'Completed', { spec: { backup: { name: log.metadata.name, namespace: NAMESPACE }, restoreTime: at('10:00:00') } });
    for (const [resource, object] of [ops('Succeed'), cluster('Running'), [KINDS.restore, replayed] as const]) deps.api.put(resource, object);
    const outcome = await followRestore(deps, () => inventory, started);
    assert.deepEqual(outcome, { kind: 'empty', reason: `its base full fills volumes, which this KubeBlocks leaves out for log ${log.metadata.name}, whose method names no targetVolumes: the log meets empty volumes` });
  });

  it('says when the cluster runs but nothing was restored into it', async () => {
    const { outcome } = await follow([ops('Succeed'), cluster('Running', { 'kubeblocks.io/restore-from-backup': '{"mysql":{}}' })]);
    assert.deepEqual(outcome, { kind: 'empty', reason: 'its restore annotation names mysql, which is no component of it' });
  });

  const source = (namespace = NAMESPACE) => ({ 'apps.kubeblocks.io/restore-source-name': 'full', 'apps.kubeblocks.io/restore-source-namespace': namespace });
  const claim = (fields: object, namespace?: string): Put => [
    WORKLOADS.claim,
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data-r1-0', namespace: NAMESPACE, labels: { 'app.kubernetes.io/instance': 'r1' }, annotations: source(namespace) }, ...fields },
  ];
  const restoring = (status: string, message: string): Put => [KINDS.cluster, aCluster('r1', { status: { phase: 'Running', conditions: [{ type: 'Restore', status, reason: 'R', message }] } })];
  const provisioned = { status: { phase: 'Bound', conditions: [{ type: 'Restore', status: 'True', reason: 'Provisioned', message: 'PVC provisioned without data restore' }] } };
  const hollow: readonly (readonly [string, readonly Put[], string])[] = [
    ['volumes came up without data', [restoring('True', 'done'), claim(provisioned)], 'its volumes came up without data (PVC provisioned without data restore)'],
    ['the API server dropped where from', [restoring('Unknown', 'Waiting for initial restore components to complete'), claim({ spec: {}, status: { phase: 'Bound' } }, 'elsewhere')], 'the backup is in namespace elsewhere, and the API server dropped it as the source of the volumes (its gate CrossNamespaceVolumeDataSource is off)'],
    ['there was nothing to restore', [restoring('True', 'No restore PVCs are required')], 'no Restore was made for it (No restore PVCs are required)'],
  ];
  for (const [what, objects, reason] of hollow) {
    it(`says on 1.2 that nothing was restored where ${what}`, async () => {
      const deps = testDeps();
      for (const [resource, object] of objects) deps.api.put(resource, object);
      assert.deepEqual(await followRestore(deps, () => anInventory({}, { line: '1.2' }), { namespace: NAMESPACE, clusterName: 'r1' }), { kind: 'empty', reason });
    });
  }

  it('waits on 1.2 for a claim that is being restored still', async () => {
    const deps = testDeps(() => {
      deps.api.put(...restore('kb-populate-1', 'Completed'));
      deps.api.put(...restoring('True', 'All initial restore components have completed'));
    });
    deps.api.put(...restoring('Unknown', 'Waiting'));
    deps.api.put(...claim({ spec: { dataSourceRef: { kind: 'Backup' } }, status: { phase: 'Pending' } }));
    assert.equal((await followRestore(deps, () => anInventory({}, { line: '1.2' }), { namespace: NAMESPACE, clusterName: 'r1' })).kind, 'restored');
  });

  it('says when somebody deleted the cluster', async () => {
    const deps = testDeps(() => deps.api.remove(KINDS.cluster, 'r1', NAMESPACE));
    const [resource, object] = cluster('Creating', annotation);
    deps.api.put(resource, object);
    assert.deepEqual(await followRestore(deps, () => anInventory(), { namespace: NAMESPACE, clusterName: 'r1' }), { kind: 'deleted' });
  });

  it('stops waiting when cancelled and changes nothing', async () => {
    const cancel = new AbortController();
    const deps = testDeps(() => cancel.abort());
    assert.deepEqual(await followRestore(deps, () => anInventory(), started, { signal: cancel.signal }), { kind: 'stoppedWaiting' });
    assert.ok(deps.api.calls.every(({ verb }) => verb === 'get' || verb === 'list'));
  });
});
