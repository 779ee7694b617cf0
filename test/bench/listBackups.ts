import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { connect } from '../../src/kubernetes/clusterSession';
import type { ClusterSession } from '../../src/kubernetes/session';
import { systemClock } from '../../src/kubernetes/systemClock';
import { readKubeconfigText } from '../support/kubeconfigText';
import { StallMeter } from './stallMeter';

const COUNT = 10_000;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * 10,000 backups of 4.2 KB, served by another process: how long (ms) until all are in the inventory, the longest
 * stall (ms) meanwhile and the heap (MB) they keep. Run with --expose-gc; prints one line of JSON.
 */
async function main(): Promise<void> {
  const server = fork(`${__dirname}/backupServer.ts`, [String(COUNT)], { execArgv: ['--import', 'tsx'] });
  try {
    const [kubeconfig] = (await once(server, 'message')) as [string];
    await measure(kubeconfig);
    process.stdout.write(`${JSON.stringify(await measure(kubeconfig))}\n`);
  } finally {
    server.kill();
  }
}

async function measure(kubeconfig: string): Promise<Record<string, number>> {
  const before = await heap();
  const stalls = new StallMeter();
  const started = performance.now();
  const session = connect(readKubeconfigText(kubeconfig), 'fake', { logger: quiet, clock: systemClock });
  await untilShown(session);
  const shownMs = performance.now() - started;
  const stallMs = stalls.stop();
  const keptMb = ((await heap()) - before) / 1024 / 1024;
  session.dispose();
  return { shownMs, stallMs, keptMb };
}

function untilShown(session: ClusterSession): Promise<void> {
  return new Promise((resolve) => {
    session.onDidChange((now) => {
      if (now.backups.items.size === COUNT) {
        resolve();
      }
    });
  });
}

/** Bytes in use once everything that can be collected was. */
async function heap(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

void main();
