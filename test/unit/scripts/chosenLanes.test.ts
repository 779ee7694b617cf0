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

  const reasons = [
    [{}, true, undefined],
    [{}, false, undefined],
    [{ missing: 'It needs root.' }, true, 'It needs root.'],
    [{ missing: 'It needs root.', unbuilt: 'It is to be built.' }, false, 'It needs root.'],
    [{ unbuilt: 'It is to be built.' }, false, 'It is to be built.'],
    [{ unbuilt: 'It is to be built.' }, true, undefined],
  ] as const;
  for (const [why, isAskedFor, expected] of reasons) {
    it(`${expected === undefined ? 'runs' : 'leaves out'} one that is ${isAskedFor ? 'asked for by name' : 'only tried'} where ${JSON.stringify(why)} is so`, async () => {
      const { whyNotRun } = await chosen;
      const { missing, unbuilt }: { readonly missing?: string; readonly unbuilt?: string } = why;
      assert.equal(whyNotRun({ lane: { name: 'node', missing: () => missing, unbuilt: () => unbuilt }, isAskedFor }), expected);
    });
  }

  it('names the lanes there are when it is asked for another one', async () => {
    const { chosenLanes } = await chosen;
    for (const choice of [{ only: 'units' }, { also: 'units' }, { try: 'units' }]) {
      assert.throws(() => chosenLanes(LANES, choice), { message: 'There is no lane "units": it is one of unit, editor, cluster, cluster-editor.' });
    }
  });
});
