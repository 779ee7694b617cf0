import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import { ContextRules } from '../../../../src/ui/connection/contextRules';
import { connectionWords } from '../../../../src/ui/views/connectionWords';
import { aBackup, NAMESPACE } from '../../../support/builders';
import { FakeKubernetesApi } from '../../../support/fakeKubernetesApi';
import { FakeSession } from '../../../support/fakeSession';

const rules = (readOnlyContexts: readonly string[], protectedContexts: readonly string[] = []): ContextRules => new ContextRules(() => ({ readOnlyContexts, protectedContexts }));

const verbsOf = (api: FakeKubernetesApi): readonly string[] => api.calls.map(({ verb }) => verb);

describe('The rules of contexts', () => {
  const cases: readonly [string, string, boolean][] = [
    ['prod', 'prod', true],
    ['prod', 'prod-eu', false],
    ['prod-*', 'prod-eu', true],
    ['*', 'anything', true],
    ['arn:*:cluster/live', 'arn:aws:eks:eu:1:cluster/live', true],
    ['p.od', 'prod', false],
    ['', '', false],
  ];
  cases.forEach(([pattern, context, isMeant]) => {
    it(`${isMeant ? 'mean' : 'do not mean'} ${context} by "${pattern}"`, () => {
      assert.equal(rules([pattern]).of(context), isMeant ? 'readOnly' : undefined);
      assert.equal(rules([], [pattern]).of(context), isMeant ? 'protected' : undefined);
    });
  });

  it('put read-only before protected', () => {
    assert.equal(rules(['prod'], ['*']).of('prod'), 'readOnly');
  });

  const writes: readonly [string, (api: ReturnType<ContextRules['guard']>) => Promise<unknown>][] = [
    ['create', (api) => api.create(KINDS.backup, aBackup('new', '09:00:00'))],
    ['patch', (api) => api.patch(KINDS.backup, 'old', NAMESPACE, {})],
    ['delete', (api) => api.delete(KINDS.backup, 'old', NAMESPACE)],
  ];
  writes.forEach(([verb, write]) => {
    it(`let no ${verb} through that was not agreed to`, async () => {
      const api = new FakeKubernetesApi();
      api.put(KINDS.backup, aBackup('old', '08:00:00'));
      await assert.rejects(write(rules(['prod']).guard('prod', api)), /prod was not changed: the setting kubeblocksBackup\.contexts\.readOnly names it/);
      await assert.rejects(write(rules([], ['prod']).guard('prod', api)), /protected context, and its name was not typed/);
      assert.deepEqual(verbsOf(api), []);
      const guarded = rules([], ['prod']);
      await guarded.change('prod', () => write(guarded.guard('prod', api)));
      await assert.rejects(write(guarded.guard('prod', api)), /protected context/);
      assert.deepEqual(verbsOf(api), [verb]);
    });

    it(`let a ${verb} through in a context without a rule`, async () => {
      const api = new FakeKubernetesApi();
      api.put(KINDS.backup, aBackup('old', '08:00:00'));
      await write(rules(['other'], ['another']).guard('prod', api));
      assert.deepEqual(verbsOf(api), [verb]);
    });
  });

  it('let dry runs and reads through', async () => {
    const api = new FakeKubernetesApi();
    const guarded = rules(['prod']).guard('prod', api);
    await guarded.create(KINDS.backup, aBackup('new', '09:00:00'), { dryRun: true });
    await assert.rejects(guarded.get(KINDS.backup, 'new', NAMESPACE), { name: 'ApiError' });
  });

  it('allow no change of a read-only context, whoever agreed', async () => {
    await assert.rejects(rules(['prod']).change('prod', () => Promise.resolve()), /was not changed/);
  });

  it('stand beside the name of the context, with whether its server is checked', () => {
    const session = new FakeSession('prod');
    assert.equal(connectionWords(undefined, rules([])), undefined);
    assert.equal(connectionWords(session, rules([])), 'prod');
    assert.equal(connectionWords(session, rules(['prod'])), 'prod · read-only');
    session.insecure = true;
    assert.equal(connectionWords(session, rules([], ['prod'])), 'prod · protected · certificate not checked');
    session.become({ simulated: true });
    assert.equal(connectionWords(session, rules([])), 'playground (simulation) · certificate not checked');
  });
});
