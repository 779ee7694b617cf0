import assert from 'node:assert/strict';
import { readGolden } from './golden';
import { observe } from './observe';
import { startPlaygroundSide, type PlaygroundSide } from './playgroundSide';
import { faultsOf, reportText, type Comparison } from './report';
import { STORIES } from './stories';

/** Against what the real controllers showed when they were recorded (`test/cluster/stories.test.ts`). */
describe('stories of the controllers, as recorded', function () {
  this.timeout(60_000);
  const comparisons: Comparison[] = [];
  let side: PlaygroundSide;
  before(async () => (side = await startPlaygroundSide()));
  after(async () => {
    await side.close();
    process.stdout.write(`\n${reportText(comparisons, 'recorded')}\n`);
    assert.deepEqual(side.problems.map(String), []);
  });

  for (const story of STORIES) {
    it(story.name, async () => {
      const real = readGolden(story.slug);
      assert.ok(real, 'never recorded: run the cluster lane with UPDATE_GOLDENS=1');
      const comparison = { story: story.name, real, playground: observe(await story.tell(side), story.slug) };
      comparisons.push(comparison);
      assert.deepEqual(faultsOf(comparison), []);
    });
  }
});
