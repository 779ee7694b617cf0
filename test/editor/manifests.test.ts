import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openSideBar } from '../support/editor';
import { editorTarget } from '../support/editorTarget';

const BACKUP = `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Backup
metadata:
  name: orders-by-hand
  namespace: playground
spec:
  backupPolicyName: %POLICY%
  backupMethod: pg-basebackup
  retentionPeriod: 7 days
`;

describe('manifests in VS Code', function () {
  this.timeout(60_000);
  let policy: string;

  before(async () => {
    const internals = await openSideBar();
    const policies = (): readonly string[] => [...(internals.inventory()?.policies.items.values() ?? [])].map(({ metadata }) => metadata.name);
    const isComplete = (): boolean => internals.inventory()?.policies.state.state === 'ready';
    await eventually('the policies are listed', () => isComplete() && policies().some((name) => name.startsWith('orders')));
    policy = policies().find((name) => name.startsWith('orders')) ?? '';
  });

  const manifest = (text = BACKUP): string => text.replace('%POLICY%', policy);
  const problems = (document: vscode.TextDocument): readonly string[] =>
    vscode.languages.getDiagnostics(document.uri).map((diagnostic) => {
      const { start, end } = diagnostic.range;
      const code = typeof diagnostic.code === 'object' ? String(diagnostic.code.value) : '';
      return `${start.line + 1}:${start.character + 1}-${end.character + 1} ${code} ${vscode.DiagnosticSeverity[diagnostic.severity]}`;
    });
  const open = (content: string, language = 'yaml'): Thenable<vscode.TextDocument> => vscode.workspace.openTextDocument({ language, content });
  const replace = async (document: vscode.TextDocument, from: string, to: string): Promise<void> => {
    const at = document.getText().indexOf(from);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
  };

  it('shows what is wrong where it is wrong, with a link to the rule, until it is right', async () => {
    const document = await open(manifest());
    await eventually('the problem is shown', () => problems(document).length > 0);
    assert.deepEqual(problems(document), ['9:20-26 KB-S002 Error']);
    const [{ code, source } = {}] = vscode.languages.getDiagnostics(document.uri);
    assert.equal(source, 'KubeBlocks');
    assert.match(String((code as { readonly target: vscode.Uri }).target), /\/docs\/rules\/KB-S002\.md$/);
    await replace(document, '7 days', '7d');
    await eventually('the problem is gone', () => problems(document).length === 0);
  });

  it('judges by what the connected cluster holds', async () => {
    const document = await open(manifest().replace('7 days', '7d').replace('pg-basebackup', 'pg-basebakup'));
    await eventually('the problem is shown', () => problems(document).length > 0);
    assert.deepEqual(problems(document), ['8:17-29 KB-B001 Error']);
    assert.ok(vscode.languages.getDiagnostics(document.uri)[0]?.message.includes(`in cluster ${editorTarget().context}`));
  });

  it('follows the severities of the settings', async () => {
    const document = await open(manifest());
    await eventually('the problem is shown', () => problems(document).length > 0);
    const settings = vscode.workspace.getConfiguration('kubeblocksBackup');
    try {
      await settings.update('rules', { 'KB-S002': 'warning' }, vscode.ConfigurationTarget.Global);
      await eventually('it is a warning', () => problems(document)[0] === '9:20-26 KB-S002 Warning');
      await settings.update('rules', { 'KB-S002': 'off' }, vscode.ConfigurationTarget.Global);
      await eventually('it is gone', () => problems(document).length === 0);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('judges by the line that the settings name', async () => {
    const document = await open('apiVersion: apps.kubeblocks.io/v1alpha1\nkind: OpsRequest\nmetadata:\n  name: orders-stop\nspec:\n  clusterRef: orders\n  type: Stop\n');
    await eventually('1.0 has it elsewhere', () => problems(document).some((problem) => problem.includes('schema/')));
    const settings = vscode.workspace.getConfiguration('kubeblocksBackup');
    try {
      await settings.update('kubeblocksVersion', '0.8', vscode.ConfigurationTarget.Global);
      await eventually('0.8 has it there', () => problems(document).length === 0);
    } finally {
      await settings.update('kubeblocksVersion', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('says nothing about other manifests, nor about other languages', async () => {
    const [pod, plain, wrong] = await Promise.all([open('apiVersion: v1\nkind: Pod\nspec: {nonsense: true}\n'), open(manifest(), 'plaintext'), open(manifest())]);
    await eventually('the problem is shown', () => problems(wrong).length > 0);
    assert.deepEqual([...problems(pod), ...problems(plain)], []);
  });

  it('offers the fix of a problem, and comments that silence it', async () => {
    const document = await open(manifest().replace('7 days', '7d').replace('pg-basebackup', 'pg-basebakup'));
    await eventually('the problem is shown', () => problems(document).length > 0);
    const [{ range } = { range: new vscode.Range(0, 0, 0, 0) }] = vscode.languages.getDiagnostics(document.uri);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
    const ours = actions.filter(({ title }) => /^(?:Change to|Ignore) /.test(title));
    assert.deepEqual(
      ours.map(({ title, isPreferred }) => [title, isPreferred === true]),
      [
        ['Change to pg-basebackup', true],
        ['Ignore KB-B001 on this line', false],
        ['Ignore KB-B001 in this file', false],
      ],
    );
    assert.ok(ours[0]?.edit);
    await vscode.workspace.applyEdit(ours[0].edit);
    assert.match(document.getText(), /backupMethod: pg-basebackup\n/);
    await eventually('the problem is gone', () => problems(document).length === 0);
  });

  it('fixes everything at once', async () => {
    const document = await open(manifest().replace('7 days', '7d').replace('pg-basebackup', 'pg-basebakup').replace('backupPolicyName', 'backupPolicyNam'));
    await eventually('the problem is shown', () => problems(document).length > 0);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, whole, 'source.fixAll.kubeblocksBackup');
    assert.equal(actions.length, 1);
    assert.ok(actions[0]?.edit);
    await vscode.workspace.applyEdit(actions[0].edit);
    assert.match(document.getText(), /backupPolicyName: /);
    assert.match(document.getText(), /backupMethod: pg-basebackup\n/, 'what the name of the policy brought to light is mended, too');
  });

  const at = (document: vscode.TextDocument, text: string, offset = text.length): vscode.Position => document.positionAt(document.getText().indexOf(text) + offset);

  it('completes a method from what the connected cluster has, and says where it is from', async () => {
    const document = await open(manifest().replace('pg-basebackup', 'pg'));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at(document, 'backupMethod: pg'), undefined, 5);
    const item = items.find(({ label }) => label === 'pg-basebackup');
    assert.ok(item, items.map(({ label }) => (typeof label === 'string' ? label : label.label)).join(' '));
    assert.equal(item.insertText, 'pg-basebackup');
    const { range } = item;
    assert.ok(range instanceof vscode.Range);
    assert.equal(document.getText(range), 'pg');
  });

  it('offers whole manifests in a text that holds nothing yet', async () => {
    const document = await open('# mine\nsched');
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, document.positionAt(document.getText().length), undefined, 50);
    const item = items.find(({ label }) => label === 'Scheduled backup');
    assert.ok(item?.insertText instanceof vscode.SnippetString);
    assert.match(item.insertText.value, /^apiVersion: dataprotection\.kubeblocks\.io\/v1alpha1\nkind: BackupSchedule\n/);
    assert.ok(item.range instanceof vscode.Range);
    assert.equal(document.getText(item.range), 'sched');
    const other = await open('on: push\njobs');
    const elsewhere = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', other.uri, other.positionAt(other.getText().length));
    assert.equal(elsewhere.items.some(({ label }) => label === 'Scheduled backup'), false);
  });

  it('completes the head of a text that holds no more, each thing once', async () => {
    const offered = async (content: string): Promise<readonly vscode.CompletionItem[]> => {
      const document = await open(content);
      return (await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, document.positionAt(content.length))).items;
    };
    const counted = async (content: string, wanted: string): Promise<number> => (await offered(content)).filter(({ label }) => label === wanted).length;
    assert.equal(await counted('kind: Backu', 'BackupPolicy'), 1);
    assert.equal(await counted('kind: OpsRequest\napiVersion: ', 'operations.kubeblocks.io/v1alpha1'), 1);
    assert.equal(await counted('# see kubeblocks.io\nsched', 'Scheduled backup'), 1);
    assert.equal(await counted('apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backu', 'BackupPolicy'), 1);
  });

  it('goes on to the value of a key that was completed', async () => {
    const document = await open(manifest().replace('backupMethod: pg-basebackup', 'backupMet'));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at(document, 'backupMet'), undefined, 5);
    assert.equal(items.find(({ label }) => label === 'backupMethod')?.command?.command, 'editor.action.triggerSuggest');
    const values = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at(document, 'backupPolicyName: '), undefined, 5);
    assert.equal(values.items.find(({ label }) => label === policy)?.command, undefined);
  });

  it('explains a field', async () => {
    const document = await open(manifest());
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at(document, 'retentionPeriod', 3));
    const text = hovers.flatMap(({ contents }) => contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))).join('\n');
    assert.match(text, /retentionPeriod/);
  });

  it('goes from a name to where it is written, finds its uses, and renames them', async () => {
    const POLICY = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata:\n  name: mine\n  namespace: elsewhere\nspec:\n  target: {}\n  backupMethods:\n    - name: full\n      snapshotVolumes: true\n';
    const document = await open(`${BACKUP.replace('%POLICY%', 'mine').replace('playground', 'elsewhere')}---\n${POLICY}`);
    const cursor = at(document, 'backupPolicyName: mi');
    const definitions = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, cursor);
    assert.deepEqual(definitions.map(({ range }) => document.getText(range)), ['mine']);
    assert.equal(definitions[0]?.range.start.line, 13);
    const uses = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, cursor);
    assert.deepEqual(uses.map(({ range }) => range.start.line).toSorted((a, b) => a - b), [6, 13]);
    const renamed = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, cursor, 'ours');
    await vscode.workspace.applyEdit(renamed);
    assert.equal(document.getText().match(/\bours\b/g)?.length, 2);
  });

  it('outlines the objects of a file', async () => {
    const document = await open(manifest());
    await eventually('it is outlined', async () => {
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', document.uri);
      return symbols?.some(({ name, detail }) => `${name} ${detail}`.includes('orders-by-hand')) === true;
    });
  });
});
