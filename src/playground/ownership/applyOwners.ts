import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { compareFields } from './compareFields';
import { difference, intersection, isEqual, NO_FIELDS, pathTexts, union, type FieldSet } from './fieldSet';
import { fieldsOf, withParents } from './fieldsOf';
import { idOf, UNOWNED, type Owner, type Owners, type Writer } from './managers';
import { mergeFields } from './mergeFields';
import { removeFields } from './removeFields';
import { withoutFields } from './updateOwners';

export interface Application {
  readonly live: object;
  readonly applied: object;
  readonly schema: StructuralSchema | undefined;
  readonly owners: Owners;
  readonly writer: Writer;
  readonly time: string;
  /** Takes conflicting fields from whoever owns them. */
  readonly force: boolean;
  /** Of the fields a request through this door may own. */
  readonly mayOwn: (fields: FieldSet) => FieldSet;
}

export interface Applied {
  readonly object: object;
  readonly owners: Owners;
}

/** A field that is someone else's. */
export interface Conflict {
  readonly owner: Owner;
  readonly path: string;
}

export type ApplyResult = Applied | { readonly conflicts: readonly Conflict[] };

/** Server-side apply (`Updater.Apply`): what is applied is owned, what was and no longer is goes, unless others own it. */
export function applyOwners(application: Application): ApplyResult {
  const { live, applied, schema, owners, writer, time, force, mayOwn } = application;
  const id = idOf(writer);
  const before = owners.get(id);
  const own = mayOwn(fieldsOf(applied, schema));
  const withApplier = new Map(owners).set(id, { ...writer, time, fields: own });
  const merged = mergeFields(live, applied, schema);
  const object = (before === undefined ? merged : prune(merged, before.fields, withApplier, schema)) as object;
  const comparison = compareFields(live, object, schema);
  const change = { taken: mayOwn(union(comparison.added, comparison.modified)), removed: mayOwn(comparison.removed) };
  const conflicts = force ? [] : conflictsOf(withApplier, id, change.taken);
  if (conflicts.length > 0) return { conflicts };

  const result = withoutFields(withApplier, change.taken, change.removed, id);
  const fields = difference(own, UNOWNED);
  if (fields.size === 0) result.delete(id);
  else if (before !== undefined && before.apiVersion === writer.apiVersion && isEqual(before.fields, fields) && isUnchanged(comparison)) result.set(id, before);
  else result.set(id, { ...writer, time, fields });
  return { object, owners: result };
}

function isUnchanged({ added, modified, removed }: ReturnType<typeof compareFields>): boolean {
  return added.size + modified.size + removed.size === 0;
}

function conflictsOf(owners: Owners, applier: string, taken: FieldSet): readonly Conflict[] {
  return [...owners].flatMap(([id, owner]) =>
    id === applier ? [] : pathTexts(intersection(owner.fields, taken)).map((path) => ({ owner, path })),
  );
}

/** Conflicts that a client-side apply of the same configuration explains (`lastAppliedManager`). */
export function conflictsBeside(conflicts: readonly Conflict[], lastApplied: object, live: object, schema: StructuralSchema | undefined): readonly Conflict[] {
  const { added, modified, removed } = compareFields(lastApplied, live, schema);
  const same = difference(difference(difference(fieldsOf(lastApplied, schema), modified), added), removed);
  const explained = new Set(pathTexts(same));
  return conflicts.filter(({ path }) => !explained.has(path));
}

/** Takes away what was applied last time and is not any more, and what nobody else claims (`Updater.prune`). */
function prune(merged: unknown, last: FieldSet, owners: Owners, schema: StructuralSchema | undefined): unknown {
  const lastSet = withParents(last, schema);
  const mergedSet = withParents(fieldsOf(merged, schema), schema);
  const claimed = withParents([...owners.values()].reduce((all, { fields }) => union(all, fields), NO_FIELDS), schema);
  const pruned = removeFields(merged, lastSet, schema) ?? {};
  const owned = removeFields(merged, difference(mergedSet, union(withParents(fieldsOf(pruned, schema), schema), claimed)), schema) ?? {};
  const gone = difference(mergedSet, withParents(fieldsOf(owned, schema), schema));
  return removeFields(merged, intersection(gone, lastSet), schema) ?? {};
}

