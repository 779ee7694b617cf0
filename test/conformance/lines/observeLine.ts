import type { AnyObject } from '../../../src/kubeblocks/objects';
import { observe, type ObservedObject, type StoryObservation } from '../stories/observe';
import type { StoryLog } from '../stories/storyLog';

/** Where the recordings were made, and so the stories are told. */
export const NAMESPACE = 'demo';

/** Kubernetes' own objects, whose pods and accounts are told of by nobody else. */
const OBSERVED = new Set(['Backup', 'BackupPolicy', 'BackupSchedule', 'BackupRepo', 'Restore', 'OpsRequest', 'Cluster', 'Component', 'Job', 'CronJob', 'StatefulSet', 'PersistentVolumeClaim', 'VolumeSnapshot', 'Event']);

/** Labels that say which version of which add-on the database is of, and how its instances are kept. */
const OF_THE_ADDON = /^(app\.kubernetes\.io\/component|componentdefinition\.kubeblocks\.io\/name|apps\.kubeblocks\.io\/(release-phase|service-version|pod-name)|workloads\.kubeblocks\.io\/.*)$/;

/** What a database tells of itself on the 1.2 line, however it came to be. */
const OF_THE_DATABASE = /^Normal (Completed|Healthy|PhaseCheckFail|RoleCheckFail|WorkloadNotReady|WorkloadNotUpdated|RoleProbeNotDone) /;

/** Written from the add-on's definitions: how a backup is made, not how it goes. */
const OF_THE_METHOD = new Set(['backupMethod', 'target', 'targets']);

/**
 * What a story showed, of what is wanted: phases, conditions, labels, annotations, owners, finalizers and status of each
 * object, and events. The spec is left out: the recordings were made with other versions of the add-ons.
 */
export function observeLine(log: StoryLog, about: RegExp): StoryObservation {
  const { objects, events } = observe(named(log.filter(({ object }) => OBSERVED.has(object.kind)).map(withoutNewFormOfEvent)), NAMESPACE);
  const wanted = <T>(all: Readonly<Record<string, T>>): readonly (readonly [string, T])[] => Object.entries(all).filter(([name]) => about.test(name));
  return {
    objects: Object.fromEntries(wanted(objects).map(([name, object]) => [name, isStaging(name) ? comingAndGoing(object) : facts(object)])),
    events: Object.fromEntries(wanted(events).flatMap(([name, told]) => eventsOf(name, told))),
  };
}

function eventsOf(name: string, told: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const kept = /^(Cluster|Component)\//.test(name) ? told.filter((text) => !OF_THE_DATABASE.test(text)) : told;
  return kept.length === 0 ? [] : [[name, kept]];
}

function facts(object: ObservedObject): ObservedObject {
  const { isGone, phases, conditions, labels, annotations, ownerReferences, finalizers, status } = object;
  const kept = {
    isGone,
    phases,
    conditions: conditions && Object.fromEntries(Object.entries(conditions).map(([type, told]) => [type, withoutRounds(told)])),
    labels: without(labels, (key) => OF_THE_ADDON.test(key)),
    annotations: masked(annotations),
    ownerReferences,
    finalizers: ofOthers(finalizers),
    status: without(status, (key) => OF_THE_METHOD.has(key)),
  };
  return JSON.parse(JSON.stringify(kept)) as ObservedObject;
}

/** Claims beside claims live for moments; what Kubernetes makes of their volumes is no word of KubeBlocks. */
function isStaging(name: string): boolean {
  return name.startsWith('PersistentVolumeClaim/kb-populate-');
}

function comingAndGoing({ isGone }: ObservedObject): ObservedObject {
  return isGone === undefined ? {} : { isGone };
}

/** A claim whose restore failed is rewritten for ever, in turns: one turn is told. */
function withoutRounds(told: readonly string[]): readonly string[] {
  return told.filter((text, index) => index < 2 || text !== told[index - 2]);
}

/** Without the mark of Kubernetes on claims in use. */
function ofOthers(finalizers: unknown): unknown {
  const kept = Array.isArray(finalizers) ? finalizers.filter((one) => one !== 'kubernetes.io/pvc-protection') : [];
  return kept.length === 0 ? undefined : kept;
}

function without(part: unknown, isUnwanted: (key: string) => boolean): unknown {
  if (typeof part !== 'object' || part === null) return part;
  const kept = Object.entries(part).filter(([key]) => !isUnwanted(key));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Of a snapshot of the cluster only what the controllers note on it. */
function masked(annotations: unknown): unknown {
  if (typeof annotations !== 'object' || annotations === null) return annotations;
  const kept = Object.fromEntries(
    Object.entries(annotations).flatMap(([key, value]) => {
      if (key === 'kubectl.kubernetes.io/last-applied-configuration' || /^(pv|volume(\.beta)?)\.kubernetes\.io\//.test(key)) return [];
      if (key !== 'kubeblocks.io/cluster-snapshot') return [[key, value] as const];
      return [[key, Object.keys((value as { readonly metadata?: { readonly annotations?: object } }).metadata?.annotations ?? {})] as const];
    }),
  );
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** Claims beside claims, and what fills them, by the claim they stand for, as their own names are made of its uid; other uids in names without. */
function named(log: StoryLog): StoryLog {
  const claims = new Map(log.filter(({ object }) => object.kind === 'PersistentVolumeClaim').map(({ object }) => [object.metadata.uid ?? '', object.metadata.name]));
  const byStaging = new Map([...claims].map(([uid, name]) => [`kb-populate-${uid}`, `kb-populate-OF-${name}`]));
  const staged = log.filter(({ object }) => /kb-populate-|post-ready/.test(JSON.stringify(object)));
  const restores = new Map(
    staged.filter(({ object }) => object.kind === 'Restore').map(({ object }) => [(object.metadata.uid ?? '').slice(0, 8), byStaging.get(object.metadata.name) ?? 'post-ready']),
  );
  const beginnings = new Set(log.flatMap(({ object }) => JSON.stringify(object).match(UUID) ?? []).map((uid) => uid.slice(0, 8)));
  const renamed = (text: string): string =>
    text
      .replace(/kb-populate-[0-9a-f-]{36}/g, (name) => byStaging.get(name) ?? name)
      .replace(/(restore-preparedata|restore-post-ready)-([0-9a-f]{8})\b/g, (all, stage: string, uid: string) => (restores.has(uid) ? `${stage}-OF-${restores.get(uid)}` : all))
      .replace(/(?<![0-9a-f])[0-9a-f]{8}(?=-(?!\w{4}-\w{4}-))/g, (part) => (beginnings.has(part) ? 'UID8' : part))
      .replace(/-29\d{6}\b/g, '-MINUTE');
  return renamedLog(log, renamed);
}

/** The same with other names in it, everywhere. */
export function renamedLog(log: StoryLog, rename: (text: string) => string = (text) => text): StoryLog {
  return log.map(({ type, object }) => ({ type, object: JSON.parse(rename(JSON.stringify(object))) as AnyObject }));
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

type Told = StoryLog[number];

/** Events of events.k8s.io and of core are the same objects. */
function withoutNewFormOfEvent({ type, object }: Told): Told {
  const { regarding, note, reportingController, deprecatedSource } = object as AnyObject & { regarding?: object; note?: string; reportingController?: string; deprecatedSource?: object };
  if (regarding === undefined) return { type, object };
  return { type, object: { ...object, involvedObject: regarding, message: note, reportingComponent: reportingController, source: deprecatedSource } };
}
