import { emptyInventory, type Inventory } from '../../src/kubeblocks/inventory';
import type { KubernetesApi } from '../../src/kubernetes/api';
import type { ClusterSource } from '../../src/kubernetes/clusterSource';
import type { Kubeconfig } from '../../src/kubernetes/kubeconfig';
import type { ClusterSession, ServerTime } from '../../src/kubernetes/session';

/** A session whose inventory a test changes. */
export class FakeSession implements ClusterSession {
  inventory: Inventory;
  insecure = false;
  disposed = false;
  refreshed = 0;
  private readonly listeners = new Set<(now: Inventory, before: Inventory) => void>();

  constructor(
    readonly context: string,
    readonly api = {} as KubernetesApi,
    readonly time: ServerTime = { now: () => Date.now() },
  ) {
    this.inventory = emptyInventory(context);
  }

  onDidChange(listener: (now: Inventory, before: Inventory) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  become(change: Partial<Inventory>): void {
    const before = this.inventory;
    this.inventory = { ...before, ...change };
    this.listeners.forEach((listener) => listener(this.inventory, before));
  }

  refresh(): void {
    this.refreshed += 1;
  }

  dispose(): void {
    this.disposed = true;
  }
}

/** Kubeconfigs with these contexts; each connection is kept. */
export class FakeSource implements ClusterSource {
  reads = 0;
  broken: string | undefined;
  /** The kubeconfig was written. */
  change: () => void = () => undefined;
  readonly sessions: FakeSession[] = [];

  constructor(
    public contexts: readonly string[],
    readonly current: string | undefined = contexts[0],
    private readonly api?: KubernetesApi,
  ) {}

  read(): Promise<Kubeconfig> {
    this.reads += 1;
    if (this.broken !== undefined) {
      return Promise.reject(new Error(this.broken));
    }
    const contexts = this.contexts.map((name) => ({ name, cluster: name, user: '', namespace: 'default', server: 'https://x', insecure: false }));
    return Promise.resolve({ contexts, current: this.current, problems: [] } as unknown as Kubeconfig);
  }

  connect(_file: string | undefined, context: string): Promise<ClusterSession> {
    const session = new FakeSession(context, this.api);
    this.sessions.push(session);
    return Promise.resolve(session);
  }

  watch(_file: string | undefined, listener: () => void): () => void {
    this.change = listener;
    return () => undefined;
  }
}
