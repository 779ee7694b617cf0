import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { KINDS } from '../../src/kubeblocks/kinds';
import type { ExtensionInternals } from '../../src/ui/internals';
import { eventually, openSideBar } from '../support/editor';
import { editorTarget } from '../support/editorTarget';
import { ScriptedPrompts } from '../support/scriptedPrompts';

const CONTEXT = editorTarget().context;
const REPO = 'lens-store';
const POLICY = `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: BackupPolicy
metadata:
  name: by-hand
  namespace: playground
spec:
  target:
    podSelector:
      matchLabels:
        app: ${REPO}
  backupMethods:
    - name: snap
      snapshotVolumes: true
      targetVolumes:
        volumes:
          - data
`;

describe('Commands on manifests in VS Code', function () {
  this.timeout(60_000);
  let internals: ExtensionInternals;
  let prompts: ScriptedPrompts;

  before(async () => {
    internals = await openSideBar();
  });
  beforeEach(() => {
    prompts = new ScriptedPrompts();
    internals.answerWith(prompts);
  });
  afterEach(() => internals.answerWith(undefined));

  const open = async (content: string, at = 'spec'): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    const editor = await vscode.window.showTextDocument(document);
    const cursor = document.positionAt(content.indexOf(at));
    editor.selection = new vscode.Selection(cursor, cursor);
    return document;
  };
  const lenses = async (document: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 20);
  const titles = async (document: vscode.TextDocument): Promise<readonly string[]> => (await lenses(document)).map(({ command }) => command?.title ?? '');
  const known = (): readonly string[] => [...(internals.inventory()?.policies.items.values() ?? [])].map(({ metadata }) => metadata.name);
  const told = (): readonly string[] => prompts.told.map(({ message }) => message);

  it('puts lenses above each manifest, and none where the settings say so', async () => {
    const document = await open(`${POLICY}---\n${POLICY.replace('by-hand', 'by-hand-2')}`);
    await eventually('the lenses are there', async () => (await lenses(document)).length > 0);
    assert.deepEqual(await titles(document), ['Apply…', 'Diff Against Cluster', 'Apply…', 'Diff Against Cluster']);
    assert.deepEqual([...new Set((await lenses(document)).map(({ range }) => range.start.line))], [0, 17]);
    const settings = vscode.workspace.getConfiguration('kubeblocksBackup');
    try {
      await settings.update('manifests.codeLenses', false, vscode.ConfigurationTarget.Global);
      await eventually('they are gone', async () => (await lenses(document)).length === 0);
    } finally {
      await settings.update('manifests.codeLenses', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('applies the manifest of a lens, shows its phase, changes it after a diff, and deletes it', async () => {
    const document = await open(POLICY);
    await eventually('the lenses are there', async () => (await lenses(document)).length > 0);
    const [apply] = await lenses(document);
    await vscode.commands.executeCommand(apply?.command?.command ?? '', ...((apply?.command?.arguments ?? []) as readonly unknown[]));
    assert.deepEqual(told(), [`Applied to ${CONTEXT}: BackupPolicy by-hand.`]);
    assert.equal(prompts.picks[0]?.choices[0]?.description, `${CONTEXT}, namespace playground`);
    await eventually('the cluster has it', () => known().includes('by-hand'));
    await eventually('a lens says so', async () => (await titles(document)).some((title) => title.endsWith(`in ${CONTEXT}`)));

    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(6, 0), '  backoffLimit: 3\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('kubeblocksBackup.diffManifest');
    await eventually('the diff editor is open', () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
    const { original, modified } = vscode.window.tabGroups.activeTabGroup.activeTab?.input as vscode.TabInputTextDiff;
    const [before, after] = await Promise.all([original, modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()));
    assert.equal(after, before?.replace('backoffLimit: 2', 'backoffLimit: 3'));
    assert.doesNotMatch(before ?? '', /status|managedFields|resourceVersion/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');

    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('kubeblocksBackup.deleteManifest');
    assert.match(prompts.confirmed[0]?.detail ?? '', new RegExp(`BackupPolicy by-hand in namespace playground\n\nContext ${CONTEXT}`));
    await eventually('the cluster has it no more', () => !known().includes('by-hand'));
  });

  it('refuses what is wrong, and sends nothing', async () => {
    await open(POLICY.replace('spec:\n', 'spec:\n  taget: {}\n'));
    await vscode.commands.executeCommand('kubeblocksBackup.applyManifest');
    assert.match(told()[0] ?? '', /^Nothing was applied: .* in line 7: .*taget/s);
    assert.ok(!known().includes('by-hand'));
  });

  it('changes nothing in a read-only context', async () => {
    await open(POLICY);
    const settings = vscode.workspace.getConfiguration('kubeblocksBackup');
    try {
      await settings.update('contexts.readOnly', [CONTEXT], vscode.ConfigurationTarget.Global);
      await vscode.commands.executeCommand('kubeblocksBackup.applyManifest');
      assert.match(told()[0] ?? '', new RegExp(`^${CONTEXT} was not changed`));
    } finally {
      await settings.update('contexts.readOnly', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('converts a file after showing the difference', async () => {
    const document = await open('apiVersion: apps.kubeblocks.io/v1alpha1\nkind: OpsRequest\nmetadata:\n  name: orders-stop\nspec:\n  clusterRef: orders\n  type: Stop\n');
    prompts.when(/Convert/, 'KubeBlocks 1.0');
    await vscode.commands.executeCommand('kubeblocksBackup.convertManifest');
    assert.ok(vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputTextDiff)));
    assert.equal(document.getText(), `apiVersion: ${KINDS.opsRequest.group}/v1alpha1\nkind: OpsRequest\nmetadata:\n  name: orders-stop\nspec:\n  clusterName: orders\n  type: Stop\n`);
  });
});
