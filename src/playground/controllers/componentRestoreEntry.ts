import type { Parameter } from '../../kubeblocks/objects';

/** One component's entry of the annotation `kubeblocks.io/restore-from-backup`; every value is a string. */
export interface RestoreEntry {
  readonly name?: string;
  readonly namespace?: string;
  readonly volumeRestorePolicy?: string;
  readonly restoreTime?: string;
  readonly doReadyRestoreAfterClusterRunning?: string;
  readonly restoreEnv?: string;
  readonly restoreParameters?: string;
}

/** Why the annotation cannot be read, in the words of Go's JSON decoder; undefined where it can or is absent. */
export function restoreAnnotationError(annotation: string | undefined): string | undefined {
  if (annotation === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(annotation);
  } catch {
    return 'invalid character in restore annotation: it is not JSON';
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return `json: cannot unmarshal ${goKind(parsed)} into Go value of type map[string]map[string]string`;
  }
  for (const entry of Object.values(parsed)) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      return `json: cannot unmarshal ${goKind(entry)} into Go value of type map[string]string`;
    }
    const wrong = Object.values(entry as Record<string, unknown>).find((value) => typeof value !== 'string');
    if (wrong !== undefined) return `json: cannot unmarshal ${goKind(wrong)} into Go value of type string`;
  }
  return undefined;
}

/** The entries by component (or sharding) name; empty where the annotation is absent or cannot be read. */
export function restoreEntries(annotation: string | undefined): Readonly<Record<string, RestoreEntry>> {
  if (annotation === undefined || restoreAnnotationError(annotation) !== undefined) return {};
  return JSON.parse(annotation) as Record<string, RestoreEntry>;
}

/** The annotation without one entry; undefined when that was the last. */
export function withoutEntry(annotation: string | undefined, component: string): string | undefined {
  const rest = Object.entries(restoreEntries(annotation)).filter(([name]) => name !== component);
  return rest.length === 0 ? undefined : JSON.stringify(Object.fromEntries(rest));
}

/** `restoreParameters` and `restoreEnv` are JSON inside the JSON; what cannot be read counts as absent. */
export function listIn(text: string | undefined): readonly Parameter[] | undefined {
  if (text === undefined) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as Parameter[]) : undefined;
  } catch {
    return undefined;
  }
}

function goKind(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
