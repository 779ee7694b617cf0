import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import { aBackup, aCluster, anInventory, aRepo, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const CHECK = 'kubeblocksBackup.checkRestore';
const B1 = { kind: 'backup', namespace: NAMESPACE, name: 'b1' } as const;
const b1 = aBackup('b1', '09:00:00', { metadata: { annotations: { 'kubeblocks.io/cluster-snapshot': JSON.stringify({ metadata: { name: 'orders-pg' }, spec: { componentSpecs: [] } }) } } });
const inventory = anInventory({ clusters: [aCluster()], backups: [b1], repos: [aRepo()], actionSets: postgresActionSets() });

function stage(...contexts: readonly string[]): TestApp {
  const test = new TestApp({ inventory, contexts: ['kind-prod', ...contexts] });
  test.deps.api.put(KINDS.backup, b1);
  return test;
}

const page = (test: TestApp): string => (test.previews[0]?.text ?? '').replaceAll('\\', '');

describe('Where Can This Be Restored?', () => {
  it('asks for no context where there is but one', async () => {
    const test = stage();
    await test.command(CHECK, B1);
    assert.deepEqual(test.prompts.asked, []);
    assert.match(page(test), /^# `?Can b1 be restored in kind-prod\?`?\n\nYes, as far as can be seen/);
  });

  it('looks into another context, leaves the shown one as it is, and closes what it opened', async () => {
    const test = stage('kind-test');
    const pick = test.prompts.pick.bind(test.prompts);
    test.prompts.when(/^Restore b1 in/, 'kind-test');
    test.prompts.pick = async (request) => {
      const answer = await pick(request);
      // The other context's lists come in once it is connected to.
      setImmediate(() => setImmediate(() => test.source.sessions.at(-1)?.become({ ...inventory, context: 'kind-test', backups: anInventory().backups })));
      return answer;
    };
    await test.command(CHECK, B1);
    assert.match(page(test), /^# .*kind-test\?`?\n\nNo: something is missing\.[\s\S]*Backup object there \| missing/);
    assert.deepEqual([test.active.session?.context, test.source.sessions.map(({ disposed }) => disposed)], ['kind-prod', [false, true]]);
  });

  it('says so of a context that cannot be reached', async () => {
    const test = stage('kind-test');
    const pick = test.prompts.pick.bind(test.prompts);
    test.prompts.when(/^Restore b1 in/, 'kind-test');
    test.prompts.pick = async (request) => {
      const answer = await pick(request);
      setImmediate(() => setImmediate(() => test.source.sessions.at(-1)?.become({ connection: { state: 'failed', message: 'no route to host', retrying: true, since: 0 } })));
      return answer;
    };
    await test.command(CHECK, B1);
    assert.deepEqual([test.previews, test.told[0]?.[0]], [[], 'kind-test could not be looked into: no route to host']);
    assert.equal(test.source.sessions.at(-1)?.disposed, true);
  });
});
