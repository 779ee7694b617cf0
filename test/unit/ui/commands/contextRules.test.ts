import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { CommandId } from '../../../../src/ui/commands/commandIds';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, anInventory, aPolicy, aRepo, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp, type TestAppOptions } from '../../../support/testApp';

const annotations = {
  'kubeblocks.io/cluster-snapshot': JSON.stringify({ metadata: { name: 'orders-pg', namespace: NAMESPACE }, spec: { componentSpecs: [{ name: 'postgresql' }] } }),
};
const backup = aBackup('full-1', '09:12:44', { metadata: { annotations } });
const CLUSTER: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };
const BACKUP: ObjectRef = { kind: 'backup', namespace: NAMESPACE, name: 'full-1' };

/** Every command that changes a cluster, with what it changes. */
const CHANGING: readonly [CommandId, ObjectRef, RegExp, string][] = [
  ['kubeblocksBackup.backUpNow', CLUSTER, /^Back Up orders-pg/, 'create Backup'],
  ['kubeblocksBackup.restore', BACKUP, /^Restore orders-pg/, 'create OpsRequest'],
  ['kubeblocksBackup.deleteBackupSet', BACKUP, /^Delete Backup Set/, 'delete Backup'],
];

function stage(rules: TestAppOptions['rules']): TestApp {
  const inventory = anInventory({ clusters: [aCluster()], backups: [backup], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets() });
  const test: TestApp = new TestApp({ inventory, onPause: () => test.stopWaiting.abort(), ...(rules === undefined ? {} : { rules }) });
  test.deps.api.put(KINDS.backup, backup);
  return test;
}

const changes = (test: TestApp): readonly string[] =>
  test.deps.api.calls.filter(({ verb, dryRun }) => /create|patch|delete/.test(verb) && !dryRun).map(({ verb, kind }) => `${verb} ${kind}`);

CHANGING.forEach(([command, target, title, change]) => {
  describe(`${command} in a context with a rule`, () => {
    it('is refused with a sentence before anything is asked, where it is read-only', async () => {
      const test = stage({ readOnlyContexts: ['kind-*'] });
      await test.command(command, target);
      assert.deepEqual(test.prompts.asked, []);
      assert.deepEqual(test.told, [
        ['kind-prod was not changed: the setting kubeblocksBackup.contexts.readOnly names it. Choose another context, or take it out of the setting.', 'Choose Context…', 'Show Log'],
      ]);
      assert.deepEqual(changes(test), []);
    });

    it('is done once its name was typed, where it is protected', async () => {
      const test = stage({ protectedContexts: ['kind-prod'] });
      if (change.startsWith('create')) {
        test.prompts.when(title, /^(Create Backup|Restore into)/);
      }
      test.prompts.when(title, 'kind-prod');
      await test.command(command, target);
      assert.equal(test.prompts.inputs.at(-1)?.prompt, 'kind-prod is a protected context. Type its name to change it.');
      assert.equal(test.prompts.inputs.at(-1)?.validate?.('kind-pro'), 'Type kind-prod, or leave with Escape.');
      assert.deepEqual(changes(test), [change]);
    });

    it('is not done where the name is not typed', async () => {
      const test = stage({ protectedContexts: ['kind-prod'] });
      if (change.startsWith('create')) {
        test.prompts.when(title, /^(Create Backup|Restore into)/);
      }
      test.prompts.when(title, { leave: true });
      await test.command(command, target);
      assert.deepEqual(changes(test), []);
      assert.deepEqual(test.told, []);
    });
  });
});
