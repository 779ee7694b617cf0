import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Workbench, workbenchSettings } from '../support/workbench';

const WRONG = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata:\n  name: a\n  namespace: b\nspec:\n  backupPolicyName: p\n  backupMethod: m\n  retentionPeriod: 7 days\n';

describe('the extension in a worker of the browser', () => {
  const settings = workbenchSettings();
  let workbench: Workbench;
  const loaded: string[] = [];
  before(async () => {
    writeFileSync(path.join(settings.folder, 'wrong-in-browser.yaml'), WRONG);
    workbench = await Workbench.open(settings, settings.web);
    workbench.page.on('request', (request) => loaded.push(decodeURIComponent(request.url())));
  });
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-browser');
  });

  it('judges a manifest, and reads its bundle for the browser to do so', async () => {
    await workbench.openFile('wrong-in-browser.yaml');
    await (await workbench.problems()).filter({ hasText: 'KB-S002' }).waitFor();
    const ofOurs = loaded.filter((url) => /kubeblocks-backup-[\d.]+\/dist\//.test(url));
    if (!ofOurs.some((url) => url.includes('/dist/browser/extension.js'))) throw new Error(`it was not loaded for the browser, but ${ofOurs.join(', ')}`);
  });
});
