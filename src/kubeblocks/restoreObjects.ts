import { changedComponents } from './changedComponents';
import { componentOf } from './clusterIndex';
import { restoredSpec } from './clusterSnapshot';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import type { JsonObject } from './json';
import { KINDS } from './kinds';
import { resourceOnLine } from './kindsOfLine';
import { ANNOTATIONS, LABELS, RESTORE_PARAMETERS } from './labels';
import { freeName, MAX_LABEL } from './names';
import type { AnyObject, Cluster } from './objects';
import { onlyComponents } from './onlyComponents';
import type { Resource } from './resource';
import { apiVersionOf } from './resource';
import type { RestoreRequest } from './restoreRequest';
import { rfc3339 } from './timeText';

/** What asks for the restore, and where it is created. */
export function restoreObject(inventory: Inventory, request: RestoreRequest, snapshot: Cluster | undefined): { readonly resource: Resource; readonly object: AnyObject } {
  const { line = '1.0' } = inventory;
  switch (request.way) {
    case 'opsRequest': {
      const resource = resourceOnLine('opsRequest', line);
      return { resource, object: opsRequest(resource, inventory, request) };
    }
    case 'annotation': {
      const resource = resourceOnLine('cluster', line);
      return { resource, object: annotatedCluster(resource, request, snapshot) };
    }
    case 'spec':
      return { resource: KINDS.cluster, object: clusterWithIntent(request, snapshot) };
  }
}

function opsRequest(resource: Resource, inventory: Inventory, request: RestoreRequest): AnyObject {
  const { backup, targetName, targetNamespace, restoreTime, parameters = [], env = [] } = request;
  const isTaken = (name: string): boolean => inventory.opsRequests.items.has(objectKey(targetNamespace, name));
  return {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
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
        ...(env.length === 0 ? {} : { env }),
        ...(parameters.length === 0 ? {} : { parameters }),
      },
    },
  };
}

function annotatedCluster(resource: Resource, request: RestoreRequest, snapshot: Cluster | undefined): AnyObject {
  return newCluster(resource, request, snapshot, { [ANNOTATIONS.restoreFromBackup]: restoreAnnotation(request) });
}

/** `Cluster.spec.restore` of 1.2 (`apis/apps/v1/cluster_types.go`); its parameters are one map of texts. */
function clusterWithIntent(request: RestoreRequest, snapshot: Cluster | undefined): AnyObject {
  const { backup, targetNamespace, restoreTime, parameters = [], env = [] } = request;
  const { group, kind } = KINDS.backup;
  const cluster = newCluster(KINDS.cluster, request, snapshot);
  const restore = {
    source: { apiGroup: group, kind, name: backup.metadata.name, namespace: backup.metadata.namespace ?? targetNamespace },
    ...(restoreTime === undefined ? {} : { pitr: rfc3339(restoreTime) }),
    parameters: {
      [RESTORE_PARAMETERS.volumeRestorePolicy]: request.volumeRestorePolicy ?? 'Parallel',
      ...(request.deferPostReadyUntilClusterRunning === true ? { [RESTORE_PARAMETERS.deferPostReady]: 'true' } : {}),
      ...(env.length === 0 ? {} : { [RESTORE_PARAMETERS.env]: JSON.stringify(env) }),
      ...Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
    },
  };
  return { ...cluster, spec: { ...(cluster['spec'] as object), restore } };
}

function newCluster(resource: Resource, request: RestoreRequest, snapshot: Cluster | undefined, annotations?: Readonly<Record<string, string>>): AnyObject {
  const { targetName, targetNamespace } = request;
  return {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      name: targetName,
      namespace: targetNamespace,
      ...(snapshot?.metadata.labels === undefined ? {} : { labels: foreignLabels(snapshot.metadata.labels) }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    spec: snapshot === undefined ? {} : writtenSpec(request, snapshot),
  };
}

/** The spec of the new cluster, where it is written here. */
export function writtenSpec(request: RestoreRequest, snapshot: Cluster): JsonObject {
  const spec = changedComponents(restoredSpec(snapshot, request.targetName), request.components ?? {});
  return request.onlyRestored === true ? onlyComponents(spec, restoredComponents(request)) : spec;
}

/** The names of the components that get data. */
export function restoredComponents(request: RestoreRequest): ReadonlySet<string | undefined> {
  return new Set([request, ...(request.others ?? []).map((backup) => ({ ...request, backup }))].map(restoredComponent));
}

function foreignLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !/(^|\.)kubeblocks\.io\//.test(key) && key !== LABELS.instance));
}

/** `GetRestoreFromBackupAnnotation` of `pkg/dataprotection/restore/utils.go`: every value is a string. */
function restoreAnnotation(request: RestoreRequest): string {
  const { others = [], targetName, targetNamespace, way, components, volumeRestorePolicy, deferPostReadyUntilClusterRunning } = request;
  // An instant, parameters and variables are those of the one backup.
  const common = { targetName, targetNamespace, way, ...(components && { components }), ...(volumeRestorePolicy && { volumeRestorePolicy }), ...(deferPostReadyUntilClusterRunning !== undefined && { deferPostReadyUntilClusterRunning }) };
  const all = [request, ...others.map((backup): RestoreRequest => ({ ...common, backup }))];
  return JSON.stringify(Object.fromEntries(all.map((each) => [restoredComponent(each) ?? '', annotationEntry(each)])));
}

function annotationEntry({ backup, targetNamespace, volumeRestorePolicy, deferPostReadyUntilClusterRunning, restoreTime, parameters = [], env = [] }: RestoreRequest): object {
  const password = backup.metadata.annotations?.[ANNOTATIONS.connectionPassword];
  return {
    name: backup.metadata.name,
    namespace: backup.metadata.namespace ?? targetNamespace,
    volumeRestorePolicy: volumeRestorePolicy ?? 'Parallel',
    doReadyRestoreAfterClusterRunning: String(deferPostReadyUntilClusterRunning === true),
    ...(restoreTime === undefined ? {} : { restoreTime: rfc3339(restoreTime) }),
    ...(env.length === 0 ? {} : { restoreEnv: JSON.stringify(env) }),
    ...(parameters.length === 0 ? {} : { restoreParameters: JSON.stringify(parameters) }),
    ...(password === undefined || password === '' ? {} : { connectionPassword: password }),
  };
}

/** The component of the new cluster that gets the data. */
export function restoredComponent({ backup, components = {} }: Pick<RestoreRequest, 'backup' | 'components'>): string | undefined {
  const name = componentOf(backup);
  return name === undefined ? undefined : (components[name]?.name ?? name);
}
