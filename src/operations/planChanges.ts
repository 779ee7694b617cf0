import * as l10n from '@vscode/l10n';
import type { AnyObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { ApiError } from '../kubernetes/api';
import { isSameValue, isUnchanged } from './comparable';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';
import { createResourceFinder } from './findResource';
import type { OperationDeps } from './ports';
import { writableObject } from './writableObject';

/** A field that somebody else set to another value. */
export interface FieldConflict {
  /** `.spec.schedules`. */
  readonly field: string;
  /** As the server names it: `conflict with "kubectl" using …`. */
  readonly message: string;
}

/** What applying an object would do, as the server says. */
export interface PlannedChange {
  readonly resource: Resource;
  readonly object: AnyObject;
  readonly change: 'create' | 'update' | 'none';
  readonly live: AnyObject | undefined;
  /** As it would be stored, defaults filled in. */
  readonly result: AnyObject;
  readonly warnings: readonly string[];
  /** Fields are set by others, which only `force` takes over. */
  readonly needsForce: boolean;
  /** Those of them that get another value. */
  readonly conflicts: readonly FieldConflict[];
}

/**
 * Asks the server what applying objects would do, one after another, by dry runs under strict field validation; nothing is
 * stored. Objects without a namespace are meant for `defaultNamespace`. Rejects with an `AppError` at the first that is refused.
 */
export async function planChanges({ api }: Pick<OperationDeps, 'api'>, objects: readonly AnyObject[], defaultNamespace: string, signal?: AbortSignal): Promise<readonly PlannedChange[]> {
  const find = createResourceFinder(api);
  const planned: PlannedChange[] = [];
  for (const each of objects) {
    const resource = await find(each.apiVersion, each.kind, signal);
    planned.push(await planChange(api, resource, writableObject(each, resource, defaultNamespace), signal));
  }
  return planned;
}

async function planChange(api: OperationDeps['api'], resource: Resource, object: AnyObject, signal: AbortSignal | undefined): Promise<PlannedChange> {
  const options = { dryRun: true, ...(signal === undefined ? {} : { signal }) };
  const { name } = object.metadata;
  try {
    const live = await liveObject(api, resource, object, signal);
    const { conflicts, written } = await tryApply(api, resource, object, options);
    const change = live === undefined ? 'create' : isUnchanged(live, written.object) ? 'none' : 'update';
    return {
      resource,
      object,
      change,
      live,
      result: written.object,
      warnings: written.warnings,
      needsForce: conflicts.length > 0,
      conflicts: conflicts.filter(({ field }) => isChangedAt(field, live, written.object)),
    };
  } catch (error) {
    throw explainApiError(error, l10n.t('{0} {1} would not be accepted', resource.kind, name));
  }
}

/** The object as the cluster has it; undefined where it has none. Rejects with an `ApiError`. */
export async function liveObject(api: Pick<OperationDeps['api'], 'get'>, resource: Resource, { metadata }: AnyObject, signal: AbortSignal | undefined): Promise<AnyObject | undefined> {
  try {
    return await api.get(resource, metadata.name, metadata.namespace, signal === undefined ? {} : { signal });
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

async function tryApply(api: OperationDeps['api'], resource: Resource, object: AnyObject, options: { readonly dryRun: boolean; readonly signal?: AbortSignal }) {
  try {
    return { conflicts: [], written: await api.apply(resource, object, options) };
  } catch (error) {
    const conflicts = conflictsIn(error);
    if (conflicts.length === 0) {
      throw error;
    }
    return { conflicts, written: await api.apply(resource, object, { ...options, force: true }) };
  }
}

function conflictsIn(error: unknown): readonly FieldConflict[] {
  const causes = error instanceof ApiError ? (error.details.causes ?? []) : [];
  return causes.filter(({ reason }) => reason === 'FieldManagerConflict').map(({ field = '', message = '' }) => ({ field, message }));
}

/** Whether a field differs: a default that is filled in makes a conflict of a list or map that is owned as a whole. Paths into lists count as changed. */
function isChangedAt(field: string, live: AnyObject | undefined, result: AnyObject): boolean {
  if (!/^(?:\.[\w-]+)+$/.test(field)) {
    return true;
  }
  const at = (object: unknown): unknown => field.slice(1).split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), object);
  return !isSameValue(at(live), at(result));
}
