import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionInternals } from '../../src/ui/internals';
import type { ObjectRef } from '../../src/ui/objectRef';
import { buildTree } from '../../src/ui/views/buildTree';
import { toTreeItem } from '../../src/ui/views/treeItem';
import type { TreeNode } from '../../src/ui/views/treeNode';
import { openLineCommand, VIEW_IDS } from '../../src/ui/views/viewIds';
import { eventually, openSideBar } from '../support/editor';
import { ScriptedPrompts } from '../support/scriptedPrompts';

const OPTIONS = { groupBy: 'cluster', filter: '', pages: () => 1 } as const;

describe('the lines of the views in VS Code', function () {
  this.timeout(60_000);
  let internals: ExtensionInternals;
  let prompts: ScriptedPrompts;

  before(async () => {
    internals = await openSideBar();
    prompts = new ScriptedPrompts();
    internals.answerWith(prompts);
  });

  after(() => internals.answerWith(undefined));

  const activeTab = (): string | undefined => vscode.window.tabGroups.activeTabGroup.activeTab?.label;
  const backup = (name: string): ObjectRef => ({ kind: 'backup', namespace: 'playground', name });
  const completed = (): string => {
    const found = [...(internals.inventory()?.backups.items.values() ?? [])].find(({ status }) => status?.phase === 'Completed');
    assert.ok(found, 'a backup set is completed');
    return found.metadata.name;
  };

  it('run a command that is registered, and give VS Code no argument to keep', async () => {
    const registered = await vscode.commands.getCommands(true);
    const inventory = internals.inventory();
    assert.ok(inventory);
    for (const view of VIEW_IDS) {
      const nodes = buildTree(view, inventory, { ...OPTIONS, rightsIn: () => undefined }, { now: Date.now(), timeZone: 'UTC' }).flatMap(opened);
      const commands = nodes.flatMap(({ command }, index) => (command === undefined ? [] : [toTreeItem(nodes[index] as TreeNode, openLineCommand(view)).command]));
      assert.ok(commands.length > 0, view);
      commands.forEach((command) => assert.deepEqual(command, { title: command?.title, command: openLineCommand(view) }));
      assert.ok(registered.includes(openLineCommand(view)));
    }
  });

  it('open what is selected', async () => {
    const name = completed();
    await eventually('its page is in front', async () => {
      if (activeTab() === `Preview ${name}.md`) return true;
      // A cluster that lives draws its lines anew, now and then between the two.
      await vscode.commands.executeCommand('kubeblocksBackup.revealInTree', backup(name));
      await vscode.commands.executeCommand(openLineCommand('kubeblocksBackup.backupSets'));
      return false;
    });
  });

  it('are revealed in a view that is hidden and has let its lines go', async () => {
    const name = completed();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.view.explorer');
    const before = internals.inventory();
    await vscode.commands.executeCommand('kubeblocksBackup.refresh');
    await eventually('something changed meanwhile', () => internals.inventory() !== before && internals.inventory()?.backups.state.state === 'ready');
    await vscode.commands.executeCommand('kubeblocksBackup.revealInTree', backup(name));
    await vscode.commands.executeCommand(openLineCommand('kubeblocksBackup.backupSets'));
    await eventually('the revealed line is the selected one', () => activeTab() === `Preview ${name}.md`);
    assert.deepEqual(prompts.told, []);
  });
});

function opened(node: TreeNode): readonly TreeNode[] {
  return [node, ...(node.children?.() ?? []).flatMap(opened)];
}
