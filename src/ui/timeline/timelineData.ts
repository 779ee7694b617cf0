import type { ObjectRef } from '../objectRef';

/**
 * What the timeline shows, as plain data that is sent to its page. Long lists are rows of primitives: they are compared
 * with what was sent before, and only what differs behind their common beginning is sent again. Times are ms since the epoch.
 */
export interface TimelineData {
  /** What the timeline was opened on, and where: kept by the page over a reload. */
  readonly ref: ObjectRef;
  readonly context: string;
  readonly cluster: string;
  readonly namespace: string;
  /** By the cluster's clock, when this was made. */
  readonly now: number;
  readonly timeZone: string;
  /** Sentences about all of it. */
  readonly notes: readonly string[];
  readonly components: readonly ComponentData[];
}

export interface ComponentData {
  /** Empty where the backups name none. */
  readonly name: string;
  /** How the log backup is, in words. */
  readonly state: string;
  readonly notes: readonly string[];
  readonly nextRun: readonly [at: number, method: string] | null;
  readonly logs: readonly LogRow[];
  readonly targets: readonly TargetRow[];
  readonly bases: readonly BaseRow[];
  readonly stretches: readonly StretchRow[];
}

export type LogRow = readonly [name: string, from: number, to: number];
export type TargetRow = readonly [name: string, from: number, to: number];
export type BaseRow = readonly [name: string, end: number, type: string];
/** `log` and `base` are places in those lists, -1 for none; `restores`: a restore to it may be asked for. */
export type StretchRow = readonly [from: number, to: number, kind: StretchKind, log: number, base: number, replayFrom: number, restores: boolean, why: string];
export type StretchKind = 'recoverable' | 'unreachable' | 'unknown';

export const LISTS = ['logs', 'targets', 'bases', 'stretches'] as const;
export type ListName = (typeof LISTS)[number];

/** A list as it is sent: the first `keep` rows are those of before. */
export interface ListUpdate<Row> {
  readonly keep: number;
  readonly rows: readonly Row[];
}

export type ComponentUpdate = Omit<ComponentData, ListName> & { readonly [Name in ListName]: ListUpdate<ComponentData[Name][number]> };
export type TimelineUpdate = Omit<TimelineData, 'components'> & { readonly components: readonly ComponentUpdate[] };
