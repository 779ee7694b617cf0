import type { ObjectRef } from '../objectRef';
import { LISTS, type TimelineUpdate } from './timelineData';

/** What the extension sends to the page. */
export type ToPage =
  | { readonly type: 'data'; readonly update: TimelineUpdate; readonly strings: Strings | null }
  /** It cannot be shown (any more), and why. */
  | { readonly type: 'trouble'; readonly message: string };

/** Sentences by their English, where VS Code speaks another language. */
export type Strings = Readonly<Record<string, string>>;

/** What the page sends. */
export type FromPage =
  /** It is there and knows nothing: also after it was hidden. */
  | { readonly type: 'ready' }
  /** It shows what it was sent; `label` is what a screen reader says of the cursor. */
  | { readonly type: 'drawn'; readonly label: string }
  | { readonly type: 'restore'; readonly log: string; readonly at: number }
  | { readonly type: 'openText' };

/** What the page keeps over a reload. */
export interface PageState {
  readonly ref: ObjectRef;
  readonly context: string;
  readonly component: string;
  /** Where the cursor is; null follows the newest instant that can be restored. */
  readonly at: number | null;
  /** What is in sight; null for everything. */
  readonly view: readonly [from: number, to: number] | null;
  readonly zone: string;
}

const LONGEST_NAME = 253;
const LONGEST_LABEL = 2_000;

/** A message of the page; undefined for anything else. */
export function readFromPage(message: unknown): FromPage | undefined {
  const { type, log, at, label } = fieldsOf(message);
  switch (type) {
    case 'ready':
    case 'openText':
      return { type };
    case 'drawn':
      return typeof label === 'string' && label.length <= LONGEST_LABEL ? { type, label } : undefined;
    case 'restore':
      return typeof log === 'string' && log !== '' && log.length <= LONGEST_NAME && isInstant(at) ? { type, log, at } : undefined;
    default:
      return undefined;
  }
}

/** A message of the extension; undefined for anything else. */
export function readToPage(message: unknown): ToPage | undefined {
  const { type, update, strings, message: words } = fieldsOf(message);
  if (type === 'trouble') {
    return typeof words === 'string' ? { type, message: words } : undefined;
  }
  if (type !== 'data' || !isUpdate(update) || (strings !== null && !isStrings(strings))) {
    return undefined;
  }
  return { type, update, strings };
}

/** What a page kept; undefined for anything else. */
export function readPageState(state: unknown): PageState | undefined {
  const { ref, context, component, at, view, zone } = fieldsOf(state);
  const isWhole = isRef(ref) && typeof context === 'string' && typeof component === 'string' && typeof zone === 'string';
  if (!isWhole || (at !== null && !isInstant(at))) {
    return undefined;
  }
  const [from, to] = Array.isArray(view) ? (view as readonly unknown[]) : [];
  return { ref, context, component, at, view: isInstant(from) && isInstant(to) && from < to ? [from, to] : null, zone };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** The form of a reference; which kinds there are the page need not know. */
function isRef(value: unknown): value is ObjectRef {
  const { kind, name, namespace } = fieldsOf(value);
  return typeof kind === 'string' && typeof name === 'string' && (namespace === undefined || typeof namespace === 'string');
}

/** A time that `Date` can hold. */
function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 8_640_000_000_000_000;
}

function isStrings(value: unknown): value is Strings {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

function isUpdate(value: unknown): value is TimelineUpdate {
  const { ref, context, cluster, namespace, now, timeZone, notes, components } = fieldsOf(value);
  const texts = [context, cluster, namespace, timeZone].every((text) => typeof text === 'string');
  return isRef(ref) && texts && isInstant(now) && isTexts(notes) && Array.isArray(components) && components.every(isComponent);
}

function isComponent(value: unknown): boolean {
  const fields = fieldsOf(value);
  const { name, state, notes, nextRun } = fields;
  const isRun = nextRun === null || (Array.isArray(nextRun) && isInstant(nextRun[0]) && typeof nextRun[1] === 'string');
  return typeof name === 'string' && typeof state === 'string' && isTexts(notes) && isRun && LISTS.every((list) => isList(fields[list]));
}

function isList(value: unknown): boolean {
  const { keep, rows } = fieldsOf(value);
  return Number.isInteger(keep) && Array.isArray(rows) && rows.every((row) => Array.isArray(row));
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
