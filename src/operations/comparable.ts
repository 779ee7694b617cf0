import * as l10n from '@vscode/l10n';
import type { AnyObject } from '../kubeblocks/objects';
import { redact } from '../kubeblocks/redact';
import { ownFields } from './writableObject';

export interface Comparable {
  /** Undefined where the cluster has no such object. */
  readonly before: AnyObject | undefined;
  readonly after: AnyObject;
}

/**
 * Two states of an object as they are to be compared: without status and what the server keeps for itself, and without
 * credentials. A credential that differs is marked, because both sides would read the same.
 */
export function comparable(before: AnyObject | undefined, after: AnyObject): Comparable {
  const next = ownFields(after);
  if (before === undefined) {
    return { before, after: redact(next) };
  }
  const last = ownFields(before);
  const shown = redact(last);
  return { before: shown, after: marked({ was: last, is: next, wasShown: shown, isShown: redact(next) }) as AnyObject };
}

/** Whether an object would stay as it is. */
export function isUnchanged(before: AnyObject, after: AnyObject): boolean {
  return isSameValue(ownFields(before), ownFields(after));
}

interface Sides {
  readonly was: unknown;
  readonly is: unknown;
  readonly wasShown: unknown;
  readonly isShown: unknown;
}

function marked({ was, is, wasShown, isShown }: Sides): unknown {
  if (typeof isShown === 'string') {
    return isShown === wasShown && was !== is ? l10n.t('{0} (changed)', isShown) : isShown;
  }
  if (typeof isShown !== 'object' || isShown === null) {
    return isShown;
  }
  const within = (key: string): unknown => marked({ was: inside(was, key), is: inside(is, key), wasShown: inside(wasShown, key), isShown: inside(isShown, key) });
  return Array.isArray(isShown) ? isShown.map((_, index) => within(String(index))) : Object.fromEntries(Object.keys(isShown).map((key) => [key, within(key)]));
}

function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** Whether two values are the same JSON, in whatever order of keys. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b;
  }
  const keys = Object.keys(a);
  return Array.isArray(a) === Array.isArray(b) && keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameValue(inside(a, key), inside(b, key)));
}
