import { dirname } from 'node:path';
import { startCluster } from '../lane/startCluster';

/** Starts a cluster, says where, and waits to be ended. */
async function startAndWait(): Promise<void> {
  const lane = await startCluster({ content: 'server' });
  process.stdout.write(`${JSON.stringify({ pids: lane.pids, folder: dirname(lane.kubeconfig) })}\n`);
  await new Promise(() => setInterval(() => undefined, 60_000));
}

void startAndWait();
