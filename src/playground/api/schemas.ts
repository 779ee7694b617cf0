import type { AnyObject } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import type { CrdDefinition, StructuralSchema } from '../../kubeblocks/schema/crd';

/** The structure of every kind that is served, metadata included. */
export interface Schemas {
  of(object: Pick<AnyObject, 'apiVersion' | 'kind'>): StructuralSchema | undefined;
}

/**
 * `builtIn` gives Kubernetes' own kinds, which are read when they are first asked for. A custom resource has the same
 * metadata as they have.
 */
export function createSchemas(crds: readonly CrdDefinition[], builtIn: () => readonly CrdDefinition[]): Schemas {
  let known: ReadonlyMap<string, StructuralSchema> | undefined;

  function load(): ReadonlyMap<string, StructuralSchema> {
    const own = builtIn().flatMap(entriesOf);
    const metadata = own[0]?.[1].properties?.metadata;
    return new Map([...own, ...crds.flatMap(entriesOf).map(([key, schema]) => [key, withMetadata(schema, metadata)] as const)]);
  }

  return {
    of({ apiVersion, kind }) {
      known ??= load();
      return known.get(`${apiVersion} ${kind}`);
    },
  };
}

function entriesOf({ group, kind, versions }: CrdDefinition): readonly (readonly [string, StructuralSchema])[] {
  return versions.map(({ name, schema }) => [`${apiVersionOf({ group, version: name })} ${kind}`, schema]);
}

const TEXT: StructuralSchema = { type: 'string' };

function withMetadata(schema: StructuralSchema, metadata: StructuralSchema | undefined): StructuralSchema {
  return { ...schema, properties: { apiVersion: TEXT, kind: TEXT, ...schema.properties, ...(metadata !== undefined && { metadata }) } };
}
