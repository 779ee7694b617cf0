import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openSideBar } from '../support/editor';

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
    policy = [...(internals.inventory()?.policies.items.values() ?? [])].find(({ metadata }) => metadata.name.startsWith('orders'))?.metadata.name ?? '';
    assert.notEqual(policy, '');
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
    assert.match(vscode.languages.getDiagnostics(document.uri)[0]?.message ?? '', /in cluster kubeblocks-playground/);
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
});
