import { componentOf } from './clusterIndex';
import type { NotCarried } from './clusterSnapshot';
import { clusterSnapshot, notCarried, restoredSpec } from './clusterSnapshot';
import type { PlanFinding } from './finding';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { KINDS } from './kinds';
import { ANNOTATIONS, LABELS } from './labels';
import { freeName, MAX_CLUSTER_NAME, MAX_LABEL } from './names';
import type { AnyObject, Cluster } from './objects';
import type { RecoveryWindow } from './recoveryWindow';
import { recoveryWindow } from './recoveryWindow';
import type { Resource } from './resource';
import { apiVersionOf } from './resource';
import { restoreFindings } from './restoreFindings';
import type { RestoreRequest } from './restoreRequest';
import type { TimeContext } from './timeText';
import { rfc3339 } from './timeText';

export interface RestorePlan {
  readonly resource: Resource;
  readonly object: AnyObject;
  /** The cluster that will come to be. */
  readonly target: { readonly namespace: string; readonly name: string };
  readonly findings: readonly PlanFinding[];
  /** For a log backup: what can be chosen. */
  readonly window: RecoveryWindow | undefined;
  readonly notCarried: readonly NotCarried[];
}

/** The object to create, and what is known to be wrong with it. `context` says in which zone findings print times. */
export function planRestore(inventory: Inventory, request: RestoreRequest, context: TimeContext): RestorePlan {
  const snapshot = clusterSnapshot(request.backup);
  const window = recoveryWindow(inventory, request.backup);
  return {
    resource: request.way === 'opsRequest' ? KINDS.opsRequest : KINDS.cluster,
    object: request.way === 'opsRequest' ? opsRequest(inventory, request) : annotatedCluster(request, snapshot),
    target: { namespace: request.targetNamespace, name: request.targetName },
    findings: restoreFindings(inventory, request, { snapshot, window, context }),
    window,
    notCarried: snapshot === undefined ? [] : notCarried(snapshot),
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

function opsRequest(inventory: Inventory, request: RestoreRequest): AnyObject {
  const { backup, targetName, targetNamespace, restoreTime, parameters = [] } = request;
  const isTaken = (name: string): boolean => inventory.opsRequests.items.has(objectKey(targetNamespace, name));
  return {
    apiVersion: apiVersionOf(KINDS.opsRequest),
    kind: KINDS.opsRequest.kind,
    metadata: { name: freeName(`${targetName}-restore`, isTaken, MAX_LABEL), namespace: targetNamespace },
    spec: {
      type: 'Restore',
      clusterName: targetName,
      restore: {
        backupName: backup.metadata.name,
        backupNamespace: backup.metadata.namespace ?? targetNamespace,
        volumeRestorePolicy: request.volumeRestorePolicy ?? 'Parallel',
        ...(restoreTime === undefined ? {} : { restorePointInTime: rfc3339(restoreTime) }),
        ...(request.deferPostReadyUntilClusterRunning === true ? { deferPostReadyUntilClusterRunning: true } : {}),
        ...(parameters.length === 0 ? {} : { parameters }),
      },
    },
  };
}

function annotatedCluster(request: RestoreRequest, snapshot: Cluster | undefined): AnyObject {
  const { targetName, targetNamespace } = request;
  return {
    apiVersion: apiVersionOf(KINDS.cluster),
    kind: KINDS.cluster.kind,
    metadata: {
      name: targetName,
      namespace: targetNamespace,
      ...(snapshot?.metadata.labels === undefined ? {} : { labels: foreignLabels(snapshot.metadata.labels) }),
      annotations: { [ANNOTATIONS.restoreFromBackup]: restoreAnnotation(request) },
    },
    spec: snapshot === undefined ? {} : restoredSpec(snapshot, targetName),
  };
}

function foreignLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !/(^|\.)kubeblocks\.io\//.test(key) && key !== LABELS.instance));
}

/** `GetRestoreFromBackupAnnotation` of `pkg/dataprotection/restore/utils.go`: every value is a string. */
function restoreAnnotation(request: RestoreRequest): string {
  const { backup, restoreTime, parameters = [] } = request;
  const password = backup.metadata.annotations?.[ANNOTATIONS.connectionPassword];
  return JSON.stringify({
    [componentOf(backup) ?? '']: {
      name: backup.metadata.name,
      namespace: backup.metadata.namespace ?? request.targetNamespace,
      volumeRestorePolicy: request.volumeRestorePolicy ?? 'Parallel',
      doReadyRestoreAfterClusterRunning: String(request.deferPostReadyUntilClusterRunning === true),
      ...(restoreTime === undefined ? {} : { restoreTime: rfc3339(restoreTime) }),
      ...(parameters.length === 0 ? {} : { restoreParameters: JSON.stringify(parameters) }),
      ...(password === undefined || password === '' ? {} : { connectionPassword: password }),
    },
  });
}
