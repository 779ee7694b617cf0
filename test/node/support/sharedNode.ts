import assert from 'node:assert/strict';
import type { NodeLane } from '../lane/nodeLane';
import { startNode } from '../lane/startNode';

let shared: Promise<NodeLane> | undefined;

/** The one node of this run. Suites that break it start their own. */
export function sharedNode(): Promise<NodeLane> {
  shared ??= startNode();
  return shared;
}

after('the node stops, and nothing of it ended unseen', async () => {
  if (shared === undefined) return;
  const lane = await shared;
  await lane.stop();
  assert.deepEqual(lane.problems.map(String), []);
});
