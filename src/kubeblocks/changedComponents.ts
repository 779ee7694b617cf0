import { isJsonList, isJsonObject, type Json, type JsonObject } from './json';
import type { ComponentChange } from './restoreRequest';

/** A Cluster's spec with its components and shardings changed, each by its name before. */
export function changedComponents(spec: JsonObject, changes: Readonly<Record<string, ComponentChange>>): JsonObject {
  return {
    ...spec,
    ...(isJsonList(spec['componentSpecs']) && { componentSpecs: spec['componentSpecs'].map((component) => changed(component, changes, changedTemplate)) }),
    ...(isJsonList(spec['shardings']) && {
      shardings: spec['shardings'].map((sharding) => changed(sharding, changes, (each, change) => ({ ...each, ...(isJsonObject(each['template']) && { template: changedTemplate(each['template'], change) }) }))),
    }),
  };
}

function changed(component: Json, changes: Readonly<Record<string, ComponentChange>>, apply: (component: JsonObject, change: ComponentChange) => JsonObject): Json {
  const name = isJsonObject(component) ? component['name'] : undefined;
  const change = typeof name === 'string' && Object.hasOwn(changes, name) ? changes[name] : undefined;
  if (!isJsonObject(component) || change === undefined) {
    return component;
  }
  return { ...apply(component, change), ...(change.name !== undefined && { name: change.name }) };
}

function changedTemplate(template: JsonObject, { replicas, serviceVersion, storageClass, storage }: ComponentChange): JsonObject {
  const claims = template['volumeClaimTemplates'];
  return {
    ...template,
    ...(replicas !== undefined && { replicas }),
    ...(serviceVersion !== undefined && { serviceVersion }),
    ...(isJsonList(claims) && { volumeClaimTemplates: claims.map((claim) => changedClaim(claim, storageClass, storage)) }),
  };
}

function changedClaim(claim: Json, storageClassName: string | undefined, storage: string | undefined): Json {
  const spec = isJsonObject(claim) ? claim['spec'] : undefined;
  if (!isJsonObject(claim) || !isJsonObject(spec)) {
    return claim;
  }
  const resources = isJsonObject(spec['resources']) ? spec['resources'] : {};
  const requests = isJsonObject(resources['requests']) ? resources['requests'] : {};
  return {
    ...claim,
    spec: {
      ...spec,
      ...(storageClassName !== undefined && { storageClassName }),
      ...(storage !== undefined && { resources: { ...resources, requests: { ...requests, storage } } }),
    },
  };
}
