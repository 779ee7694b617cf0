import assert from 'node:assert/strict';
import type { Inventory } from '../../../../src/kubeblocks/inventory';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { AnyObject, Backup, Restore } from '../../../../src/kubeblocks/objects';
import { WORKLOADS } from '../../../../src/operations/workloadKinds';
import { parsePlanQuery } from '../../../../src/ui/restorePlans/planLink';
import { aBackup, aCluster, anInventory, aPolicy, aRepo, aRestore, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const VOLUMES = 'kubeblocksBackup.restoreVolumes';
const START = 'kubeblocksBackup.startRestorePlan';
const CHANGE = 'kubeblocksBackup.changeRestorePlan';
const EXPORT = 'kubeblocksBackup.exportRestorePlan';
const OPEN = 'kubeblocksBackup.openRestorePlan';
const PLAN = { plan: 'restore-full-1-volumes.txt' };

const claim = (name: string, uid = `uid-${name}`): AnyObject => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: NAMESPACE, uid }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } } });
const base = aBackup('full-1', '09:12:44');
const targetVolumes = { volumeMounts: [{ name: 'data', mountPath: '/pgdata' }] } as object;
const full: Backup = { ...base, status: { ...base.status, backupMethod: { name: 'pg-basebackup', actionSetName: 'postgresql-basebackup', targetVolumes } } };
const inventory = (more: Partial<Inventory> = {}): Inventory => anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), backups: [full] }, more);

function stage(memory: { followed: unknown; plans?: unknown } = { followed: undefined }): TestApp {
  const test: TestApp = new TestApp({ inventory: inventory(), memory, onPause: () => test.stopWaiting.abort() });
  test.deps.api.put(KINDS.backup, full);
  test.deps.api.put(WORKLOADS.claim, claim('rescued'), claim('other'));
  return test;
}

/** Reads the plan, and leaves the question behind it. */
async function read(test: TestApp): Promise<void> {
  test.prompts.when(/^Claim for volume data/, 'rescued').when(/^Restore full-1/, { leave: true });
  await test.command(VOLUMES, { kind: 'backup', namespace: NAMESPACE, name: 'full-1' });
}

const created = (test: TestApp): AnyObject | undefined => test.deps.api.read(KINDS.restore, 'full-1-volumes', NAMESPACE);
const creations = (test: TestApp): number => test.deps.api.calls.filter(({ verb, kind, dryRun }) => verb === 'create' && kind === 'Restore' && !dryRun).length;

describe('The plan of a restore into volumes', () => {
  it('is a document with what is read, overwritten and not restored, and creates nothing', async () => {
    const test = stage();
    await read(test);
    const { name, text } = test.previews.at(-1) ?? { name: '', text: '' };
    assert.equal(name, PLAN.plan);
    for (const line of ['Restore volumes from full-1 into rescued', 'full backup full-1, 15.2 GiB', 'What claim rescued holds (20 GiB on fast) is overwritten by volume data', 'from repository s3-main (ready)', 'accepted', 'kind: Restore', 'Cluster, accounts and services: a Restore object makes none.']) {
      assert.ok(text.includes(line), `${line} in\n${text}`);
    }
    assert.equal(creations(test), 0);
  });

  it('is started from its document, once however often, and followed', async () => {
    const test = stage();
    await read(test);
    await Promise.all([test.command(START, PLAN), test.command(START, PLAN)]);
    await test.command(START, PLAN);
    assert.equal(creations(test), 1);
    assert.notEqual(created(test), undefined);
    assert.equal(test.told.at(-1)?.[0], 'Nobody waits for Restore full-1-volumes any more; it goes on in the cluster.');
  });

  it('is found by another window that starts the very same plan', async () => {
    const [first, second] = [stage(), stage()];
    await read(first);
    await read(second);
    await first.command(START, PLAN);
    second.deps.api.put(KINDS.restore, created(first) as AnyObject);
    await second.command(START, PLAN);
    assert.equal(creations(second), 0);
  });

  it('that is of another claim by now is not started, but shown anew', async () => {
    const test = stage();
    await read(test);
    test.deps.api.put(WORKLOADS.claim, claim('rescued', 'uid-another'));
    await test.command(START, PLAN);
    assert.match(test.told[0]?.[0] ?? '', /^The restore was not started: the plan has changed since it was shown\. What it reads or creates is not what it was\. It is shown anew/);
    assert.equal(creations(test), 0);
    await test.command(START, PLAN);
    assert.equal(creations(test), 1);
  });

  it('whose claim somebody uses meanwhile is not started, and says who', async () => {
    const test = stage();
    await read(test);
    test.deps.api.put(WORKLOADS.pod, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shell', namespace: NAMESPACE }, spec: { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'rescued' } }] } } as AnyObject);
    await test.command(START, PLAN);
    assert.match(test.told[0]?.[0] ?? '', /Claim rescued is in use by shell/);
    await test.command(START, PLAN);
    assert.match(test.told[1]?.[0] ?? '', /^The restore into rescued was not started: Claim rescued is in use by shell/);
    assert.equal(creations(test), 0);
  });

  it('is changed, and judged at once', async () => {
    const test = stage();
    await read(test);
    test.prompts.when(/^Restore full-1/, 'Change Something…').when(/^Change the restore into rescued/, 'Claim for volume data…').when(/^Claim for volume data/, 'other').when(/^Restore full-1/, { leave: true });
    await test.command(CHANGE, PLAN);
    assert.match(test.previews.at(-1)?.text ?? '', /What claim other holds is overwritten/);
  });

  const exports: readonly (readonly [string, RegExp])[] = [
    ['Copy as kubectl Command', /^kubectl --context kind-prod create -f - <<'EOF'\napiVersion: dataprotection[\s\S]*kind: Restore[\s\S]*\nEOF\n$/],
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
    assert.deepEqual(test.saved.map(({ name }) => name), ['restore-full-1-volumes.yaml', 'restore-full-1-volumes.md']);
    assert.match(test.saved[1]?.text ?? '', /## See that it worked[\s\S]*get restores\.dataprotection\.kubeblocks\.io full-1-volumes -w/);
  });

  it('is opened by its link, which starts nothing', async () => {
    const first = stage();
    await read(first);
    first.prompts.when(/^Export/, 'Copy Link to This Plan');
    await first.command(EXPORT, PLAN);
    const second = stage();
    await second.command(OPEN, parsePlanQuery((first.copied[0] ?? '').split('?')[1] ?? ''));
    assert.deepEqual([second.previews[0]?.name, creations(second)], [PLAN.plan, 0]);
    assert.equal(second.restorePlans.newest?.made.hash, first.restorePlans.newest?.made.hash);
  });
});

describe('A restore into volumes in a window that was reloaded', () => {
  it('is followed on to its end, and not made again', async () => {
    const memory = { followed: [{ kind: 'volumes', context: 'kind-prod', namespace: NAMESPACE, name: 'full-1-volumes', fromSnapshot: false }] as unknown };
    const test = new TestApp({ inventory: inventory(), memory });
    const done = aRestore('full-1-volumes', 'x', 'Completed');
    const ended: Restore = { ...done, status: { ...done.status, actions: { prepareData: [{ name: 'a', status: 'Completed' }] } } };
    test.deps.api.put(KINDS.restore, ended);
    await test.active.reopen();
    await Promise.all(test.resumed);
    assert.deepEqual(test.told, [['Restore full-1-volumes is complete (1 jobs).']]);
    assert.deepEqual([creations(test), memory.followed], [0, []]);
  });

  it('is remembered while it is followed', async () => {
    const memory = { followed: undefined as unknown };
    const test = stage(memory);
    await read(test);
    let meanwhile: unknown;
    const withProgress = test.app.views.withProgress.bind(test.app.views);
    Object.assign(test.app.views, { withProgress: (title: string, task: Parameters<typeof withProgress>[1]) => {
      meanwhile = memory.followed;
      return withProgress(title, task);
    } });
    await test.command(START, PLAN);
    assert.deepEqual(meanwhile, [{ kind: 'volumes', context: 'kind-prod', namespace: NAMESPACE, name: 'full-1-volumes', fromSnapshot: false }]);
  });
});
