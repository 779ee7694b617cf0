import type { StructuralSchema } from '../../kubeblocks/schema/crd';

/** The values of an enum, also where `allOf` gives several of which a value must satisfy each; undefined where there is none. */
export function allowedValues(schema: StructuralSchema): readonly unknown[] | undefined {
  const enums = [schema.enum, ...(schema.allOf ?? []).map(allowedValues)].filter((values) => values !== undefined);
  const [first, ...rest] = enums;
  return first?.filter((value) => rest.every((values) => values.includes(value)));
}
