import type { AnyObject } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import { qualifiedName } from '../../kubeblocks/resource';
import type { CrdDefinition, StructuralSchema } from '../../kubeblocks/schema/crd';
import { isCustomResource } from '../store/kindTraits';
import { StatusError } from '../world';
import type { Admitted, AdmitOptions, SchemaAdmission } from './admission';
import { applyDefaults } from './applyDefaults';
import { invalid, NO_PATH, type FieldError } from './fieldError';
import { hasRules } from './hasRules';
import type { JsonObject } from './json';
import { decodeMetadata, type DecodedMetadata } from './metadata/decodeMetadata';
import { DecodingError } from './metadata/goDecoding';
import { validateMetadata } from './metadata/validateMetadata';
import { pruneUnknown } from './pruneUnknown';
import { validateRules } from './validation/validateRules';
import { validateObject, validateStatus } from './validation/validateContent';

interface Kind {
  readonly schema: StructuralSchema;
  readonly hasStatus: boolean;
}

/**
 * Admission by these definitions, as apiextensions-apiserver does it for a create or update. Of other
 * kinds only metadata is looked at.
 */
export function createAdmission(crds: readonly CrdDefinition[]): SchemaAdmission {
  const kinds = new Map(crds.flatMap(kindsOf));
  return {
    admit(resource, given, options = {}) {
      const { metadata, unknownFields } = decode(resource, given.metadata);
      const object: AnyObject = { ...given, metadata };
      const admitted: Admitted = { object, unknownFields, errors: validateMetadata(object.metadata, resource) };
      const kind = kinds.get(keyOf(resource));
      return kind === undefined ? admitted : withContent(kind, admitted, options);
    },
    complete(resource, object) {
      return applyDefaults(object, kinds.get(keyOf(resource))?.schema) as AnyObject;
    },
  };
}

function kindsOf(crd: CrdDefinition): [string, Kind][] {
  return crd.versions.map(({ name, schema, hasStatus }) => [
    keyOf({ group: crd.group, plural: crd.plural, version: name }),
    { schema, hasStatus },
  ]);
}

function keyOf(resource: Pick<Resource, 'group' | 'plural' | 'version'>): string {
  return `${qualifiedName(resource)}/${resource.version}`;
}

function withContent(kind: Kind, admitted: Admitted, options: AdmitOptions): Admitted {
  const { schema, hasStatus } = kind;
  const pruned = pruneUnknown(admitted.object, schema);
  const object = applyDefaults(pruned.object, schema) as AnyObject;
  const judged = options.subresource === 'status' ? validateStatus(object, schema) : validateObject(hasStatus ? withoutStatus(object) : object, schema);
  const errors = [...admitted.errors, ...judged];
  return {
    object,
    unknownFields: [...admitted.unknownFields, ...pruned.unknownFields],
    errors: isBlocked(schema, errors) ? [...errors, RULES_NOT_CHECKED] : [...errors, ...rulesOf(kind, object, options)],
  };
}

/** Rules see the whole object, but for a status that the request does not write. */
function rulesOf({ schema, hasStatus }: Kind, object: AnyObject, { subresource, old }: AdmitOptions): FieldError[] {
  const seen = (whole: AnyObject): JsonObject => (hasStatus && subresource !== 'status' ? withoutStatus(whole) : whole);
  return validateRules({ value: seen(object), old: old && seen(old), schema, path: '' });
}

function decode(resource: Resource, metadata: unknown): DecodedMetadata {
  try {
    return decodeMetadata(metadata ?? {});
  } catch (error) {
    if (!(error instanceof DecodingError)) throw error;
    // A built-in kind names the field from the object on.
    const why = isCustomResource(resource) ? error.message : error.message.replace('field ObjectMeta.', 'field ObjectMeta.metadata.');
    const message = `${resource.kind} in version ${JSON.stringify(resource.version)} cannot be handled as a ${resource.kind}: ${why}`;
    throw new StatusError(400, 'BadRequest', message);
  }
}

/** A request to the object itself cannot write its status. */
function withoutStatus(object: AnyObject): JsonObject {
  const { status, ...rest } = object;
  return status === undefined ? object : rest;
}

const RULES_NOT_CHECKED = invalid(
  NO_PATH,
  null,
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
);

const BLOCKING = new Set<FieldError['reason']>([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

/** Rules are not evaluated over an object whose structure is wrong. */
function isBlocked(schema: StructuralSchema, errors: readonly FieldError[]): boolean {
  return errors.some((error) => BLOCKING.has(error.reason)) && hasRules(schema);
}
