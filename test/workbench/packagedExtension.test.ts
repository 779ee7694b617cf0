import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Workbench, workbenchSettings } from '../support/workbench';

describe('the packed extension in a fresh VS Code', () => {
  const settings = workbenchSettings();
  let workbench: Workbench;
  before(async () => (workbench = await Workbench.open(settings)));
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-packed');
  });

  it('brings its bundle and no sources', () => {
    const folder = readdirSync(settings.extensions).find((name) => /^kubeblocks-backup\.kubeblocks-backup-/.test(name));
    assert.ok(folder, 'it is installed');
    const has = (file: string) => existsSync(path.join(settings.extensions, folder, file));
    assert.ok(has('dist/extension.js') && has('dist/cli.js'));
    assert.ok(!has('src') && !has('node_modules') && !has('test'));
  });

  it('activates when its view is opened and shows the clusters of the kubeconfig', async () => {
    await workbench.openContainer('KubeBlocks Backup');
    await workbench.line(/^orders,/).waitFor();
    await workbench.line(/^ledger,/).waitFor();
  });

  it('says that the cluster is a simulation', async () => {
    await workbench.page.locator('.sidebar', { hasText: /playground/i }).waitFor();
  });
});
