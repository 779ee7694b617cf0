/** Kubernetes' own documentation, which the playground leaves out. */
const IS_TEXT = new Set(['description']);

/** An answer without what no two runs share: revisions, uids, times, tokens, made-up names, the namespace. */
export function normalised(value: unknown, namespace: string): unknown {
  if (typeof value === 'string') return cleaned(value, namespace);
  if (Array.isArray(value)) return inOrder(value.map((item) => normalised(item, namespace)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.filter(([key]) => !IS_TEXT.has(key)).map(([key, part]) => [key, named(key, part) ?? normalised(part, namespace)]));
}

/** Lists whose order no two runs share are sorted. */
function inOrder(list: readonly unknown[]): readonly unknown[] {
  const keys = list.map(sortKeyOf);
  return keys.includes(undefined) ? list : [...list].sort((a, b) => (String(sortKeyOf(a)) < String(sortKeyOf(b)) ? -1 : 1));
}

/**
 * Discovery names the resources of a group in the order in which their CRDs happened to be established, and the owners of
 * fields are ordered by the second in which they wrote.
 */
function sortKeyOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { name, singularName, resource, responseKind, manager, operation, subresource } = item as Readonly<Record<string, unknown>>;
  if (typeof name === 'string' && singularName !== undefined) return name;
  if (typeof manager === 'string' && operation !== undefined) return JSON.stringify([manager, operation, subresource]);
  return typeof resource === 'string' && responseKind !== undefined ? resource : undefined;
}

function named(key: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (key === 'resourceVersion' && /^\d+$/.test(value)) return 'REVISION';
  if (key === 'continue') return 'TOKEN';
  return undefined;
}

function cleaned(text: string, namespace: string): string {
  if (/^\d+s$/.test(text)) return 'AGE';
  return text
    .replaceAll(namespace, 'NAMESPACE')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    .replace(/Not_[a-z0-9]{5}\b/g, 'Not_NAME').replace(/generated-[a-z0-9]{5}\b/g, 'generated-NAME')
    .replace(/(resource version: )\d+( \(\d+\))?/g, '$1REVISION')
    .replace(/(Too large resource version: )\d+, current: \d+/g, '$1N, current: N')
    .replace(/current: \d+/g, 'current: N')
    .replace(/^[\d.]+:\d+$/, 'ADDRESS')
    .replace(/^10\.96\.\d+\.\d+$/, 'CLUSTER-IP')
    .replace(/"resourceVersion\\":\\"\d+/g, '"resourceVersion\\":\\"REVISION')
    .replace(/(ResourceVersion in (precondition|record) )\(\d+\)/g, '$1(N)')
    .replace(/ResourceVersion in the precondition \(\d+\) does not match the ResourceVersion in record \(\d+\)/g, 'ResourceVersion in the precondition (N) does not match the ResourceVersion in record (N)')
    .replace(/continue=[^&]+/g, 'continue=TOKEN')
    .replace(/resourceVersion=\d{2,}/g, 'resourceVersion=REVISION');
}
