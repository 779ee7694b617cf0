import assert from 'node:assert/strict';
import { writeGolden } from '../conformance/stories/golden';
import { laneSide } from '../conformance/stories/laneSide';
import { observe, type StoryObservation } from '../conformance/stories/observe';
import { startPlaygroundSide, type PlaygroundSide } from '../conformance/stories/playgroundSide';
import { faultsOf, reportText, type Comparison } from '../conformance/stories/report';
import { STORIES } from '../conformance/stories/stories';
import { ahead } from './support/ahead';
import { sharedCluster } from './support/sharedCluster';

const AT_ONCE = 6;

/** The stories on the real controllers and on the playground. UPDATE_GOLDENS=1 keeps what the real ones showed. */
describe('stories of the controllers, on the real ones', () => {
  const comparisons: Comparison[] = [];
  let told: (name: string) => Promise<StoryObservation>;
  let playground: PlaygroundSide;

  before(async () => {
    playground = await startPlaygroundSide();
    const real = laneSide(await sharedCluster());
    told = ahead(new Map(STORIES.map((story) => [story.name, async () => observe(await story.tell(real), story.slug)])), AT_ONCE);
  });
  after(async () => {
    await playground.close();
    process.stdout.write(`\n${reportText(comparisons, 'live')}\n`);
  });

  for (const story of STORIES) {
    it(story.name, async () => {
      const real = await told(story.name);
      if (process.env.UPDATE_GOLDENS === '1') writeGolden(story.slug, real);
      const comparison = { story: story.name, real, playground: observe(await story.tell(playground), story.slug) };
      comparisons.push(comparison);
      assert.deepEqual(faultsOf(comparison), []);
    });
  }
});
