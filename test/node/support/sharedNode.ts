import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { NodeLane, ReachedNode } from '../lane/nodeLane';
import { ReachableNode, type NodeHandle } from '../lane/reachableNode';
import { startNode } from '../lane/startNode';

/** A file with the handle of a node that another process started for all that run beside this one. */
const HANDLE = process.env['KUBEBLOCKS_NODE_LANE'];

let shared: Promise<ReachedNode> | undefined;
let own: Promise<NodeLane> | undefined;

/** The one node of this run. Suites that break it take their own. */
export function sharedNode(): Promise<ReachedNode> {
  shared ??= HANDLE === undefined ? ownNode() : Promise.resolve(new ReachableNode(JSON.parse(readFileSync(HANDLE, 'utf8')) as NodeHandle));
  return shared;
}

/** A node that nobody else uses: its programs may be ended. */
export function ownNode(): Promise<NodeLane> {
  own ??= startNode();
  return own;
}

after('the node stops, and nothing of it ended unseen', async () => {
  if (own === undefined) return;
  const lane = await own;
  await lane.stop();
  assert.deepEqual(lane.problems.map(String), []);
});
