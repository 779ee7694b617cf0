import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { CollectionName, Inventory } from '../../src/kubeblocks/inventory';
import { KINDS } from '../../src/kubeblocks/kinds';
import { resourceOnLine } from '../../src/kubeblocks/kindsOfLine';
import type { KubeObject } from '../../src/kubeblocks/objects';
import { connect, KIND_OF } from '../../src/kubernetes/clusterSession';
import type { Credentials } from '../../src/kubernetes/credentials';
import { HttpKubernetesApi } from '../../src/kubernetes/kubernetesApi';
import type { ClusterSession } from '../../src/kubernetes/session';
import { Transport } from '../../src/kubernetes/transport';
import { FaultProxy, type ProxiedRequest, type ProxyTarget } from './faultProxy';
import { readKubeconfigText } from './kubeconfigText';
import { ManualClock } from './manualClock';
import { RecordingLogger } from './recordingLogger';

/** An API server to be reached through the proxy, as one who may do everything. */
export interface ProxiedServer extends ProxyTarget {
  readonly token: string;
  /** Where objects are made. */
  readonly namespace: string;
}

export const KIND_COUNT = Object.keys(KIND_OF).length;

/** As many as Node has unless it is told otherwise (`UV_THREADPOOL_SIZE`). */
const THREADS = 4;

/** How far (ms) the clock goes between two looks at what became of it. */
const STEP = 250;

/**
 * A session whose every byte goes through a fault proxy, and whose time passes only while nothing is under way between
 * the two: what is asserted in its seconds does not depend on the speed of the machine.
 */
export class ProxiedSession {
  readonly tries: { readonly at: number; readonly what: string }[] = [];
  readonly logger = new RecordingLogger();
  readonly clock = new ManualClock();
  readonly session: ClusterSession;
  private readonly straight: Transport;
  /** The server itself, past the proxy. */
  readonly api: HttpKubernetesApi;

  private constructor(
    readonly proxy: FaultProxy,
    readonly server: ProxiedServer,
  ) {
    proxy.onRequest = (request) => this.tries.push({ at: this.clock.now(), what: subjectOf(request) });
    this.session = connect(readKubeconfigText(proxy.kubeconfig(server.token, server.namespace)), 'proxied', { logger: this.logger, clock: this.clock, random: () => 0.5, env: {} });
    this.straight = new Transport(server.address, credentialsOf(server));
    this.api = new HttpKubernetesApi(this.straight);
  }

  /** Resolves when every kind was read and is watched. */
  static async open(server: ProxiedServer): Promise<ProxiedSession> {
    const proxied = new ProxiedSession(await FaultProxy.start(server), server);
    await proxied.until('every kind is watched', () => proxied.proxy.watched.length === KIND_COUNT && proxied.isSettled, 30_000);
    return proxied;
  }

  get inventory(): Inventory {
    return this.session.inventory;
  }

  private get isSettled(): boolean {
    return this.inventory.connection.state === 'connected' && Object.keys(KIND_OF).every((name) => this.inventory[name as CollectionName].state.state === 'ready');
  }

  /** Lets the session's time pass in steps, with all the time that sockets need in between, until something is so. */
  async until(what: string, condition: () => boolean | Promise<boolean>, within: number): Promise<void> {
    const end = this.clock.now() + within;
    await this.quiet();
    while (!(await condition())) {
      assert.ok(this.clock.now() < end, `never happened within ${within / 1000} s of the clock: ${what}`);
      await this.clock.advance(STEP);
      await this.quiet();
    }
  }

  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await this.until(`${ms} ms pass`, () => this.clock.now() >= end, ms + STEP);
  }

  /** What the store holds. */
  shown(): readonly string[] {
    return shownObjects(this.inventory);
  }

  /** The same of a fresh list, past the proxy. */
  listed(api = this.api): Promise<readonly string[]> {
    return listedObjects(api, this.inventory.line);
  }

  /** The store equals a fresh list within five seconds of the clock, with one watch a kind and all well. */
  async healsWithinFiveSeconds(api = this.api): Promise<void> {
    const listed = await this.listed(api);
    await this.until('the store equals a fresh list', () => this.isSettled && sameWords(this.shown(), listed), 5_000).catch((error: unknown) => {
      const shown = new Set(this.shown());
      const missing = listed.filter((word) => !shown.has(word));
      const more = [...shown].filter((word) => !listed.includes(word));
      assert.fail(`${String(error)}\nconnection ${JSON.stringify(this.inventory.connection)}\nmissing ${missing.slice(0, 3).join(', ')}\ntoo much ${more.slice(0, 3).join(', ')}`);
    });
    await this.until('each kind is watched once', () => this.proxy.watched.length === KIND_COUNT, 5_000);
    assert.equal(new Set(this.proxy.watched).size, KIND_COUNT, this.proxy.watched.join());
  }

  /** At most five tries of the same thing in any four seconds of the clock. */
  assertPatient(): void {
    for (const what of new Set(this.tries.map((tried) => tried.what))) {
      const times = this.tries.filter((tried) => tried.what === what).map(({ at }) => at);
      times.forEach((start) => {
        const within = times.filter((at) => at >= start && at < start + 4_000).length;
        assert.ok(within <= 5, `${what} was tried ${within} times in 4 s`);
      });
    }
  }

  /** Nothing that was logged holds what nobody may see. */
  assertDiscreet(...secrets: readonly string[]): void {
    for (const secret of [this.server.token, ...secrets]) {
      assert.ok(!this.logger.lines.some((line) => line.includes(secret)), 'a log line holds a secret');
    }
    assert.deepEqual(this.logger.errors, []);
  }

  async close(): Promise<void> {
    this.session.dispose();
    // Whatever is still under way then, in a socket or a thread, has given its time back.
    assert.equal(this.clock.waiting, 0, 'no timer is left');
    await this.until('every socket is closed', () => this.proxy.openSockets === 0, 5_000);
    this.straight.dispose();
    await this.proxy.close();
  }

  /** Waits until nothing has gone through the proxy for some turns of the event loop. */
  private async quiet(): Promise<void> {
    for (let still = 0; still < 3; ) {
      const before = this.proxy.activity;
      await delay(1);
      await throughEveryThread();
      still = this.proxy.activity === before && !this.proxy.isBusy ? still + 1 : 0;
    }
  }
}

/** Node's threads take work in its order: whatever was given to one before, such as an answer to unpack, is at least begun. */
async function throughEveryThread(): Promise<void> {
  await Promise.all(Array.from({ length: THREADS }, () => stat('/')));
}

/** `kind key@version` of everything an inventory holds. */
export function shownObjects(inventory: Inventory): readonly string[] {
  return Object.keys(KIND_OF)
    .flatMap((name) => [...inventory[name as CollectionName].items.values()].map((object) => wordsOf(name, object)))
    .sort();
}

/** The same of a fresh list of each kind. */
export async function listedObjects(api: HttpKubernetesApi, line: Inventory['line'] = '1.0'): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, kind] of Object.entries(KIND_OF)) {
    for await (const { items } of api.listPages(resourceOnLine(kind, line), undefined)) {
      found.push(...items.map((object) => wordsOf(name, object)));
    }
  }
  return found.sort();
}

export function createBackup(api: HttpKubernetesApi, namespace: string, name: string, annotations: Readonly<Record<string, string>> = {}, spec: object = {}): Promise<unknown> {
  const object = {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Backup',
    metadata: { name, namespace, annotations },
    spec: { backupPolicyName: 'no-such-policy', backupMethod: 'none', ...spec },
  };
  return api.create(KINDS.backup, object);
}

function credentialsOf({ token, certificateAuthority }: ProxiedServer): Credentials {
  const access = { headers: { Authorization: `Bearer ${token}` }, tls: certificateAuthority === undefined ? {} : { ca: certificateAuthority } };
  return { access: () => Promise.resolve(access), renew: () => false, forget: () => undefined, dispose: () => undefined };
}

/** What is tried: `list /apis/…`, with no page and no version. */
function subjectOf({ method, path, isWatch }: ProxiedRequest): string {
  const { pathname, searchParams } = new URL(path, 'http://proxy');
  const page = searchParams.has('continue') ? ' further' : '';
  return `${isWatch ? 'watch' : method} ${pathname}${page}`;
}

function wordsOf(name: string, { metadata }: KubeObject): string {
  return `${name} ${metadata.namespace ?? ''}/${metadata.name}@${metadata.resourceVersion ?? ''}`;
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}
