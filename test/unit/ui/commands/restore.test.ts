import assert from 'node:assert/strict';
import type { Inventory } from '../../../../src/kubeblocks/inventory';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { AnyObject, Backup } from '../../../../src/kubeblocks/objects';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, aLog, anInventory, aPolicy, aRepo, ms, NAMESPACE, type Objects, postgresActionSets } from '../../../support/builders';
import { TestApp, type TestAppOptions } from '../../../support/testApp';

const RESTORE = 'kubeblocksBackup.restore';
const CLUSTER: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };

const annotations = {
  'kubeblocks.io/cluster-snapshot': JSON.stringify({
    metadata: { name: 'orders-pg', namespace: NAMESPACE },
    spec: { terminationPolicy: 'Delete', componentSpecs: [{ name: 'postgresql', replicas: 2, tls: true }] },
  }),
};
const full = aBackup('full-1', '09:12:44', { metadata: { annotations } });
const log = aLog('09:00:00', '12:04:31', { metadata: { annotations } });
const refTo = ({ metadata }: Backup): ObjectRef => ({ kind: 'backup', namespace: NAMESPACE, name: metadata.name });

function stage(more: Objects = {}, overrides: Partial<Inventory> = {}, options: TestAppOptions = {}): TestApp {
  const backups = more.backups ?? [full, log];
  const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), ...more, backups }, overrides);
  const test: TestApp = new TestApp({ inventory, onPause: () => test.stopWaiting.abort(), ...options });
  test.deps.api.put(KINDS.backup, ...backups);
  return test;
}

function created(test: TestApp, name = 'orders-pg-r1-restore'): AnyObject | undefined {
  return test.deps.api.read(KINDS.opsRequest, name, NAMESPACE);
}

const restoreOf = (object: AnyObject | undefined): unknown => (object?.spec as { restore?: unknown } | undefined)?.restore;

describe('Restore from a timeline', () => {
  it('proposes the instant that was chosen there', async () => {
    const test = stage({}, {}, { timeZone: 'UTC' });
    await test.command(RESTORE, { ...refTo(log), restoreTime: ms('11:00:00') });
    assert.equal(test.prompts.inputs[0]?.value, '2026-11-23 11:00:00');
  });

  it('proposes the newest one where what was handed over is no instant', async () => {
    const test = stage({}, {}, { timeZone: 'UTC' });
    await test.command(RESTORE, { ...refTo(log), restoreTime: 9e15 });
    assert.equal(test.prompts.inputs[0]?.value, '2026-11-23 12:04:31');
  });
});

describe('Restore asks', () => {
  it('on a backup set, only where to, under which name and in which way', async () => {
    const test = stage();
    await test.command(RESTORE, refTo(full));
    assert.deepEqual(test.prompts.asked, ['Namespace of the new cluster (1 of 4)', 'Name of the new cluster (2 of 4)', 'How to ask for the restore (3 of 4)', 'Restore orders-pg (4 of 4)']);
    assert.deepEqual(restoreOf(created(test)), { backupName: 'full-1', backupNamespace: NAMESPACE, volumeRestorePolicy: 'Parallel' });
    const [accept] = test.prompts.picks.at(-1)?.choices ?? [];
    assert.deepEqual([accept?.label, accept?.detail], ['Restore into orders-pg-r1', 'From full-1, in payments (kind-prod). Not carried over: TLS.']);
  });

  it('on a cluster, for one of its backup sets, and for all from the palette or where the cluster is gone', async () => {
    const test = stage();
    test.prompts.when(/from/, 'full-1');
    await test.command(RESTORE, CLUSTER);
    assert.equal(test.prompts.asked[0], 'Restore orders-pg from');
    assert.notEqual(created(test), undefined);
    const gone = stage({ clusters: [] });
    gone.prompts.when(/^Restore$/, 'full-1');
    await gone.command(RESTORE, CLUSTER);
    assert.notEqual(created(gone), undefined);
  });

  it('to which time for a log backup, and judges it as it is typed', async () => {
    const test = stage();
    for (const text of ['soon', '11:63', '10:05', '14:00', '12:58']) {
      test.prompts.when(/which time/, text);
    }
    await test.command(RESTORE, refTo(log));
    assert.match(test.prompts.inputs[0]?.prompt ?? '', /Can be restored: 2026-11-23 10:12:44 \(09:12:44 UTC\) to 2026-11-23 13:04:31 \(12:04:31 UTC\)\./);
    assert.equal(test.prompts.inputs[0]?.value, '2026-11-23 13:04:31');
    assert.deepEqual(test.prompts.refused.map((text) => /is no time of day|is no time|no full backup ended before it|is outside the log backup/.exec(text)?.[0]), [
      'is no time',
      'is no time of day',
      'no full backup ended before it',
      'is outside the log backup',
    ]);
    assert.equal((restoreOf(created(test)) as { restorePointInTime: string }).restorePointInTime, '2026-11-23T11:58:00Z');
    assert.match(test.prompts.picks.at(-1)?.choices[0]?.detail ?? '', /As it was at 2026-11-23 12:58:00 \(11:58:00 UTC\)/);
  });

  it('for a time that came twice or never to be written in UTC, and proposes one that can be taken', async () => {
    const autumn = aBackup('autumn', '2026-10-24T23:10:00Z', { metadata: { annotations } });
    const night = aLog('2026-10-24T23:00:00Z', '2026-10-25T01:30:00Z', { metadata: { annotations } });
    const test = stage({ backups: [autumn, night] });
    test.prompts.when(/which time/, '2026-10-25 02:30').when(/which time/, '2026-03-29 02:30');
    await test.command(RESTORE, refTo(night));
    assert.match(test.prompts.refused[0] ?? '', /^The clock was put back, so that time came twice: .*00:30:00 UTC.*01:30:00 UTC/);
    assert.match(test.prompts.refused[1] ?? '', /did not exist in Europe\/Berlin: the clock was put forward/);
    assert.equal(test.prompts.inputs[0]?.value, '2026-10-25T01:30:00Z');
    assert.equal((restoreOf(created(test)) as { restorePointInTime: string }).restorePointInTime, '2026-10-25T01:30:00Z');
  });

  it('for another name where it is taken or cannot be one, and keeps the answers on the way back', async () => {
    const test = stage();
    test.prompts
      .when(/^Namespace/, 'Pay').when(/^Namespace/, NAMESPACE)
      .when(/^Name of/, 'orders-pg').when(/^Name of/, '1a').when(/^Name of/, 'mine')
      .when(/^Restore orders/, 'Go Back and Change It').when(/^How/, { back: true }).when(/^Name of/, { back: true });
    await test.command(RESTORE, refTo(full));
    assert.deepEqual(test.prompts.refused.length, 3);
    assert.match(test.prompts.refused[1] ?? '', /^A cluster named orders-pg exists in payments\./);
    assert.notEqual(created(test, 'mine-restore'), undefined);
  });
});

describe('Restore', () => {
  it('writes a cluster with the annotation when one asks for that way', async () => {
    const test = stage();
    test.prompts.when(/^How/, 'Cluster with a restore annotation');
    await test.command(RESTORE, refTo(full));
    const cluster = test.deps.api.read(KINDS.cluster, 'orders-pg-r1', NAMESPACE);
    assert.match(cluster?.metadata.annotations?.['kubeblocks.io/restore-from-backup'] ?? '', /"name":"full-1"/);
  });

  it('shows no credential in the manifest that it sends', async () => {
    const secret = { ...full, metadata: { ...full.metadata, annotations: { ...annotations, 'dataprotection.kubeblocks.io/connection-password': 'c2VjcmV0LWNpcGhlcnRleHQ=' } } };
    const test = stage({ backups: [secret] });
    test.prompts.when(/^How/, 'Cluster with a restore annotation');
    await test.command(RESTORE, refTo(secret));
    const sent = test.deps.api.read(KINDS.cluster, 'orders-pg-r1', NAMESPACE)?.metadata.annotations?.['kubeblocks.io/restore-from-backup'] ?? '';
    assert.match(sent, /"connectionPassword":"c2VjcmV0LWNpcGhlcnRleHQ="/);
    assert.equal(test.previews.length, 1);
    assert.ok(!test.previews.some(({ text }) => text.includes('c2VjcmV0')), test.previews[0]?.text);
  });

  it('writes a cluster with spec.restore on 1.2, when one asks for that way', async () => {
    const test = stage({}, { line: '1.2' });
    test.prompts.when(/^How/, 'Cluster with spec.restore');
    await test.command(RESTORE, refTo(full));
    const cluster = test.deps.api.read(KINDS.cluster, 'orders-pg-r1', NAMESPACE);
    assert.equal((cluster?.spec as { restore: { source: { name: string } } }).restore.source.name, 'full-1');
  });

  it('refuses where there is no way', async () => {
    for (const line of ['0.7', '0.8'] as const) {
      const none = stage({}, { line });
      await none.command(RESTORE, refTo(full));
      assert.deepEqual(none.told, [[`Nothing can be restored in kind-prod from here: it runs KubeBlocks ${line}, whose restore requests are of another kind. Looking, backing up, deleting and diagnosing work. Upgrade KubeBlocks to 1.0 or newer, or restore with its own kbcli.`, 'Show Log']]);
      assert.deepEqual(none.deps.api.calls, []);
    }
  });

  it('offers to back a cluster up that has nothing to restore', async () => {
    const test = stage({ backups: [] });
    await test.command(RESTORE, CLUSTER);
    assert.deepEqual(test.told, [['orders-pg cannot be restored: it has no completed backup set. Back it up first.', 'Back Up Now…', 'Show Log']]);
  });

  it('says that the right is missing where backup sets may not be listed', async () => {
    const state = { state: 'forbidden', verb: 'list', resource: 'backups', group: 'dataprotection.kubeblocks.io' } as const;
    for (const ref of [CLUSTER, undefined]) {
      const test = stage({}, { backups: { state, items: new Map() } });
      await test.command(RESTORE, ref);
      assert.deepEqual(test.told, [['There is nothing to choose: you may not list backups. Ask an administrator for the right.', 'Copy the Rule to Ask For', 'Show Log']]);
    }
  });

  it('says that the backup set is gone', async () => {
    const test = stage();
    await test.command(RESTORE, { kind: 'backup', namespace: NAMESPACE, name: 'gone' });
    assert.deepEqual(test.told[0]?.[0], 'Backup gone could not be read: Backup gone does not exist (any more).');
  });

  it('says that the namespace does not exist, not that what is to be created does not', async () => {
    const test = stage();
    test.deps.api.failNext('create', 404, 'NotFound', { resource: KINDS.opsRequest, message: 'namespaces "payments" not found' });
    test.prompts.when(/^Restore orders/, 'Try Again');
    await test.command(RESTORE, refTo(full));
    assert.equal(test.firstLine(1), 'OpsRequest orders-pg-r1-restore would not be accepted: namespace payments does not exist. Choose one that does.');
  });

  it('leaves the restore alone when one stops waiting', async () => {
    const test = stage();
    await test.command(RESTORE, refTo(full));
    assert.deepEqual(test.told, [['Nobody waits for the restore into orders-pg-r1 any more; it goes on in the cluster.', 'Take It Back…']]);
    assert.deepEqual(test.progress[0], 'Restore into orders-pg-r1 (“Cancel” only stops waiting)');
    assert.ok(test.deps.api.calls.every(({ verb }) => verb !== 'delete' && verb !== 'patch'));
  });

  it('takes back the request while there is no cluster, after a question that says so', async () => {
    const test = stage();
    await test.command(RESTORE, refTo(full));
    test.prompts.agree = false;
    await test.press('Take It Back…');
    assert.notEqual(created(test), undefined);
    test.prompts.agree = true;
    await test.press('Take It Back…');
    assert.deepEqual(test.prompts.confirmed.map(({ message, detail }) => [message, detail])[1], ['Delete the request orders-pg-r1-restore?', 'Context kind-prod, namespace payments. There is no cluster yet. The backup stays as it is.']);
    assert.equal(created(test), undefined);
  });

  it('tells that it failed, and where to look', async () => {
    const test: TestApp = stage({}, {}, {
      onPause: () => {
        const ops = created(test);
        if (ops !== undefined) {
          test.deps.api.put(KINDS.opsRequest, { ...ops, status: { phase: 'Failed' } } as AnyObject);
        }
      },
    });
    await test.command(RESTORE, refTo(full));
    assert.match(test.told[0]?.[0] ?? '', /^The restore into orders-pg-r1 failed: /);
    assert.deepEqual(test.told[0]?.slice(1), ['Diagnose', 'Show Log']);
    await test.press('Diagnose');
    assert.deepEqual(test.ran, [['kubeblocksBackup.diagnose', { kind: 'opsRequest', namespace: NAMESPACE, name: 'orders-pg-r1-restore' }]]);
  });
});
