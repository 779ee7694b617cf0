import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Backup } from '../../src/kubeblocks/objects';
import type { ExtensionInternals } from '../../src/ui/internals';
import type { ObjectRef } from '../../src/ui/objectRef';
import { eventually, openSideBar } from '../support/editor';
import { ScriptedPrompts } from '../support/scriptedPrompts';

const NAMESPACE = 'playground';

/** The less usual ways through backing up and restoring, each to its end. */
describe('a journey in VS Code', function () {
  this.timeout(120_000);
  let internals: ExtensionInternals;
  let prompts: ScriptedPrompts;

  before(async () => {
    internals = await openSideBar();
    await eventually('the backup sets are listed', () => internals.inventory()?.backups.state.state === 'ready');
  });

  beforeEach(() => {
    prompts = new ScriptedPrompts();
    internals.answerWith(prompts);
  });

  after(() => internals.answerWith(undefined));

  const run = (command: string, argument: ObjectRef): Thenable<unknown> => vscode.commands.executeCommand(`kubeblocksBackup.${command}`, argument);
  const cluster = (name: string): ObjectRef => ({ kind: 'cluster', namespace: NAMESPACE, name });
  const backup = (name: string): ObjectRef => ({ kind: 'backup', namespace: NAMESPACE, name });
  const inCluster = (name: string): Backup | undefined => internals.inventory()?.backups.items.get(`${NAMESPACE}/${name}`);
  const told = (text: RegExp): Promise<void> => eventually(`it is told: ${String(text)}`, () => prompts.told.some(({ message }) => text.test(message)), 90_000);
  const preview = (name: string): string => vscode.workspace.textDocuments.find(({ uri }) => uri.path === `/preview/${name}.yaml` || uri.path === `/preview/${name}.txt`)?.getText() ?? '';
  const backupOf = (instance: string, phase: string): string => {
    const found = [...(internals.inventory()?.backups.items.values() ?? [])].find(
      ({ metadata, status }) => metadata.labels?.['app.kubernetes.io/instance'] === instance && status?.phase === phase,
    );
    assert.ok(found, `${instance} has a backup that is ${phase}`);
    return found.metadata.name;
  };
  /** A log backup runs as long as its schedule is on. */
  const logOf = (instance: string): string => backupOf(instance, 'Running');
  const completedOf = (instance: string): string => backupOf(instance, 'Completed');

  it('restores to a point in time, and refuses times that cannot be without losing the question', async () => {
    const title = /^Restore orders to which time/;
    prompts.when(title, '25:61').when(title, '2001-01-01T00:00:00Z').when(/^Name of the new cluster/, 'orders-then');
    await run('restore', backup(logOf('orders')));
    const [nonsense, outside] = prompts.refused;
    assert.match(nonsense ?? '', /25:61.* Can be restored: .* UTC/s);
    assert.match(outside ?? '', /2001-01-01 .* is outside the log backup\. Can be restored: /);
    assert.match(prompts.inputs[0]?.prompt ?? '', /Can be restored: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d.* UTC/);
    assert.match(preview('restore-orders-then'), /restorePointInTime: "?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
    await told(/orders-then is running with the restored data/);
  });

  it('restores by a cluster with an annotation', async () => {
    prompts.when(/^Name of the new cluster/, 'cache-noted').when(/^How to ask for the restore/, /annotation/);
    await run('restore', backup(completedOf('cache')));
    assert.match(preview('restore-cache-noted'), /kind: Cluster\n[\s\S]*kubeblocks\.io\/restore-from-backup/);
    await told(/cache-noted is running with the restored data/);
  });

  it('restores into another namespace', async () => {
    prompts.when(/^Namespace of the new cluster/, 'default').when(/^Name of the new cluster/, 'cache-elsewhere');
    await run('restore', backup(completedOf('cache')));
    await told(/cache-elsewhere is running with the restored data/);
    assert.ok(internals.inventory()?.clusters.items.has('default/cache-elsewhere'));
  });

  it('builds an incremental backup on the parent that was picked', async () => {
    prompts.when(/^Method for ledger/, 'xtrabackup-inc').when(/^Parent for/, /^ledger-xtrabackup-inc-/).when(/^Name of the backup set/, 'ledger-picked');
    await run('backUpNow', cluster('ledger'));
    const parent = /parentBackupName: (\S+)/.exec(preview('ledger-picked'))?.[1];
    assert.match(parent ?? '', /^ledger-xtrabackup-inc-/);
    await told(/Backup ledger-picked is complete/);
    await eventually('it is listed', () => inCluster('ledger-picked')?.status?.phase === 'Completed');
  });

  it('deletes a retained backup set after saying that it is retained', async () => {
    prompts.when(/^Method for cache/, 'datafile').when(/^Name of the backup set/, 'cache-kept').when(/^When the backup set/, /^Keep/);
    await run('backUpNow', cluster('cache'));
    await told(/Backup cache-kept is complete/);
    assert.match(preview('cache-kept'), /deletionPolicy: Retain/);
    await eventually('it is listed', () => inCluster('cache-kept')?.status?.phase === 'Completed');
    await run('deleteBackupSet', backup('cache-kept'));
    assert.match(prompts.confirmed[0]?.detail ?? '', /marked to be retained/);
    await eventually('it is gone', () => inCluster('cache-kept') === undefined, 60_000);
  });

  it('finds a backup set in the view that shows it', async () => {
    await run('revealInTree', backup('ledger-picked'));
    assert.deepEqual(prompts.told, []);
  });
});
