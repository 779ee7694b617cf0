import assert from 'node:assert/strict';
import { Workbench, workbenchSettings } from '../support/workbench';

/** In the page: keeps, frame by frame, what stands in the lines of the side bar. */
const WATCH = `(() => {
  window.seenLines = new Set();
  const look = () => {
    for (const line of document.querySelectorAll('.sidebar .monaco-list-row')) {
      if (line.getClientRects().length > 0) window.seenLines.add(line.getAttribute('aria-label'));
    }
    requestAnimationFrame(look);
  };
  look();
})()`;

describe('a view that is hidden while another context is chosen', () => {
  let workbench: Workbench;
  before(async () => (workbench = await Workbench.open(workbenchSettings())));
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-hidden');
  });

  const chooseContext = async (name: RegExp): Promise<void> => {
    await workbench.runCommand('KubeBlocks Backup: Choose Context…');
    await workbench.choose(/Choose Context/, name);
  };

  it('shows nothing of the cluster that was left, not for a moment', async () => {
    await workbench.openContainer('KubeBlocks Backup');
    await workbench.line(/^orders, backup sets/).waitFor();
    await workbench.fold('Backup Sets');
    await chooseContext(/^kubeblocks-playground-nobody/);
    await workbench.view('Clusters').getByText(/You may not list/).first().waitFor();
    // VS Code gathers what is to be drawn anew for 200 ms; who unfolds the view sooner sees its old picture.
    await workbench.page.waitForTimeout(1_000);
    await workbench.page.evaluate(WATCH);
    await workbench.unfold('Backup Sets');
    await workbench.view('Backup Sets').getByText(/You may not list|says what is missing/).first().waitFor();
    assert.deepEqual(await workbench.page.evaluate('[...window.seenLines]'), []);
  });

  it('shows the lines of the next one', async () => {
    await workbench.fold('Backup Sets');
    await chooseContext(/^kubeblocks-playground, |^kubeblocks-playground$/);
    await workbench.line(/^orders,/).waitFor();
    await workbench.unfold('Backup Sets');
    await workbench.line(/^orders, backup sets/).waitFor();
  });
});
