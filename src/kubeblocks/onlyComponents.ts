import { isJsonList, jsonText, type Json, type JsonObject } from './json';

/**
 * A Cluster's spec with the components and shardings of these names alone, and the services of theirs. A topology would
 * make the others anew (`transformer_cluster_normalization.go`), so it is left out: each component has its definition.
 */
export function onlyComponents(spec: JsonObject, names: ReadonlySet<string | undefined>): JsonObject {
  const rest = Object.fromEntries(Object.entries(spec).filter(([key]) => key !== 'clusterDef' && key !== 'topology'));
  const kept = (key: string, isKept: (item: Json) => boolean): JsonObject => (isJsonList(spec[key]) ? { [key]: spec[key].filter(isKept) } : {});
  const isNamed = (item: Json): boolean => names.has(jsonText(item, 'name'));
  const isOfThem = (service: Json): boolean => {
    const of = jsonText(service, 'componentSelector') ?? '';
    return of === '' || names.has(of);
  };
  return { ...rest, ...kept('componentSpecs', isNamed), ...kept('shardings', isNamed), ...kept('services', isOfThem) };
}
