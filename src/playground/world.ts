import type { KubeBlocksLine } from '../kubeblocks/kinds';
import type { AnyObject, KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';

/** The playground's own time, in ms since the epoch. It runs at a chosen speed, or stands still and is stepped. */
export interface PlaygroundClock {
  now(): number;
  /** `now()` as Kubernetes writes it: RFC 3339, UTC, whole seconds. */
  timestamp(): string;
  /** Runs `task` once, `delayMs` of playground time from now. Returns how to call it off. */
  after(delayMs: number, task: () => void): () => void;
  /**
   * Where a jump in progress will end, in ms since the epoch; `now()` when none is. Periodic work (log backups, garbage
   * collection) may leave out the steps that lie between, so that a long jump stays cheap.
   */
  horizon?(): number;
}

/** Seeded: the same seed gives the same names, uids and sizes. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** `length` characters of the alphabet Kubernetes uses for generated names. */
  suffix(length: number): string;
  /** A version 4 UUID. */
  uuid(): string;
}

export interface ObjectRef {
  readonly namespace?: string;
  readonly name: string;
}

export type StoreEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  readonly object: AnyObject;
  /** The object before the change; absent for ADDED. */
  readonly previous?: AnyObject;
};

/** A refused request, as the API server answers it. */
export class StatusError extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details?: Readonly<Record<string, unknown>>,
    /** Where an expired list may go on, at the price of consistency. */
    readonly continueToken?: string,
  ) {
    super(message);
    this.name = 'StatusError';
  }
}

/**
 * The playground's etcd and API machinery in one, in process and synchronous: what a controller's client does.
 * Objects handed out are frozen; writers build new ones. Every write bumps resourceVersion, keeps generation, obeys
 * finalizers, deletion timestamps and (for kinds with a schema) admission, and throws `StatusError` as the API would.
 */
export interface ObjectStore {
  get(resource: Resource, ref: ObjectRef): AnyObject | undefined;
  list(resource: Resource, options?: { namespace?: string; labels?: Readonly<Record<string, string>> }): readonly AnyObject[];
  create(resource: Resource, object: AnyObject): AnyObject;
  /** Replaces metadata and spec (status is kept). A resourceVersion in `object` must be current, else 409. */
  update(resource: Resource, object: AnyObject): AnyObject;
  /** Replaces status alone. */
  updateStatus(resource: Resource, object: AnyObject): AnyObject;
  /** Sets deletionTimestamp while finalizers remain, else removes. Owner garbage collection follows. */
  delete(resource: Resource, ref: ObjectRef): void;
  /** Called after each write, in order. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
}

/** Faults that the admin endpoint can switch on by name, e.g. `backup-job-fails`; `target` narrows by object name. */
export interface Faults {
  isOn(name: FaultName, target?: string): boolean;
  /** The log text or detail given with the fault, if any. */
  detail(name: FaultName): string | undefined;
}

/** What can be made to go wrong, by name. */
export const FAULT_NAMES = [
  'repo-precheck-fails',
  'backup-job-fails',
  'backup-job-hangs',
  'restore-job-fails',
  'delete-job-fails',
  'log-backup-stops',
  'snapshot-fails',
  'pod-unschedulable',
  'image-missing',
  'pvc-pending',
  'api-403',
  'api-410',
  'api-500',
  'api-slow',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

export interface World {
  readonly store: ObjectStore;
  readonly clock: PlaygroundClock;
  readonly random: Random;
  readonly faults: Faults;
  /** The KubeBlocks line its controllers are of. */
  readonly line: KubeBlocksLine;
  /** Writes (or counts up) a core/v1 Event. */
  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, component?: string): void;
}

/** A small level-triggered reconciler. */
export interface Controller {
  readonly name: string;
  /** What wakes it. `keys` maps the changed object to the objects to reconcile; by default the object itself. */
  readonly watches: readonly { readonly resource: Resource; readonly keys?: (object: AnyObject, world: World) => readonly ObjectRef[] }[];
  /**
   * Brings the object of `ref` one step further. Runs to its end synchronously; called again on each change of what it
   * watches, and after `requeueAfterMs` of playground time if it returns one. A thrown `StatusError` 409 is retried.
   */
  reconcile(ref: ObjectRef, world: World): { readonly requeueAfterMs: number } | undefined;
}
