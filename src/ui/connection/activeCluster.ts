import * as l10n from '@vscode/l10n';
import type { Inventory } from '../../kubeblocks/inventory';
import type { ClusterSource } from '../../kubernetes/clusterSource';
import type { Kubeconfig } from '../../kubernetes/kubeconfig';
import type { ClusterSession } from '../../kubernetes/session';
import type { Logger } from '../../operations/ports';
import { notTrusted } from '../commandError';

export type ActiveState =
  /** Nothing was asked for yet. */
  | { readonly state: 'idle' }
  | { readonly state: 'untrusted' }
  | { readonly state: 'opening' }
  | { readonly state: 'noKubeconfig' }
  | { readonly state: 'unusable'; readonly message: string }
  | { readonly state: 'open'; readonly session: ClusterSession };

export interface ActiveClusterDeps {
  readonly source: ClusterSource;
  readonly logger: Logger;
  /** No cluster may be contacted while this is false. */
  readonly isTrusted: () => boolean;
  /** The kubeconfig file to read; undefined for what kubectl reads. */
  readonly kubeconfigFile: () => string | undefined;
  /** The context chosen earlier, and where the choice is kept. */
  readonly rememberedContext: () => string | undefined;
  readonly rememberContext: (name: string) => void;
}

/** The one cluster this window talks to. Nothing is read or contacted before `start`. */
export class ActiveCluster {
  private current: ActiveState = { state: 'idle' };
  private attempt = 0;
  private stopListening: (() => void) | undefined;
  private stopWatching: (() => void) | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly deps: ActiveClusterDeps) {}

  get state(): ActiveState {
    return this.current;
  }

  get session(): ClusterSession | undefined {
    return this.current.state === 'open' ? this.current.session : undefined;
  }

  get inventory(): Inventory | undefined {
    return this.session?.inventory;
  }

  /** Called after the state or the inventory changed. Returns how to stop. */
  onDidChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Opens a connection unless there is one, or one is being opened. */
  start(): void {
    if (this.current.state === 'idle' || (this.current.state === 'untrusted' && this.deps.isTrusted())) {
      void this.reopen();
    }
  }

  /** Lists everything anew; a connection that could not be opened is tried again. */
  refresh(): void {
    if (this.current.state === 'open') {
      this.current.session.refresh();
    } else if (this.current.state !== 'opening') {
      void this.reopen();
    }
  }

  /** Throws `CommandError` in a workspace that is not trusted. */
  requireTrust(): void {
    if (!this.deps.isTrusted()) {
      throw notTrusted();
    }
  }

  /** The contexts of the kubeconfig. Rejects with `CommandError` in a workspace that is not trusted. */
  async contexts(): Promise<Kubeconfig> {
    this.requireTrust();
    return this.deps.source.read(this.deps.kubeconfigFile());
  }

  /** A second connection, beside the one that is shown; the caller disposes of it. Rejects where the context is not defined. */
  async visit(context: string): Promise<ClusterSession> {
    this.requireTrust();
    return this.deps.source.connect(this.deps.kubeconfigFile(), context);
  }

  /**
   * Reads the kubeconfig again and connects to the context that is given, was chosen before, or is current there. Where
   * the one that is `shown` was chosen and is gone, another is not put in its place unasked.
   */
  async reopen(context?: string, shown?: string): Promise<void> {
    const attempt = ++this.attempt;
    this.close();
    if (!this.deps.isTrusted()) {
      this.become({ state: 'untrusted' });
      return;
    }
    this.become({ state: 'opening' });
    const next = await this.open(context, shown);
    if (attempt === this.attempt) {
      this.become(next);
    } else if (next.state === 'open') {
      next.session.dispose();
    }
  }

  dispose(): void {
    this.attempt += 1;
    this.stopWatching?.();
    this.close();
    this.listeners.clear();
  }

  private async open(context: string | undefined, shown: string | undefined): Promise<ActiveState> {
    try {
      this.watchFiles();
      const config = await this.contexts();
      if (shown !== undefined && shown === this.deps.rememberedContext() && config.contexts.length > 0 && !config.contexts.some(({ name }) => name === shown)) {
        return { state: 'unusable', message: l10n.t('The context {0}, which was chosen here, is no longer in the kubeconfig. Choose another one.', shown) };
      }
      const name = this.chooseContext(config, context);
      if (name === undefined) {
        return { state: 'noKubeconfig' };
      }
      if (context !== undefined) {
        this.deps.rememberContext(context);
      }
      return { state: 'open', session: await this.deps.source.connect(this.deps.kubeconfigFile(), name) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.deps.logger.warn(`The kubeconfig cannot be used: ${message}`);
      return { state: 'unusable', message };
    }
  }

  /** A kubeconfig that appears or changes is read again. */
  private watchFiles(): void {
    this.stopWatching?.();
    this.stopWatching = this.deps.source.watch(this.deps.kubeconfigFile(), () => void this.reopen(undefined, this.session?.context));
  }

  private chooseContext({ contexts, current }: Kubeconfig, wanted: string | undefined): string | undefined {
    const has = (name: string | undefined): name is string => contexts.some((context) => context.name === name);
    return [wanted, this.deps.rememberedContext(), current].find(has) ?? contexts[0]?.name;
  }

  private become(state: ActiveState): void {
    this.current = state;
    if (state.state === 'open') {
      this.stopListening = state.session.onDidChange(() => this.notify());
    }
    this.notify();
  }

  private notify(): void {
    [...this.listeners].forEach((listener) => listener());
  }

  private close(): void {
    this.stopListening?.();
    this.stopListening = undefined;
    if (this.current.state === 'open') {
      this.current.session.dispose();
    }
    this.current = { state: 'idle' };
  }
}
