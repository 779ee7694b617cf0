import { isJsonList, isJsonObject, type Json, type JsonObject } from './json';

/**
 * A Cluster's spec with the components and shardings of these names alone, and the services of theirs. A topology would
 * make the others anew (`transformer_cluster_normalization.go`), so it is left out: each component has its definition.
 */
export function onlyComponents(spec: JsonObject, names: ReadonlySet<string | undefined>): JsonObject {
  const rest = Object.fromEntries(Object.entries(spec).filter(([key]) => key !== 'clusterDef' && key !== 'topology'));
  const textOf = (item: Json, key: string): string | undefined => {
    const value = isJsonObject(item) ? item[key] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const kept = (key: string, isKept: (item: Json) => boolean): JsonObject => (isJsonList(spec[key]) ? { [key]: spec[key].filter(isKept) } : {});
  const isNamed = (item: Json): boolean => names.has(textOf(item, 'name'));
  const isOfThem = (service: Json): boolean => {
    const of = textOf(service, 'componentSelector');
    return of === undefined || names.has(of);
  };
  return { ...rest, ...kept('componentSpecs', isNamed), ...kept('shardings', isNamed), ...kept('services', isOfThem) };
}
