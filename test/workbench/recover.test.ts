import type { Locator } from 'playwright-core';
import { askPlayground } from '../support/askPlayground';
import { Workbench, workbenchSettings } from '../support/workbench';

const LEDGER = '/apis/apps.kubeblocks.io/v1/namespaces/playground/clusters/ledger';

/** By keyboard alone: why a backup failed, where another comes from, and a restore that is started from its plan. */
describe('recovering by keyboard', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open(workbenchSettings());
    await workbench.page.setViewportSize({ width: 960, height: 640 });
    await workbench.runCommand('KubeBlocks Backup: Focus on Clusters View');
    await workbench.line(/^orders,/).waitFor();
  });
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-recover');
  });

  it('shows the plan of a restore, and what can be done above it', async () => {
    await workbench.useTheme('Dark Modern');
    await askForPlan('orders-recovered');
    await workbench.page.keyboard.press('Escape');
    await workbench.tab(/restore-orders-recovered/).waitFor();
    for (const title of ['Start', 'Change…', 'Export…']) await lens(title).waitFor();
    await picture('restore-plan');
  });

  it('starts the restore from the plan’s document', async () => {
    await workbench.runCommand('View: Focus Active Editor Group');
    await workbench.runCommand('Show CodeLens Commands for Current Line');
    await workbench.quickChoice(/Start/).waitFor();
    await workbench.quickInput().fill('Start');
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/orders-recovered is running with the restored data/).waitFor({ timeout: 120_000 });
  });

  it('is asked about a plan that was open when the window was reloaded, and opens it again', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await askForPlan('orders-once-more');
    await workbench.page.keyboard.press('Escape');
    await lens('Start').waitFor();
    await workbench.untilRemembered('orders-once-more', 'restorePlans');
    await workbench.page.reload();
    await workbench.runCommand('KubeBlocks Backup: Focus on Clusters View');
    await workbench.line(/^orders,/).waitFor();
    const told = workbench.notification(/A plan to restore into orders-once-more was open/);
    await told.waitFor();
    await told.getByRole('button', { name: 'Open It Again' }).click();
    await lens('Start').waitFor();
  });


  it('says why a backup failed, and what can be started against it', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.useTheme('Light Modern');
    await workbench.runCommand('KubeBlocks Backup: Diagnose…');
    await workbench.enter(/^Diagnose/, 'cache-2');
    await workbench.rendered(/^Why did cache-.* fail\?/).waitFor();
    await workbench.rendered(/The disk that the backup is written to, or read from, is full/).waitFor();
    await picture('diagnosis');
    await titleButton('Copy Diagnosis as Report').click();
    await workbench.notification(/Copied what was found about cache-/).waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await titleButton('Start a Fix…').click();
    await workbench.enter(/^Fix for cache-/, 'Show Repository main-store');
    await workbench.rendered(/^Repository main-store/).waitFor();
  });

  it('shows where a backup set comes from, and what goes with it', async () => {
    await workbench.useTheme('Dark High Contrast');
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('KubeBlocks Backup: Show Lineage');
    await workbench.enter(/^Lineage of/, 'ledger-xtrabackup-inc');
    await workbench.rendered(/^Lineage of ledger-/).waitFor();
    await picture('lineage');
  });

  it('compares the cluster in a backup set with what it is now', async () => {
    await enlarge();
    await workbench.runCommand('KubeBlocks Backup: Compare Cluster in Backup…');
    await workbench.enter(/^Compare Cluster in Backup/, 'ledger-xtrabackup-inc');
    await workbench.enter(/^Compare the cluster in ledger-.* with/, 'ledger');
    await workbench.tab(/cluster in ledger-.* ↔ ledger now/).waitFor();
    await workbench.page.locator('.monaco-diff-editor .modified .line-insert').first().waitFor();
    await picture('compare-cluster');
  });

  it('shows what a restore needs, and what of it is there', async () => {
    await workbench.runCommand('KubeBlocks Backup: Where Can This Be Restored?…');
    await workbench.enter(/^Where Can This Be Restored\?/, 'ledger-xtrabackup-inc');
    await workbench.enter(/^Restore ledger-.* in/);
    await workbench.rendered(/^Can ledger-/).waitFor();
    await workbench.screenshot('can-be-restored');
  });

  /** Asks for the restore of a backup set of orders, and waits for its plan. */
  async function askForPlan(target: string): Promise<void> {
    await workbench.runCommand('KubeBlocks Backup: Restore…');
    await workbench.enter(/^Restore/, 'orders-weekly');
    await workbench.enter(/Namespace of the new cluster/);
    await workbench.enter(/Name of the new cluster/, target);
    await workbench.enter(/How to ask for the restore/);
    await workbench.quickChoice(new RegExp(`^Restore into ${target}`)).waitFor();
  }

  /** What somebody changed since: more memory, by another way than this extension. */
  async function enlarge(): Promise<void> {
    const { spec } = (await askPlayground('GET', LEDGER)) as { spec: { componentSpecs: { resources?: object }[] } };
    const componentSpecs = spec.componentSpecs.map((component) => ({ ...component, resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '1', memory: '4Gi' } } }));
    await askPlayground('PATCH', LEDGER, { spec: { componentSpecs } });
  }

  /** Of the page alone, which is what the documentation is about there. */
  async function picture(name: string): Promise<void> {
    if (await workbench.page.locator('.part.sidebar').isVisible()) await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.screenshot(name);
  }

  function lens(title: string): Locator {
    return workbench.page.locator('.codelens-decoration').getByRole('button', { name: title });
  }

  function titleButton(title: string): Locator {
    return workbench.page.locator('.editor-group-container .title').getByRole('button', { name: title });
  }
});
