import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { connect } from '../../src/kubernetes/clusterSession';
import type { ClusterSession } from '../../src/kubernetes/session';
import { systemClock } from '../../src/kubernetes/systemClock';
import { readKubeconfigText } from '../support/kubeconfigText';
import { OpenViews } from './openViews';
import { StallMeter } from './stallMeter';

const COUNT = 10_000;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** As the views gather changes. */
const DEBOUNCE_MS = 100;

/**
 * 10,000 backups of 4.2 KB and the 40 clusters they are of, served by another process: how long (ms) until the views
 * show all, the first of them, the longest stall meanwhile, the processor time and the heap (MB) they keep. Run with
 * --expose-gc; prints one line of JSON.
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
  const cpu = process.cpuUsage();
  const session = connect(readKubeconfigText(kubeconfig), 'fake', { logger: quiet, clock: systemClock });
  const views = new OpenViews(() => session.inventory);
  const firstMs = (await untilShown(session, views, 1)) - started;
  const shownMs = (await untilShown(session, views, COUNT)) - started;
  const { user, system } = process.cpuUsage(cpu);
  const stall = stalls.stop();
  const keptMb = ((await heap()) - before) / 1024 / 1024;
  session.dispose();
  return { firstMs, shownMs, cpuMs: (user + system) / 1000, ...stall, keptMb };
}

/** Resolves with the instant at which the views show so many backups. */
function untilShown(session: ClusterSession, views: OpenViews, count: number): Promise<number> {
  return new Promise((resolve) => {
    let due: NodeJS.Timeout | undefined;
    const draw = async (): Promise<void> => {
      due = undefined;
      await views.update();
      const { items, state } = session.inventory.backups;
      if (count === COUNT ? state.state === 'ready' && items.size === count : items.size >= count) {
        stop();
        resolve(performance.now());
      }
    };
    const stop = session.onDidChange(() => {
      due ??= setTimeout(() => void draw(), DEBOUNCE_MS);
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
