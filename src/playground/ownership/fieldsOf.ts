import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { isObject } from '../admission/json';
import { FieldSetBuilder, type FieldSet } from './fieldSet';
import type { PathElement } from './pathElement';
import { isGranular, isNamed, partsOf } from './shape';

/** Every field an object says something about (structured-merge-diff, typed/tofieldset.go). */
export function fieldsOf(object: unknown, schema: StructuralSchema | undefined): FieldSet {
  const builder = new FieldSetBuilder();

  function visit(value: unknown, type: StructuralSchema | undefined, path: readonly PathElement[]): void {
    if (!isGranular(type, value)) {
      if (path.length > 0 && value !== null) builder.add(path);
      return;
    }
    for (const { element, value: part, schema: partType } of partsOf(type, value)) {
      const partPath = [...path, element];
      visit(part, partType, partPath);
      if (isMember(part, type, element)) builder.add(partPath);
    }
  }

  visit(object, schema, []);
  return builder.build();
}

/** Items, keys of free maps and empty values are members of their own. */
function isMember(value: unknown, parent: StructuralSchema | undefined, element: PathElement): boolean {
  return !isNamed(parent, element) || value === null || (isObject(value) && Object.keys(value).length === 0);
}

/** The set with each struct that has a field in it (`EnsureNamedFieldsAreMembers`). */
export function withParents(set: FieldSet, schema: StructuralSchema | undefined): FieldSet {
  return new Map(
    [...set].map(([element, { member, below }]) => {
      const type = element.startsWith('f:') ? namedSchema(schema, element) : schema?.items;
      return [element, { member: member || (below.size > 0 && isNamed(schema, element)), below: withParents(below, type) }];
    }),
  );
}

function namedSchema(schema: StructuralSchema | undefined, element: PathElement): StructuralSchema | undefined {
  const name = element.slice(2);
  if (isNamed(schema, element)) return schema?.properties?.[name];
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}
