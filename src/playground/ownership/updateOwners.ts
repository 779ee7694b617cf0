import type { Comparison } from './compareFields';
import { difference, intersection, union, type FieldSet } from './fieldSet';
import { idOf, UNOWNED, type Owner, type Owners, type Writer } from './managers';

/** As the API server keeps them apart before it merges the oldest into one. */
const MOST_UPDATERS = 10;
const OLDEST_UPDATERS = 'ancient-changes';

/** Who owns what after a write that is not an apply: whoever changes a field owns it, alone (`Updater.Update`). */
export function updateOwners(owners: Owners, change: Comparison, writer: Writer, time: string): Owners {
  const taken = union(change.added, change.modified);
  const result = withoutFields(owners, taken, change.removed);
  const own = difference(taken, UNOWNED);
  if (own.size === 0) return result;
  const id = idOf(writer);
  const before = result.get(id)?.fields;
  result.set(id, { ...writer, time, fields: before === undefined ? own : union(own, before) });
  return capped(result);
}

/** What others keep when these fields are taken from them and those are gone. */
export function withoutFields(owners: Owners, taken: FieldSet, removed: FieldSet, except?: string): Map<string, Owner> {
  const result = new Map<string, Owner>();
  for (const [id, owner] of owners) {
    const fields = id === except ? owner.fields : difference(difference(owner.fields, intersection(owner.fields, taken)), removed);
    if (fields.size > 0) result.set(id, fields === owner.fields ? owner : { ...owner, fields });
  }
  return result;
}

/** Merges the oldest updaters of one version into a bucket of their own (`capManagersManager`). */
function capped(owners: Map<string, Owner>): Owners {
  const updaters = [...owners].filter(([, { operation }]) => operation === 'Update');
  let surplus = updaters.length - MOST_UPDATERS;
  if (surplus <= 0) return owners;
  const first = new Map<string, string>();
  for (const [id, owner] of updaters.sort(byAge)) {
    if (surplus <= 0) break;
    const known = first.get(owner.apiVersion);
    if (known === undefined) {
      first.set(owner.apiVersion, id);
      continue;
    }
    const writer: Writer = { manager: OLDEST_UPDATERS, operation: 'Update', apiVersion: owner.apiVersion, subresource: '' };
    const bucket = owners.get(idOf(writer)) ?? owners.get(known);
    owners.delete(known);
    owners.delete(id);
    owners.set(idOf(writer), { ...writer, time: owner.time, fields: union(owner.fields, bucket?.fields ?? new Map()) });
    surplus -= 1;
  }
  return owners;
}

function byAge([a, { time: aTime }]: [string, Owner], [b, { time: bTime }]: [string, Owner]): number {
  if (aTime !== bTime) return aTime < bTime ? -1 : 1;
  return a < b ? -1 : 1;
}
