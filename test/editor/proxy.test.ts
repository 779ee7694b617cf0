import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { parse } from 'yaml';
import type { ExtensionInternals } from '../../src/ui/internals';
import { ConnectProxy } from '../support/connectProxy';
import { eventually, openSideBar } from '../support/editor';
import { editorTarget } from '../support/editorTarget';

interface PlaygroundKubeconfig {
  readonly clusters: readonly [{ readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }];
  readonly users: readonly [{ readonly user: object }];
}

/** A name that only the proxy knows: VS Code leaves servers on this machine alone. */
const HOST = 'cluster.test';

describe('the extension behind a proxy in VS Code', function () {
  this.timeout(60_000);
  let internals: ExtensionInternals;
  let proxy: ConnectProxy;
  let folder: string;
  let port: string;
  let kubeconfig: (cluster?: object) => Promise<string>;

  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration();
  const set = (key: string, value: string | undefined): Thenable<void> => settings().update(key, value, vscode.ConfigurationTarget.Global);

  before(async () => {
    internals = await openSideBar();
    folder = await mkdtemp(path.join(tmpdir(), 'behind-proxy-'));
    const given = parse(await readFile(process.env['KUBECONFIG'] ?? '', 'utf8')) as PlaygroundKubeconfig;
    const [{ cluster }] = given.clusters;
    port = new URL(cluster.server).port;
    proxy = await ConnectProxy.start(Number(port));
    kubeconfig = async (more = {}) => {
      const file = path.join(folder, `${Object.keys(more).join('-')}config.yaml`);
      const behind = { ...cluster, server: `https://${HOST}:${port}`, 'tls-server-name': 'localhost', ...more };
      const text = { 'current-context': 'behind', clusters: [{ name: 'c', cluster: behind }], users: [{ name: 'u', user: given.users[0].user }], contexts: [{ name: 'behind', context: { cluster: 'c', user: 'u' } }] };
      await writeFile(file, JSON.stringify(text));
      return file;
    };
  });

  afterEach(async () => {
    await set('http.proxy', undefined);
    await set('kubeblocksBackup.kubeconfig', undefined);
  });

  after(async () => {
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
    await eventually('the cluster is shown again', () => internals.inventory()?.context === editorTarget().context && internals.inventory()?.clusters.state.state === 'ready');
  });

  const showsClusters = (): boolean => internals.inventory()?.context === 'behind' && internals.treeText('kubeblocksBackup.clusters', 1).includes('orders');

  it('goes through the one that VS Code was told to use, and still checks the server by the authority of the kubeconfig', async () => {
    await set('http.proxy', proxy.url);
    await set('kubeblocksBackup.kubeconfig', await kubeconfig());
    await eventually('the clusters are listed through it', showsClusters, 30_000);
    assert.ok(proxy.asked.includes(`${HOST}:${port}`));
  });

  it("goes through the kubeconfig's own, which VS Code does not replace", async () => {
    const before = proxy.asked.length;
    await set('kubeblocksBackup.kubeconfig', await kubeconfig({ 'proxy-url': proxy.url }));
    await eventually('the clusters are listed through it', showsClusters, 30_000);
    assert.ok(proxy.asked.length > before);
  });
});
