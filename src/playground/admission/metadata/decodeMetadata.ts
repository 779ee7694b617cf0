import type { ObjectMeta } from '../../../kubeblocks/objects';
import { isObject, mapValues } from '../json';
import { DecodingError, decodeField, goKind, type FieldType } from './goDecoding';

export interface DecodedMetadata {
  /** Its name may still be missing. */
  readonly metadata: ObjectMeta;
  /** `metadata.foo`. */
  readonly unknownFields: readonly string[];
}

const OBJECT_META: Readonly<Record<string, FieldType>> = {
  name: 'string',
  generateName: 'string',
  namespace: 'string',
  selfLink: 'string',
  uid: 'types.UID',
  resourceVersion: 'string',
  generation: 'int64',
  creationTimestamp: 'time',
  deletionTimestamp: 'time',
  deletionGracePeriodSeconds: 'int64',
  labels: 'map[string]string',
  annotations: 'map[string]string',
  ownerReferences: '[]v1.OwnerReference',
  finalizers: '[]string',
  managedFields: 'any',
};

/**
 * Metadata as the API server's own type takes it up: unknown fields and empty values go. Throws `DecodingError` where a
 * value has the wrong type, which the API server answers with 400.
 */
export function decodeMetadata(given: unknown): DecodedMetadata {
  if (!isObject(given)) throw new DecodingError(`json: cannot unmarshal ${goKind(given)} into Go value of type v1.ObjectMeta`);
  const unknownFields: string[] = [];
  const sorted = Object.fromEntries(Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1)));
  const metadata = mapValues(sorted, (value, key) => {
    const type = Object.hasOwn(OBJECT_META, key) ? OBJECT_META[key] : undefined;
    if (type !== undefined) return decodeField(value, type, { struct: 'ObjectMeta', field: key, path: `metadata.${key}`, unknownFields });
    unknownFields.push(`metadata.${key}`);
    return undefined;
  });
  return { metadata: metadata as Partial<ObjectMeta> as ObjectMeta, unknownFields };
}

