import { isJsonList as isList, isJsonObject as isObject, jsonObjects, type Json, type JsonObject } from './json';
import { ANNOTATIONS, LABELS } from './labels';
import type { Backup, Cluster } from './objects';

/** The source cluster as the backup keeps it; undefined where it keeps none that can be read. */
export function clusterSnapshot(backup: Backup): Cluster | undefined {
  const text = backup.metadata.annotations?.[ANNOTATIONS.clusterSnapshot];
  try {
    const parsed = text === undefined ? undefined : (JSON.parse(text) as Json);
    return isObject(parsed) && isObject(parsed['spec']) ? (parsed as unknown as Cluster) : undefined;
  } catch {
    return undefined;
  }
}

/** The shardings in a Cluster's spec, which 0.9 calls otherwise. */
export function shardingsIn(spec: unknown): readonly JsonObject[] {
  return [...jsonObjects(spec, 'shardings'), ...jsonObjects(spec, 'shardingSpecs')];
}

/** What a restored cluster does not take over from its source. */
export type NotCarried = 'tls' | 'loadBalancer' | 'nodePorts' | 'offlineInstances';

/**
 * The snapshot's spec made fit for a second cluster beside the first: `getClusterObjFromBackup` of
 * `pkg/operations/restore.go`, which the OpsRequest controller applies itself.
 */
export function restoredSpec(snapshot: Cluster, newName: string): JsonObject {
  const spec = snapshot.spec as unknown as JsonObject;
  const renamed = renameInstance(spec, snapshot.metadata.name, newName) as JsonObject;
  const { services, componentSpecs, ...rest } = renamed;
  return {
    ...rest,
    ...(isList(services) ? { services: services.flatMap(restoredService) } : {}),
    ...(isList(componentSpecs) ? { componentSpecs: componentSpecs.map((component) => without(component, 'offlineInstances')) } : {}),
  };
}

/** What `restoredSpec` (or, on the fixed branches and 1.2, the controller) leaves out of this snapshot. */
export function notCarried(snapshot: Cluster): NotCarried[] {
  const spec = snapshot.spec as unknown as JsonObject;
  const services = isList(spec['services']) ? spec['services'].map(serviceType) : [];
  const components = isList(spec['componentSpecs']) ? spec['componentSpecs'].filter(isObject) : [];
  const lost: NotCarried[] = [];
  if (components.some(({ tls }) => tls === true)) {
    lost.push('tls');
  }
  if (services.includes('LoadBalancer')) {
    lost.push('loadBalancer');
  }
  if (services.includes('NodePort')) {
    lost.push('nodePorts');
  }
  if (components.some(({ offlineInstances }) => isList(offlineInstances) && offlineInstances.length > 0)) {
    lost.push('offlineInstances');
  }
  return lost;
}

function restoredService(service: Json): Json[] {
  const type = serviceType(service);
  if (!isObject(service) || type === 'LoadBalancer') {
    return [];
  }
  const spec = service['spec'];
  if (!isObject(spec)) {
    return [service];
  }
  const { selector, ports, ...rest } = spec;
  const freed = {
    ...rest,
    ...(isObject(selector) ? { selector: without(selector, LABELS.instance) } : {}),
    ...(isList(ports) ? { ports: type === 'NodePort' ? ports.map((port) => without(port, 'nodePort')) : ports } : {}),
  };
  return [{ ...service, spec: freed }];
}

function serviceType(service: Json): Json | undefined {
  const spec = isObject(service) ? service['spec'] : undefined;
  return isObject(spec) ? spec['type'] : undefined;
}

/** Selectors that name the source cluster by its instance label name the new one. */
function renameInstance(value: Json, from: string, to: string): Json {
  if (isList(value)) {
    return value.map((item) => renameInstance(item, from, to));
  }
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === LABELS.instance && item === from ? to : renameInstance(item, from, to)]));
}

function without(value: Json, field: string): Json {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== field)) : value;
}
