import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { parse } from 'yaml';
import type { ExtensionInternals } from '../../src/ui/internals';
import { eventually, openSideBar } from '../support/editor';
import { editorTarget } from '../support/editorTarget';

interface GivenKubeconfig {
  readonly clusters: readonly [{ readonly cluster: object }];
  readonly users: readonly [{ readonly user: object }];
}

describe('a kubeconfig that changes while it is open in VS Code', function () {
  this.timeout(90_000);
  let internals: ExtensionInternals;
  let folder: string;
  let file: string;
  let write: (current: string, ...contexts: readonly string[]) => Promise<void>;

  const use = (value: string | undefined): Thenable<void> => vscode.workspace.getConfiguration('kubeblocksBackup').update('kubeconfig', value, vscode.ConfigurationTarget.Global);
  const shows = (context: string): boolean => internals.inventory()?.context === context && internals.treeText('kubeblocksBackup.clusters', 1).includes('orders');

  before(async () => {
    internals = await openSideBar();
    folder = await mkdtemp(path.join(tmpdir(), 'changing-kubeconfig-'));
    file = path.join(folder, 'config');
    const given = parse(await readFile(process.env['KUBECONFIG'] ?? '', 'utf8')) as GivenKubeconfig;
    write = (current, ...contexts) =>
      writeFile(
        file,
        JSON.stringify({
          'current-context': current,
          clusters: [{ name: 'c', cluster: given.clusters[0].cluster }],
          users: [{ name: 'u', user: given.users[0].user }],
          contexts: contexts.map((name) => ({ name, context: { cluster: 'c', user: 'u' } })),
        }),
      );
    await write('first', 'first', 'second');
    await use(file);
    await eventually('the first context is shown', () => shows('first'), 30_000);
  });

  after(async () => {
    await use(undefined);
    await rm(folder, { recursive: true, force: true });
    await eventually('the cluster is shown again', () => internals.inventory()?.context === editorTarget().context && internals.inventory()?.clusters.state.state === 'ready');
  });

  it('is followed to the context that another program makes current', async () => {
    await write('second', 'first', 'second');
    await eventually('the second context is shown', () => shows('second'), 30_000);
  });

  it('is said to be broken, and shown again once it is mended', async () => {
    await writeFile(file, 'clusters: [\n');
    await eventually('it is said to be broken', () => internals.connection() === 'unusable', 30_000);
    assert.equal(internals.treeText('kubeblocksBackup.clusters', 1).includes('orders'), false);
    await write('first', 'first', 'second');
    await eventually('the first context is shown', () => shows('first'), 30_000);
  });

  it('is read again once it was removed and made anew', async () => {
    await rm(file);
    await eventually('nothing is connected', () => internals.connection() === 'noKubeconfig' || internals.connection() === 'unusable', 30_000);
    await write('second', 'second');
    await eventually('the second context is shown', () => shows('second'), 30_000);
  });
});
