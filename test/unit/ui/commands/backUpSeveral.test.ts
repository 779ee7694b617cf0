import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import { LABELS } from '../../../../src/kubeblocks/labels';
import type { Backup } from '../../../../src/kubeblocks/objects';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aCluster, anInventory, aPolicy, aRepo, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const SEVERAL = 'kubeblocksBackup.backUpSeveral';
const policyOf = (cluster: string, component: string) => aPolicy(`${cluster}-${component}-policy`, { metadata: { labels: { [LABELS.instance]: cluster, [LABELS.component]: component } } });
const NAMES = ['a-x-20261123-1310', 'a-y-20261123-1310', 'b-20261123-1310'];

function stage(rules = {}): TestApp {
  const inventory = anInventory({ clusters: [aCluster('a'), aCluster('b')], policies: [policyOf('a', 'x'), policyOf('a', 'y'), policyOf('b', 'z')], repos: [aRepo()], actionSets: postgresActionSets() });
  const test: TestApp = new TestApp({
    inventory,
    rules,
    onPause: () => {
      for (const name of NAMES) {
        const backup = test.deps.api.read(KINDS.backup, name, NAMESPACE);
        if (backup !== undefined) test.deps.api.put(KINDS.backup, { ...backup, status: { phase: 'Completed' } } as Backup);
      }
    },
  });
  return test;
}

const made = (test: TestApp): readonly string[] => NAMES.filter((name) => test.deps.api.read(KINDS.backup, name, NAMESPACE) !== undefined);

describe('Back Up Several', () => {
  it('backs up what is chosen, at most so many together, and tells how it ended', async () => {
    const test = stage();
    test.prompts.when(/^Back Up Several/, /^[ab]$/).when(/^How long/, '3d');
    await test.command(SEVERAL);
    assert.deepEqual(test.prompts.asked, ['Back Up Several (1 of 4)', 'How long to keep it (2 of 5)', 'When the backup set is deleted (3 of 5)', 'Back Up Several (4 of 5)', 'Back Up Several (5 of 5)']);
    assert.deepEqual(made(test), NAMES);
    assert.equal(test.previews[0]?.text.split('---\n').length, 3);
    assert.equal(test.offered()[0], 'Create 3 Backups');
    assert.deepEqual(test.told, [['3 of 3 backups are complete.']]);
  });

  it('takes the components of the cluster it was called on', async () => {
    const test = stage();
    const ref: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'a' };
    await test.command(SEVERAL, ref);
    assert.deepEqual(made(test), NAMES.slice(0, 2));
  });

  it('creates nothing where the server refuses one, and keeps the answers', async () => {
    const test = stage();
    test.deps.api.failNext('create', 403, 'Forbidden', { resource: KINDS.backup });
    test.prompts.when(/^Back Up Several/, /^[ab]$/).when(/^Back Up Several/, 'One after another').when(/^Back Up Several/, 'Go Back and Change It').when(/^Back Up Several/, { leave: true });
    await test.command(SEVERAL);
    const limits = test.prompts.picks.filter(({ choices }) => choices.some(({ label }) => label === 'One after another'));
    assert.equal(limits.length, 2);
    assert.equal(limits[1]?.choices.find(({ value }) => limits[1]?.active?.(value) === true)?.label, 'One after another');
    assert.deepEqual(made(test), []);
  });

  it('may go on in a protected context once its name was typed', async () => {
    const test = stage({ protectedContexts: ['kind-prod'] });
    test.prompts.when(/^Back Up Several/, /^b$/).when(/^Back Up Several/, /^Create Backup/).when(/^Back Up Several/, 'kind-prod');
    await test.command(SEVERAL);
    assert.deepEqual(made(test), ['b-20261123-1310']);
    assert.equal(test.prompts.asked.filter((title) => title.startsWith('Back Up Several')).length, 3);
  });
});
