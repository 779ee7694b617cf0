import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionInternals } from '../../src/ui/internals';
import { VIEW_IDS, type ViewId } from '../../src/ui/views/viewIds';
import { eventually, openSideBar } from '../support/editor';
import { editorTarget } from '../support/editorTarget';
import { ScriptedPrompts } from '../support/scriptedPrompts';

const LISTS = ['clusters', 'backups', 'policies', 'schedules', 'repos', 'actionSets', 'restores', 'opsRequests'] as const;

/** What the three views say to each user; where a view has nothing but a refusal, its welcome text says it. */
const SEEN: Readonly<Record<string, Readonly<Record<ViewId, RegExp>>>> = {
  viewer: { 'kubeblocksBackup.clusters': /^$/, 'kubeblocksBackup.backupSets': /orders-before-upgrade/, 'kubeblocksBackup.repositories': /^$/ },
  developer: { 'kubeblocksBackup.clusters': /orders {2}PostgreSQL/, 'kubeblocksBackup.backupSets': /orders-before-upgrade/, 'kubeblocksBackup.repositories': /^$/ },
  nobody: { 'kubeblocksBackup.clusters': /^$/, 'kubeblocksBackup.backupSets': /^$/, 'kubeblocksBackup.repositories': /^$/ },
  // Who sees several namespaces is told which: other tests restore into another one.
  administrator: { 'kubeblocksBackup.clusters': /orders {2}(playground · )?PostgreSQL/, 'kubeblocksBackup.backupSets': /orders-before-upgrade/, 'kubeblocksBackup.repositories': /main-store/ },
};

/** Only the playground has these users; the connection lane has each of their commands. */
(editorTarget().isPlayground ? describe : describe.skip)('a user with few rights in VS Code (of the playground alone)', function () {
  this.timeout(60_000);
  let internals: ExtensionInternals;

  before(async () => {
    internals = await openSideBar();
  });

  after(() => internals.answerWith(undefined));

  for (const [user, seen] of Object.entries(SEEN)) {
    it(`opens every view without a message: ${user}`, async () => {
      const prompts = new ScriptedPrompts();
      internals.answerWith(prompts);
      const context = `${editorTarget().context}${user === 'administrator' ? '' : `-${user}`}`;
      prompts.when(/^Choose Context/, context);
      await vscode.commands.executeCommand('kubeblocksBackup.chooseContext');
      const isListed = (): boolean => {
        const inventory = internals.inventory();
        return inventory?.context === context && LISTS.every((name) => inventory[name].state.state !== 'loading');
      };
      await eventually('every list is read or refused', isListed, 30_000);
      for (const view of VIEW_IDS) {
        await vscode.commands.executeCommand(`${view}.focus`);
        assert.match(internals.treeText(view), seen[view], view);
      }
      assert.deepEqual(prompts.told, []);
    });
  }
});
