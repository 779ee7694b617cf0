import assert from 'node:assert/strict';
import type { ClusterLane } from '../lane/clusterLane';
import { startCluster } from '../lane/startCluster';

let shared: Promise<ClusterLane> | undefined;

/** The one cluster of this run. Suites that break it start their own. */
export function sharedCluster(): Promise<ClusterLane> {
  shared ??= startCluster();
  return shared;
}

after('the cluster stops, and nothing went wrong in it unseen', async () => {
  if (shared === undefined) return;
  const lane = await shared;
  await lane.stop();
  assert.deepEqual(lane.problems.map(String), []);
});
