import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import type { Dialect } from '../dialect';
import type { Path } from '../manifestPath';
import { METADATA_SCHEMA } from '../schema/metadataSchema';
import { schemaAt } from '../schema/schemaOf';

/** What describes the value at a path of an object, its metadata included. */
export function schemaOfField(dialect: Dialect, apiVersion: string, kind: string, path: Path): StructuralSchema | undefined {
  const served = dialect.kindOf(apiVersion, kind);
  if (served === undefined) return undefined;
  const [first, ...rest] = path;
  if (first === 'metadata') return schemaAt(METADATA_SCHEMA, rest);
  if (first === 'apiVersion' || first === 'kind') return rest.length === 0 ? { type: 'string' } : undefined;
  return schemaAt(served.schema, path);
}

/** `string`, `object[]`: in the words of the Kubernetes API. */
export function typeName(schema: StructuralSchema): string {
  if (schema['x-kubernetes-int-or-string'] === true) return 'integer or string';
  if (schema.type === 'array') return `${typeName(schema.items ?? {})}[]`;
  return schema.type ?? 'any';
}
