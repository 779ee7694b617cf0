import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { createBrowserVscode } from '../support/browserVscode';

const ROOT = path.join(__dirname, '..', '..');
const WRONG = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata:\n  name: a\n  namespace: b\nspec:\n  backupPolicyName: p\n  backupMethod: m\n  retentionPeriod: 7 days\n';

/** What a worker of a browser has of what the bundle could ask for; nothing of Node. */
const WORKER = { TextDecoder, TextEncoder, URL, URLSearchParams, AbortController, AbortSignal, setTimeout, clearTimeout, queueMicrotask, performance, console };

interface Build {
  readonly buildParts: (folder: string) => Promise<readonly string[]>;
  readonly buildBrowser: (folder: string, parts: readonly string[]) => Promise<void>;
  readonly buildLibraries: (folder: string) => Promise<void>;
}

interface Bundle {
  activate(context: { readonly extensionUri: unknown; readonly subscriptions: { dispose(): void }[] }): void;
}

describe('The extension for the browser', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'kubeblocks-browser-'));
  let code: string;

  after(() => rmSync(folder, { recursive: true }));

  before(async () => {
    const { browser } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { readonly browser: string };
    assert.equal(browser, './dist/browser/extension.js');
    const { buildParts, buildBrowser, buildLibraries } = (await import('../../esbuild.js')) as unknown as Build;
    await Promise.all([buildParts(folder).then((parts) => buildBrowser(folder, parts)), buildLibraries(folder)]);
    code = readFileSync(path.join(folder, 'browser', 'extension.js'), 'utf8');
  });

  const start = (): { readonly vscode: ReturnType<typeof createBrowserVscode>; readonly subscriptions: { dispose(): void }[] } => {
    const vscode = createBrowserVscode({ schemas: path.join(ROOT, 'schemas'), dist: folder });
    const asked: string[] = [];
    const module: { exports: Partial<Bundle> } = { exports: {} };
    const require = (name: string): unknown => {
      asked.push(name);
      if (name !== 'vscode') throw new Error(`a browser has no ${name}`);
      return vscode.api;
    };
    const global = vm.createContext({ ...WORKER, module, exports: module.exports, require });
    global['self'] = global;
    vm.runInContext(code, global);
    const subscriptions: { dispose(): void }[] = [];
    module.exports.activate?.({ extensionUri: vscode.api.Uri.parse('https://example.test/extension'), subscriptions });
    assert.deepEqual([...new Set(asked)], ['vscode']);
    return { vscode, subscriptions };
  };

  it('asks for vscode alone, and finds what is wrong', async () => {
    const { vscode, subscriptions } = start();
    const found = await vscode.firstProblems('vscode-vfs://github/orders/backup.yaml', WRONG);
    assert.deepEqual([...found].map((each) => ({ ...each })), [{ code: 'KB-S002', line: 8, character: 19 }]);
    subscriptions.forEach((each) => each.dispose());
  });

  it('offers whole manifests, and no lens that needs a cluster', async () => {
    const { vscode, subscriptions } = start();
    assert.ok((await vscode.completions('vscode-vfs://github/orders/new.yaml', 'sched')).includes('Scheduled backup'));
    await vscode.firstProblems('vscode-vfs://github/orders/backup.yaml', WRONG);
    assert.deepEqual(await vscode.lenses('vscode-vfs://github/orders/backup.yaml'), []);
    subscriptions.forEach((each) => each.dispose());
  });
});
