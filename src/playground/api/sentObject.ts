import type { AnyObject } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import { badRequest, invalid } from '../store/statusErrors';
import { StatusError } from '../world';
import { goKind } from '../admission/metadata/goDecoding';
import { fieldValidationOf } from './fieldValidation';
import { decodeBody, unreadableBody, type Decoded, type RequestBody } from './requestBody';
import type { ResourceRequest } from './resourceRequest';

export interface SentObject {
  readonly object: AnyObject;
  readonly duplicates: readonly string[];
}

/** The object of a request's body, of the kind and place that its URL says. Throws 400, 415 or 422 where it is not. */
export function sentObject(request: ResourceRequest, body: RequestBody): SentObject {
  fieldValidationOf(request);
  const { value, duplicates } = decode(request, body);
  if (!isRecord(value)) throw unreadableBody(request.served.resource.kind, body.text, `couldn't get version/kind; json parse error: ${NOT_A_STRUCT(value)}`);
  refuseOtherKind(request, value, body.text);
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  return { object: placed(request, { ...value, metadata } as unknown as AnyObject), duplicates };
}

const NOT_A_STRUCT = (value: unknown): string =>
  `json: cannot unmarshal ${goKind(value)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`;

function decode({ served }: ResourceRequest, body: RequestBody): Decoded {
  try {
    return decodeBody(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unreadableBody(served.resource.kind, body.text, `couldn't get version/kind; json parse error: ${goSyntaxError(error.message)}`);
  }
}

export function goSyntaxError(message: string): string {
  if (/Unexpected end|Unterminated|Expected .* at position \d+$/.test(message) && !/Unexpected token/.test(message)) return 'unexpected end of JSON input';
  const [, character] = /Unexpected token '?(.)/.exec(message) ?? [];
  return character === undefined ? message : `invalid character '${character}' looking for beginning of value`;
}

function refuseOtherKind({ served, version }: ResourceRequest, value: Readonly<Record<string, unknown>>, text: string): void {
  const { kind, group } = served.resource;
  const apiVersion = apiVersionOf({ group, version });
  const isBuiltIn = served.custom === undefined;
  if (isBuiltIn && isOrMissing(value.kind, kind) && isOrMissing(value.apiVersion, apiVersion)) return;
  if (typeof value.kind !== 'string' || value.kind === '') throw unreadableBody(kind, text, `Object 'Kind' is missing in '${text}'`);
  if (value.kind === kind && value.apiVersion === apiVersion) return;
  const sent = typeof value.apiVersion === 'string' ? value.apiVersion : '';
  if (isBuiltIn) {
    const spoken = sent.split('/').at(-1) ?? '';
    const conversion = `converting (${spoken}.${value.kind}) to (${internalPackage(group)}.${kind}): unknown conversion`;
    throw badRequest(`${value.kind} in version "${spoken}" cannot be handled as a ${kind}: ${conversion}`);
  }
  if (value.kind === kind) throw badRequest(`the API version in the data (${sent}) does not match the expected API version (${apiVersion})`);
  const wrongKind = { path: 'kind', reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value.kind)}: must be ${kind}` } as const;
  const wrongVersion = { path: 'apiVersion', reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(sent)}: must be ${apiVersion}` } as const;
  const name = isRecord(value.metadata) && typeof value.metadata.name === 'string' ? value.metadata.name : '';
  throw invalid({ group: sent.includes('/') ? String(sent.split('/')[0]) : '', kind: value.kind }, name, [
    wrongKind,
    ...(sent === apiVersion ? [] : [wrongVersion]),
  ]);
}

/** The default of a built-in kind's decoder is the kind of the URL. */
function isOrMissing(value: unknown, expected: string): boolean {
  return value === undefined || value === '' || value === expected;
}

function internalPackage(group: string): string {
  return group === '' ? 'core' : String(group.split('.')[0]);
}

function placed({ namespace, name, verb }: ResourceRequest, object: AnyObject): AnyObject {
  const { metadata } = object;
  if (namespace !== undefined && metadata.namespace !== undefined && metadata.namespace !== '' && metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  if (name !== undefined && metadata.name !== name && (verb === 'update' || verb === 'patch')) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  if (verb === 'create' && metadata.resourceVersion !== undefined && metadata.resourceVersion !== '') {
    throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created');
  }
  return namespace === undefined ? object : { ...object, metadata: { ...metadata, namespace } };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
