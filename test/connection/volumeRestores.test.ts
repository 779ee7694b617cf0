import assert from 'node:assert/strict';
import { join } from 'node:path';
import { objectKey } from '../../src/kubeblocks/inventory';
import { jsonAt, jsonText } from '../../src/kubeblocks/json';
import { KINDS } from '../../src/kubeblocks/kinds';
import { LABELS } from '../../src/kubeblocks/labels';
import type { Backup } from '../../src/kubeblocks/objects';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { Product } from '../cluster/support/product';
import { PlaygroundApp } from '../support/playgroundApp';
import { claimNamed, createClaim, planned, run, volumeOf, type RestoredVolumes } from '../support/volumeRestoreJourney';

const ROOT = join(__dirname, '..', '..');
const NAMESPACE = 'playground';
const POLICY = 'ledger-mysql-backup-policy';
const USER = 'administrator';

describe('A restore into volume claims, without a cluster', function () {
  this.timeout(60_000);
  const problems: string[] = [];
  let playground: Playground;
  let at: RestoredVolumes;

  before(async () => {
    const folders = { schemasFolder: join(ROOT, 'schemas'), dataFolder: join(ROOT, 'src', 'playground') };
    playground = await createPlayground({ ...folders, line: '1.0', speed: 40, onError: (error, where) => problems.push(`${where}: ${String(error)}`) });
    const product = new Product({ kubeconfigFor: () => playground.kubeconfig.replaceAll('kubeblocks-playground', USER) }, NAMESPACE, USER);
    await product.until('ledger runs', ({ clusters }) => clusters.items.get(objectKey(NAMESPACE, 'ledger'))?.status?.phase === 'Running');
    const full = await product.completed(POLICY, { method: 'xtrabackup', name: 'full' });
    const snapshot = await product.completed(POLICY, { method: 'volume-snapshot', name: 'snapshot' });
    at = { product, full, snapshot, storageClass: 'playground-ssd' };
  });
  after(async () => {
    at.product.dispose();
    await playground.close();
    assert.deepEqual([at.product.logger.errors, problems], [[], []]);
  });

  it('fills a claim that exists, by a job, and says what is overwritten', async () => {
    await createClaim(at, 'rescued');
    const plan = await planned(at, { backup: at.full, stage: 'prepareData', claims: [{ volume: volumeOf(at.full), claim: 'rescued' }] });
    assert.deepEqual(plan.findings.map(({ severity, message }) => `${severity}: ${message}`), [`warning: What claim rescued holds is overwritten by the backup’s volume ${volumeOf(at.full)}.`]);
    assert.deepEqual(await run(at, plan, at.full), { kind: 'restored', jobs: 1 });
  });

  it('makes a claim from a snapshot, as large as it was', async () => {
    const plan = await planned(at, { backup: at.snapshot, stage: 'prepareData', claims: [{ volume: volumeOf(at.snapshot), claim: 'thawed' }] });
    assert.deepEqual(plan.findings, []);
    assert.equal((await run(at, plan, at.snapshot)).kind, 'restored');
    const claim = await claimNamed(at, 'thawed');
    assert.deepEqual([jsonText(claim, 'spec', 'dataSourceRef', 'kind'), typeof jsonAt(claim, 'spec', 'resources', 'requests', 'storage')], ['VolumeSnapshot', 'string']);
  });

  it('is forbidden into a claim that a running database uses, and into none that is there', async () => {
    const volume = volumeOf(at.full);
    const inUse = /^Claim data-ledger-mysql-0 is in use by .*ledger-mysql-0: its files would be written under a running database\. Stop it first\.$/;
    const plan = await planned(at, { backup: at.full, stage: 'prepareData', claims: [{ volume, claim: `${volume}-ledger-mysql-0` }, { volume, claim: 'nowhere' }] });
    assert.deepEqual(plan.findings.flatMap(({ severity, message }) => (severity === 'error' ? [message.replace(inUse, 'MATCHED')] : [])), [
      'MATCHED',
      'There is no claim nowhere in playground. Create it first, as large as the data.',
    ]);
  });

  it('is forbidden from a snapshot into a claim that exists, which stays as it is', async () => {
    await createClaim(at, 'frozen');
    const plan = await planned(at, { backup: at.snapshot, stage: 'prepareData', claims: [{ volume: volumeOf(at.snapshot), claim: 'frozen' }] });
    assert.match(plan.findings[0]?.message ?? '', /^Claim frozen exists: a snapshot becomes a new volume only/);
    // What is foreseen, seen: the controller is content, and nothing was written.
    assert.equal((await run(at, { ...plan, findings: [] }, at.snapshot)).kind, 'restored');
    assert.equal(jsonAt(await claimNamed(at, 'frozen'), 'spec', 'dataSourceRef'), undefined);
  });

  it('is forbidden where the stage has no steps, and told from a restore where it is done all the same', async () => {
    const plan = await planned(at, { backup: at.full, stage: 'postReady', cluster: 'ledger' });
    assert.match(plan.findings[0]?.message ?? '', /has no steps after the start: the Restore would be Completed at once/);
    assert.deepEqual(await run(at, { ...plan, findings: [] }, at.full), { kind: 'nothingDone' });
  });

  it('runs the steps after the start in a database that runs', async () => {
    const policy = 'orders-postgresql-backup-policy';
    const dump = await at.product.completed(policy, { method: 'pgdump', name: 'dump', parameters: [{ name: 'database', value: 'shop' }] }).catch(() => undefined);
    assert.ok(dump, 'a backup with steps after the start');
    const plan = await planned(at, { backup: dump, stage: 'postReady', cluster: 'orders' });
    assert.match(plan.findings[0]?.message ?? '', /^The steps after the start change the running database of orders/);
    assert.equal((await run(at, plan, dump)).kind, 'restored');
  });

  it('is asked for by a command, shown, created once and followed to its end', async () => {
    await createClaim(at, 'by-hand');
    const window = new PlaygroundApp(playground, 'kubeblocks-playground', new AbortController().signal);
    try {
      const outcome = await window.outcomeOf('kubeblocksBackup.restoreVolumes', { kind: 'backup', namespace: NAMESPACE, name: 'full' }, (prompts) => prompts.when(/^Claim for volume data/, 'by-hand'));
      assert.match(outcome, /^info: Restore full-volumes(-\d)? is complete \(1 jobs\)\.$/);
    } finally {
      window.dispose();
    }
  });

  it('is started from its plan’s document, once by a double click and from two windows, and not by its link', async () => {
    await createClaim(at, 'from-plan');
    const windows = [new PlaygroundApp(playground, 'kubeblocks-playground'), new PlaygroundApp(playground, 'kubeblocks-playground')] as const;
    const made = (): number => playground.store.list(KINDS.restore).filter((each) => JSON.stringify(each).includes('"from-plan"')).length;
    try {
      for (const window of windows) {
        await window.outcomeOf('kubeblocksBackup.restoreVolumes', { kind: 'backup', namespace: NAMESPACE, name: 'full' }, (prompts) => prompts.when(/^Claim for volume data/, 'from-plan').when(/^Restore full/, { leave: true }));
      }
      const link = windows[0].restorePlans.newest?.link;
      assert.equal(made(), 0);
      const started = /^info: Nobody waits for Restore full-volumes/;
      const [first, second] = await Promise.all([windows[0].outcomeOf('kubeblocksBackup.startRestorePlan'), windows[0].outcomeOf('kubeblocksBackup.startRestorePlan')]);
      assert.match(`${first}${second}`, started);
      assert.match(await windows[1].outcomeOf('kubeblocksBackup.startRestorePlan'), started);
      assert.equal(made(), 1);
      await windows[1].outcomeOf('kubeblocksBackup.openRestorePlan', link);
      assert.equal(made(), 1);
    } finally {
      windows.forEach((window) => window.dispose());
    }
  });

  it('is forbidden in a cluster without such a pod, for which it would wait for ever', async () => {
    const plan = await planned(at, { backup: at.full, stage: 'postReady', cluster: 'nowhere' });
    assert.ok(plan.findings.some(({ message }) => /^Cluster nowhere has no pod like the one that was backed up/.test(message)));
  });
});

/** Its Restore objects are of the same kind. */
describe('A restore into volume claims on KubeBlocks 0.9', function () {
  this.timeout(60_000);
  it('fills a claim that exists, by the command', async () => {
    const folders = { schemasFolder: join(ROOT, 'schemas'), dataFolder: join(ROOT, 'src', 'playground') };
    const playground = await createPlayground({ ...folders, line: '0.9', speed: 40 });
    const product = new Product({ kubeconfigFor: () => playground.kubeconfig.replaceAll('kubeblocks-playground', USER) }, NAMESPACE, USER);
    const window = new PlaygroundApp(playground, 'kubeblocks-playground', new AbortController().signal);
    try {
      await product.until('ledger is backed up', ({ backups, line }) => line === '0.9' && [...backups.items.values()].some(isLedgerCopy));
      const copy = [...product.inventory.backups.items.values()].find(isLedgerCopy);
      assert.ok(copy);
      await createClaim({ product, full: copy, snapshot: copy, storageClass: 'playground-ssd' }, 'by-hand');
      const outcome = await window.outcomeOf('kubeblocksBackup.restoreVolumes', { kind: 'backup', namespace: NAMESPACE, name: copy.metadata.name }, (prompts) => prompts.when(/^Claim for volume data/, 'by-hand'));
      assert.match(outcome, /^info: Restore \S+-volumes is complete \(1 jobs\)\.$/);
    } finally {
      window.dispose();
      product.dispose();
      await playground.close();
    }
  });
});

function isLedgerCopy({ metadata, spec, status }: Backup): boolean {
  return metadata.labels?.[LABELS.instance] === 'ledger' && spec?.backupMethod === 'xtrabackup' && status?.phase === 'Completed';
}
