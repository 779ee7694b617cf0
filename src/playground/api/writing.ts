import { validateBuiltIn } from '../admission/validateBuiltIn';
import { decodeBuiltIn } from '../admission/decodeBuiltIn';
import { DecodingError } from '../admission/metadata/goDecoding';
import { badRequest, notFound, invalid } from '../store/statusErrors';
import type { DeleteOptions, PropagationPolicy, WriteOptions, WrittenBy } from '../store/versionedStore';
import { StatusError } from '../world';
import type { AnyObject } from '../../kubeblocks/objects';
import type { ObjectRef } from '../world';
import type { ApiContext } from './apiContext';
import { checkDuplicates, serverApply } from './applying';
import { fieldManagerOf, sentBy } from './fieldManager';
import { createFieldCheck, patchError, type FieldCheck, type FoundFields } from './fieldValidation';
import { selectorOf } from './listing';
import { itemJson, objectJson } from './objectJson';
import { APPLY_PATCH, patchDuplicates, patchedObject, refuseForce, refusePatchType } from './patching';
import { refuseUnknownAccount } from './podAccount';
import type { Reply } from './reply';
import { decodeBody, type RequestBody } from './requestBody';
import type { ResourceRequest } from './resourceRequest';
import { isRecord, sentObject } from './sentObject';
import { shown } from './shown';

/** What a write comes to: an object, which the reader of the answer may want in another form. */
export interface Written {
  readonly status: number;
  readonly object: AnyObject;
  readonly warnings: readonly string[];
}

export function create(context: ApiContext, request: ResourceRequest, body: RequestBody): Written {
  const { object: sent, duplicates } = sentObject(request, body);
  const { object, by } = sentBy(request, sent);
  const known = decodedBody(request, () => knownFields(context, request, object));
  const check = createFieldCheck(request, { duplicates, unknown: known.unknown });
  refuseUnknownAccount(context, request, known.object);
  const created = context.store.create(request.served.resource, known.object, writeOptions(request, check, by));
  return { status: 201, object: created, warnings: check.warnings };
}

export function update(context: ApiContext, request: ResourceRequest, body: RequestBody): Written {
  const { object, duplicates } = sentObject(request, body);
  const { resource, custom } = request.served;
  const unversioned = object.metadata.resourceVersion === undefined || object.metadata.resourceVersion === '';
  if (custom !== undefined && unversioned) {
    current(context, request);
    throw invalid({ ...resource, kind: resource.plural }, object.metadata.name, [VERSION_REQUIRED]);
  }
  return write(context, request, object, { duplicates });
}

export function patch(context: ApiContext, request: ResourceRequest, body: RequestBody): Written {
  refusePatchType(request, body.type);
  if (body.type === APPLY_PATCH) return apply(context, request, body);
  refuseForce(request);
  const patched = patchedObject(request, shown(context, current(context, request)), body);
  const { object } = sentObject(request, { type: 'application/json', text: JSON.stringify(patched) });
  refuseOtherUid(context, request, object);
  return write(context, request, object, { duplicates: patchDuplicates(body), patched: () => JSON.stringify(patched) });
}

/** A patch cannot make another object of it. */
function refuseOtherUid(context: ApiContext, request: ResourceRequest, { metadata }: AnyObject): void {
  const { uid } = current(context, request).metadata;
  if (metadata.uid === undefined || metadata.uid === '' || metadata.uid === uid) return;
  const cause = { path: 'metadata.uid', reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(metadata.uid)}: field is immutable` } as const;
  throw invalid(request.served.resource, metadata.name, request.served.custom === undefined ? [cause, cause] : [cause]);
}

/** Server-side apply, which makes an object that is not there yet. */
function apply(context: ApiContext, request: ResourceRequest, body: RequestBody): Written {
  const { store } = context;
  const { resource } = request.served;
  const live = store.get(resource, refOf(request));
  if (live === undefined && request.subresource !== undefined) throw notFound(resource, request.name ?? '');
  const applied = serverApply(context, request, live, body);
  const sent = sentObject(request, { type: 'application/json', text: JSON.stringify(applied.object) });
  const { object } = decodedBody(request, () => knownFields(context, request, sent.object));
  const check: FieldCheck = { warnings: checkDuplicates(request, applied.duplicates), onUnknownFields: () => undefined };
  const by: WrittenBy = { manager: fieldManagerOf(request), operation: 'Apply', owners: applied.owners, settled: true };
  const options = writeOptions(request, check, by);
  if (live === undefined) return { status: 201, object: store.create(resource, object, options), warnings: check.warnings };
  const written = request.subresource === 'status' ? store.updateStatus(resource, object, options) : store.update(resource, object, options);
  return { status: 200, object: written, warnings: check.warnings };
}

function write(context: ApiContext, request: ResourceRequest, sent: AnyObject, found: Omit<FoundFields, 'unknown'>): Written {
  const { store } = context;
  const { resource } = request.served;
  const { object, by } = sentBy(request, sent);
  const decode = (): KnownFields => knownFields(context, request, object);
  const known = found.patched === undefined ? decodedBody(request, decode) : decodedPatch(found.patched, decode);
  const check = createFieldCheck(request, { ...found, unknown: known.unknown });
  const options = writeOptions(request, check, by);
  const written = request.subresource === 'status' ? store.updateStatus(resource, known.object, options) : store.update(resource, known.object, options);
  return { status: 200, object: written, warnings: check.warnings };
}

interface KnownFields {
  readonly object: AnyObject;
  readonly unknown: readonly string[];
}

/** A value of the wrong type in a body: 400. */
function decodedBody<T>({ served, version }: ResourceRequest, decode: () => T): T {
  const { kind } = served.resource;
  return worded(decode, (why) => badRequest(`${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${why}`));
}

/** In what a patch makes: 422 that quotes it. */
function decodedPatch<T>(patched: () => string, decode: () => T): T {
  return worded(decode, (why) => patchError(`Invalid value: ${JSON.stringify(patched())}: ${why}`));
}

function worded<T>(decode: () => T, word: (why: string) => StatusError): T {
  try {
    return decode();
  } catch (error) {
    throw error instanceof DecodingError ? word(error.message) : error;
  }
}

/** Of a built-in kind, what its type has fields for; custom resources are pruned by admission. */
function knownFields({ schemas }: ApiContext, { served }: ResourceRequest, object: AnyObject): KnownFields {
  const schema = served.custom === undefined ? schemas.of(object) : undefined;
  if (schema === undefined) return { object, unknown: [] };
  const { object: decoded, unknownFields } = decodeBuiltIn(object, schema);
  return { object: decoded, unknown: unknownFields };
}

/** Removes one object: a Status when it is gone, the object itself while something holds it. */
export function remove(context: ApiContext, request: ResourceRequest, body: RequestBody): Reply {
  const { store } = context;
  const { resource } = request.served;
  const { object, removed } = store.delete(resource, refOf(request), deleteOptions(request, body));
  if (!removed || isHandedBack(request)) return { status: 200, body: objectJson(shown(context, object), request) };
  const { group, plural } = resource;
  return {
    status: 200,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: object.metadata.name, ...(group !== '' && { group }), kind: plural, uid: object.metadata.uid },
    },
  };
}

/** Kinds whose storage answers a deletion with the object it deleted. */
function isHandedBack({ served }: ResourceRequest): boolean {
  return served.resource.group === '' && ['namespaces', 'pods', 'persistentvolumeclaims', 'persistentvolumes'].includes(served.resource.plural);
}

export function removeCollection(context: ApiContext, request: ResourceRequest, body: RequestBody): Reply {
  const { store } = context;
  const { resource, listKind } = request.served;
  const options = deleteOptions(request, body);
  const objects = store.listAt(resource, request.namespace, store.revision()).filter(selectorOf(request));
  for (const { metadata } of objects) {
    if (store.get(resource, metadata) !== undefined) store.delete(resource, metadata, options);
  }
  const items = objects.map((object) => itemJson(shown(context, object), request)).join(',');
  const apiVersion = resource.group === '' ? request.version : `${resource.group}/${request.version}`;
  const metadata = `{${request.served.custom === undefined ? '' : '"continue":"",'}"resourceVersion":"${store.revision()}"}`;
  return { status: 200, body: `{"kind":"${listKind}","apiVersion":"${apiVersion}","metadata":${metadata},"items":[${items}]}` };
}

/** The object of the URL. Throws 404. */
export function current({ store }: ApiContext, request: ResourceRequest): AnyObject {
  const found = store.get(request.served.resource, refOf(request));
  if (found === undefined) throw notFound(request.served.resource, request.name ?? '');
  return found;
}

export function refOf({ namespace, name = '' }: ResourceRequest): ObjectRef {
  return namespace === undefined ? { name } : { namespace, name };
}

const VERSION_REQUIRED = {
  path: 'metadata.resourceVersion',
  reason: 'FieldValueInvalid',
  message: 'Invalid value: 0: must be specified for an update',
} as const;

/** Kubernetes judges its own kinds; a status is the controllers' to write. */
function builtInRules({ served, subresource }: ResourceRequest): Pick<WriteOptions, 'validate'> {
  if (served.custom !== undefined || subresource !== undefined) return {};
  return { validate: (object, old) => validateBuiltIn(served.resource, object, old) };
}

function writeOptions(request: ResourceRequest, { onUnknownFields }: FieldCheck, by: WrittenBy): WriteOptions {
  return { dryRun: isDryRun(request, request.query.getAll('dryRun')), version: request.version, onUnknownFields, by, ...builtInRules(request) };
}

const OPTIONS_KIND = { create: 'CreateOptions', update: 'UpdateOptions', patch: 'PatchOptions' } as const;

function isDryRun({ verb }: ResourceRequest, values: readonly string[]): boolean {
  if (values.length === 0 || (values.length === 1 && values[0] === '')) return false;
  if (values.every((value) => value === 'All')) return true;
  const kind = verb === 'create' || verb === 'update' || verb === 'patch' ? OPTIONS_KIND[verb] : 'DeleteOptions';
  const message = `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`;
  throw new StatusError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: dryRun: ${message}`, {
    group: 'meta.k8s.io',
    kind,
    causes: [{ reason: 'FieldValueNotSupported', message, field: 'dryRun' }],
  });
}

/** `DeleteOptions`, from the body or, where that is empty, from the query. */
function deleteOptions(request: ResourceRequest, body: RequestBody): DeleteOptions {
  const sent = body.text === '' ? {} : decodeBody(body).value;
  const options = isRecord(sent) ? sent : {};
  const dryRun = Array.isArray(options.dryRun) ? options.dryRun.map(String) : request.query.getAll('dryRun');
  const policy = options.propagationPolicy ?? request.query.get('propagationPolicy');
  checkPolicy(policy, options.orphanDependents);
  return {
    dryRun: isDryRun(request, dryRun),
    ...(isPolicy(policy) && { propagationPolicy: policy }),
    ...(isRecord(options.preconditions) && { preconditions: options.preconditions }),
  };
}

function checkPolicy(policy: unknown, orphanDependents: unknown): void {
  if (policy === undefined || policy === null || policy === '') return;
  const isTwice = orphanDependents !== undefined && orphanDependents !== null;
  if (isPolicy(policy) && !isTwice) return;
  const value = JSON.stringify(policy);
  const reason = isTwice ? 'FieldValueInvalid' : 'FieldValueNotSupported';
  const message = isTwice
    ? `Invalid value: ${value}: orphanDependents and deletionPropagation cannot be both set`
    : `Unsupported value: ${value}: supported values: "Foreground", "Background", "Orphan", "nil"`;
  throw new StatusError(422, 'Invalid', `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: ${message}`, {
    group: 'meta.k8s.io',
    kind: 'DeleteOptions',
    causes: [{ reason, message, field: 'propagationPolicy' }],
  });
}

function isPolicy(value: unknown): value is PropagationPolicy {
  return value === 'Background' || value === 'Foreground' || value === 'Orphan';
}
