import assert from 'node:assert/strict';
import { askPlayground, setPlaygroundSpeed } from '../support/askPlayground';
import { Workbench, workbenchSettings } from '../support/workbench';

const BACKUPS = '/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/playground/backups';
const CLUSTERS = '/apis/apps.kubeblocks.io/v1/namespaces/playground/clusters';
const REQUESTS = '/apis/operations.kubeblocks.io/v1alpha1/namespaces/playground/opsrequests';

/** What somebody sees who reloads the window while something runs: it is found, followed on, and not made again. */
describe('a person who reloads the window', () => {
  let workbench: Workbench;
  before(async () => (workbench = await Workbench.open(workbenchSettings())));
  after(async () => {
    await setPlaygroundSpeed(10);
    await workbench.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-reload');
  });

  it('in the middle of a backup is told of its end', async () => {
    await workbench.openContainer('KubeBlocks Backup');
    await workbench.fold('Backup Sets');
    await workbench.fold('Repositories');
    // Time stands still in the playground, so that the backup cannot end before the window is reloaded.
    await setPlaygroundSpeed(0);
    await workbench.clickAction(workbench.line(/^orders,/), 'Back Up Now…');
    await workbench.choose(/Method for orders/, /^pg-basebackup/);
    await workbench.enter(/Name of the backup set/, 'orders-reloaded');
    await workbench.enter(/How long to keep it/, '2d');
    await workbench.enter(/When the backup set is deleted/);
    await workbench.choose(/Back Up orders/, /^Create Backup orders-reloaded/);
    await workbench.notification(/Backup orders-reloaded/).waitFor();
    await reload(workbench, 'orders-reloaded');
    await workbench.notification(/Backup orders-reloaded/).waitFor({ timeout: 60_000 });
    await setPlaygroundSpeed(10);
    await workbench.notification(/Backup orders-reloaded is complete/).waitFor({ timeout: 60_000 });
    assert.equal(await countNamed('reloaded', BACKUPS), 1);
  });

  it('in the middle of a restore is told of its end', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.expand(workbench.line(/^orders,/));
    await workbench.expand(workbench.line(/^Backup sets/));
    await setPlaygroundSpeed(0);
    await workbench.clickAction(workbench.line(/^Backup set orders-reloaded,/), 'Restore…');
    await workbench.enter(/Namespace of the new cluster/);
    await workbench.enter(/Name of the new cluster/, 'orders-resumed');
    await workbench.choose(/How to ask for the restore/, /^OpsRequest/);
    await workbench.choose(/Restore orders/, /^Restore into orders-resumed/);
    await workbench.notification(/Restore into orders-resumed/).waitFor();
    await reload(workbench, 'orders-resumed');
    await workbench.notification(/Restore into orders-resumed/).waitFor({ timeout: 60_000 });
    await setPlaygroundSpeed(10);
    await workbench.notification(/orders-resumed is running with the restored data/).waitFor({ timeout: 120_000 });
    await workbench.line(/^orders-resumed,/).waitFor();
    await workbench.screenshot('restore-after-reload');
    assert.deepEqual([await countNamed('resumed', REQUESTS), await countNamed('resumed', CLUSTERS)], [1, 1]);
  });
});

async function reload(workbench: Workbench, remembered: string): Promise<void> {
  await workbench.untilRemembered(remembered);
  await workbench.page.reload();
  await workbench.page.locator('.monaco-workbench .activitybar').waitFor();
}

async function countNamed(word: string, path: string): Promise<number> {
  const { items } = (await askPlayground('GET', path)) as { items: { metadata: { name: string } }[] };
  return items.filter(({ metadata }) => metadata.name.includes(word)).length;
}
