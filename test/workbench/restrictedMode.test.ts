import assert from 'node:assert/strict';
import { Workbench, workbenchSettings } from '../support/workbench';

describe('a workspace that is not trusted', () => {
  let workbench: Workbench;
  before(async () => {
    const settings = workbenchSettings();
    workbench = await Workbench.open(settings, settings.restricted);
  });
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-restricted');
  });

  it('gets no cluster contacted, and is told why', async () => {
    await workbench.showContainer('KubeBlocks Backup');
    await workbench.view('Clusters').getByText(/This workspace is in Restricted Mode/).waitFor();
    assert.equal(await workbench.view('Clusters').getByRole('treeitem').count(), 0);
  });

  it('is told so by a command, too', async () => {
    await workbench.runCommand('KubeBlocks Backup: Back Up Now…');
    await workbench.notification(/Restricted Mode/).waitFor();
  });

  it('shows the clusters once it is trusted', async () => {
    await workbench.view('Clusters').getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).first().click();
    await workbench.line(/^orders,/).waitFor();
  });
});
