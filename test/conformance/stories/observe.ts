import type { AnyObject } from '../../../src/kubeblocks/objects';
import { createNormaliser } from './normaliser';
import type { StoryLog } from './storyLog';

/** What a story showed, freed of what differs from run to run. Objects and events by name, so that order does not matter. */
export interface StoryObservation {
  readonly objects: Readonly<Record<string, ObservedObject>>;
  /** `Backup/full Normal CreatedBackup (backup-controller): Completed backup`, sorted, each once. */
  readonly events: Readonly<Record<string, readonly string[]>>;
}

export interface ObservedObject {
  readonly phases?: readonly string[];
  /** By type, each `status/reason: message` in the order in which they came. */
  readonly conditions?: Readonly<Record<string, readonly string[]>>;
  readonly isGone?: true;
  readonly [part: string]: unknown;
}

/** Whose events tell a story of backups; those of pods, claims and instances are the scheduler's, the provisioner's, the database's. */
const TELLS = new Set(['Backup', 'BackupPolicy', 'BackupSchedule', 'BackupRepo', 'Restore', 'OpsRequest', 'Cluster', 'Component', 'Job', 'CronJob', 'StatefulSet']);

/** Of these only what backup and restore do to them. */
const FOREIGN = new Set(['Cluster', 'Component']);

/** Why a database tells of itself, however it came to be. */
const OWN_LIFE = new Set(['ClusterComponentPhaseTransition', 'ComponentPhaseTransition', 'Available', 'Unavailable', 'Unknown', 'Warning']);

const NEVER_EQUAL = new Set(['managedFields', 'resourceVersion', 'uid', 'creationTimestamp', 'generation', 'selfLink', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'clusterGeneration']);

/** Amounts that stand for data nobody copied, and how long it took. */
const AMOUNTS: ReadonlyMap<string, string> = new Map([['totalSize', 'SIZE'], ['duration', 'DURATION'], ['lastTransitionTime', 'TIME'], ['lastProbeTime', 'TIME'], ['controller-uid', 'UID'], ['batch.kubernetes.io/controller-uid', 'UID'], ['lastScheduleTime', 'TIME'], ['lastSuccessfulTime', 'TIME']]);

/** Containers whose shell script is KubeBlocks' own, of which the playground has no copy: that there is one is told. Scripts of engines are compared. */
const SCRIPTED = new Set(['backup-schedule', 'deleter', 'manager', 'pre-check', 'restore-manager']);
const IS_SCRIPT = /^(?:\n?set -|.*\n)/;

export function observe(log: StoryLog, namespace: string): StoryObservation {
  const clean = createNormaliser({ namespace, log });
  const histories = new Map<string, { versions: AnyObject[]; isGone: boolean }>();
  const events = new Map<string, Set<string>>();
  for (const { type, object } of log) {
    if (object.kind === 'Event') {
      if (type !== 'DELETED') noteEvent(events, object, clean);
      continue;
    }
    if (isOfInstance(object)) continue;
    const name = clean(`${object.kind}/${object.metadata.name}`);
    const history = histories.get(name) ?? { versions: [], isGone: false };
    history.isGone = type === 'DELETED';
    if (type !== 'DELETED') history.versions.push(object);
    histories.set(name, history);
  }
  return {
    objects: sorted([...histories].map(([name, { versions, isGone }]) => [name, observeObject(versions, isGone, clean)])),
    events: sorted([...events].map(([about, told]) => [about, [...told].sort()])),
  };
}

function noteEvent(events: Map<string, Set<string>>, event: AnyObject, clean: (text: string) => string): void {
  const { involvedObject, type, reason, message, source, reportingComponent } = event as AnyObject & {
    involvedObject: { kind: string; name: string }; type: string; reason: string; message: string; source?: { component?: string }; reportingComponent?: string;
  };
  if (!TELLS.has(involvedObject.kind)) return;
  if (FOREIGN.has(involvedObject.kind) && OWN_LIFE.has(reason)) return;
  const about = clean(`${involvedObject.kind}/${involvedObject.name}`);
  const told = events.get(about) ?? new Set();
  told.add(clean(`${type} ${reason} (${source?.component || reportingComponent || ''}): ${message}`));
  events.set(about, told);
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

type WithStatus = AnyObject & { readonly spec?: unknown; readonly status?: Readonly<Record<string, unknown>> & { readonly phase?: string; readonly conditions?: readonly Condition[] } };

function observeObject(versions: readonly AnyObject[], isGone: boolean, clean: (text: string) => string): ObservedObject {
  const last = versions.at(-1) as WithStatus | undefined;
  if (last === undefined) return { isGone: true };
  const status: Record<string, unknown> = { ...last.status };
  Reflect.deleteProperty(status, 'conditions');
  Reflect.deleteProperty(status, 'phase');
  const { labels, annotations, ownerReferences, finalizers } = last.metadata;
  const rest = { ...last };
  for (const part of ['apiVersion', 'kind', 'metadata', 'spec', 'status']) Reflect.deleteProperty(rest, part);
  const phases = runs(versions.map((version) => (version as WithStatus).status?.phase ?? ''));
  const seen = conditionsOf(versions, clean);
  if (FOREIGN.has(last.kind)) {
    const conditions = seen['Restore'] === undefined ? undefined : { Restore: seen['Restore'] };
    return cleanValue({ ...(isGone && { isGone: true as const }), ...(last.kind === 'Cluster' && phases.join('') !== '' && { phases }), conditions, annotations: ofBackups(annotations) }, clean, '') as ObservedObject;
  }
  const shown = {
    ...(isGone && { isGone: true as const }),
    ...(phases.join('') !== '' && { phases }),
    ...(Object.keys(seen).length > 0 && { conditions: seen }),
    labels, annotations, ownerReferences, finalizers,
    spec: last.spec,
    status: Object.keys(status).length === 0 ? undefined : status,
    ...rest,
  };
  return cleanValue(shown, clean, '') as ObservedObject;
}

function ofBackups(annotations: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> | undefined {
  const told = Object.entries(annotations).filter(([key]) => key === 'kubeblocks.io/restore-from-backup' || key.startsWith('dataprotection.'));
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

/** Claims of the database's own instances are as its instances are, unless they are filled from a backup. */
function isOfInstance({ kind, metadata }: AnyObject): boolean {
  if (kind !== 'PersistentVolumeClaim' || metadata.labels?.['apps.kubeblocks.io/component-name'] === undefined) return false;
  return metadata.labels['dataprotection.kubeblocks.io/restore'] === undefined && metadata.annotations?.['apps.kubeblocks.io/restore-source-name'] === undefined;
}

function conditionsOf(versions: readonly WithStatus[], clean: (text: string) => string): Readonly<Record<string, readonly string[]>> {
  const told: Record<string, string[]> = {};
  for (const { status } of versions) {
    for (const { type, status: value, reason = '', message = '' } of status?.conditions ?? []) {
      (told[type] ??= []).push(clean(`${value}/${reason}: ${message}`));
    }
  }
  return sorted(Object.entries(told).map(([type, texts]) => [type, runs(texts)]));
}

/** Without what is said twice in a row. */
function runs(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => value !== values[index - 1]);
}

function cleanValue(value: unknown, clean: (text: string) => string, key: string): unknown {
  const amount = AMOUNTS.get(key);
  if (amount !== undefined && (typeof value === 'string' || typeof value === 'number')) return value === '' ? '' : amount;
  if (key === 'kubeblocks.io/encrypted-system-accounts') return masked(JSON.parse(String(value)));
  if (key === 'kubeblocks.io/reconcile') return 'REVISION';
  if (typeof value === 'string') return value.startsWith('{"') ? embedded(value, clean) : clean(value);
  if (Array.isArray(value)) return byName(value, clean) ?? value.map((item) => cleanValue(item, clean, ''));
  if (typeof value !== 'object' || value === null) return value;
  if (key === 'data') return Object.keys(value).sort();
  if ('name' in value && SCRIPTED.has(String(value.name))) return observeScripted(value, clean);
  return observeFields(value, clean);
}

function observeScripted(container: object, clean: (text: string) => string): unknown {
  const hidden = (words: unknown): unknown => (Array.isArray(words) ? words.map((word) => (IS_SCRIPT.test(String(word)) ? 'SCRIPT' : word as unknown)) : words);
  const { args, command, ...rest } = container as { readonly args?: unknown; readonly command?: unknown };
  return observeFields({ ...rest, args: hidden(args), command: hidden(command) }, clean);
}

function observeFields(value: object, clean: (text: string) => string): unknown {
  return sorted(Object.entries(value).filter(([name, part]) => !NEVER_EQUAL.has(name) && part !== undefined).map(([name, part]) => [clean(name), cleanValue(part, clean, name)]));
}

/** Containers, variables, volumes: by their name, where each has one of its own. */
function byName(items: readonly unknown[], clean: (text: string) => string): unknown {
  const names = items.map((item) => (typeof item === 'object' && item !== null && 'name' in item ? clean(String(item.name)) : undefined));
  if (names.length === 0 || names.includes(undefined) || new Set(names).size !== names.length) return undefined;
  return sorted(items.map((item, index) => [names[index] ?? '', cleanValue(item, clean, '')] as const));
}

function embedded(text: string, clean: (text: string) => string): unknown {
  try {
    return cleanValue(JSON.parse(text), clean, '');
  } catch {
    return clean(text);
  }
}

function masked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return 'CIPHERTEXT';
  return sorted(Object.entries(value).map(([key, part]) => [key, masked(part)]));
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
