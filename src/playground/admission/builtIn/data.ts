import type { AnyObject } from '../../../kubeblocks/objects';
import { isSame } from '../../store/isSame';
import { forbidden, invalid, required, type FieldError } from '../fieldError';
import { isObject, type JsonObject } from '../json';

/** Secrets and config maps (k8s.io/kubernetes pkg/apis/core/validation). */

export function validateConfigMap({ data, binaryData }: AnyObject): readonly FieldError[] {
  const binary = recordOf(binaryData);
  return [
    ...Object.keys(recordOf(data)).flatMap((key) => [
      ...keyErrors('data', key),
      ...(key in binary ? [invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')] : []),
    ]),
    ...Object.keys(binary).flatMap((key) => keyErrors('binaryData', key)),
  ];
}

export function validateConfigMapUpdate(object: AnyObject, old: AnyObject): readonly FieldError[] {
  return [...frozenErrors(object, old, ['data', 'binaryData']), ...validateConfigMap(object)];
}

export function validateSecret(secret: AnyObject): readonly FieldError[] {
  const data = recordOf(secret.data);
  return [...Object.keys(data).flatMap((key) => keyErrors('data', key)), ...typeErrors(secret, data)];
}

export function validateSecretUpdate(object: AnyObject, old: AnyObject): readonly FieldError[] {
  const type = object.type === old.type ? [] : [invalid('type', object.type, 'field is immutable')];
  return [...type, ...frozenErrors(object, old, ['data']), ...validateSecret(object)];
}

const FROZEN = 'field is immutable when `immutable` is set';

function frozenErrors(object: AnyObject, old: AnyObject, fields: readonly string[]): readonly FieldError[] {
  if (old.immutable !== true) return [];
  return [
    ...(object.immutable === true ? [] : [forbidden('immutable', FROZEN)]),
    ...fields.filter((field) => !isSame(recordOf(object[field]), recordOf(old[field]))).map((field) => forbidden(field, FROZEN)),
  ];
}

const ACCOUNT = 'kubernetes.io/service-account.name';

/** What each type of secret has to hold; of `basic-auth` either will do. */
function typeErrors({ type, metadata }: AnyObject, data: JsonObject): readonly FieldError[] {
  const missing = (...keys: readonly string[]): readonly FieldError[] => keys.filter((key) => !(key in data)).map((key) => required(`data[${key}]`));
  switch (type) {
    case 'kubernetes.io/service-account-token':
      return (metadata.annotations?.[ACCOUNT] ?? '') === '' ? [required(`metadata.annotations[${ACCOUNT}]`)] : [];
    case 'kubernetes.io/dockercfg':
      return jsonErrors('.dockercfg', data);
    case 'kubernetes.io/dockerconfigjson':
      return jsonErrors('.dockerconfigjson', data);
    case 'kubernetes.io/basic-auth':
      return 'username' in data || 'password' in data ? [] : missing('username', 'password');
    case 'kubernetes.io/ssh-auth':
      return missing('ssh-privatekey');
    case 'kubernetes.io/tls':
      return missing('tls.crt', 'tls.key');
    default:
      return [];
  }
}

function jsonErrors(key: string, data: JsonObject): readonly FieldError[] {
  const value = data[key];
  if (typeof value !== 'string') return [required(`data[${key}]`)];
  const text = Buffer.from(value, 'base64').toString();
  try {
    JSON.parse(text);
    return [];
  } catch {
    const why = text === '' ? 'unexpected end of JSON input' : `invalid character '${text.charAt(0)}' looking for beginning of value`;
    return [invalid(`data[${key}]`, '<secret contents redacted>', why)];
  }
}

const KEY_TEXT =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

function keyErrors(field: string, key: string): readonly FieldError[] {
  const texts = [
    ...(key.length > 253 ? ['must be no more than 253 characters'] : []),
    ...(/^[-._a-zA-Z0-9]+$/.test(key) ? [] : [KEY_TEXT]),
    ...(key === '.' ? ["must not be '.'"] : key === '..' ? ["must not be '..'"] : key.startsWith('..') ? ["must not start with '..'"] : []),
  ];
  return texts.map((text) => invalid(`${field}[${key}]`, key, text));
}

function recordOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
