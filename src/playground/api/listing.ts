import type { AnyObject } from '../../kubeblocks/objects';
import { keyOf } from '../../kubeblocks/inventory';
import { badRequest, tooOld } from '../store/statusErrors';
import type { VersionedStore } from '../store/versionedStore';
import { StatusError } from '../world';
import { parseFieldSelector } from './fieldSelector';
import { parseLabelSelector } from './labelSelector';
import type { ResourceRequest } from './resourceRequest';

export interface Page {
  readonly items: readonly AnyObject[];
  readonly revision: number;
  readonly continueToken?: string;
  readonly remaining?: number;
}

/** Whether an object is among those asked for. */
export function selectorOf({ query, served, name }: ResourceRequest): (object: AnyObject) => boolean {
  const labels = query.get('labelSelector');
  const fields = query.get('fieldSelector');
  const tests = [
    ...(labels === null || labels === '' ? [] : [parseLabelSelector(labels)]),
    ...(fields === null || fields === '' ? [] : [parseFieldSelector(fields, served)]),
    ...(name === undefined ? [] : [({ metadata }: AnyObject) => metadata.name === name]),
  ];
  return (object) => tests.every((test) => test(object));
}

/** One page, every page of one list read as of the revision of its first. */
export function listPage(store: VersionedStore, request: ResourceRequest): Page {
  const limit = numberOf(request.query.get('limit'));
  const token = request.query.get('continue') ?? '';
  const from = token === '' ? { revision: listRevision(store, request.query), after: '' } : decodeToken(token, store.revision());
  const matching = matchingAt(store, request, from, token !== '');
  const rest = from.after === '' ? matching : matching.slice(firstAfter(matching, from.after));
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const last = items.at(-1);
  const remaining = rest.length - items.length;
  if (last === undefined || remaining === 0) return { items, revision: from.revision };
  const filtered = request.query.has('labelSelector') || request.query.has('fieldSelector');
  const continueToken = encodeToken({ revision: from.revision, after: keyOf(last) });
  return { items, revision: from.revision, continueToken, ...(!filtered && { remaining }) };
}

/** Lists are in the order of their keys. */
function firstAfter(items: readonly AnyObject[], key: string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && keyOf(item) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function matchingAt(store: VersionedStore, request: ResourceRequest, { revision, after }: Position, continued: boolean): readonly AnyObject[] {
  try {
    const all = store.listAt(request.served.resource, request.namespace, revision);
    return isUnfiltered(request) ? all : all.filter(selectorOf(request));
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 410) throw error;
    if (!continued) throw new StatusError(410, 'Expired', 'The resourceVersion for the provided list is too old.');
    throw new StatusError(410, 'Expired', CONTINUE_EXPIRED, undefined, encodeToken({ revision: LATEST, after }));
  }
}

const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, ' +
  'or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an ' +
  'inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** Of a token whose own revision is compacted: the list goes on from now. */
const LATEST = -1;

function isUnfiltered({ query, name }: ResourceRequest): boolean {
  return name === undefined && !query.has('labelSelector') && !query.has('fieldSelector');
}

/** Lists are always answered from now, unless exactly a past revision was asked for. */
function listRevision(store: VersionedStore, query: URLSearchParams): number {
  const asked = askedRevision(query.get('resourceVersion') ?? '');
  if (asked > store.revision()) throw tooLarge(asked, store.revision());
  return query.get('resourceVersionMatch') === 'Exact' && asked > 0 ? asked : store.revision();
}

export function tooLarge(asked: number, current: number): StatusError {
  return new StatusError(504, 'Timeout', `Timeout: Too large resource version: ${asked}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

function askedRevision(text: string): number {
  try {
    return parseRevision(text);
  } catch (error) {
    throw error instanceof StatusError ? badRequest(`invalid resource version: ${error.message}`) : error;
  }
}

/** 0 where none is given. */
export function parseRevision(text: string): number {
  if (text === '') return 0;
  if (/^\d+$/.test(text)) return Number(text);
  throw new StatusError(500, '', `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
}

function numberOf(text: string | null): number {
  if (text === null || text === '') return 0;
  if (!/^-?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  return Number(text);
}

interface Position {
  readonly revision: number;
  /** Key of the last object of the page before. */
  readonly after: string;
}

const TOKEN_VERSION = 'meta.k8s.io/v1';

function encodeToken({ revision, after }: Position): string {
  return Buffer.from(JSON.stringify({ v: TOKEN_VERSION, rv: revision, start: `${after}\u0000` })).toString('base64url');
}

function decodeToken(token: string, current: number): Position {
  const { v, rv, start } = parseToken(token);
  if (v !== TOKEN_VERSION || typeof rv !== 'number' || typeof start !== 'string') {
    throw badRequest('invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  }
  if (rv === 0) throw tooOld(rv, 0);
  return { revision: rv === LATEST ? current : rv, after: start.replace(/\0$/, '') };
}

function parseToken(token: string): { readonly v?: unknown; readonly rv?: unknown; readonly start?: unknown } {
  const text = Buffer.from(token, 'base64url').toString();
  try {
    return JSON.parse(text) as object;
  } catch {
    throw badRequest(`invalid continue token: continue key is not valid: invalid character '${text.charAt(0)}' looking for beginning of value`);
  }
}
