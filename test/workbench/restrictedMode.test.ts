import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Workbench, workbenchSettings } from '../support/workbench';

const WRONG = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata:\n  name: a\n  namespace: b\nspec:\n  backupPolicyName: p\n  backupMethod: m\n  retentionPeriod: 7 days\n';

describe('a workspace that is not trusted', () => {
  let workbench: Workbench;
  before(async () => {
    const settings = workbenchSettings();
    writeFileSync(path.join(settings.folder, 'wrong-in-restricted.yaml'), WRONG);
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

  it('has its manifests judged all the same, without lenses that need a cluster', async () => {
    await workbench.openFile('wrong-in-restricted.yaml');
    await (await workbench.problems()).filter({ hasText: 'KB-S002' }).waitFor();
    assert.equal(await workbench.page.getByText('Diff Against Cluster').count(), 0);
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
