import * as l10n from '@vscode/l10n';
import type { Inventory } from '../kubeblocks/inventory';
import { KINDS } from '../kubeblocks/kinds';
import { resourceOnLine } from '../kubeblocks/kindsOfLine';
import { LABELS } from '../kubeblocks/labels';
import type { AnyObject, Cluster, KubeObject, OpsRequest, Restore } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import type { RestoreFactsSeen } from '../kubeblocks/restoreVerdict';
import { judgeRestore, restorePhaseText } from '../kubeblocks/restoreVerdict';
import { ApiError } from '../kubernetes/api';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';
import { poll, type FollowOptions } from './poll';
import type { OperationDeps } from './ports';
import { stuckReason } from './stuckReason';
import { WORKLOADS } from './workloadKinds';

/** What was started: the new cluster, and the OpsRequest if one was made. */
export interface StartedRestore {
  readonly namespace: string;
  readonly clusterName: string;
  readonly opsName?: string;
}

export interface RestoreProgressReport {
  readonly seen: RestoreFactsSeen;
  /** `preparing data, 1 of 2 restores done`. */
  readonly message: string;
}

export type RestoreOutcome =
  /** The cluster is running with its data; `restores` Restore objects completed. */
  | { readonly kind: 'restored'; readonly cluster: Cluster; readonly restores: number }
  | { readonly kind: 'empty'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly seen: RestoreFactsSeen }
  /** The cluster (or the OpsRequest, before there was one) is gone. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'stoppedWaiting' };

export interface FollowRestoreOptions extends FollowOptions<RestoreProgressReport> {
  /** What was started was there before: what is not there now is gone. */
  readonly existed?: boolean;
}

/** How often in a row the controller must be seen failing at the same thing before it counts as stuck. */
const STUCK_LOOKS = 3;

/**
 * Waits until the new cluster runs with its data or the cause of its failure is known, also where KubeBlocks itself would
 * stay in Creating for ever. Cancelling stops the waiting, never the restore. Rejects with an `AppError` when the objects
 * may not be read.
 */
export async function followRestore(deps: OperationDeps, inventory: () => Inventory, started: StartedRestore, options: FollowRestoreOptions = {}): Promise<RestoreOutcome> {
  const watcher = new RestoreWatcher(deps, inventory, started, options);
  try {
    return await poll(deps, (signal) => watcher.look(signal), options);
  } catch (error) {
    if (options.signal?.aborted === true) {
      return { kind: 'stoppedWaiting' };
    }
    throw explainApiError(error, l10n.t('The restore into {0} could not be followed', started.clusterName));
  }
}

class RestoreWatcher {
  private clusterSeen = false;
  private opsSeen = false;
  private complaint: string | undefined;
  private complaints = 0;

  constructor(
    private readonly deps: OperationDeps,
    private readonly inventory: () => Inventory,
    private readonly started: StartedRestore,
    private readonly options: FollowRestoreOptions,
  ) {
    if (options.existed === true) {
      this.opsSeen = started.opsName !== undefined;
      this.clusterSeen = started.opsName === undefined;
    }
  }

  async look(signal: AbortSignal | undefined): Promise<RestoreOutcome | undefined> {
    const { namespace, clusterName, opsName } = this.started;
    const { line = '1.0' } = this.inventory();
    const ops = opsName === undefined ? undefined : await this.get<OpsRequest>(resourceOnLine('opsRequest', line), opsName, namespace, signal);
    const cluster = await this.get<Cluster>(resourceOnLine('cluster', line), clusterName, namespace, signal);
    if (cluster === undefined && this.isGone(ops)) {
      return { kind: 'deleted' };
    }
    this.clusterSeen ||= cluster !== undefined;
    this.opsSeen ||= ops !== undefined;
    const restores = cluster === undefined ? [] : await this.restoresInto(clusterName, namespace, signal);
    const stuckOn = await this.stuckOn(ops, cluster, signal);
    const runsWithout = this.inventory().line === '1.2' && cluster?.status?.phase === 'Running' && restores.length === 0;
    const claims = runsWithout ? await this.claimsOf(clusterName, namespace, signal) : [];
    const seen: RestoreFactsSeen = { clusterName, ops, cluster, restores, stuckOn, claims };
    return this.conclude(seen);
  }

  private conclude(seen: RestoreFactsSeen): RestoreOutcome | undefined {
    const verdict = judgeRestore(seen, this.inventory());
    switch (verdict.kind) {
      case 'restored':
        return seen.cluster === undefined ? undefined : { kind: 'restored', cluster: seen.cluster, restores: verdict.restores };
      case 'empty':
        return verdict;
      case 'failed':
        return { ...verdict, seen };
      case 'underway': {
        const phase = restorePhaseText(verdict.phase);
        const message = verdict.total === 0 ? phase : l10n.t('{0}, {1} of {2} restores done', phase, verdict.done, verdict.total);
        this.options.onProgress?.({ seen, message });
        return undefined;
      }
    }
  }

  private isGone(ops: OpsRequest | undefined): boolean {
    return this.clusterSeen || (this.opsSeen && ops === undefined);
  }

  /** A controller that repeats itself while the restore stays in Creating will not get over it. */
  private async stuckOn(ops: OpsRequest | undefined, cluster: Cluster | undefined, signal: AbortSignal | undefined): Promise<string | undefined> {
    const complaint = await stuckReason(this.deps.api, { ops, cluster }, signal);
    this.complaints = complaint !== undefined && complaint === this.complaint ? this.complaints + 1 : 1;
    this.complaint = complaint;
    return this.complaints >= STUCK_LOOKS ? complaint : undefined;
  }

  private async restoresInto(cluster: string, namespace: string, signal: AbortSignal | undefined): Promise<Restore[]> {
    const found: Restore[] = [];
    const options = { labelSelector: `${LABELS.instance}=${cluster}`, ...(signal === undefined ? {} : { signal }) };
    for await (const { items } of this.deps.api.listPages<Restore>(KINDS.restore, namespace, options)) {
      found.push(...items);
    }
    return found;
  }

  /** None where they may not be listed. */
  private async claimsOf(cluster: string, namespace: string, signal: AbortSignal | undefined): Promise<AnyObject[]> {
    const found: AnyObject[] = [];
    const options = { labelSelector: `${LABELS.instance}=${cluster}`, ...(signal === undefined ? {} : { signal }) };
    try {
      for await (const { items } of this.deps.api.listPages(WORKLOADS.claim, namespace, options)) {
        found.push(...items);
      }
    } catch (error) {
      if (!(error instanceof ApiError) || error.details.status !== 403) {
        throw error;
      }
      this.deps.logger.debug(`the claims of ${cluster} may not be listed`);
    }
    return found;
  }

  private async get<T extends KubeObject>(resource: Resource, name: string, namespace: string, signal: AbortSignal | undefined): Promise<T | undefined> {
    try {
      return await this.deps.api.get<T>(resource, name, namespace, signal === undefined ? {} : { signal });
    } catch (error) {
      if (isNotFound(error)) {
        return undefined;
      }
      throw error;
    }
  }
}
