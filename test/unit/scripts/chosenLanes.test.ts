import assert from 'node:assert/strict';

const chosen = import('../../../scripts/lanes/chosenLanes.mjs');

const LANES = [{ name: 'unit' }, { name: 'editor' }, { name: 'cluster', byName: 'It takes long.' }, { name: 'cluster-editor', byName: 'It takes longer.' }];

describe('the choice of lanes', () => {
  const choices = [
    [{}, ['unit', 'editor']],
    [{ only: 'editor' }, ['editor!']],
    [{ only: 'cluster-editor,cluster' }, ['cluster!', 'cluster-editor!']],
    [{ also: 'cluster' }, ['unit', 'editor', 'cluster!']],
    [{ try: 'cluster,cluster-editor' }, ['unit', 'editor', 'cluster', 'cluster-editor']],
    [{ only: 'unit', try: 'cluster' }, ['unit!', 'cluster']],
    [{ also: 'cluster', try: 'cluster' }, ['unit', 'editor', 'cluster!']],
  ] as const;
  for (const [choice, names] of choices) {
    it(`of ${JSON.stringify(choice)} is ${names.join(', ')}, where ! must run`, async () => {
      const { chosenLanes } = await chosen;
      assert.deepEqual(chosenLanes(LANES, choice).map(({ lane, isAskedFor }) => `${lane.name}${isAskedFor ? '!' : ''}`), names);
    });
  }

  const omitted = [
    [{}, ['cluster: It takes long.', 'cluster-editor: It takes longer.']],
    [{ also: 'cluster' }, ['cluster-editor: It takes longer.']],
    [{ try: 'cluster,cluster-editor' }, []],
    [{ only: 'unit' }, []],
  ] as const;
  for (const [choice, names] of omitted) {
    it(`of ${JSON.stringify(choice)} leaves out ${names.length === 0 ? 'nothing unsaid' : names.join(' and ')}`, async () => {
      const { leftOut } = await chosen;
      assert.deepEqual(leftOut(LANES, choice).map(({ name, why }) => `${name}: ${why}`), names);
    });
  }

  it('names the lanes there are when it is asked for another one', async () => {
    const { chosenLanes } = await chosen;
    for (const choice of [{ only: 'units' }, { also: 'units' }, { try: 'units' }]) {
      assert.throws(() => chosenLanes(LANES, choice), { message: 'There is no lane "units": it is one of unit, editor, cluster, cluster-editor.' });
    }
  });
});
