import type { IncomingMessage } from 'node:http';
import { isMap, isPair, isScalar, isSeq, parseDocument, type Document } from 'yaml';
import { StatusError } from '../world';
import { inspectJson } from './inspectJson';
import { decodeProtobuf } from './protobuf';
import { badRequest } from '../store/statusErrors';

export interface RequestBody {
  /** Media type without parameters, in lower case; `application/json` where none is said. */
  readonly type: string;
  readonly text: string;
  /** What `text` was before it was read as UTF-8. */
  readonly bytes?: Buffer;
}

/** As etcd and the API server limit a request. */
const LARGEST_BODY_BYTES = 3 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${LARGEST_BODY_BYTES}`);
    chunks.push(chunk);
  }
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  const bytes = Buffer.concat(chunks);
  return { type: type.trim().toLowerCase() || 'application/json', text: bytes.toString(), bytes };
}

export interface Decoded {
  readonly value: unknown;
  /** Paths that were written twice; the last one counts. */
  readonly duplicates: readonly string[];
}

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** JSON, YAML or protobuf, by its content type. Throws 415 for other types, and `SyntaxError` for what cannot be read. */
export function decodeBody({ type, text, bytes }: RequestBody): Decoded {
  if (type === 'application/json') {
    const value: unknown = JSON.parse(text);
    return { value, duplicates: jsonDuplicates(text, inspectJson(value)) };
  }
  if (type === PROTOBUF && bytes !== undefined) {
    const value = decodeProtobuf(bytes);
    if (value !== undefined) return { value, duplicates: [] };
  }
  if (type !== 'application/yaml') throw unsupportedMedia(BODY_TYPES);
  const document = parseDocument(text, { uniqueKeys: false, version: '1.1' });
  const [error] = document.errors;
  if (error !== undefined) throw new SyntaxError(error.message);
  const value = checkedValue(document);
  return { value, duplicates: duplicateKeys(document) };
}

/** What a YAML document says, where it is no larger and no deeper than a request may be. */
export function checkedValue(document: Document): unknown {
  const value = plainValue(document);
  inspectJson(value);
  return value;
}

/** Aliases that multiply beyond measure are no more readable than a fault of syntax. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error));
  }
}

const BODY_TYPES = ['application/json', 'application/yaml', PROTOBUF];

export function unsupportedMedia(accepted: readonly string[]): StatusError {
  const text = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new StatusError(415, 'UnsupportedMediaType', text);
}

/** A JSON text that loses nothing when it is written again has no key twice, which spares the slow look. */
export function jsonDuplicates(text: string, keys = inspectJson(JSON.parse(text))): readonly string[] {
  const keysWritten = text.match(/"(?:[^"\\]|\\.)*"\s*:/g)?.length ?? 0;
  if (keysWritten === keys) return [];
  return duplicateKeys(parseDocument(text, { uniqueKeys: false }));
}

/** Paths that are written twice. */
export function duplicateKeys(document: Document): readonly string[] {
  const found: string[] = [];
  walk(document.contents, '', found, (_key, _offset, at) => at);
  return found;
}

/** As the YAML decoder words keys that are written twice. */
export function duplicateLines(document: Document, text: string): readonly string[] {
  const found: string[] = [];
  walk(document.contents, '', found, (key, at) => `line ${text.slice(0, at).split('\n').length}: key ${JSON.stringify(key)} already set in map`);
  return found;
}

type Wording = (key: string, offset: number, path: string) => string;

function walk(node: unknown, path: string, found: string[], word: Wording): void {
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) walk(item, `${path}[${index}]`, found, word);
    return;
  }
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const at = path === '' ? key : `${path}.${key}`;
    if (seen.has(key)) found.push(word(key, offsetOf(pair.key), at));
    seen.add(key);
    walk(pair.value, at, found, word);
  }
}

const SHOWN_BODY = 1024;

function summary(text: string): string {
  return text.length > SHOWN_BODY ? `${text.slice(0, SHOWN_BODY)} ...` : text;
}

function offsetOf(node: unknown): number {
  return isScalar(node) ? (node.range?.[0] ?? 0) : 0;
}

/** What the API server says of a body it cannot make out. */
export function unreadableBody(kind: string, text: string, why: string): StatusError {
  const shown = text === '' ? '<empty>' : summary(text.startsWith('{') ? text : Buffer.from(text).toString('hex'));
  return badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${shown})`);
}
