import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/ui/commands/commandTable';
import type { ObjectRef } from '../../src/ui/objectRef';
import type { ExtensionInternals } from '../../src/ui/internals';
import { ScriptedPrompts } from '../support/scriptedPrompts';
import { administer } from '../support/administer';
import { documentText, eventually, openSideBar } from '../support/editor';
import { editorTarget } from '../support/editorTarget';

const CLUSTERS = 'kubeblocksBackup.clusters';
const BACKUP_SETS = 'kubeblocksBackup.backupSets';
const NAMESPACE = 'playground';
const TARGET = editorTarget();

/** What only the playground can do: it is no test of a real cluster. */
function itOfPlayground(title: string, test: () => Promise<void>): void {
  if (TARGET.isPlayground) it(title, test);
}

describe('the extension in VS Code', function () {
  this.timeout(90_000);
  let internals: ExtensionInternals;
  let prompts: ScriptedPrompts;

  before(async () => {
    internals = await openSideBar();
  });

  beforeEach(() => {
    prompts = new ScriptedPrompts();
    internals.answerWith(prompts);
  });

  after(() => internals.answerWith(undefined));

  const run = (command: string, argument?: unknown): Thenable<unknown> => vscode.commands.executeCommand(`kubeblocksBackup.${command}`, argument);
  const orders: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders' };
  const backupRef = (name: string): ObjectRef => ({ kind: 'backup', namespace: NAMESPACE, name });
  const isTold = (text: RegExp): boolean => prompts.told.some(({ message }) => text.test(message));
  const activeTab = (): string | undefined => vscode.window.tabGroups.activeTabGroup.activeTab?.label;
  const toldText = (): string => prompts.told.map(({ message }) => message).join('\n');

  it('registers every command of its table', async () => {
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      Object.keys(COMMANDS).filter((id) => !registered.includes(id)),
      [],
    );
  });

  it('shows each cluster with its engine and what protects it', () => {
    const text = internals.treeText(CLUSTERS, 1);
    assert.match(text, /orders {2}PostgreSQL \d+ · /);
    assert.match(text, /cache {2}Redis \d+ · /);
    assert.match(text, /vectors {2}Qdrant \d+ · not backed up/);
  });

  it('shows the backup sets also of a cluster that is gone', () => {
    assert.match(internals.treeText(BACKUP_SETS, 1), /billing-old {2}1 · .*cluster is gone/);
  });

  it('shows the repositories with phase, provider and use', () => {
    assert.match(internals.treeText('kubeblocksBackup.repositories', 1), new RegExp(`${TARGET.repository} {2}ready · s3-compatible · default · \\d+ backup sets`));
  });

  it('opens the YAML of an object read-only, without what kubectl keeps in it', async () => {
    await run('showYaml', orders);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.scheme, 'kubeblocks-backup');
    assert.match(editor.document.getText(), /kind: Cluster[\s\S]*name: orders/);
    assert.doesNotMatch(editor.document.getText(), /managedFields/);
  });

  it('opens a page that describes an object', async () => {
    await run('describe', orders);
    await eventually('the preview is in front', () => activeTab() === 'Preview orders.md');
    assert.match(await documentText({ form: 'describe', context: TARGET.context, ref: orders }), /^# .*orders/);
  });

  it('copies a name', async () => {
    await run('copyName', orders);
    assert.equal(await vscode.env.clipboard.readText(), 'orders');
  });

  it('backs a cluster up: asks step by step, previews, creates, follows to the end', async () => {
    prompts.when(/^Method for orders/, 'pg-basebackup').when(/^Name of the backup set/, 'orders-tested').when(/^How long/, '3d');
    await run('backUpNow', orders);
    assert.deepEqual(prompts.asked, [
      'Method for orders (1 of 5)',
      'Name of the backup set (2 of 5)',
      'How long to keep it (3 of 5)',
      'When the backup set is deleted (4 of 5)',
      'Back Up orders (5 of 5)',
    ]);
    const preview = vscode.workspace.textDocuments.find(({ uri }) => uri.path === '/preview/orders-tested.yaml');
    assert.match(preview?.getText() ?? '', /kind: Backup[\s\S]*retentionPeriod: 3d/);
    await eventually('the end is told', () => isTold(/Backup orders-tested is complete/), 40_000);
    await eventually('the tree shows it', () => /orders-tested {2}full · /.test(internals.treeText(BACKUP_SETS)));
  });

  it('keeps what was typed when one goes back, and refuses a name that is taken', async () => {
    prompts
      .when(/^Method for orders/, 'pg-basebackup')
      .when(/^Name of the backup set/, 'orders-tested')
      .when(/^Name of the backup set/, 'orders-second')
      .when(/^How long/, '5h')
      .when(/^When the backup set/, { back: true })
      .when(/^Back Up orders/, { leave: true });
    await run('backUpNow', orders);
    assert.match(prompts.refused.join(), /A backup named orders-tested exists in playground/);
    assert.equal(prompts.inputs.filter(({ title }) => title.startsWith('How long')).at(-1)?.value, '5h');
    assert.equal(internals.inventory()?.backups.items.has(`${NAMESPACE}/orders-second`), false);
  });

  it('explains why a method cannot be used instead of hiding it', async () => {
    prompts.when(/^Method for orders/, 'archive-wal').when(/archive-wal cannot be used/, { leave: true });
    await run('backUpNow', orders);
    assert.match(prompts.picks.at(-1)?.placeholder ?? '', /^archive-wal runs all the time, by schedule .*There is nothing to start by hand\.$/);
  });

  it('restores a backup set into a new cluster and follows until it runs', async () => {
    prompts.when(/^Name of the new cluster/, 'orders-copy');
    await run('restore', backupRef('orders-tested'));
    await eventually('the end is told', () => isTold(/orders-copy is running with the restored data/), 60_000);
    await eventually('the tree shows it', () => /orders-copy {2}PostgreSQL/.test(internals.treeText(CLUSTERS, 1)));
  });

  it('tells why a backup failed, with the diagnosis one click away', async () => {
    const heal = await TARGET.failBackups('no space left on device');
    try {
      prompts.when(/^Method for orders/, 'pg-basebackup').when(/^Name of the backup set/, 'orders-failing');
      await run('backUpNow', orders);
      await eventually('the failure is told', () => isTold(/Backup orders-failing failed/), 60_000);
    } finally {
      await heal();
    }
    const failure = prompts.told.find(({ message }) => message.includes('orders-failing'));
    assert.deepEqual(
      failure?.actions.map(({ label }) => label),
      ['Diagnose', 'Show Log'],
    );
    await run('diagnose', backupRef('orders-failing'));
    await eventually('the preview is in front', () => activeTab() === 'Preview orders-failing (diagnosis).md');
    assert.match(await documentText({ form: 'diagnosis', context: TARGET.context, ref: backupRef('orders-failing') }), /no space left on device/);
  });

  it('deletes a backup set only after a yes that names it, its context and its namespace', async () => {
    prompts.agree = false;
    await run('deleteBackupSet', backupRef('orders-tested'));
    const [question] = prompts.confirmed;
    assert.match(`${question?.message ?? ''} ${question?.detail ?? ''}`, new RegExp(`orders-tested.*${TARGET.context}.*playground`, 's'));
    assert.equal(internals.inventory()?.backups.items.has(`${NAMESPACE}/orders-tested`), true);
    prompts.agree = true;
    await run('deleteBackupSet', backupRef('orders-tested'));
    await eventually('it is gone', () => internals.inventory()?.backups.items.has(`${NAMESPACE}/orders-tested`) === false, 40_000);
  });

  itOfPlayground('says what failed, why and what to do when the API refuses', async () => {
    await administer('PUT', 'faults/api-403');
    try {
      await run('restore', backupRef('orders-before-upgrade'));
      await eventually('the refusal is told', () => isTold(/Backup orders-before-upgrade could not be read: you may not get/), 10_000);
    } finally {
      await administer('DELETE', 'faults/api-403');
      await run('refresh');
    }
    assert.equal(prompts.told[0]?.actions[0]?.label, 'Copy the Rule to Ask For', toldText());
    await eventually('the clusters are back', () => internals.treeText(CLUSTERS, 1).includes('orders'), 40_000);
  });

  it('filters and groups the backup sets', async () => {
    prompts.when(/^Filter/, 'billing');
    await run('filterBackupSets');
    assert.match(internals.treeText(BACKUP_SETS, 1), /billing-old/);
    assert.doesNotMatch(internals.treeText(BACKUP_SETS, 1), /orders/);
    await run('clearBackupSetFilter');
    prompts.when(/^Group/, 'Repository');
    await run('groupBackupSets');
    assert.match(internals.treeText(BACKUP_SETS, 1), new RegExp(`${TARGET.repository} {2}\\d+ · `));
    prompts.when(/^Group/, 'Cluster');
    await run('groupBackupSets');
  });

  itOfPlayground('opens a playground of its own, and goes back when that is closed', async () => {
    const shows = (name: string): boolean => new RegExp(`\\) ${name} `).test(internals.treeText(CLUSTERS, 1));
    assert.equal(shows('orders-copy'), true);
    await Promise.race([run('openPlayground'), delay(30_000).then(() => assert.fail(`not opened: ${internals.connection()} ${toldText()}`))]);
    await eventually('a fresh playground is shown', () => shows('orders') && !shows('orders-copy'), 30_000);
    assert.equal(internals.inventory()?.simulated, true);
    await run('closePlayground');
    await eventually('the kubeconfig is used again', () => shows('orders-copy'), 30_000);
  });
});
