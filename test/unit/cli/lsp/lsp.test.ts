import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manyManifests } from '../../../bench/manyManifests';
import { JSONRPCEndpoint, LspClient } from 'ts-lsp-client';

interface Published {
  readonly uri: string;
  readonly version: number;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: number;
    readonly message: string;
    readonly range: { readonly start: Place; readonly end: Place };
    readonly codeDescription: { readonly href: string };
    readonly relatedInformation?: readonly { readonly location: { readonly uri: string } }[];
  }[];
}

interface Place {
  readonly line: number;
  readonly character: number;
}

const URI = 'untitled:backup.yaml';
const BACKUP = `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Backup
metadata:
  name: orders-1
  namespace: payments
spec:
  backupPolicyName: orders
  backupMethod: full
  retentionPeriod: 7 days
`;

/** Driven by the client of another project (ts-lsp-client). */
describe('the language server', function () {
  this.timeout(60_000);
  let folder: string;
  let server: ChildProcessWithoutNullStreams;
  let endpoint: JSONRPCEndpoint;
  let client: LspClient;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubeblocks-backup-lsp-'));
    server = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'lsp', '--stdio']);
    endpoint = new JSONRPCEndpoint(server.stdin, server.stdout);
    client = new LspClient(endpoint);
  });

  afterEach(() => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  async function start(initializationOptions: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const { capabilities } = await client.initialize({
      processId: process.pid,
      capabilities: {},
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'manifests' }],
      initializationOptions,
    });
    client.initialized();
    return { ...capabilities };
  }

  /** Resolves with the first diagnostics from here on of which it is so. */
  function published(isIt: (found: Published) => boolean): Promise<Published> {
    return new Promise((resolve) => {
      const look = (found: Published): void => {
        if (!isIt(found)) return;
        endpoint.off('textDocument/publishDiagnostics', look);
        resolve(found);
      };
      endpoint.on('textDocument/publishDiagnostics', look);
    });
  }

  const codesOf = ({ diagnostics }: Published): string => diagnostics.map(({ code }) => code).join(' ');

  function open(text: string, isIt: (found: Published) => boolean): Promise<Published> {
    const coming = published(isIt);
    client.didOpen({ textDocument: { uri: URI, languageId: 'yaml', version: 1, text } });
    return coming;
  }

  it('shows what is wrong where it is wrong, and follows what is typed', async () => {
    await start();
    const { diagnostics } = await open(BACKUP, ({ version }) => version === 1);
    assert.deepEqual(
      diagnostics.map(({ code, severity, range: { start, end } }) => [code, severity, start, end]),
      [['KB-S002', 1, { line: 8, character: 19 }, { line: 8, character: 25 }]],
    );
    assert.match(diagnostics[0]?.codeDescription.href ?? '', /\/docs\/rules\/KB-S002\.md$/);
    const mended = published(({ version }) => version === 2);
    endpoint.notify('textDocument/didChange', {
      textDocument: { uri: URI, version: 2 },
      contentChanges: [{ range: { start: { line: 8, character: 20 }, end: { line: 8, character: 25 } }, text: 'd' }],
    });
    assert.deepEqual((await mended).diagnostics, []);
  });

  it('judges a large text in turns: a small one that is opened after it is done first, and what is overtaken is never shown', async () => {
    await start();
    const large = pathToFileURL(join(folder, 'large.yaml')).href;
    const shown: string[] = [];
    endpoint.on('textDocument/publishDiagnostics', ({ uri, version }: Published) => shown.push(`${uri === large ? 'large' : 'small'} ${version}`));
    const whole = published(({ uri, version }) => uri === large && version === 2);
    client.didOpen({ textDocument: { uri: large, languageId: 'yaml', version: 1, text: manyManifests(1000) } });
    await open(BACKUP, ({ uri }) => uri === URI);
    endpoint.notify('textDocument/didChange', { textDocument: { uri: large, version: 2 }, contentChanges: [{ text: `${manyManifests(1000)}---\n${BACKUP}` }] });
    assert.deepEqual((await whole).diagnostics.map(({ code }) => code), ['KB-S002']);
    assert.deepEqual(shown, ['small 1', 'large 2']);
  });

  it('follows the settings of the client', async () => {
    await start({ rules: { 'KB-S002': 'hint' } });
    assert.equal((await open(BACKUP, (found) => codesOf(found) !== '')).diagnostics[0]?.severity, 4);
    const silenced = published((found) => codesOf(found) === '');
    endpoint.notify('workspace/didChangeConfiguration', { settings: { kubeblocksBackup: { rules: { 'KB-S002': 'off' } } } });
    assert.equal((await silenced).uri, URI);
  });

  it('knows the other files of the folder', async () => {
    const policy = join(folder, 'policy.yaml');
    writeFileSync(policy, 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: orders, namespace: payments}\nspec: {backupMethods: [{name: full}], target: {}}\n');
    await start();
    const text = BACKUP.replace('7 days', '7d').replace('backupMethod: full', 'backupMethod: fuel');
    const { diagnostics } = await open(text, (found) => codesOf(found) === 'KB-B001');
    assert.ok(diagnostics[0]);
    assert.match(diagnostics[0].message, /policy\.yaml/);
    assert.equal(diagnostics[0].relatedInformation?.[0]?.location.uri, pathToFileURL(policy).href);
  });

  it('tells nothing as missing of a patch that a kustomization of the folder names', async () => {
    writeFileSync(join(folder, 'kustomization.yaml'), 'patches: [{path: backup.yaml}]\n');
    await start();
    const uri = pathToFileURL(join(folder, 'backup.yaml')).href;
    const found = published((each) => each.uri === uri && codesOf(each) === 'schema/unknown-field KB-S002');
    client.didOpen({ textDocument: { uri, languageId: 'yaml', version: 1, text: BACKUP.replace('backupMethod', 'backupMethd').replace(/ {2}backupPolicy.*\n/, '') } });
    assert.equal((await found).uri, uri);
  });

  it('completes, explains, goes to where a name is written, finds its uses, outlines and mends', async () => {
    await start();
    const policy = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: orders, namespace: payments}\nspec: {backupMethods: [{name: full}], target: {}}\n';
    const text = `${BACKUP.replace('7 days', '7d').replace('backupMethod: full', 'backupMethod: fuel')}---\n${policy}`;
    await open(text, (found) => codesOf(found) !== '');
    const ask = (method: string, line: number, character: number, more: object = {}): PromiseLike<unknown> => endpoint.send(method, { textDocument: { uri: URI }, position: { line, character }, ...more });
    const items = (await ask('textDocument/completion', 7, 16)) as readonly { readonly label: string; readonly textEdit: { readonly newText: string; readonly range: object } }[];
    const item = items.find(({ label }) => label === 'full');
    assert.deepEqual(item?.textEdit, { newText: 'full', range: { start: { line: 7, character: 16 }, end: { line: 7, character: 20 } } });
    const resolved = (await endpoint.send('completionItem/resolve', item)) as { readonly label: string };
    assert.equal(resolved.label, 'full');
    const hovered = (await ask('textDocument/hover', 8, 4)) as { readonly contents: { readonly value: string } };
    assert.match(hovered.contents.value, /retentionPeriod/);
    assert.deepEqual(await ask('textDocument/definition', 6, 21), [{ uri: URI, range: { start: { line: 12, character: 17 }, end: { line: 12, character: 23 } } }]);
    const uses = (await ask('textDocument/references', 6, 21, { context: { includeDeclaration: true } })) as readonly { readonly range: { readonly start: Place } }[];
    assert.deepEqual(uses.map(({ range }) => range.start.line).toSorted((a, b) => a - b), [6, 12]);
    const renamed = (await ask('textDocument/rename', 6, 21, { newName: 'ours' })) as { readonly changes: Readonly<Record<string, readonly object[]>> };
    assert.equal(renamed.changes[URI]?.length, 2);
    const actions = (await endpoint.send('textDocument/codeAction', { textDocument: { uri: URI }, range: { start: { line: 7, character: 17 }, end: { line: 7, character: 17 } }, context: { diagnostics: [] } })) as readonly { readonly title: string; readonly isPreferred: boolean }[];
    assert.deepEqual(actions.map(({ title, isPreferred }) => [title, isPreferred]), [['Change to full', true]]);
    const outline = (await endpoint.send('textDocument/documentSymbol', { textDocument: { uri: URI } })) as readonly unknown[];
    assert.equal(outline.length, 2);
    const folded = (await endpoint.send('textDocument/foldingRange', { textDocument: { uri: URI } })) as readonly { readonly startLine: number }[];
    assert.ok(folded.some(({ startLine }) => startLine === 5));
  });

  it('mends all at once, also what the first round of fixes uncovers', async () => {
    await start();
    await open(BACKUP.replace('retentionPeriod: 7 days', 'retentionPeriodd: 7 days'), ({ uri }) => uri === URI);
    const [every, ...others] = (await endpoint.send('textDocument/codeAction', { textDocument: { uri: URI }, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, context: { diagnostics: [], only: ['source.fixAll'] } })) as readonly { readonly edit: { readonly changes: Readonly<Record<string, readonly { readonly newText: string }[]>> } }[];
    assert.deepEqual([every?.edit.changes[URI]?.map(({ newText }) => newText.includes('retentionPeriod: 7d\n')), others], [[true], []]);
  });

  it('offers whole manifests in a text that holds nothing yet', async () => {
    await start();
    client.didOpen({ textDocument: { uri: URI, languageId: 'yaml', version: 1, text: 'sched' } });
    const items = (await endpoint.send('textDocument/completion', { textDocument: { uri: URI }, position: { line: 0, character: 5 } })) as readonly { readonly label: string; readonly insertTextFormat: number; readonly textEdit: { readonly range: object } }[];
    const item = items.find(({ label }) => label === 'Scheduled backup');
    assert.deepEqual([item?.insertTextFormat, item?.textEdit.range], [2, { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } }]);
  });

  it('ends when it is told to', async () => {
    await start();
    const ended = once(server, 'exit');
    await client.shutdown();
    client.exit();
    assert.deepEqual(await ended, [0, null]);
  });
});
