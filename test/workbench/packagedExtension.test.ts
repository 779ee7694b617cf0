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

  it('tells states apart by shape where colours are few', async () => {
    await workbench.page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    await workbench.page.locator('.monaco-workbench.hc-black').waitFor();
    await workbench.line(/^vectors, .*not backed up/).locator('.codicon-circle-slash').waitFor();
    await workbench.line(/^graph, .*at risk/).locator('.codicon-warning').waitFor();
    await workbench.line(/^ledger, .*recoverable to/).locator('.codicon-database').waitFor();
    await workbench.page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
  });

  it('says that the cluster is a simulation', async () => {
    await workbench.page.locator('.sidebar', { hasText: /playground/i }).waitFor();
  });
});
