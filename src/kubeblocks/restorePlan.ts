import type { NotCarried } from './clusterSnapshot';
import { clusterSnapshot, notCarried } from './clusterSnapshot';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import type { KubeBlocksLine } from './kinds';
import { MAX_CLUSTER_NAME } from './names';
import type { Cluster } from './objects';
import type { PlannedRestore } from './plannedRestore';
import type { RecoveryWindow } from './recoveryWindow';
import { recoveryWindow } from './recoveryWindow';
import { findingsOf, restoreChecks, type PlanCheck } from './restoreChecks';
import { restoreCreates, type RestoreCreates } from './restoreCreates';
import { restoreFindings } from './restoreFindings';
import { restoreDurations } from './restoreHistory';
import { restoreObject } from './restoreObjects';
import { restoreReads, type RestoreReads } from './restoreReads';
import type { RestoreRequest } from './restoreRequest';
import { restoreSteps } from './restoreSteps';
import { NOTHING_KNOWN, type RestoreSurroundings } from './restoreSurroundings';
import type { TimeContext } from './timeText';

/** Everything there is to say of a restore before anything is created. */
export interface RestorePlan extends PlannedRestore {
  readonly request: RestoreRequest;
  readonly line: KubeBlocksLine | undefined;
  /** What was looked at around it, good or bad. */
  readonly checks: readonly PlanCheck[];
  /** For a log backup: what can be chosen. */
  readonly window: RecoveryWindow | undefined;
  /** The cluster as the backup remembers it. */
  readonly snapshot: Cluster | undefined;
  readonly reads: RestoreReads;
  readonly creates: RestoreCreates;
  readonly notCarried: readonly NotCarried[];
  readonly steps: readonly string[];
  /** How long (ms) the last restores like this one took, the newest first. */
  readonly durations: readonly number[];
}

/**
 * The object to create, what comes of it, and what is known to be wrong with it; pure. `context` says in which zone
 * findings print times, `around` what is known beside KubeBlocks' own objects.
 */
export function planRestore(inventory: Inventory, request: RestoreRequest, context: TimeContext, around: RestoreSurroundings = NOTHING_KNOWN): RestorePlan {
  const snapshot = clusterSnapshot(request.backup);
  const window = recoveryWindow(inventory, request.backup);
  const reads = restoreReads(inventory, request, window);
  const creates = restoreCreates(inventory, request, snapshot, reads);
  const { resource, object } = restoreObject(inventory, request, snapshot);
  const checks = restoreChecks({ request, line: inventory.line, resource, snapshot, creates, reads }, around);
  return {
    request,
    line: inventory.line,
    resource,
    object,
    target: { namespace: request.targetNamespace, name: request.targetName },
    findings: [...restoreFindings(inventory, request, { snapshot, window, context }), ...findingsOf(checks)],
    checks,
    window,
    snapshot,
    reads,
    creates,
    // A Cluster that is written here keeps what the request's controller drops.
    notCarried: snapshot === undefined ? [] : notCarried(snapshot).filter((each) => each !== 'tls' || request.way === 'opsRequest'),
    steps: restoreSteps(request, creates, reads),
    durations: restoreDurations(inventory, request.backup),
  };
}

/** `orders-pg-r1`, or the next number that is free. */
export function defaultTargetName(inventory: Inventory, namespace: string, source: string): string {
  const stem = source.replace(/-r\d+$/, '').slice(0, MAX_CLUSTER_NAME - 5);
  for (let number = 1; ; number += 1) {
    const name = `${stem}-r${number}`;
    if (!inventory.clusters.items.has(objectKey(namespace, name))) {
      return name;
    }
  }
}
