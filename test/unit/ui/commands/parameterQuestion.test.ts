import assert from 'node:assert/strict';
import type { DeclaredParameter } from '../../../../src/kubeblocks/parameters';
import { askParameter, inAskingOrder } from '../../../../src/ui/commands/parameterQuestion';
import { runSteps } from '../../../../src/ui/prompts/steps';
import { TestApp } from '../../../support/testApp';

interface Draft {
  readonly parameters: Readonly<Record<string, string>>;
}

const declared = (schema: DeclaredParameter['schema'], required = false, name = 'mode'): DeclaredParameter => ({ name, required, schema });

async function ask(test: TestApp, parameter: DeclaredParameter, parameters: Draft['parameters'] = {}): Promise<string | undefined> {
  const { parameters: given } = await runSteps<Draft>(() => [askParameter(test.app, parameter)], { parameters });
  return given[parameter.name];
}

describe('A parameter of an action set', () => {
  it('is picked where its values are listed, the default marked and active', async () => {
    const test = new TestApp();
    assert.equal(await ask(test, declared({ type: 'string', enum: ['gzip', 'zstd'], default: 'zstd' })), 'zstd');
    assert.deepEqual(test.prompts.picks[0]?.choices.map(({ label, description }) => [label, description]), [['gzip', undefined], ['zstd', 'default'], ['Leave It Out', 'its default is zstd']]);
  });

  it('is picked where it is a yes or no, and left out unless one is chosen', async () => {
    const test = new TestApp();
    assert.equal(await ask(test, declared({ type: 'boolean' })), '');
    test.prompts.when(/mode/, 'true');
    assert.equal(await ask(test, declared({ type: 'boolean' })), 'true');
  });

  it('is picked among numbers too', async () => {
    const test = new TestApp();
    test.prompts.when(/mode/, '4');
    assert.equal(await ask(test, declared({ type: 'integer', enum: [1, 4] })), '4');
  });

  it('cannot be left out where it is needed', async () => {
    const test = new TestApp();
    assert.equal(await ask(test, declared({ type: 'boolean' }, true)), 'true');
    assert.deepEqual(test.offered(), ['true', 'false']);
    test.prompts.when(/mode/, '').when(/mode/, 'a');
    assert.equal(await ask(test, declared({ type: 'string' }, true)), 'a');
    assert.deepEqual(test.prompts.refused, ['mode is needed.']);
  });

  it('keeps what was answered before', async () => {
    const test = new TestApp();
    assert.equal(await ask(test, declared({ enum: ['a', 'b', 'c'], default: 'a' }), { mode: 'c' }), 'c');
    assert.equal(await ask(test, declared({ enum: ['a', 'b'], default: 'a' }), { mode: '' }), '');
    assert.equal(await ask(test, declared({ type: 'string' }), { mode: 'typed' }), 'typed');
  });

  it('shows its default and its bounds are held where it is typed', async () => {
    const test = new TestApp();
    test.prompts.when(/mode/, '9').when(/mode/, '4');
    assert.equal(await ask(test, declared({ type: 'integer', maximum: 8, default: 2, description: 'Threads' })), '4');
    const [{ prompt, placeholder } = { prompt: '' }] = test.prompts.inputs;
    assert.deepEqual([prompt, placeholder, test.prompts.refused], ['Threads (may be left empty; its default is 2)', '2', ['9 is above the maximum of 8.']]);
  });

  it('called like something every object has is no answer yet', async () => {
    assert.equal(await ask(new TestApp(), declared({ type: 'string' }, false, 'constructor')), '');
  });

  it('that is needed is asked for first', () => {
    const names = inAskingOrder([declared({}, false, 'a'), declared({}, true, 'b'), declared({}, false, 'c'), declared({}, true, 'd')]).map(({ name }) => name);
    assert.deepEqual(names, ['b', 'd', 'a', 'c']);
  });
});
