import { ANNOTATIONS } from './labels';
import type { KubeObject } from './objects';

export const REDACTED = '(redacted)';

/** Keys whose text is a credential wherever it stands. */
const SECRET_KEY = /(^|[_.-])(passw(or)?d|passphrase|secret(access)?key|secret|token|private[_-]?key|access[_-]?key([_-]?(id|secret))?|credentials?|api[_-]?key|client-key-data|client-certificate-data)$|password$|secret(access)?key$|accesskey(id|secret)?$|token$/i;

/** Keys that only name where a credential is kept. */
const REFERENCE_KEY = /(ref|name|namespace|policy|version|path|type|kind)$/i;

const SECRET_ANNOTATIONS: readonly string[] = [ANNOTATIONS.encryptedAccounts, ANNOTATIONS.connectionPassword, ANNOTATIONS.lastApplied];

/**
 * The object without credentials, for a document: values of Secrets, encrypted accounts, last-applied copies, the
 * ciphertext in a restore annotation, and fields whose key says that they hold a credential. `managedFields` is left out.
 */
export function redact<T extends KubeObject>(object: T): T {
  const { metadata, ...rest } = object as KubeObject & Record<string, unknown>;
  const { annotations } = metadata;
  const meta = Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== 'managedFields'));
  const body = object.kind === 'Secret' ? redactSecret(rest) : redactObject(rest);
  return {
    ...body,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: annotations === undefined ? meta : { ...meta, annotations: redactAnnotations(annotations) },
  } as unknown as T;
}

/** Text of a log or an event with credentials struck out: `password=…`, bearer tokens, URLs with a password, keys of AWS. */
export function redactText(text: string): string {
  return text
    .replace(/\b(?!Invalid)([\w.-]*(?:passw(?:or)?d|passphrase|secret[\w.-]*|token|access[_-]?key[\w.-]*|api[_-]?key)["']?\s*[=:]\s*)("[^"\n]*"|'[^'\n]*'|[^\s,;&"']+)/gi, `$1${REDACTED}`)
    .replace(/(--?(?:password|passwd|secret-key|access-key|token)[ \t]+)\S+/gi, `$1${REDACTED}`)
    .replace(/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${REDACTED}`)
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]+):[^\s@/]+@/gi, `$1:${REDACTED}@`)
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, REDACTED)
    .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED);
}

function redactSecret(rest: Record<string, unknown>): Record<string, unknown> {
  const hide = (value: unknown): unknown => (isRecord(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, REDACTED])) : value);
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, key === 'data' || key === 'stringData' ? hide(value) : value]));
}

function redactAnnotations(annotations: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key, SECRET_ANNOTATIONS.includes(key) ? REDACTED : redactJson(value)]));
}

/** An annotation that is JSON is looked into; any other text is kept. */
function redactJson(text: string): string {
  if (!text.startsWith('{') && !text.startsWith('[')) {
    return text;
  }
  try {
    return JSON.stringify(redactValue(JSON.parse(text), ''));
  } catch {
    return redactText(text);
  }
}

function redactObject(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, redactValue(value, key)]));
}

function redactValue(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => redactValue(item, key));
  }
  if (isRecord(value)) {
    return isSecretPair(value) ? { ...value, value: REDACTED } : redactObject(value);
  }
  if (typeof value !== 'string') {
    return value;
  }
  return isSecretKey(key) && value !== '' ? REDACTED : redactText(value);
}

/** `{name: PASSWORD, value: …}`, as environments and parameters are written. */
function isSecretPair(value: Record<string, unknown>): boolean {
  return typeof value['name'] === 'string' && typeof value['value'] === 'string' && isSecretKey(value['name']);
}

function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key) && !REFERENCE_KEY.test(key);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
