import assert from 'node:assert/strict';
import { writeGolden } from '../conformance/stories/golden';
import { laneSide } from '../conformance/stories/laneSide';
import { observe, type StoryObservation } from '../conformance/stories/observe';
import { startPlaygroundSide, type PlaygroundSide } from '../conformance/stories/playgroundSide';
import { faultsOf, reportText, type Comparison } from '../conformance/stories/report';
import { STORIES } from '../conformance/stories/stories';
import { sharedCluster } from './support/sharedCluster';

/** How many stories are told at once: each has a namespace of its own, and much of its time is waiting. */
const AT_ONCE = 6;

/** The stories on the real controllers and on the playground. UPDATE_GOLDENS=1 keeps what the real ones showed. */
describe('stories of the controllers, on the real ones', () => {
  const comparisons: Comparison[] = [];
  const told = new Map<string, Promise<StoryObservation>>();
  let playground: PlaygroundSide;

  before(async () => {
    playground = await startPlaygroundSide();
    const real = laneSide(await sharedCluster());
    const free: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
    for (const [index, story] of STORIES.entries()) {
      const before = free[index % AT_ONCE];
      const telling = Promise.resolve(before).then(() => story.tell(real)).then((log) => observe(log, story.slug));
      // Read where the story is compared; a failure is that test's.
      free[index % AT_ONCE] = telling.catch(() => undefined);
      told.set(story.slug, telling);
    }
  });
  after(async () => {
    await playground.close();
    process.stdout.write(`\n${reportText(comparisons, 'live')}\n`);
  });

  for (const story of STORIES) {
    it(story.name, async () => {
      const real = await told.get(story.slug);
      assert.ok(real);
      if (process.env.UPDATE_GOLDENS === '1') writeGolden(story.slug, real);
      const comparison = { story: story.name, real, playground: observe(await story.tell(playground), story.slug) };
      comparisons.push(comparison);
      assert.deepEqual(faultsOf(comparison), []);
    });
  }
});
