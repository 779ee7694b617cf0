import { notFound, invalid } from '../store/statusErrors';
import type { DeleteOptions, PropagationPolicy, WriteOptions } from '../store/versionedStore';
import { StatusError } from '../world';
import type { AnyObject } from '../../kubeblocks/objects';
import type { ObjectRef } from '../world';
import type { ApiContext } from './apiContext';
import { createFieldCheck, type FieldCheck } from './fieldValidation';
import { selectorOf } from './listing';
import { itemJson, objectJson } from './objectJson';
import { patchedObject, refusePatchType } from './patching';
import type { Reply } from './reply';
import { decodeBody, type RequestBody } from './requestBody';
import type { ResourceRequest } from './resourceRequest';
import { isRecord, sentObject } from './sentObject';

/** What a write comes to: an object, which the reader of the answer may want in another form. */
export interface Written {
  readonly status: number;
  readonly object: AnyObject;
  readonly warnings: readonly string[];
}

export function create({ store }: ApiContext, request: ResourceRequest, body: RequestBody): Written {
  const { object, duplicates } = sentObject(request, body);
  const check = createFieldCheck(request, duplicates);
  const created = store.create(request.served.resource, object, writeOptions(request, check));
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
  return write(context, request, object, createFieldCheck(request, duplicates));
}

export function patch(context: ApiContext, request: ResourceRequest, body: RequestBody): Written {
  refusePatchType(request, body.type);
  const patched = patchedObject(request, current(context, request), body);
  const { object } = sentObject(request, { type: 'application/json', text: JSON.stringify(patched) });
  return write(context, request, object, createFieldCheck(request, [], () => JSON.stringify(patched)));
}

function write({ store }: ApiContext, request: ResourceRequest, object: AnyObject, check: FieldCheck): Written {
  const { resource } = request.served;
  const options = writeOptions(request, check);
  const written = request.subresource === 'status' ? store.updateStatus(resource, object, options) : store.update(resource, object, options);
  return { status: 200, object: written, warnings: check.warnings };
}

/** Removes one object: a Status when it is gone, the object itself while something holds it. */
export function remove({ store }: ApiContext, request: ResourceRequest, body: RequestBody): Reply {
  const { resource } = request.served;
  const { object, removed } = store.delete(resource, refOf(request), deleteOptions(request, body));
  if (!removed || isHandedBack(request)) return { status: 200, body: objectJson(object, request) };
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

export function removeCollection({ store }: ApiContext, request: ResourceRequest, body: RequestBody): Reply {
  const { resource, listKind } = request.served;
  const options = deleteOptions(request, body);
  const objects = store.listAt(resource, request.namespace, store.revision()).filter(selectorOf(request));
  for (const { metadata } of objects) {
    if (store.get(resource, metadata) !== undefined) store.delete(resource, metadata, options);
  }
  const items = objects.map((object) => itemJson(object, request)).join(',');
  const apiVersion = resource.group === '' ? request.version : `${resource.group}/${request.version}`;
  const metadata = `{"resourceVersion":"${store.revision()}"}`;
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

function writeOptions(request: ResourceRequest, { onUnknownFields }: FieldCheck): WriteOptions {
  return { dryRun: isDryRun(request, request.query.getAll('dryRun')), version: request.version, onUnknownFields };
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
  return {
    dryRun: isDryRun(request, dryRun),
    ...(isPolicy(policy) && { propagationPolicy: policy }),
    ...(isRecord(options.preconditions) && { preconditions: options.preconditions }),
  };
}

function isPolicy(value: unknown): value is PropagationPolicy {
  return value === 'Background' || value === 'Foreground' || value === 'Orphan';
}
