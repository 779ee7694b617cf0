import { setTimeout as delay } from 'node:timers/promises';
import { KINDS } from '../../src/kubeblocks/kinds';
import { connect } from '../../src/kubernetes/clusterSession';
import { HttpKubernetesApi } from '../../src/kubernetes/kubernetesApi';
import { systemClock } from '../../src/kubernetes/systemClock';
import { Transport } from '../../src/kubernetes/transport';
import { createRandom } from '../../src/playground/runtime/random';
import type { Random } from '../../src/playground/world';
import { FaultProxy, type ProxyFault, type ProxyTarget } from '../support/faultProxy';
import { readKubeconfigText } from '../support/kubeconfigText';
import { createBackup, KIND_COUNT, listedObjects, shownObjects } from '../support/proxiedSession';
import { RecordingLogger } from '../support/recordingLogger';

export interface SoakServer extends ProxyTarget {
  readonly token: string;
  readonly namespace: string;
}

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

const FAULTS: readonly ProxyFault[] = [
  'reset',
  'silent',
  'slowLoris',
  'truncate',
  'expiredEvent',
  'endAtOnce',
  'garbage',
  'cutEvent',
  { status: 401 },
  { status: 403 },
  { status: 404 },
  { status: 410 },
  { status: 429, retryAfter: 1 },
  { status: 500 },
  { status: 503, body: '<html>down for maintenance</html>' },
];
const HEAP_MB = 10;
/** How long the faults are away before it is measured, and how long the store may take to be right. */
const CALM_MS = 15_000;
/** How long it may take to be right at first, on a machine that does much else: it is no part of what is measured. */
const START_MS = 120_000;

/** Resolves with what was found wrong, as words. */
export async function runSoak(server: SoakServer, { minutes, seed, say }: SoakOptions): Promise<readonly string[]> {
  const random = createRandom(seed);
  const proxy = await FaultProxy.start(server);
  const logger = new RecordingLogger();
  const credentials = { Authorization: `Bearer ${server.token}` };
  const access = { headers: credentials, tls: server.certificateAuthority === undefined ? {} : { ca: server.certificateAuthority } };
  const straight = new Transport(server.address, { access: () => Promise.resolve(access), renew: () => false, forget: () => undefined, dispose: () => undefined });
  const api = new HttpKubernetesApi(straight);
  const session = connect(readKubeconfigText(proxy.kubeconfig(server.token, server.namespace)), 'proxied', { logger, clock: systemClock, env: {} });
  const problems: string[] = [];
  const settled = async (what: string, within: number): Promise<void> => {
    const end = Date.now() + within;
    for (;;) {
      const [shown, listed] = [shownObjects(session.inventory), await listedObjects(api, session.inventory.line)];
      if (session.inventory.connection.state === 'connected' && proxy.watched.length === KIND_COUNT && shown.join() === listed.join()) {
        return;
      }
      if (Date.now() > end) {
        problems.push(`${what}: store and server differ (${shown.length} and ${listed.length} objects, ${proxy.watched.length} watches, ${JSON.stringify(session.inventory.connection)})`);
        return;
      }
      await delay(100);
    }
  };
  await settled('at the start', START_MS);
  const before = await measure(proxy);
  say(`seed ${seed}, ${minutes} min; at the start ${words(before)}`);
  const counts = { faults: 0, changes: 0 };
  const end = Date.now() + minutes * 60_000;
  let next = Date.now() + 60_000;
  while (Date.now() < end) {
    await spell(proxy, random);
    if (random.next() < 0.3) {
      // Refusals are looked at ever more seldom: a person who looks again keeps things moving.
      session.refresh();
    }
    counts.faults += 1;
    counts.changes += await changeSomething(api, server.namespace, random);
    if (Date.now() >= next) {
      next += 60_000;
      say(`${counts.faults} faults, ${counts.changes} changes, ${logger.lines.length} lines logged, connection ${session.inventory.connection.state}`);
      logger.lines.splice(0).forEach((line) => line.includes(server.token) && problems.push('a log line holds the token'));
    }
  }
  proxy.fault = () => undefined;
  proxy.thaw();
  await proxy.accept();
  session.refresh();
  await settled('at the end', CALM_MS);
  await delay(CALM_MS);
  const after = await measure(proxy);
  say(`at the end ${words(after)}; ${counts.faults} faults, ${counts.changes} changes`);
  if (after.heapMb - before.heapMb >= HEAP_MB) {
    problems.push(`the heap grew by ${(after.heapMb - before.heapMb).toFixed(1)} MB`);
  }
  // A list's socket is kept for the next request; how many lists were under way at once depends on the server.
  if (after.sockets > before.sockets + KIND_COUNT) {
    problems.push(`${after.sockets} sockets are open, ${before.sockets} were`);
  }
  if (after.timers > before.timers + 5) {
    problems.push(`${after.timers} timers run, ${before.timers} did`);
  }
  if (logger.errors.length > 0) {
    problems.push(`errors were logged: ${logger.errors[0] ?? ''}`);
  }
  session.dispose();
  straight.dispose();
  await proxy.close();
  return problems;
}

/** One fault for a while, then good weather for a while. */
async function spell(proxy: FaultProxy, random: Random): Promise<void> {
  const share = random.next();
  const fault = FAULTS[Math.floor(random.next() * FAULTS.length)] ?? 'reset';
  switch (Math.floor(random.next() * 5)) {
    case 0:
      await proxy.refuse();
      break;
    case 1:
      proxy.freeze();
      break;
    default:
      proxy.fault = () => (random.next() < share ? fault : undefined);
      proxy.cutAll();
  }
  await delay(200 + random.next() * 3_000);
  proxy.fault = () => undefined;
  proxy.thaw();
  await proxy.accept();
  await delay(random.next() * 3_000);
}

async function changeSomething(api: HttpKubernetesApi, namespace: string, random: Random): Promise<number> {
  const name = `soak-${Math.floor(random.next() * 40)}`;
  try {
    await (random.next() < 0.5 ? createBackup(api, namespace, name) : api.delete(KINDS.backup, name, namespace));
    return 1;
  } catch {
    // It is there already, or not yet.
    return 0;
  }
}

interface Measure {
  readonly heapMb: number;
  readonly sockets: number;
  readonly timers: number;
}

async function measure(proxy: FaultProxy): Promise<Measure> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await delay(50);
  }
  return {
    heapMb: process.memoryUsage().heapUsed / 1024 / 1024,
    sockets: proxy.openSockets,
    timers: process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length,
  };
}

function words({ heapMb, sockets, timers }: Measure): string {
  return `${heapMb.toFixed(1)} MB of heap, ${sockets} sockets, ${timers} timers`;
}
