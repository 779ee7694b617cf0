import type { StructuralSchema } from '../../kubeblocks/schema/crd';

const known = new WeakMap<StructuralSchema, boolean>();

/** Whether the schema has a CEL rule anywhere. */
export function hasRules(schema: StructuralSchema): boolean {
  const answer = known.get(schema) ?? ((schema['x-kubernetes-validations']?.length ?? 0) > 0 || childrenOf(schema).some(hasRules));
  known.set(schema, answer);
  return answer;
}

function childrenOf(schema: StructuralSchema): readonly StructuralSchema[] {
  const { properties = {}, items, additionalProperties } = schema;
  return [
    ...Object.values(properties),
    ...(items === undefined ? [] : [items]),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
}
