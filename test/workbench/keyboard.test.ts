import assert from 'node:assert/strict';
import { Workbench, workbenchSettings } from '../support/workbench';

/** No mouse from the first key on. */
describe('a person with only a keyboard', () => {
  let workbench: Workbench;
  before(async () => (workbench = await Workbench.open(workbenchSettings())));
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-keyboard');
  });

  it('walks the tree', async () => {
    await workbench.runCommand('KubeBlocks Backup: Focus on Clusters View');
    await workbench.line(/^orders,/).waitFor();
    // VS Code gives the focus to an empty view's text, which is gone when the lines come.
    await workbench.runCommand('KubeBlocks Backup: Focus on Clusters View');
    await workbench.focusLine(/^orders,/);
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.line(/^Recovery window/).waitFor();
    await workbench.page.keyboard.press('ArrowRight');
    assert.match(await workbench.focusedLine(), /^Recovery window, /);
    await workbench.page.keyboard.press('ArrowLeft');
    assert.match(await workbench.focusedLine(), /^orders, /);
  });

  it('leaves a question with Escape and is back on the line', async () => {
    await workbench.contextMenu('Back Up Now…');
    await workbench.question(/Method for orders/).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.question(/Method for orders/).waitFor({ state: 'hidden' });
    await workbench.page.locator('.sidebar .monaco-list.focused, .sidebar .monaco-list:focus-within').first().waitFor();
    assert.match(await workbench.focusedLine(), /^orders, /);
  });

  it('backs a cluster up', async () => {
    await workbench.contextMenu('Back Up Now…');
    await workbench.enter(/Method for orders/);
    await workbench.enter(/Name of the backup set/, 'orders-by-keys');
    await workbench.enter(/How long to keep it/, '1d');
    await workbench.enter(/When the backup set is deleted/);
    await workbench.quickChoice(/^Create Backup orders-by-keys/).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/Backup orders-by-keys is complete/).waitFor({ timeout: 60_000 });
  });

  it('opens the page of a line with Enter', async () => {
    await workbench.runCommand('KubeBlocks Backup: Focus on Backup Sets View');
    await workbench.focusLine(/^orders, backup sets/);
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.line(/^Backup set orders-by-keys,/).waitFor();
    await workbench.focusLine(/^Backup set orders-by-keys,/);
    await workbench.page.keyboard.press('Enter');
    await workbench.tab(/orders-by-keys\.md/).waitFor();
    // The page takes the focus once it is there.
    await workbench.rendered(/Backup orders-by-keys/).waitFor();
  });

  it('restores it into a new cluster', async () => {
    await workbench.runCommand('KubeBlocks Backup: Focus on Backup Sets View');
    await workbench.focusLine(/^Backup set orders-by-keys,/);
    await workbench.contextMenu('Restore…');
    await workbench.enter(/Namespace of the new cluster/);
    await workbench.enter(/Name of the new cluster/, 'orders-typed');
    await workbench.enter(/How to ask for the restore/);
    await workbench.quickChoice(/^Restore into orders-typed/).waitFor();
    await workbench.screenshot('keyboard-restore');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/orders-typed is running with the restored data/).waitFor({ timeout: 120_000 });
  });

  it('learns why a backup set failed', async () => {
    await workbench.runCommand('KubeBlocks Backup: Focus on Backup Sets View');
    await workbench.unfoldByKey(/^cache, backup sets/);
    await workbench.line(/^Backup set cache-.*failed/).waitFor();
    await workbench.focusLine(/^Backup set cache-.*failed/);
    await workbench.contextMenu('Diagnose…');
    await workbench.tab(/cache-.* \(diagnosis\)/).waitFor();
    await workbench.rendered(/Why did cache-/).waitFor();
    await workbench.screenshot('keyboard-diagnose');
  });

  it('deletes the backup set it has selected, and no other', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('KubeBlocks Backup: Focus on Backup Sets View');
    await workbench.focusLine(/^Backup set orders-by-keys,/);
    await workbench.page.keyboard.press('Space');
    await workbench.runCommand('KubeBlocks Backup: Delete Backup Set…');
    await workbench.page.getByRole('dialog', { name: /Delete backup orders-by-keys\?/ }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.line(/^Backup set orders-by-keys,/).waitFor({ state: 'detached' });
  });
});
