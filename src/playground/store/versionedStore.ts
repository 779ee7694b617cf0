import type { AnyObject } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import type { FieldError } from '../admission/fieldError';
import type { Operation, Owners } from '../ownership/managers';
import type { ObjectRef, ObjectStore } from '../world';
import type { Change } from './table';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** Who writes, for `metadata.managedFields`. */
export interface WrittenBy {
  readonly manager: string;
  /** `Update` by default. */
  readonly operation?: Operation;
  /** Who owns what: what the writer says itself, or has found out (`settled`). Without it, as it was. */
  readonly owners?: Owners;
  readonly settled?: boolean;
}

export interface WriteOptions {
  readonly by?: WrittenBy;
  /** Further refusals, beside those of admission; `old` is what an update replaces. */
  readonly validate?: (object: AnyObject, old: AnyObject | undefined) => readonly FieldError[];
  /** Judge and answer as if it were written, and write nothing. */
  readonly dryRun?: boolean;
  /** The version whose schema judges what was sent, where it is not the stored one. */
  readonly version?: string;
  /** Told of the fields that the kind does not know (often none), which are dropped. May throw to refuse them. */
  readonly onUnknownFields?: (paths: readonly string[]) => void;
}

export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  readonly dryRun?: boolean;
  readonly propagationPolicy?: PropagationPolicy;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

export interface Deleted {
  /** As it was last. */
  readonly object: AnyObject;
  /** False while finalizers hold it. */
  readonly removed: boolean;
}

/** What an API server needs of the store besides what a controller needs. */
export interface VersionedStore extends ObjectStore {
  create(resource: Resource, object: AnyObject, options?: WriteOptions): AnyObject;
  update(resource: Resource, object: AnyObject, options?: WriteOptions): AnyObject;
  updateStatus(resource: Resource, object: AnyObject, options?: WriteOptions): AnyObject;
  delete(resource: Resource, ref: ObjectRef, options?: DeleteOptions): Deleted;
  /** Forgets the past, as etcd is told to every few minutes: nothing can be watched or read from before this. */
  compact(): void;
  /** The same store, with another name on what is written through it. */
  writingAs(manager: string): VersionedStore;
  /** Of the last write. */
  revision(): number;
  /** In etcd's order. With `at`, as it was then; throws 410 when that is no longer known. */
  listAt(resource: Resource, namespace: string | undefined, at: number): readonly AnyObject[];
  /** Oldest first, over all namespaces. Throws 410 when some of them are no longer known. */
  changesSince(resource: Resource, revision: number): readonly Change[];
}
