import { setMaxListeners } from 'node:events';
import * as l10n from '@vscode/l10n';
import { emptyInventory, type CollectionName, type ConnectionState } from '../kubeblocks/inventory';
import { servesBackups } from '../kubeblocks/detectLine';
import type { KindId } from '../kubeblocks/kinds';
import { resourceOnEveryLine, resourceOnLine } from '../kubeblocks/kindsOfLine';
import type { Clock, Logger } from '../kubeblocks/ports';
import type { KubeObject } from '../kubeblocks/objects';
import type { Collection, Inventory } from '../kubeblocks/inventory';
import type { Resource } from '../kubeblocks/resource';
import { ApiError } from './api';
import { Backoff, RETRY } from './backoff';
import { ConnectionGate } from './connectionGate';
import { discoverKubeBlocks, type DiscoveredCluster, type Serves } from './discoverKubeBlocks';
import type { Kubeconfig, KubeconfigContext } from './kubeconfig';
import { KubeconfigCredentials } from './kubeconfigCredentials';
import { HttpKubernetesApi } from './kubernetesApi';
import { linkedController } from './linkedController';
import { ListWatch } from './listWatch';
import { PROJECTIONS } from './projection';
import { ResourceStore } from './resourceStore';
import { ServerClock } from './serverClock';
import type { ClusterSession } from './session';
import { Transport } from './transport';
import { WatchedKinds } from './watchedKinds';

export interface SessionDeps {
  readonly logger: Logger;
  readonly clock: Clock;
  /** 0 (inclusive) to 1 (exclusive). */
  readonly random?: () => number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The editor has a proxy of its own, which goes before the environment's. */
  readonly editorHasProxy?: () => boolean;
}

/** The kind behind each collection. */
export const KIND_OF: Readonly<Record<CollectionName, KindId>> = {
  clusters: 'cluster',
  backups: 'backup',
  policies: 'backupPolicy',
  schedules: 'backupSchedule',
  repos: 'backupRepo',
  actionSets: 'actionSet',
  storageProviders: 'storageProvider',
  restores: 'restore',
  opsRequests: 'opsRequest',
  snapshotClasses: 'volumeSnapshotClass',
};

const COLLECTIONS = Object.keys(KIND_OF) as CollectionName[];

/** How long (ms) until a cluster without KubeBlocks is asked again whether it has it now. */
const NO_KUBEBLOCKS_RETRY = 60_000;
/** How often (ms) a playground, whose clock may run at any speed, is asked for its time. */
const PLAYGROUND_TIME = 5_000;
/** The first times (ms), from which its speed is known soon. */
const FIRST_TIMES = [1_200, 1_200, 1_200];

/**
 * Connects to a context. Returns at once: how it goes is in the inventory's `connection`. Throws when the context, or
 * its server, is not defined.
 */
export function connect(kubeconfig: Kubeconfig, context: string, deps: SessionDeps): ClusterSession {
  const found = kubeconfig.contexts.find(({ name }) => name === context);
  if (found === undefined) {
    throw new Error(l10n.t('The kubeconfig has no context {0}. Choose another one.', context));
  }
  if (!/^https?:\/\/./.test(found.server) || !URL.canParse(found.server)) {
    throw new Error(l10n.t('The context {0} cannot be used: its cluster names no server. Correct the kubeconfig.', context));
  }
  const { clock, env = process.env, editorHasProxy } = deps;
  const credentials = new KubeconfigCredentials(kubeconfig.document, context, { clock, env, ...(editorHasProxy === undefined ? {} : { editorHasProxy }) });
  const time = new ServerClock(clock);
  const transport = new Transport(found.server, credentials, { clock, server: time });
  return new HttpClusterSession(found, transport, time, deps, () => credentials.forget());
}

class HttpClusterSession implements ClusterSession {
  readonly context: string;
  readonly insecure: boolean;
  readonly api: HttpKubernetesApi;
  private readonly namespace: string;
  private readonly ending = new AbortController();
  private readonly store: ResourceStore;
  private readonly gate: ConnectionGate;
  private readonly random: () => number;
  private watched: WatchedKinds | undefined;
  /** What the cluster is, once that is known and its kinds are watched. */
  private discovered: DiscoveredCluster | undefined;
  private round = new AbortController();

  constructor(
    { name, namespace, server, insecure }: KubeconfigContext,
    private readonly transport: Transport,
    readonly time: ServerClock,
    private readonly deps: SessionDeps,
    private readonly forgetCredentials: () => void,
  ) {
    const { clock, logger } = deps;
    this.context = name;
    this.namespace = namespace;
    this.insecure = insecure && server.startsWith('https:');
    setMaxListeners(0, this.ending.signal);
    this.random = deps.random ?? Math.random;
    this.api = new HttpKubernetesApi(transport);
    this.store = new ResourceStore(emptyInventory(name, namespace), clock, this.ending.signal, (error) =>
      logger.error(`A listener of ${name} failed: ${String(error)}`),
    );
    this.gate = new ConnectionGate(
      {
        clock,
        random: this.random,
        probe: async (signal) => {
          await this.api.getPath('/version', { signal });
        },
        onChange: (error) => this.store.update({ connection: this.connectionAfter(error) }),
      },
      this.ending.signal,
    );
    void this.discoverForEver();
  }

  get inventory(): Inventory {
    return this.store.inventory;
  }

  onDidChange(listener: (now: Inventory, before: Inventory) => void): () => void {
    return this.store.onDidChange(listener);
  }

  refresh(): void {
    this.forgetCredentials();
    this.gate.retryNow();
    this.round.abort(new Error('refresh'));
  }

  dispose(): void {
    this.ending.abort(new Error('disposed'));
    this.transport.dispose();
  }

  /** Finds out what the cluster is, and again on each refresh: KubeBlocks may have been installed or upgraded. */
  private async discoverForEver(): Promise<void> {
    const backoff = new Backoff({ ...RETRY, random: this.random });
    while (!this.ending.signal.aborted) {
      const { controller, unlink } = linkedController(this.ending.signal);
      this.round = controller;
      try {
        await this.gate.pass(controller.signal);
        const discovered = await discoverKubeBlocks(this.api, controller.signal, (serves) => this.beginEarly(serves));
        backoff.reset();
        this.become(discovered);
        await this.untilWorthAsking(discovered, controller.signal);
      } catch (error) {
        await this.recover(error, backoff, controller.signal);
      } finally {
        unlink();
      }
    }
  }

  private async untilWorthAsking({ line, simulated }: DiscoveredCluster, signal: AbortSignal): Promise<void> {
    if (line === undefined || line === 'tooOld') {
      await this.deps.clock.sleep(NO_KUBEBLOCKS_RETRY, signal);
      return;
    }
    if (simulated) {
      await this.askForTime(signal);
    }
    await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
  }

  /** Each answer carries the time. Ends with the signal; that the connection is lost is found out by the watches. */
  private async askForTime(signal: AbortSignal): Promise<void> {
    for (let asked = 0; !signal.aborted; asked += 1) {
      try {
        await this.deps.clock.sleep(FIRST_TIMES[asked] ?? PLAYGROUND_TIME, signal);
        await this.api.getPath('/version', { signal });
      } catch (error) {
        this.deps.logger.debug(`${this.context}: the time was not learnt: ${String(error)}`);
      }
    }
  }

  private async recover(error: unknown, backoff: Backoff, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.deps.logger.warn(`${this.context}: the cluster could not be asked what it is: ${message}`);
    if (this.gate.lost(error)) {
      return;
    }
    this.store.update({ connection: { state: 'failed', message, retrying: true, since: this.deps.clock.now() } });
    const retryAfter = error instanceof ApiError ? error.details.retryAfter : undefined;
    try {
      await this.deps.clock.sleep(backoff.next(retryAfter), signal);
    } catch {
      // A refresh, or the end.
    }
  }

  private become(discovered: DiscoveredCluster): void {
    const { line, simulated, serverVersion } = discovered;
    this.deps.logger.info(`${this.context}: server ${serverVersion}, KubeBlocks ${line ?? 'not installed'}`);
    const known = line === undefined || line === 'tooOld' ? undefined : line;
    this.time.expectSpeed(simulated);
    const isSame = this.discovered !== undefined && sameKinds(this.discovered, discovered);
    if (known === undefined || (this.discovered !== undefined && !isSame)) {
      this.watched?.stop();
      this.watched = undefined;
      this.store.update(emptyInventory(this.context, this.namespace));
    }
    this.discovered = known === undefined ? undefined : discovered;
    this.store.update({ line: known, simulated, connection: connectionTo(discovered, this.deps.clock.now()) });
    if (isSame) {
      this.watched?.refresh();
    } else if (known !== undefined) {
      this.watched ??= this.newWatches();
      this.watched.begin(COLLECTIONS, (name) => resourceOnLine(KIND_OF[name], known));
    }
  }

  /** What every line serves alike is listed while it is found out which one it is. */
  private beginEarly(serves: Serves): void {
    if (this.watched === undefined && servesBackups(serves)) {
      this.watched = this.newWatches();
      this.watched.begin(COLLECTIONS, (name) => resourceOnEveryLine(KIND_OF[name]));
    }
  }

  private newWatches(): WatchedKinds {
    return new WatchedKinds(this.ending.signal, (name, resource, signal) => this.watchOne(name, resource, signal));
  }

  private watchOne(name: CollectionName, resource: Resource, signal: AbortSignal): { refresh(): void } {
    const { clock, logger } = this.deps;
    const list = new ListWatch<KubeObject>(
      { source: this.api, gate: this.gate, clock, random: this.random, logger },
      {
        resource,
        fallbackNamespace: this.namespace,
        project: PROJECTIONS[name],
        onChange: (collection: Collection<KubeObject>) => {
          if (!signal.aborted) {
            this.store.update({ [name]: collection });
          }
        },
      },
    );
    void list.run(signal);
    return list;
  }

  private connectionAfter(error: ApiError | undefined): ConnectionState {
    if (error !== undefined) {
      const message = error.details.reason === 'Unauthorized' ? refusedMessage(this.context) : error.message;
      return { state: 'failed', message, retrying: error.details.status !== 401, since: this.deps.clock.now() };
    }
    return this.discovered === undefined ? { state: 'connecting' } : connectionTo(this.discovered, this.deps.clock.now());
  }
}

function refusedMessage(context: string): string {
  return l10n.t('The server does not accept the credentials of {0}. Log in again, or correct the kubeconfig, and refresh.', context);
}

function connectionTo({ line, serverVersion }: DiscoveredCluster, now: number): ConnectionState {
  if (line === 'tooOld') {
    const message = l10n.t('KubeBlocks here is older than 0.7 and its backups are of another kind. Upgrade KubeBlocks.');
    return { state: 'failed', message, retrying: false, since: now };
  }
  return line === undefined ? { state: 'noKubeBlocks', serverVersion } : { state: 'connected', serverVersion };
}

function sameKinds(before: DiscoveredCluster, now: DiscoveredCluster): boolean {
  return before.line === now.line;
}
