import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { KINDS, type KindId } from '../../src/kubeblocks/kinds';
import { resourceOnLine } from '../../src/kubeblocks/kindsOfLine';
import { FakeApiServer } from '../support/fakeApiServer';
import { Workbench, workbenchSettings } from '../support/workbench';

/** Each empty state says one thing and offers one that works. The kubeconfig is switched under the open window. */
describe('a view with nothing to show', () => {
  const settings = workbenchSettings();
  const usual = readFileSync(settings.kubeconfig, 'utf8');
  let workbench: Workbench;
  let cluster: FakeApiServer;

  before(async () => {
    cluster = await FakeApiServer.start();
    rmSync(settings.kubeconfig);
    workbench = await Workbench.open(settings);
    await workbench.showContainer('KubeBlocks Backup');
  });

  after(async () => {
    await workbench.close();
    await cluster.close();
    writeFileSync(settings.kubeconfig, usual);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed-welcome');
    cluster.fault = () => undefined;
  });

  const use = (kubeconfig: string): void => writeFileSync(settings.kubeconfig, kubeconfig);
  const says = (view: string, words: RegExp): Promise<void> => workbench.view(view).getByText(words).first().waitFor();
  const offer = (view: string, title: string): Locator => workbench.view(view).getByRole('button', { name: title });
  const leaveQuestion = async (title: RegExp): Promise<void> => {
    await workbench.question(title).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.question(title).waitFor({ state: 'hidden' });
  };

  it('says that there is no kubeconfig, and lets one be chosen', async () => {
    await says('Clusters', /No cluster to talk to/);
    await says('Backup Sets', /Nothing to show yet/);
    await offer('Clusters', 'Choose a Kubeconfig').click();
    await leaveQuestion(/Choose Kubeconfig/);
  });

  it('says that a kubeconfig cannot be used, with the reason beside the title', async () => {
    use('contexts: [unfinished');
    await says('Clusters', /The kubeconfig cannot be used/);
    await workbench.view('Clusters').locator('.pane-header .description', { hasText: /kubeconfig\.yaml/ }).waitFor();
    await offer('Clusters', 'Choose Another Kubeconfig').click();
    await leaveQuestion(/Choose Kubeconfig/);
  });

  it('says that it is connecting', async () => {
    cluster.fault = () => 'hang';
    use(cluster.kubeconfig);
    await says('Clusters', /Connecting to the cluster/);
  });

  it('says that the cluster cannot be reached and why, and tries again', async () => {
    cluster.fault = () => 'reset';
    use(`${cluster.kubeconfig}\n`);
    await says('Clusters', /The cluster cannot be reached/);
    await workbench.view('Clusters').locator('.pane-header .description', { hasText: /^fake · ./ }).waitFor();
    await offer('Clusters', 'Try Again').click();
    cluster.fault = () => undefined;
    await says('Clusters', /No database clusters here yet/);
  });

  it('says that nothing is there yet, and offers no backup of nothing', async () => {
    use(cluster.kubeconfig);
    await says('Backup Sets', /no database cluster to back up/);
    await says('Repositories', /No repository/);
    await offer('Clusters', 'Choose Another Context').click();
    await leaveQuestion(/Choose Context/);
  });

  it('offers a backup where there is a cluster and no backup set', async () => {
    cluster.of('cluster').put('orders', { status: { phase: 'Running' } });
    await workbench.line(/^orders,/).waitFor();
    await says('Backup Sets', /Nothing has been backed up yet/);
    await offer('Backup Sets', 'Back Up Now…').click();
    await leaveQuestion(/Back Up Now/);
  });

  it('says what may not be listed, and gives the rule to ask for', async () => {
    cluster.fault = ({ url }) => (/\/clusters$/.test(url.pathname) ? { status: 403 } : undefined);
    use(`${cluster.kubeconfig}\n`);
    await says('Clusters', /You may not list/);
    await says('Backup Sets', /the Clusters view says what is missing/);
    await offer('Clusters', 'Copy the Rule to Ask For').click();
    await workbench.notification(/Copied a role/).waitFor();
  });

  it('says that a cluster has no KubeBlocks, and offers another context', async () => {
    (Object.keys(KINDS) as KindId[]).forEach((kind) => cluster.stopServing(resourceOnLine(kind, '1.0')));
    cluster.stopServing({ ...KINDS.cluster, version: 'v1alpha1' });
    use(cluster.kubeconfig);
    await says('Clusters', /This cluster has no KubeBlocks/);
    await offer('Clusters', 'Choose Another Context').click();
    await leaveQuestion(/Choose Context/);
  });

  it('says that the filter hides everything, and clears it', async () => {
    use(usual);
    await workbench.line(/^orders, PostgreSQL/).waitFor();
    await workbench.runCommand('KubeBlocks Backup: Filter Backup Sets…');
    await workbench.enter(/Filter Backup Sets/, 'nothing-is-called-so');
    await says('Backup Sets', /No backup set matches the filter/);
    await offer('Backup Sets', 'Clear the Filter').click();
    await workbench.line(/^orders, backup sets/).waitFor();
  });
});
