import type { AnyObject } from '../../kubeblocks/objects';
import { keyOf } from '../../kubeblocks/inventory';
import type { StoreEvent } from '../world';
import { tooOld } from './statusErrors';

export interface Change {
  readonly revision: number;
  readonly event: StoreEvent;
}

/**
 * One kind's objects in the order etcd lists them (`namespace/name`), with the changes of the recent past, so that a
 * watch can resume and a page be read as of an earlier revision.
 */
export class Table {
  private readonly byKey = new Map<string, AnyObject>();
  private keys: string[] = [];
  private items: AnyObject[] = [];
  /** `items` has been handed out and must not be changed in place. */
  private shared = false;
  private changes: Change[] = [];
  /** Changes up to this revision are forgotten. */
  private compacted = 0;
  private readonly past = new Map<number, readonly AnyObject[]>();

  constructor(private readonly historyLimit: number) {}

  get(key: string): AnyObject | undefined {
    return this.byKey.get(key);
  }

  /** All objects, or those of one namespace. The array never changes. */
  list(namespace?: string): readonly AnyObject[] {
    this.shared = true;
    if (namespace === undefined) return this.items;
    return this.items.slice(this.position(`${namespace}/`), this.position(`${namespace}0`));
  }

  apply(event: StoreEvent, revision: number): void {
    const key = keyOf(event.object);
    if (this.shared) {
      this.items = this.items.slice();
      this.shared = false;
    }
    const at = this.position(key);
    if (event.type === 'DELETED') {
      this.byKey.delete(key);
      this.keys.splice(at, 1);
      this.items.splice(at, 1);
    } else {
      const replaced = event.type === 'MODIFIED' ? 1 : 0;
      this.byKey.set(key, event.object);
      this.keys.splice(at, replaced, key);
      this.items.splice(at, replaced, event.object);
    }
    this.remember({ revision, event });
  }

  /** Oldest first. Throws 410 when some of them are forgotten. */
  changesSince(revision: number): readonly Change[] {
    if (revision < this.compacted) throw tooOld(revision, this.compacted);
    return this.changes.slice(firstAfter(this.changes, revision));
  }

  /** The objects as they were at a revision. Throws 410 when that is too long ago. */
  listAt(revision: number): readonly AnyObject[] {
    const since = this.changesSince(revision);
    if (since.length === 0) return this.list();
    const known = this.past.get(revision);
    if (known !== undefined) return known;
    const items = undo(this.byKey, since);
    this.past.set(revision, items);
    const [oldest] = this.past.keys();
    if (this.past.size > KEPT_PAST_LISTS && oldest !== undefined) this.past.delete(oldest);
    return items;
  }

  /** Forgets every change up to a revision. */
  compact(revision: number): void {
    this.changes = this.changes.slice(firstAfter(this.changes, revision));
    this.compacted = Math.max(this.compacted, revision);
    this.past.clear();
  }

  private remember(change: Change): void {
    this.changes.push(change);
    if (this.changes.length < 2 * this.historyLimit) return;
    this.compacted = this.changes[this.historyLimit - 1]?.revision ?? this.compacted;
    this.changes = this.changes.slice(this.historyLimit);
  }

  /** Where `key` is, or would be. */
  private position(key: string): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Lists of the past that readers of pages are probably still going through. */
const KEPT_PAST_LISTS = 4;

function firstAfter(changes: readonly Change[], revision: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.revision ?? 0) <= revision) low = middle + 1;
    else high = middle;
  }
  return low;
}

function undo(current: ReadonlyMap<string, AnyObject>, changes: readonly Change[]): readonly AnyObject[] {
  const objects = new Map(current);
  for (const { event } of [...changes].reverse()) {
    const key = keyOf(event.object);
    if (event.previous === undefined) objects.delete(key);
    else objects.set(key, event.previous);
  }
  return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}
