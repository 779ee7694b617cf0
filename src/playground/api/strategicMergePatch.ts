import { isRecord } from './sentObject';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The key that tells the items of a list apart, by the list's field: the `patchMergeKey` tags of `k8s.io/api` for the
 * kinds served here. Lists that are not named are replaced, as are those of custom resources' fields.
 */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  addresses: 'type',
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ownerReferences: 'uid',
  podIPs: 'ip',
  resourceClaims: 'name',
  schedulingGates: 'name',
  secrets: 'name',
  taints: 'key',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

/** Lists of plain values that are merged as sets. */
const MERGED_SETS = new Set(['finalizers']);

/** Strategic merge patch for built-in kinds (Kubernetes, api-conventions and `strategicpatch`), with its directives. */
export function strategicMergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  if (patch.$patch === 'delete') return {};
  const result: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (field.startsWith('$')) applyDirective(result, field, value);
    else if (value === null) Reflect.deleteProperty(result, field);
    else result[field] = patchField(field, result, value, patch);
  }
  return result;
}

function patchField(field: string, target: Fields, value: unknown, patch: Fields): unknown {
  const current = target[field];
  if (!Array.isArray(value)) return strategicMergePatch(current, value);
  const items: readonly unknown[] = Array.isArray(current) ? current : [];
  const key = mergeKeyOf(field, [...items, ...(value as unknown[])]);
  if (key !== undefined) return inOrder(mergeByKey(items, value, key), patch[`$setElementOrder/${field}`], key);
  return MERGED_SETS.has(field) ? [...new Set([...items, ...(value as unknown[])])] : value;
}

/** Ports go by their number: `containerPort` in a container, `port` in a service. */
function mergeKeyOf(field: string, items: readonly unknown[]): string | undefined {
  if (field !== 'ports') return MERGE_KEYS[field];
  return items.some((item) => isRecord(item) && 'containerPort' in item) ? 'containerPort' : 'port';
}

function mergeByKey(current: readonly unknown[], patches: readonly unknown[], key: string): readonly unknown[] {
  if (patches.some((patch) => isRecord(patch) && patch.$patch === 'replace' && !(key in patch))) {
    return patches.filter((patch) => !(isRecord(patch) && patch.$patch === 'replace'));
  }
  const result = [...current];
  for (const patch of patches) {
    if (!isRecord(patch)) continue;
    const at = result.findIndex((item) => isRecord(item) && item[key] === patch[key]);
    if (patch.$patch === 'delete') {
      if (at >= 0) result.splice(at, 1);
    } else if (at >= 0) result[at] = strategicMergePatch(result[at], patch);
    else result.push(strategicMergePatch({}, patch));
  }
  return result;
}

function inOrder(items: readonly unknown[], order: unknown, key: string): readonly unknown[] {
  if (!Array.isArray(order)) return items;
  const rank = new Map(order.map((item, index) => [isRecord(item) ? item[key] : item, index]));
  const rankOf = (item: unknown): number => rank.get(isRecord(item) ? item[key] : item) ?? -1;
  return [...items].sort((a, b) => rankOf(a) - rankOf(b));
}

function applyDirective(result: Record<string, unknown>, directive: string, value: unknown): void {
  const [name, field = ''] = directive.split('/');
  if (!Array.isArray(value)) return;
  const values: readonly unknown[] = value;
  const current = result[field];
  if (name === '$deleteFromPrimitiveList' && Array.isArray(current)) {
    result[field] = current.filter((item) => !values.includes(item));
  } else if (name === '$retainKeys') {
    for (const key of Object.keys(result)) if (!values.includes(key)) Reflect.deleteProperty(result, key);
  }
}

function withoutDirectives(patch: Fields): Fields {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !field.startsWith('$')));
}
