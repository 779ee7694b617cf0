import { applyPatch, unescapePathComponent, type Operation } from 'fast-json-patch';
import type { AnyObject } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import { badRequest } from '../store/statusErrors';
import { StatusError } from '../world';
import { inspectJson } from './inspectJson';
import { mergePatch } from './mergePatch';
import { jsonDuplicates, unsupportedMedia, type RequestBody } from './requestBody';
import type { ResourceRequest } from './resourceRequest';
import { goSyntaxError, isRecord } from './sentObject';
import { strategicMergePatch } from './strategicMergePatch';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
export const APPLY_PATCH = 'application/apply-patch+yaml';

/** Throws 415 or 422 for a kind of patch that these objects do not take, whether or not there is one to patch. */
export function refusePatchType({ served, query }: ResourceRequest, type: string): void {
  const isBuiltIn = served.custom === undefined;
  if (type === JSON_PATCH || type === MERGE_PATCH || (type === STRATEGIC_PATCH && isBuiltIn)) return;
  if (type !== APPLY_PATCH && isBuiltIn) throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  if (type !== APPLY_PATCH) throw unsupportedMedia([JSON_PATCH, MERGE_PATCH, APPLY_PATCH]);
  if ((query.get('fieldManager') ?? '') === '') throw FIELD_MANAGER_REQUIRED;
}

/** `force` is for apply alone. Throws 422. */
export function refuseForce({ query }: ResourceRequest): void {
  if (!query.has('force')) return;
  const message = 'Forbidden: may not be specified for non-apply patch';
  throw new StatusError(422, 'Invalid', `PatchOptions.meta.k8s.io "" is invalid: force: ${message}`, {
    group: 'meta.k8s.io',
    kind: 'PatchOptions',
    causes: [{ reason: 'FieldValueForbidden', message, field: 'force' }],
  });
}

/** Fields that a patch names twice; a JSON patch is a list, in which none is looked for. */
export function patchDuplicates({ type, text }: RequestBody): readonly string[] {
  return type === JSON_PATCH ? [] : jsonDuplicates(text);
}

/** The object that a patch makes of the current one. Throws 400 or 422 in the words of the API server. */
export function patchedObject(request: ResourceRequest, current: AnyObject, body: RequestBody): AnyObject {
  const { group } = request.served.resource;
  const asked = { ...current, apiVersion: apiVersionOf({ group, version: request.version }) };
  return apply(asked, body) as AnyObject;
}

function apply(current: AnyObject, { type, text }: RequestBody): unknown {
  if (type === JSON_PATCH) return jsonPatch(current, parse(text));
  return type === STRATEGIC_PATCH ? strategicMergePatch(current, parse(text)) : mergePatch(current, parse(text));
}

const FIELD_MANAGER_REQUIRED = new StatusError(
  422,
  'Invalid',
  'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  {
    group: 'meta.k8s.io',
    kind: 'PatchOptions',
    causes: [{ reason: 'FieldValueRequired', message: 'Required value: is required for apply patch', field: 'fieldManager' }],
  },
);

function parse(text: string): unknown {
  let patch: unknown;
  try {
    patch = JSON.parse(text);
  } catch (error) {
    throw badRequest(`error decoding patch: ${goSyntaxError(error instanceof Error ? error.message : '')}`);
  }
  inspectJson(patch);
  return patch;
}

/** `replace` sets a field that is not there yet, as the API server's library has it. */
function lenient(document: unknown, operation: Operation): Operation {
  if (!isRecord(operation) || operation.op !== 'replace' || typeof operation.path !== 'string') return operation;
  const parent = getParent(document, operation.path);
  return isRecord(parent) ? { ...operation, op: 'add' } : operation;
}

function getParent(document: unknown, path: string): unknown {
  const steps = path.split('/').slice(1, -1);
  return steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[unescapePathComponent(step)], document);
}

/** RFC 6902. What does not fit is refused without a word of why, as the API server does. */
function jsonPatch(current: AnyObject, operations: unknown): unknown {
  if (!Array.isArray(operations)) throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp');
  try {
    const document = structuredClone(current);
    return (operations as Operation[]).reduce<unknown>((at, operation) => applyPatch(at, [lenient(at, operation)], true).newDocument, document);
  } catch {
    throw new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
  }
}
