import assert from 'node:assert/strict';
import { request } from 'node:https';
import { Workbench, workbenchSettings } from '../support/workbench';

/** What somebody sees who reloads the window while a backup runs: it is found, followed on, and not made again. */
describe('a person who reloads the window', () => {
  let workbench: Workbench;
  before(async () => (workbench = await Workbench.open(workbenchSettings())));
  after(async () => {
    await speed(10);
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
    await speed(0);
    await workbench.clickAction(workbench.line(/^orders,/), 'Back Up Now…');
    await workbench.choose(/Method for orders/, /^pg-basebackup/);
    await workbench.enter(/Name of the backup set/, 'orders-reloaded');
    await workbench.enter(/How long to keep it/, '2d');
    await workbench.enter(/When the backup set is deleted/);
    await workbench.choose(/Back Up orders/, /^Create Backup orders-reloaded/);
    await workbench.notification(/Backup orders-reloaded/).waitFor();
    // In a browser VS Code writes what it remembers every five seconds, and not when its page goes.
    await workbench.page.waitForTimeout(12_000);
    await workbench.page.reload();
    await workbench.page.locator('.monaco-workbench .activitybar').waitFor();
    await workbench.notification(/Backup orders-reloaded/).waitFor({ timeout: 60_000 });
    await speed(10);
    await workbench.notification(/Backup orders-reloaded is complete/).waitFor({ timeout: 60_000 });
    const { items } = (await ask('GET', '/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/playground/backups')) as { items: { metadata: { name: string } }[] };
    assert.equal(items.filter(({ metadata }) => metadata.name.includes('reloaded')).length, 1);
  });
});

async function speed(value: number): Promise<void> {
  await ask('PATCH', '/playground/clock', { speed: value });
}

function ask(method: string, path: string, body?: object): Promise<unknown> {
  const { address, token } = workbenchSettings().playground;
  return new Promise((resolve, reject) => {
    const sent = request(`${address}${path}`, { method, rejectUnauthorized: false, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
