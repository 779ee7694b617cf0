import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { Followed } from '../../../../src/ui/following/followed';
import { FollowedObjects } from '../../../../src/ui/following/followed';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, anInventory, anOpsRequest, aPolicy, aRepo, aRestore, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp, type TestAppOptions } from '../../../support/testApp';

const CONTEXT = 'kind-prod';
const backup: Followed = { kind: 'backup', context: CONTEXT, namespace: NAMESPACE, name: 'b1', uid: 'uid-b1' };
const restore: Followed = { kind: 'restore', context: CONTEXT, namespace: NAMESPACE, name: 'r1', opsName: 'r1-restore' };
const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets() });
const writes = (test: TestApp): readonly string[] => test.deps.api.calls.filter(({ verb }) => /create|patch|delete/.test(verb)).map(({ verb }) => verb);

/** A window that opens with this memory, and what went on in it until its end. */
async function reopened(followed: unknown, options: TestAppOptions = {}, prepare: (test: TestApp) => void = () => undefined): Promise<TestApp> {
  const test = new TestApp({ inventory, memory: { followed }, ...options });
  prepare(test);
  await test.active.reopen();
  await Promise.all(test.resumed);
  return test;
}

describe('A window that was reloaded', () => {
  it('goes on following a backup, tells its end, and makes nothing', async () => {
    const running = aBackup('b1', '12:00:00', { metadata: { uid: 'uid-b1' }, status: { phase: 'Running' } });
    const completed = { ...running, status: { phase: 'Completed', totalSize: '2048' } };
    const memory = { followed: [backup] as unknown };
    const test: TestApp = new TestApp({ inventory, memory, onPause: () => test.deps.api.put(KINDS.backup, completed) });
    test.deps.api.put(KINDS.backup, running);
    await test.active.reopen();
    await Promise.all(test.resumed);
    assert.deepEqual(test.progress.slice(0, 1), ['Backup b1 (“Cancel” only stops waiting)']);
    assert.deepEqual(test.told, [['Backup b1 is complete: 2 KiB.', 'Show']]);
    assert.deepEqual(writes(test), []);
    assert.deepEqual(memory.followed, []);
  });

  it('goes on following a restore', async () => {
    const test = await reopened([restore], {}, ({ deps: { api } }) => {
      api.put(KINDS.opsRequest, anOpsRequest('r1-restore', 'r1', 'Succeed'));
      api.put(KINDS.cluster, aCluster('r1', { status: { phase: 'Running' } }));
      api.put(KINDS.restore, aRestore('r1-postgresql-preparedata', 'r1', 'Completed'));
    });
    assert.deepEqual(test.told, [['r1 is running with the restored data (1 of 1 restores completed).', 'What Next…', 'Turn On Protection…']]);
    assert.deepEqual(writes(test), []);
  });

  it('offers what comes after a restore: protection, endpoints and accounts, a comparison', async () => {
    const done = aRestore('r1-postgresql-preparedata', 'r1', 'Completed', { spec: { backup: { name: 'full-1', namespace: NAMESPACE } } });
    const test = await reopened([restore], { inventory: anInventory({ clusters: [aCluster('r1')], restores: [done], backups: [aBackup('full-1', '09:00:00')] }) }, ({ deps: { api } }) => {
      api.put(KINDS.opsRequest, anOpsRequest('r1-restore', 'r1', 'Succeed'));
      api.put(KINDS.cluster, aCluster('r1', { status: { phase: 'Running' } }));
      api.put(KINDS.restore, done);
    });
    const r1 = { kind: 'cluster', namespace: NAMESPACE, name: 'r1' };
    const next: readonly (readonly [string, string, unknown])[] = [
      ['Turn On Protection…', 'kubeblocksBackup.scheduleBackups', r1],
      ['Show Endpoints and Accounts', 'kubeblocksBackup.describe', r1],
      ['Compare with What Was Backed Up', 'kubeblocksBackup.compareCluster', { kind: 'backup', namespace: NAMESPACE, name: 'full-1', with: r1 }],
      ['Show in the Side Bar', 'kubeblocksBackup.revealInTree', r1],
    ];
    for (const [label] of next) {
      test.prompts.when(/^What next with r1/, label);
      await test.press('What Next…');
    }
    assert.deepEqual(test.offered(), next.map(([label]) => label));
    assert.deepEqual(test.ran, next.map(([, ...ran]) => ran));
  });

  it('says nothing of what is gone meanwhile, and forgets it', async () => {
    const memory = [backup, restore, { ...restore, name: 'r2', opsName: undefined }];
    const test = await reopened(memory);
    assert.deepEqual(test.told, []);
    assert.equal(test.resumed.length, 3);
    assert.equal(test.log.lines.filter((line) => line.includes('is gone since the window was reloaded')).length, 3);
  });

  it('leaves what was started in another context until that is connected', async () => {
    const memory = { followed: [{ ...backup, context: 'other' }] as unknown };
    const test = new TestApp({ inventory, memory, contexts: [CONTEXT, 'other'] });
    await test.active.reopen();
    assert.deepEqual([test.resumed.length, (memory.followed as unknown[]).length], [0, 1]);
    await test.active.reopen('other');
    assert.equal(test.resumed.length, 1);
    await Promise.all(test.resumed);
  });

  it('takes nothing from a memory it does not understand', async () => {
    for (const memory of [undefined, 'x', [null, {}, { ...backup, kind: 'schedule' }, { ...backup, name: 3 }]]) {
      assert.equal((await reopened(memory)).resumed.length, 0);
    }
  });

  it('shows a failure to follow once', async () => {
    const test = await reopened([backup], {}, ({ deps: { api } }) => {
      api.failNext('get', 403, 'Forbidden', { resource: KINDS.backup });
    });
    assert.equal(test.told.length, 1);
    assert.match(test.told[0]?.[0] ?? '', /Backup b1 could not be followed: you may not get backups/);
  });

  const CLUSTER: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };

  it('finds the backup that the window before it made, and follows it once however often it connects', async () => {
    const memory = { followed: undefined as unknown };
    let before: unknown;
    const first: TestApp = new TestApp({
      inventory,
      memory,
      onPause: () => {
        before = memory.followed;
        first.stopWaiting.abort();
      },
    });
    await first.command('kubeblocksBackup.backUpNow', CLUSTER);
    const [made] = before as readonly Followed[];
    assert.deepEqual({ ...made, uid: undefined }, { kind: 'backup', context: CONTEXT, namespace: NAMESPACE, name: 'orders-pg-20261123-1310', uid: undefined });
    assert.deepEqual(memory.followed, [], 'who stops waiting is not asked to wait again');
    memory.followed = before;
    const second: TestApp = new TestApp({ inventory, memory, onPause: () => second.session?.become({}) });
    second.deps.api.put(KINDS.backup, aBackup('orders-pg-20261123-1310', '12:10:00', { metadata: made?.kind === 'backup' && made.uid !== undefined ? { uid: made.uid } : {}, status: { phase: 'Running' } }));
    await second.active.reopen();
    await second.active.reopen();
    assert.equal(second.resumed.length, 1);
    second.deps.api.remove(KINDS.backup, 'orders-pg-20261123-1310', NAMESPACE);
    await Promise.all(second.resumed);
    assert.deepEqual(writes(second), []);
  });
});

describe('What a window waits for', () => {
  it('is remembered until it has ended, but not forgotten because the window closes', async () => {
    let stored: unknown;
    const followed = new FollowedObjects({ read: () => stored, write: (all) => (stored = all) });
    await followed.during(backup, () => {
      assert.deepEqual(stored, [backup]);
      assert.deepEqual(followed.toResume(CONTEXT), []);
      return Promise.resolve();
    });
    assert.deepEqual(stored, []);
    await assert.rejects(followed.during(restore, () => Promise.reject(new Error('failed'))), /failed/);
    assert.deepEqual(stored, []);
    await followed.during(restore, () => {
      followed.dispose();
      return Promise.resolve();
    });
    assert.deepEqual(stored, [restore]);
    assert.deepEqual(followed.toResume(CONTEXT), [restore]);
  });
});
