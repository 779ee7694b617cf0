import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CrdDefinition, StructuralSchema } from '../src/kubeblocks/schema/crd';
import { BUILT_IN_RESOURCES } from '../src/playground/api/builtInResources';
import { compactCrds, printCompactCrdsWithNodes } from './compactCrds';

const USAGE =
  'usage: npx tsx scripts/kubernetesSchemas.ts --release v1.34.4 --openapi DIR\n' +
  'Writes schemas/kubernetes.json from api/openapi-spec/v3 of a Kubernetes release.\n';

/** A schema of Kubernetes' own OpenAPI: definitions refer to each other, with `allOf` where something is said beside. */
type OpenApiSchema = Omit<StructuralSchema, 'properties' | 'items' | 'additionalProperties' | 'allOf' | 'oneOf'> & {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema | boolean;
  readonly allOf?: readonly OpenApiSchema[];
  readonly oneOf?: readonly { readonly type: string }[];
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
};

const KEPT = ['type', 'format', 'required', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-map-type'] as const;

/** A CRD's own schema describes itself: below this it is taken as it comes. */
const ENDLESS = 'JSONSchemaProps';

function structureOf(schema: OpenApiSchema, definitions: ReadonlyMap<string, OpenApiSchema>): StructuralSchema {
  const [extended] = schema.allOf ?? [];
  const reference = schema.$ref ?? extended?.$ref;
  if (reference !== undefined) return named(reference.split('/').at(-1) ?? '', definitions);
  const { properties, items, additionalProperties, oneOf } = schema;
  const below = (one: OpenApiSchema): StructuralSchema => structureOf(one, definitions);
  return {
    ...Object.fromEntries(KEPT.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]])),
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, below(one)])) }),
    ...(items && { items: below(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: typeof additionalProperties === 'boolean' ? additionalProperties : below(additionalProperties),
    }),
    ...(oneOf && { oneOf }),
  };
}

function named(name: string, definitions: ReadonlyMap<string, OpenApiSchema>): StructuralSchema {
  const definition = definitions.get(name);
  if (definition === undefined) throw new Error(`no definition ${name}`);
  if (name.endsWith(`.${ENDLESS}`)) return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, definition: name };
  return { ...structureOf(definition, definitions), definition: name };
}

function main(): number {
  const { values } = parseArgs({ options: { release: { type: 'string' }, openapi: { type: 'string' } } });
  const { release, openapi } = values;
  if (release === undefined || openapi === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const definitions = BUILT_IN_RESOURCES.map(({ resource, listKind, singular, shortNames, categories, hasStatus }): CrdDefinition => {
    const { group, version, kind, plural, namespaced } = resource;
    const file = group === '' ? `api__${version}_openapi.json` : `apis__${group}__${version}_openapi.json`;
    const document = JSON.parse(readFileSync(join(openapi, file), 'utf8')) as { components: { schemas: Record<string, OpenApiSchema> } };
    const schemas = new Map(Object.entries(document.components.schemas));
    const found = [...schemas].find(([, schema]) =>
      schema['x-kubernetes-group-version-kind']?.some((one) => one.group === group && one.version === version && one.kind === kind),
    );
    if (found === undefined) throw new Error(`no schema for ${kind}`);
    const schema = named(found[0], schemas);
    const names = { group, kind, listKind, plural, singular, shortNames, categories, namespaced, annotations: {}, labels: {} };
    return { ...names, versions: [{ name: version, served: true, storage: true, hasStatus, printerColumns: [], schema }] };
  });
  const source = `Structure of kinds of Kubernetes ${release} (api/openapi-spec/v3), Apache-2.0; made by scripts/kubernetesSchemas.ts`;
  const path = join(__dirname, '..', 'schemas', 'kubernetes.json');
  const { lines, nodes } = compactCrds([{ line: 'kubernetes', source, definitions }]);
  const text = lines.map((compact) => printCompactCrdsWithNodes({ ...compact, nodes })).join('');
  writeFileSync(path, text);
  process.stdout.write(`${path}: ${definitions.length} kinds, ${Math.round(text.length / 1024)} KB\n`);
  return 0;
}

process.exitCode = main();
