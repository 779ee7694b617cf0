import assert from 'node:assert/strict';
import type { Inventory } from '../../../../src/kubeblocks/inventory';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { AnyObject, Backup } from '../../../../src/kubeblocks/objects';
import { startRestorePlan } from '../../../../src/ui/commands/restorePlanCommands';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { linkOf, parsePlanQuery, planQuery } from '../../../../src/ui/restorePlans/planLink';
import { aBackup, aCluster, aLog, backupLabels, anInventory, aPolicy, aRepo, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const RESTORE = 'kubeblocksBackup.restore';
const START = 'kubeblocksBackup.startRestorePlan';
const CHANGE = 'kubeblocksBackup.changeRestorePlan';
const EXPORT = 'kubeblocksBackup.exportRestorePlan';
const OPEN = 'kubeblocksBackup.openRestorePlan';
const PLAN = { plan: 'restore-orders-pg-r1.txt' };

const volume = { name: 'data', spec: { storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } } };
const annotations = {
  'kubeblocks.io/cluster-snapshot': JSON.stringify({
    apiVersion: 'apps.kubeblocks.io/v1',
    metadata: { name: 'orders-pg', namespace: NAMESPACE },
    spec: { terminationPolicy: 'Delete', componentSpecs: [{ name: 'postgresql', replicas: 2, volumeClaimTemplates: [volume] }] },
  }),
};
const full = aBackup('full-1', '09:12:44', { metadata: { annotations } });
const log = aLog('09:00:00', '12:04:31', { metadata: { annotations } });
const refTo = ({ metadata }: Backup): ObjectRef => ({ kind: 'backup', namespace: NAMESPACE, name: metadata.name });
const inventory = (more: Partial<Inventory> = {}): Inventory => anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), backups: [full, log] }, more);

function stage(from = inventory(), rules = {}, memory: { followed: unknown; plans?: unknown } = { followed: undefined }): TestApp {
  const test: TestApp = new TestApp({ inventory: from, rules, memory, onPause: () => test.stopWaiting.abort() });
  test.deps.api.put(KINDS.backup, full, log);
  return test;
}

/** Reads the plan, and leaves the question behind it. */
async function read(test: TestApp): Promise<void> {
  test.prompts.when(/^Restore orders/, { leave: true });
  await test.command(RESTORE, refTo(full));
}

const requests = (test: TestApp): number => test.deps.api.calls.filter(({ verb, kind, dryRun }) => verb === 'create' && (kind === 'OpsRequest' || kind === 'Cluster') && !dryRun).length;
const created = (test: TestApp): AnyObject | undefined => test.deps.api.read(KINDS.opsRequest, 'orders-pg-r1-restore', NAMESPACE);

describe('A restore plan', () => {
  it('is shown before anything is created, with what the server says, and creates nothing by itself', async () => {
    const test = stage();
    await read(test);
    const { name, text } = test.previews.at(-1) ?? { name: '', text: '' };
    assert.equal(name, PLAN.plan);
    for (const line of ['Restore orders-pg from full-1 as orders-pg-r1', 'full backup full-1, 15.2 GiB', 'postgresql ×2, data 20 GiB ×2 on fast, with the data of the backup', 'accepted', 'kind: OpsRequest']) {
      assert.ok(text.includes(line), `${line} in\n${text}`);
    }
    assert.equal(requests(test), 0);
  });

  it('is started from its document, once however often', async () => {
    const test = stage();
    await read(test);
    await Promise.all([test.command(START, PLAN), test.command(START, PLAN)]);
    await test.command(START, PLAN);
    assert.equal(requests(test), 1);
    assert.notEqual(created(test), undefined);
  });

  it('is found by another window that starts the very same plan', async () => {
    const [first, second] = [stage(), stage()];
    await read(first);
    await read(second);
    await first.command(START, PLAN);
    second.deps.api.put(KINDS.opsRequest, created(first) as AnyObject);
    await second.command(START, PLAN);
    assert.equal(requests(second), 0);
    assert.deepEqual(second.told.map(([words]) => words), ['Nobody waits for the restore into orders-pg-r1 any more; it goes on in the cluster.']);
  });

  it('that is not true any more is not started, but shown anew', async () => {
    const test = stage();
    await read(test);
    test.session?.become({ ...inventory(), clusters: anInventory({ clusters: [aCluster(), aCluster('orders-pg-r1')] }).clusters });
    await test.command(START, PLAN);
    assert.match(test.told[0]?.[0] ?? '', /^The restore was not started: the plan has changed since it was shown\. A cluster named orders-pg-r1 exists in payments\..* It is shown anew/);
    assert.match(test.previews.at(-1)?.text ?? '', /cannot be restored: 1 error/);
    await test.command(START, PLAN);
    assert.match(test.told[1]?.[0] ?? '', /^The restore into orders-pg-r1 was not started: A cluster named orders-pg-r1 exists/);
    assert.equal(requests(test), 0);
  });

  it('is made again after a reload of the window, and started only once it was read again', async () => {
    const memory = { followed: undefined as unknown, plans: undefined as unknown };
    const before = stage(inventory(), {}, memory);
    await read(before);
    const test = stage(inventory(), {}, memory);
    await test.command(START, PLAN);
    const { message, level } = test.prompts.told.at(-1) ?? {};
    assert.match(message ?? '', /^The window was reloaded since the plan to restore into orders-pg-r1 was shown, so it is made and shown anew/);
    assert.equal(level, 'warning');
    assert.deepEqual([test.previews.at(-1)?.name, requests(test)], [PLAN.plan, 0]);
    await test.command(START, PLAN);
    assert.deepEqual([requests(test), created(test) !== undefined], [1, true]);
  });

  it('is asked about once after a reload of the window, and opened again, which starts nothing', async () => {
    const memory = { followed: undefined as unknown, plans: undefined as unknown };
    await read(stage(inventory(), {}, memory));
    const test = stage(inventory(), {}, memory);
    await test.active.reopen();
    await test.active.reopen();
    assert.deepEqual(test.told, [['A plan to restore into orders-pg-r1 was open, and nothing of it was started.', 'Open It Again', 'Forget It']]);
    await test.press('Open It Again');
    assert.deepEqual(test.ran, [['kubeblocksBackup.openRestorePlan', test.restorePlans.remembered[0]?.link]]);
    await test.command(OPEN, test.restorePlans.remembered[0]?.link);
    assert.deepEqual([test.previews.at(-1)?.name, requests(test), test.restorePlans.remembered], [PLAN.plan, 0, []]);
  });

  it('is forgotten where that is wanted, and where it was started', async () => {
    const memory = { followed: undefined as unknown, plans: undefined as unknown };
    await read(stage(inventory(), {}, memory));
    const test = stage(inventory(), {}, memory);
    await test.active.reopen();
    await test.press('Forget It');
    assert.deepEqual(memory.plans, []);
    const another = stage(inventory(), {}, memory);
    await read(another);
    await another.command(START, PLAN);
    assert.deepEqual([requests(another), memory.plans], [1, []]);
  });

  it('of several is chosen, and of another context not asked about', async () => {
    const link = (targetName: string, context = 'kind-prod'): object => ({ context, namespace: NAMESPACE, backup: 'full-1', targetName, targetNamespace: NAMESPACE });
    const memory = { followed: undefined as unknown, plans: [{ document: 'a.txt', link: link('a') }, { document: 'b.txt', link: link('b') }, { document: 'c.txt', link: link('c', 'other') }] };
    const test = stage(inventory(), {}, memory);
    await test.active.reopen();
    assert.deepEqual(test.told, [['Plans to restore into a, b were open, and nothing of them was started.', 'Open One Again…', 'Forget Them']]);
    test.prompts.when(/^Open a restore plan again/, 'a');
    await test.press('Open One Again…');
    assert.deepEqual(test.ran, [['kubeblocksBackup.openRestorePlan', link('a')]]);
  });

  it('goes with its document', async () => {
    const memory = { followed: undefined as unknown, plans: undefined as unknown };
    const test = stage(inventory(), {}, memory);
    await read(test);
    test.restorePlans.close('another.txt');
    assert.equal(test.restorePlans.newest?.document, PLAN.plan);
    test.restorePlans.close(PLAN.plan);
    assert.deepEqual([test.restorePlans.newest, memory.plans], [undefined, []]);
    await test.command(START);
    assert.equal(test.told[0]?.[0], 'There is no restore plan in this window (any more). Make one with Restore….');
  });

  it('stays without its document while its restore is followed, so that a second start finds the first', async () => {
    const test = stage();
    await read(test);
    let found: unknown;
    const started: TestApp['app'] = { ...test.app, views: { ...test.app.views, withProgress: (title, task) => {
      test.restorePlans.close(PLAN.plan);
      found = test.restorePlans.find(PLAN.plan);
      return test.app.views.withProgress(title, task);
    } } };
    const follow = await startRestorePlan(started, { ref: undefined, component: undefined, scheduleLine: undefined, permission: undefined, argument: PLAN });
    await follow?.();
    assert.notEqual(found, undefined);
    test.restorePlans.close(PLAN.plan);
    assert.equal(test.restorePlans.find(PLAN.plan), undefined);
  });

  it('of the past is remembered no more than ten at once', async () => {
    const memory = { followed: undefined as unknown, plans: undefined as unknown };
    const test = stage(inventory(), {}, memory);
    await read(test);
    const { newest } = test.restorePlans;
    assert.ok(newest);
    Array.from({ length: 30 }, (_, index) => test.restorePlans.keep({ ...newest, document: `restore-${index}.txt` }));
    assert.equal((memory.plans as readonly unknown[]).length, 10);
  });

  it('whose backup was deleted meanwhile is not started, and says so', async () => {
    const test = stage();
    await read(test);
    test.deps.api.remove(KINDS.backup, 'full-1', NAMESPACE);
    await test.command(START, PLAN);
    assert.equal(test.told[0]?.[0], 'Backup full-1 could not be read: Backup full-1 does not exist (any more).');
    assert.equal(requests(test), 0);
  });

  it('that changes while its question is open is shown anew there, and started as it is then', async () => {
    const test = stage();
    test.prompts.when(/^Restore orders/, /^Restore into/).when(/^Restore orders/, { leave: true });
    const look = test.prompts.pick.bind(test.prompts);
    test.prompts.pick = (request) => {
      if (request.title === 'Restore orders-pg') test.session?.become({ ...inventory(), repos: anInventory({ repos: [aRepo('s3-main', 'Failed')] }).repos });
      return look(request);
    };
    await test.command(RESTORE, refTo(full));
    const choices = test.prompts.picks.at(-1)?.choices ?? [];
    assert.ok(choices.some(({ label, detail }) => label === 'The plan has changed since it was shown, and is shown anew. Nothing was created.' && detail === 'Repository s3-main, which holds the data, is failed.'));
    assert.equal(requests(test), 0);
  });

  it('is changed, and judged at once', async () => {
    const test = stage();
    await read(test);
    test.prompts.when(/^Restore orders/, 'Change Something…').when(/^Change the restore/, 'Component postgresql…').when(/^Change component/, 'Size of its volumes').when(/^Change component/, '10Gi').when(/^Restore orders/, { leave: true });
    await test.command(CHANGE, PLAN);
    const { text = '' } = test.previews.at(-1) ?? {};
    assert.match(text, /Warning: The volumes of postgresql had 20 GiB: what was written may not fit into 10 GiB\./);
    assert.match(text, /Asked by +a Cluster with the restore annotation/);
    assert.match(text, /data 10 GiB ×2/);
  });

  describe('is changed in', () => {
    const redis = aBackup('keys-1', '09:12:44', { metadata: { annotations } });
    const keys: Backup = { ...redis, status: { ...redis.status, backupMethod: { name: 'datafile', actionSetName: 'redis-physical' } } };
    const changes: readonly (readonly [what: string, RegExp, answers: readonly (readonly [RegExp, string])[], shown: RegExp])[] = [
      ['its name', /^Name of the new cluster…/, [[/^Name of the new cluster/, 'orders-else']], /as orders-else\n/],
      ['its namespace', /^Namespace of the new cluster…/, [[/^Namespace of the new cluster/, 'elsewhere']], /Where +kind-prod, namespace elsewhere\n/],
      ['its way', /^How to ask for the restore…/, [[/^How to ask/, 'Cluster with a restore annotation']], /Asked by +a Cluster with the restore annotation\n/],
      ['the order of its volumes', /^Restore one volume after the other/, [], /volumeRestorePolicy: Serial\n/],
      ['when its last steps run', /^Run the steps after the start once the whole cluster is Running/, [], /deferPostReadyUntilClusterRunning: true\n/],
      ['its variables', /^Variables for the restore jobs…/, [[/^Variables for the restore jobs/, 'A=1 B=2']], /- name: A\n +value: "1"\n +- name: B\n/],
      ['the keys it restores', /^Keys to restore…/, [[/^Keys to restore/, 'user:*,cart:*']], /- name: DP_RESTORE_KEY_PATTERNS\n +value: user:\*,cart:\*\n/],
      ['replicas', /^Component postgresql…/, [[/^Change component/, 'Replicas'], [/^Change component/, '3']], /postgresql ×3, /],
      ['the version', /^Component postgresql…/, [[/^Change component/, 'Version of the database'], [/^Change component/, '16.6.0']], /version 16\.6\.0/],
      ['the storage class', /^Component postgresql…/, [[/^Change component/, 'Storage class of its volumes'], [/^Change component/, 'slow']], /data 20 GiB ×2 on slow/],
      ['the name of a component', /^Component postgresql…/, [[/^Change component/, 'Name in the new cluster'], [/^Change component/, 'pg']], /"pg":\{"name":"keys-1"/],
    ];
    for (const [what, choice, answers, shown] of changes) {
      it(`${what}, and judged at once`, async () => {
        const test = stage(anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), backups: [keys] }));
        test.deps.api.put(KINDS.backup, keys);
        test.prompts.when(/^Restore orders/, { leave: true });
        await test.command(RESTORE, refTo(keys));
        const before = test.restorePlans.newest;
        test.prompts.when(/^Restore orders/, 'Change Something…').when(/^Change the restore/, choice);
        for (const [question, answer] of answers) test.prompts.when(question, answer);
        test.prompts.when(/^Restore orders/, { leave: true });
        await test.command(CHANGE, PLAN);
        assert.match(test.previews.at(-1)?.text ?? '', shown);
        assert.notEqual(test.restorePlans.newest?.made.hash, before?.made.hash);
        assert.equal(requests(test), 0);
      });
    }
  });

  it('takes another component from a backup set of its own, which its link says, too', async () => {
    const spec = { componentSpecs: [{ name: 'postgresql' }, { name: 'cache' }] };
    const copy = { 'kubeblocks.io/cluster-snapshot': JSON.stringify({ metadata: { name: 'orders-pg', namespace: NAMESPACE }, spec }) };
    const both = { ...full, metadata: { ...full.metadata, annotations: copy } };
    const cache = aBackup('cache-1', '09:00:00', { metadata: { labels: backupLabels('Full', 'orders-pg', 'cache') } });
    const test = stage(anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), backups: [both, cache] }));
    test.deps.api.put(KINDS.backup, both, cache);
    await read(test);
    test.prompts.when(/^Restore orders/, 'Change Something…').when(/^Change the restore/, 'Data of component cache…').when(/^Restore orders/, { leave: true });
    await test.command(CHANGE, PLAN);
    const { text = '' } = test.previews.at(-1) ?? {};
    assert.match(text, /full backup cache-1/);
    const { newest } = test.restorePlans;
    assert.ok(newest);
    assert.deepEqual(newest.link.others, ['cache-1']);
    await test.command(OPEN, newest.link);
    assert.equal(test.restorePlans.newest?.made.hash, newest.made.hash);
  });

  it('keeps a change on the way back through the questions', async () => {
    const test = stage();
    test.prompts
      .when(/^Restore orders/, 'Change Something…').when(/^Change the restore/, 'Restore one volume after the other')
      .when(/^Restore orders/, 'Go Back and Change It').when(/^How/, { back: true }).when(/^Name of/, 'other');
    await test.command(RESTORE, refTo(full));
    const sent = test.deps.api.read(KINDS.opsRequest, 'other-restore', NAMESPACE);
    assert.equal((sent?.['spec'] as { restore: { volumeRestorePolicy: string } }).restore.volumeRestorePolicy, 'Serial');
  });

  const exports: readonly (readonly [string, RegExp])[] = [
    ['Copy as kubectl Command', /^kubectl --context kind-prod create -f - <<'EOF'\napiVersion: operations[\s\S]*\nEOF\n$/],
    ['Copy as kbcli Command', /^kbcli cluster restore orders-pg-r1 --namespace payments --context kind-prod --backup full-1\n$/],
    ['Copy Link to This Plan', /^vscode:\/\/kubeblocks-backup\/plan\?plan=%7B/],
  ];
  for (const [label, text] of exports) {
    it(`is handed on: ${label}`, async () => {
      const test = stage();
      await read(test);
      test.prompts.when(/^Export/, label);
      await test.command(EXPORT, PLAN);
      assert.match(test.copied[0] ?? '', text);
    });
  }

  it('is saved as manifest and as runbook', async () => {
    const test = stage();
    await read(test);
    test.prompts.when(/^Export/, 'Save Manifest as YAML…').when(/^Export/, 'Save Runbook as Markdown…');
    await test.command(EXPORT, PLAN);
    await test.command(EXPORT, PLAN);
    assert.deepEqual(test.saved.map(({ name }) => name), ['restore-orders-pg-r1.yaml', 'restore-orders-pg-r1.md']);
    assert.match(test.saved[0]?.text ?? '', /^apiVersion: operations/);
    assert.match(test.saved[1]?.text ?? '', /## See that it worked/);
  });

  it('is saved under a name that is no path, whatever a link calls the new cluster', async () => {
    const test = stage();
    await test.command(OPEN, { context: 'kind-prod', namespace: NAMESPACE, backup: 'full-1', targetName: '../../.bashrc', targetNamespace: NAMESPACE });
    test.prompts.when(/^Export/, 'Save Manifest as YAML…');
    await test.command(EXPORT);
    assert.deepEqual(test.saved.map(({ name }) => name), ['restore-.._.._.bashrc.yaml']);
  });

  it('is opened by its link, which starts nothing', async () => {
    const first = stage();
    await read(first);
    first.prompts.when(/^Export/, 'Copy Link to This Plan');
    await first.command(EXPORT, PLAN);
    const query = (first.copied[0] ?? '').split('?')[1] ?? '';
    const second = stage();
    await second.command(OPEN, parsePlanQuery(query));
    assert.equal(second.previews[0]?.name, PLAN.plan);
    assert.deepEqual([requests(second), second.deps.api.calls.some(({ verb }) => verb === 'create')], [0, false]);
    assert.equal(second.app.restorePlans.newest?.made.hash, first.app.restorePlans.newest?.made.hash);
  });

  it('of another context is opened only where that is meant', async () => {
    const test = stage();
    const link = { context: 'prod-eu', namespace: NAMESPACE, backup: 'full-1', targetName: 'orders-pg-r1', targetNamespace: NAMESPACE };
    test.prompts.when(/^Open the plan/, 'Leave');
    await test.command(OPEN, link);
    assert.deepEqual([test.previews.length, test.told.length], [0, 0]);
    await test.command(OPEN, link);
    assert.equal(test.previews.length, 1);
  });

  it('is not started in a read-only context', async () => {
    const test = stage(inventory(), { readOnlyContexts: ['kind-prod'] });
    await test.command(OPEN, { context: 'kind-prod', namespace: NAMESPACE, backup: 'full-1', targetName: 'orders-pg-r1', targetNamespace: NAMESPACE });
    assert.equal(test.previews.length, 1);
    await test.command(START, PLAN);
    assert.match(test.told[0]?.[0] ?? '', /^kind-prod was not changed: the setting kubeblocksBackup\.contexts\.readOnly names it\./);
    assert.equal(requests(test), 0);
  });
});

describe('A link to a plan', () => {
  it('says what its draft says, but no variables', () => {
    const rest = { targetName: 'r', targetNamespace: NAMESPACE, parameters: { p: '1' }, restoreTime: 1000, way: 'annotation', volumeRestorePolicy: 'Serial', deferPostReadyUntilClusterRunning: true, components: { postgresql: { replicas: 1, storage: '5Gi' } } } as const;
    const query = planQuery(linkOf('kind-prod', { ...rest, backup: full, env: [{ name: 'K', value: 'secret' }] }));
    assert.doesNotMatch(query, /secret/);
    assert.deepEqual(parsePlanQuery(query), { context: 'kind-prod', namespace: NAMESPACE, backup: 'full-1', ...rest });
  });

  for (const query of ['', 'plan=', 'plan={', 'plan=[]', 'plan={"context":1}', `plan=${'x'.repeat(30_000)}`]) {
    it(`opens nothing from ${query.slice(0, 20) || 'an empty query'}`, () => assert.equal(parsePlanQuery(query), undefined));
  }

  it('that is none is said to be none', async () => {
    const test = stage();
    await test.command(OPEN, undefined);
    assert.match(test.told[0]?.[0] ?? '', /^The link opens no restore plan/);
  });
});
