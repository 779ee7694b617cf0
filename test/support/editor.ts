import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { addressParts, SCHEME, type DocumentAddress } from '../../src/ui/documents/documentAddress';
import type { CollectionName } from '../../src/kubeblocks/inventory';
import type { ExtensionInternals } from '../../src/ui/internals';
import { EXTENSION_ID } from './extensionId';

/** Opens the side bar, which activates the extension, and waits until it shows the playground's clusters. */
export async function openSideBar(): Promise<ExtensionInternals> {
  await vscode.commands.executeCommand('kubeblocksBackup.clusters.focus');
  const extension = vscode.extensions.getExtension<ExtensionInternals | undefined>(EXTENSION_ID);
  assert.ok(extension, 'the extension is not installed');
  const internals = await extension.activate();
  assert.ok(internals, 'the extension gives its internals only to tests');
  await eventually('the clusters are listed', () => internals.treeText('kubeblocksBackup.clusters', 1).includes('orders'));
  await eventually('their backup sets and repositories are', () => ['backups', 'repos', 'policies', 'schedules'].every((name) => internals.inventory()?.[name as CollectionName].state.state === 'ready'));
  return internals;
}

/** Waits until it is so; fails with what was waited for. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) {
      assert.fail(`never happened within ${limitMs / 1000} s: ${what}`);
    }
    await delay(50);
  }
}

/** The text of one of our documents, as VS Code reads it. */
export async function documentText(address: DocumentAddress): Promise<string> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: SCHEME, ...addressParts(address) }));
  return document.getText();
}
