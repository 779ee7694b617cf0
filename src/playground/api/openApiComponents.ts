import type { StructuralSchema } from '../../kubeblocks/schema/crd';

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The schemas that a document's operations refer to. */
export interface Components {
  /** Adds a kind, and gives the reference to it. */
  kind(kind: GroupVersionKind, schema: StructuralSchema): object;
  all(): Readonly<Record<string, object>>;
}

/** Kubernetes' own definitions keep their names and stand apart; what a CRD describes is written out in place. */
export function createComponents(): Components {
  const schemas = new Map<string, object>();

  function schemaOf({ definition, ...schema }: StructuralSchema): object {
    if (definition === undefined) return written(schema);
    if (!schemas.has(definition)) {
      schemas.set(definition, {});
      schemas.set(definition, written(schema));
    }
    return reference(definition);
  }

  function written(schema: StructuralSchema): object {
    const { properties, items, additionalProperties, allOf, anyOf, oneOf, not, ...own } = schema;
    const all = (several: readonly StructuralSchema[]): object[] => several.map(schemaOf);
    return {
      ...own,
      ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, schemaOf(one)])) }),
      ...(items && { items: schemaOf(items) }),
      ...(additionalProperties !== undefined && {
        additionalProperties: typeof additionalProperties === 'boolean' ? additionalProperties : schemaOf(additionalProperties),
      }),
      ...(allOf && { allOf: all(allOf) }),
      ...(anyOf && { anyOf: all(anyOf) }),
      ...(oneOf && { oneOf: all(oneOf) }),
      ...(not && { not: schemaOf(not) }),
    };
  }

  return {
    kind({ group, version, kind }, schema) {
      const { definition = `${group.split('.').reverse().join('.')}.${version}.${kind}`, ...structure } = schema;
      schemas.set(definition, { ...written(structure), 'x-kubernetes-group-version-kind': [{ group, kind, version }] });
      return reference(definition);
    },
    all: () => Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function reference(definition: string): object {
  return { $ref: `#/components/schemas/${definition}` };
}
