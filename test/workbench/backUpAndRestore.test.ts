import { Workbench, workbenchSettings } from '../support/workbench';

/** The first journey as a newcomer makes it: look, back up, restore, see the new cluster run. */
describe('a person at the workbench', () => {
  let workbench: Workbench;
  before(async () => (workbench = await Workbench.open(workbenchSettings())));
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-journey');
  });

  it('sees what protects a cluster', async () => {
    await workbench.openContainer('KubeBlocks Backup');
    await workbench.fold('Backup Sets');
    await workbench.fold('Repositories');
    await workbench.widenSideBar(470);
    const orders = workbench.line(/^orders,/);
    await workbench.expand(orders);
    await workbench.line(/^Schedules/).waitFor();
    await workbench.line(/^Backup sets/).waitFor();
    await workbench.screenshot('clusters');
  });

  it('backs a cluster up by mouse and keyboard and sees it complete', async () => {
    await workbench.clickAction(workbench.line(/^orders,/), 'Back Up Now…');
    await workbench.quickChoice(/^pg-basebackup/).waitFor();
    await workbench.screenshot('back-up-methods');
    await workbench.choose(/Method for orders/, /^pg-basebackup/);
    await workbench.enter(/Name of the backup set/, 'orders-by-hand');
    await workbench.enter(/How long to keep it/, '2d');
    await workbench.enter(/When the backup set is deleted/);
    await workbench.quickChoice(/^Create Backup orders-by-hand/).waitFor();
    await workbench.screenshot('back-up-review');
    await workbench.choose(/Back Up orders/, /^Create Backup orders-by-hand/);
    await workbench.notification(/Backup orders-by-hand is complete/).waitFor({ timeout: 60_000 });
    await workbench.screenshot('back-up-complete');
  });

  it('is led to the new backup set in a view that was folded', async () => {
    await workbench.notification(/Backup orders-by-hand is complete/).getByRole('button', { name: 'Show' }).click();
    await workbench.view('Backup Sets').getByRole('treeitem', { name: /^Backup set orders-by-hand,/ }).waitFor();
    await workbench.fold('Backup Sets');
  });

  it('restores it into a new cluster and sees that run', async () => {
    await workbench.expand(workbench.line(/^Backup sets/));
    await workbench.clickAction(workbench.line(/^Backup set orders-by-hand,/), 'Restore…');
    await workbench.enter(/Namespace of the new cluster/);
    await workbench.enter(/Name of the new cluster/, 'orders-again');
    await workbench.choose(/How to ask for the restore/, /^OpsRequest/);
    await workbench.quickChoice(/^Restore into orders-again/).waitFor();
    await workbench.screenshot('restore-review');
    await workbench.choose(/Restore orders/, /^Restore into orders-again/);
    await workbench.notification(/orders-again is running with the restored data/).waitFor({ timeout: 120_000 });
    await workbench.line(/^orders-again,/).waitFor();
    await workbench.screenshot('restored');
  });
});
