import { performance } from 'node:perf_hooks';
import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { Agent } from 'node:https';
import { KINDS } from '../../src/kubeblocks/kinds';
import type { Backup } from '../../src/kubeblocks/objects';
import { connect } from '../../src/kubernetes/clusterSession';
import { KubeconfigCredentials } from '../../src/kubernetes/kubeconfigCredentials';
import { HttpKubernetesApi } from '../../src/kubernetes/kubernetesApi';
import { ListWatch } from '../../src/kubernetes/listWatch';
import { PROJECTIONS } from '../../src/kubernetes/projection';
import { ServerClock } from '../../src/kubernetes/serverClock';
import { systemClock } from '../../src/kubernetes/systemClock';
import { Transport } from '../../src/kubernetes/transport';
import type { ClusterSession } from '../../src/kubernetes/session';
import type { ClusterLane } from '../cluster/lane/clusterLane';
import { LaneApi } from '../cluster/lane/laneApi';
import { startCluster } from '../cluster/lane/startCluster';
import { FaultProxy } from '../support/faultProxy';
import { readKubeconfigText } from '../support/kubeconfigText';
import { backup } from './manyBackups';
import { OpenViews } from './openViews';
import { StallMeter } from './stallMeter';

const COUNT = 10_000;
const NAMESPACE = 'demo';
const BACKUPS = `/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${NAMESPACE}/backups`;
/** Created at once. */
const PARALLEL = 64;
const ROUNDS = 3;
const EVENTS = 20;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * A real API server with KubeBlocks' kinds and none of its controllers: how long (ms) 10,000 backups take our session and
 * client-node's informer, in turn, with the longest stall and the heap (MB) they keep; how long from a change to its line
 * in a tree; how many requests connecting makes. Run with --expose-gc; prints one line of JSON, a list of values a row.
 */
async function main(): Promise<void> {
  const lane = await startCluster({ content: 'crds' });
  try {
    await lane.namespace({ name: NAMESPACE, engine: false });
    await createBackups(lane);
    // The code of both is read and warm.
    await ours(lane);
    await listedAlone(lane);
    await informer(lane);
    const runs: Record<string, number>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      runs.push({ ...(await ours(lane)), ...(await listedAlone(lane)), ...(await informer(lane)), requests: await requestsOnConnect(lane) });
    }
    const keys = Object.keys(runs[0] ?? {});
    const rows = Object.fromEntries(keys.map((key) => [key, runs.map((run) => run[key])]));
    process.stdout.write(`${JSON.stringify({ ...rows, eventMs: await eventsToLines(lane) })}\n`);
  } finally {
    await lane.stop();
  }
}

async function createBackups(lane: ClusterLane): Promise<void> {
  const port = Number(new URL(lane.server).port);
  const api = new LaneApi({ port, authority: lane.authority }, lane.tokens.administrator, undefined, new Agent({ keepAlive: true, maxSockets: PARALLEL }));
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < COUNT; index = next++) {
      await api.create(BACKUPS, asCreated(index));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  api.close();
}

/** Without what the server writes itself; its status, which creating would drop, is carried as large an annotation. */
function asCreated(index: number): object {
  const { metadata, status, ...rest } = backup(index);
  const { name, labels, annotations } = metadata as { readonly name: string; readonly labels: object; readonly annotations: object };
  return { ...rest, metadata: { name, labels, annotations: { ...annotations, 'bench/status': JSON.stringify(status) } } };
}

function session(lane: ClusterLane): ClusterSession {
  return connect(readKubeconfigText(lane.kubeconfigFor('administrator', NAMESPACE)), 'administrator', { logger: quiet, clock: systemClock });
}

async function ours(lane: ClusterLane): Promise<Record<string, number>> {
  const before = await heap();
  const stalls = new StallMeter();
  const started = performance.now();
  const connected = session(lane);
  await untilAll(connected, COUNT);
  const ms = performance.now() - started;
  const { stallMs } = stalls.stop();
  const keptMb = ((await heap()) - before) / 1024 / 1024;
  connected.dispose();
  return { ms, stallMs, keptMb };
}

/** That kind by itself, as the informer below: from a kubeconfig to a list that is kept current. */
async function listedAlone(lane: ClusterLane): Promise<Record<string, number>> {
  const stalls = new StallMeter();
  const started = performance.now();
  const { document } = readKubeconfigText(lane.kubeconfigFor('administrator', NAMESPACE));
  const credentials = new KubeconfigCredentials(document, 'administrator', { clock: systemClock, env: {} });
  const transport = new Transport(lane.server, credentials, { clock: systemClock, server: new ServerClock(systemClock) });
  const ending = new AbortController();
  await new Promise<void>((resolve) => {
    const list = new ListWatch<Backup>(
      { source: new HttpKubernetesApi(transport), gate: { pass: () => Promise.resolve(), lost: () => false }, clock: systemClock, random: Math.random, logger: quiet },
      { resource: KINDS.backup, fallbackNamespace: NAMESPACE, project: PROJECTIONS.backups, onChange: ({ state }) => state.state === 'ready' && resolve() },
    );
    void list.run(ending.signal);
  });
  const aloneMs = performance.now() - started;
  const { stallMs } = stalls.stop();
  ending.abort();
  transport.dispose();
  return { aloneMs, aloneStallMs: stallMs };
}

function untilAll(connected: ClusterSession, count: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = connected.onDidChange(({ backups }) => {
      if (backups.state.state === 'ready' && backups.items.size >= count) {
        stop();
        resolve();
      }
    });
  });
}

/** The library's list and watch of the same objects. */
async function informer(lane: ClusterLane): Promise<Record<string, number>> {
  const { KubeConfig, CustomObjectsApi, makeInformer } = await import('@kubernetes/client-node');
  const before = await heap();
  const stalls = new StallMeter();
  const started = performance.now();
  const config: KubeConfig = new KubeConfig();
  config.loadFromString(lane.kubeconfigFor('administrator', NAMESPACE));
  const api = config.makeApiClient(CustomObjectsApi);
  const list = async (): Promise<never> =>
    (await api.listNamespacedCustomObject({ group: 'dataprotection.kubeblocks.io', version: 'v1alpha1', namespace: NAMESPACE, plural: 'backups' })) as never;
  const cache = makeInformer(config, BACKUPS, list);
  await cache.start();
  const informerMs = performance.now() - started;
  const { stallMs } = stalls.stop();
  const informerKeptMb = ((await heap()) - before) / 1024 / 1024;
  await cache.stop();
  return { informerMs, informerStallMs: stallMs, informerKeptMb };
}

/** How long (ms) from the server's answer to a change until a tree has a line of it, gathering of changes included. */
async function eventsToLines(lane: ClusterLane): Promise<readonly number[]> {
  const connected = session(lane);
  await untilAll(connected, COUNT);
  const views = new OpenViews(() => connected.inventory);
  await views.update();
  const took: number[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    const name = `event-${event}`;
    const shown = new Promise<number>((resolve) => {
      const stop = connected.onDidChange(({ backups }) => {
        if (backups.items.has(`${NAMESPACE}/${name}`)) {
          stop();
          void views.update().then(() => resolve(performance.now()));
        }
      });
    });
    const { metadata, ...rest } = asCreated(event) as { readonly metadata: object };
    const sent = performance.now();
    await lane.api.create(BACKUPS, { ...rest, metadata: { ...metadata, name } });
    took.push((await shown) - sent);
  }
  connected.dispose();
  return took;
}

/** Until every kind is read and watched, through a proxy that counts; pages of 250 among them. */
async function requestsOnConnect(lane: ClusterLane): Promise<number> {
  const proxy = await FaultProxy.start({ address: lane.server, certificateAuthority: lane.authority });
  let requests = 0;
  proxy.onRequest = () => (requests += 1);
  const connected = connect(readKubeconfigText(proxy.kubeconfig(lane.tokens.administrator, NAMESPACE)), 'proxied', { logger: quiet, clock: systemClock });
  await untilAll(connected, COUNT);
  while (proxy.watched.length < 9) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  connected.dispose();
  await proxy.close();
  return requests;
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
