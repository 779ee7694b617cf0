import assert from 'node:assert/strict';
import { askPlayground, setPlaygroundSpeed } from '../support/askPlayground';
import { Workbench, workbenchSettings } from '../support/workbench';

const BACKUPS = '/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/playground/backups';
const NAMES = ['orders-delta', 'orders-weekly'] as const;
const CLICKS = 50;

/** In the page: whether the page in front is that of the selected line. */
const SHOWS_SELECTED = `(() => {
  const line = document.querySelector('.sidebar .monaco-list-row.selected')?.getAttribute('aria-label') ?? '';
  const name = /^Backup set ([^,]+),/.exec(line)?.[1];
  return name !== undefined && (document.querySelector('.tab.active')?.textContent ?? '').includes(name + '.md');
})()`;

/** Clicks come while lines are drawn anew: each opens the line that was clicked. */
describe('a person who clicks lines of a view that changes all the time', () => {
  let workbench: Workbench;
  let isOver = false;
  let unrest: Promise<void> = Promise.resolve();

  before(async () => {
    // Nothing expires meanwhile: lines would move away from under the mouse.
    await setPlaygroundSpeed(0);
    workbench = await Workbench.open(workbenchSettings());
    await workbench.openContainer('KubeBlocks Backup');
    await workbench.fold('Repositories');
    await workbench.expand(workbench.line(/^orders, backup sets/));
  });
  after(async () => {
    isOver = true;
    await unrest;
    await setPlaygroundSpeed(10);
    await workbench.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-clicks');
  });

  it('is shown each line that was clicked', async () => {
    unrest = unsettle();
    let turned = 0;
    for (let click = 0; click < CLICKS; click++) {
      const before = await shown();
      await workbench.line(new RegExp(`^Backup set ${NAMES[click % NAMES.length] ?? ''}`)).click();
      // Where the list moved under the mouse, VS Code selects the neighbour: then that one was clicked.
      await workbench.page.waitForFunction(SHOWS_SELECTED);
      turned += (await shown()) === before ? 0 : 1;
    }
    assert.ok(turned > CLICKS / 2, `${turned} of ${CLICKS} clicks opened another page`);
    assert.deepEqual(await workbench.page.locator('.notifications-toasts .notification-list-item').allTextContents(), []);
  });

  async function shown(): Promise<string> {
    return (await workbench.page.locator('.tab.active').allTextContents()).join();
  }

  /** One line reads differently each time, and a group comes and goes at the end: lines are drawn anew one by one, and all. */
  async function unsettle(): Promise<void> {
    for (let turn = 0; !isOver; turn++) {
      await askPlayground('PATCH', `${BACKUPS}/orders-before-upgrade/status`, { status: { totalSize: `${1000 + (turn % 9)}Mi` } });
      const metadata = { name: `passing-${turn}`, namespace: 'playground', labels: { 'app.kubernetes.io/instance': 'zz-passing' } };
      await askPlayground('POST', BACKUPS, { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Backup', metadata, spec: { backupPolicyName: 'none', backupMethod: 'none' } });
      await askPlayground('DELETE', `${BACKUPS}/passing-${turn}`);
    }
  }
});
