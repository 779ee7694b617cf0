import assert from 'node:assert/strict';
import { Workbench } from '../support/workbench';
import { databaseOf } from './support/databases';
import { Journey } from './support/journey';
import { keepProof } from './support/proof';
import { sharedNode } from './support/sharedNode';

/** How long (ms) a backup or a restore may take beside everything else that runs on the node. */
const PATIENCE = 300_000;
const CLUSTER = 'window-orders';
const BACKUP = 'by-hand';
const COPY = 'window-orders-again';

/** A person, VS Code with the packed extension, and a real database: every step is done on the screen. */
describe('a person at the workbench on a real node', () => {
  let journey: Journey;
  let window: { readonly address: string; readonly browser: string; stop(): Promise<void> } | undefined;
  let workbench: Workbench | undefined;

  before(async () => {
    const lane = await sharedNode();
    const { startPackedWindow } = await import('../../scripts/workbench/packedWindow.mjs');
    journey = await Journey.start(lane, databaseOf('postgresql'), CLUSTER);
    window = await startPackedWindow(lane.kubeconfigFor('administrator', journey.namespace));
    workbench = await Workbench.open(window);
    workbench.page.setDefaultTimeout(120_000);
  });
  after(async () => {
    await workbench?.close();
    await window?.stop();
    await journey.end();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench?.screenshot('failed-on-a-real-node');
  });

  const screen = (): Workbench => {
    assert.ok(workbench);
    return workbench;
  };

  it('backs PostgreSQL up, and is told once it is complete', async () => {
    await screen().openContainer('KubeBlocks Backup');
    await screen().fold('Backup Sets');
    await screen().fold('Repositories');
    await screen().widenSideBar(470);
    await screen().clickAction(screen().line(new RegExp(`^${CLUSTER},`)), 'Back Up Now…');
    await screen().choose(new RegExp(`Method for ${CLUSTER}`), /^base-backup/);
    await screen().enter(/Name of the backup set/, BACKUP);
    await screen().enter(/How long to keep it/, '2d');
    await screen().enter(/When the backup set is deleted/);
    await screen().choose(new RegExp(`Back Up ${CLUSTER}`), new RegExp(`^Create Backup ${BACKUP}`));
    await screen().notification(new RegExp(`Backup ${BACKUP} is complete`)).waitFor({ timeout: PATIENCE });
  });

  it('makes a plan to restore it after more rows were written, starts that plan, and gets the rows of the backup', async () => {
    const states = [journey.source.ledger.digest()];
    await journey.source.write(100);
    await screen().runCommand('Notifications: Clear All Notifications');
    await screen().runCommand('KubeBlocks Backup: Restore…');
    await screen().enter(/^Restore/, BACKUP);
    await screen().enter(/Namespace of the new cluster/);
    await screen().enter(/Name of the new cluster/, COPY);
    await screen().enter(/How to ask for the restore/);
    await screen().quickChoice(new RegExp(`^Restore into ${COPY}`)).waitFor();
    await screen().page.keyboard.press('Escape');
    await screen().tab(new RegExp(`restore-${COPY}`)).waitFor();
    const started = performance.now();
    await screen().page.locator('.codelens-decoration').getByRole('button', { name: 'Start' }).click();
    await screen().notification(new RegExp(`${COPY} is running with the restored data`)).waitFor({ timeout: PATIENCE });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    await screen().line(new RegExp(`^${COPY},`)).waitFor();
    await journey.assertHolds(journey.databaseIn(journey.namespace, COPY), states);
    keepProof({ engine: 'postgresql', method: 'base-backup', what: 'by hand in a window of VS Code, from its plan', isEqual: true, seconds });
  });
});
