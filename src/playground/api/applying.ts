import { parseDocument } from 'yaml';
import type { AnyObject } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import { marshal } from '../admission/goText';
import { isObject } from '../admission/json';
import { goKind } from '../admission/metadata/goDecoding';
import { applyOwners, conflictsBeside, type Application, type Applied } from '../ownership/applyOwners';
import { applyConflict } from '../ownership/applyConflict';
import { mayOwn } from '../ownership/fieldOwnership';
import type { Writer } from '../ownership/managers';
import { omit } from '../store/omit';
import { badRequest, conflict } from '../store/statusErrors';
import type { ApiContext } from './apiContext';
import { refuseUntyped } from './applyTypes';
import { fieldManagerOf } from './fieldManager';
import { checkedValue, duplicateLines, type RequestBody } from './requestBody';
import { isTrue, type ResourceRequest } from './resourceRequest';

export interface ServerApply extends Applied {
  readonly object: AnyObject;
  /** Keys that the configuration has twice, as the YAML decoder words it. */
  readonly duplicates: readonly string[];
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * What a configuration makes of the live object, and who owns what then (`applyPatcher`). Throws 400 for what is no
 * object of this kind, 409 for the fields of others, 500 for fields the kind does not have.
 */
export function serverApply(context: ApiContext, request: ResourceRequest, live: AnyObject | undefined, body: RequestBody): ServerApply {
  const { value, duplicates } = decode(body.text);
  const manager = fieldManagerOf(request);
  const { resource } = request.served;
  const apiVersion = apiVersionOf({ group: resource.group, version: request.version });
  refuseOther(request, value, apiVersion);
  const applied = value as unknown as AnyObject;
  const { metadata = {} } = value as { metadata?: Partial<AnyObject['metadata']> & { managedFields?: unknown } };
  if (metadata.managedFields !== undefined && metadata.managedFields !== null) throw badRequest('metadata.managedFields must be nil');
  const schema = context.schemas.of(applied);
  refuseUntyped(applied, schema);
  if (live === undefined && metadata.uid !== undefined) {
    throw conflict(resource, request.name ?? '', `uid mismatch: the provided object specified uid ${metadata.uid}, and no existing object was found`);
  }
  const writer: Writer = { manager, operation: 'Apply', apiVersion, subresource: request.subresource ?? '' };
  const result = apply(manager, {
    live: live === undefined ? { apiVersion, kind: resource.kind, metadata: {} } : omit({ ...live, apiVersion }, 'managedFields'),
    applied,
    schema,
    owners: live === undefined ? new Map() : context.ownership.ownersBeforeApply(live, apiVersion),
    writer,
    time: context.clock.timestamp(),
    force: isTrue(request.query.get('force')),
    mayOwn: (fields) => mayOwn(writer, fields),
  });
  const object = result.object as AnyObject;
  return { owners: result.owners, duplicates, object: manager === 'kubectl' ? withLastApplied(object, applied) : object };
}

function apply(manager: string, application: Application): Applied {
  const result = applyOwners(application);
  if (!('conflicts' in result)) return result;
  const lastApplied = manager === 'kubectl' ? lastAppliedOf(application.live as AnyObject) : undefined;
  const { conflicts } = result;
  const left = lastApplied === undefined ? conflicts : conflictsBeside(conflicts, lastApplied, application.live, application.schema);
  if (left.length > 0) throw applyConflict(left);
  return applyOwners({ ...application, force: true }) as Applied;
}

function decode(text: string): { readonly value: Readonly<Record<string, unknown>>; readonly duplicates: readonly string[] } {
  const document = parseDocument(text, { uniqueKeys: false, version: '1.1' });
  const [error] = document.errors;
  if (error !== undefined) throw badRequest(`error decoding YAML: error converting YAML to JSON: yaml: ${error.message.split('\n')[0] ?? ''}`);
  const value = checkedValue(document);
  if (!isObject(value)) throw badRequest(`error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${goKind(value)} into Go value of type map[string]interface {}`);
  return { value, duplicates: duplicateLines(document, text) };
}

function refuseOther({ served }: ResourceRequest, value: Readonly<Record<string, unknown>>, apiVersion: string): void {
  if (value.apiVersion === apiVersion && value.kind === served.resource.kind) return;
  const [version = '', group = ''] = (typeof value.apiVersion === 'string' ? value.apiVersion : '').split('/').reverse();
  const kind = typeof value.kind === 'string' ? value.kind : '';
  throw badRequest(`invalid object type: ${group === '' ? '' : group}/${version}, Kind=${kind}`);
}

function lastAppliedOf(live: AnyObject): object | undefined {
  const text = live.metadata.annotations?.[LAST_APPLIED];
  if (text === undefined || text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && value.apiVersion === live.apiVersion ? value : undefined;
  } catch {
    return undefined;
  }
}

/** kubectl's own annotation follows what kubectl applies on the server (`lastAppliedUpdater`). */
function withLastApplied(object: AnyObject, applied: AnyObject): AnyObject {
  const { annotations } = object.metadata;
  if ((annotations?.[LAST_APPLIED] ?? '') === '') return object;
  const own = omit(applied.metadata.annotations ?? {}, LAST_APPLIED);
  const configuration = { ...applied, metadata: { ...omit(applied.metadata, 'annotations'), ...(Object.keys(own).length > 0 && { annotations: own }) } };
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [LAST_APPLIED]: `${marshal(configuration)}\n` } } };
}

/** Duplicates in an applied configuration: refused, or warned of, in the words of the YAML decoder. */
export function checkDuplicates({ query }: ResourceRequest, duplicates: readonly string[]): readonly string[] {
  const mode = query.get('fieldValidation') ?? 'Warn';
  if (duplicates.length === 0 || mode === 'Ignore') return [];
  if (mode === 'Strict') throw badRequest(`error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ${duplicates.join('\n  ')}`);
  return duplicates;
}

