import type { CrdDefinition, CrdVersion, PrinterColumn, StructuralSchema } from './crd';

/** The part of an apiextensions.k8s.io/v1 CustomResourceDefinition that is read. */
export interface CrdManifest {
  readonly kind?: string;
  readonly metadata?: { readonly annotations?: Record<string, string>; readonly labels?: Record<string, string> };
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: {
      readonly kind: string;
      readonly listKind?: string;
      readonly plural: string;
      readonly singular?: string;
      readonly shortNames?: readonly string[];
      readonly categories?: readonly string[];
    };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly deprecated?: boolean;
      readonly deprecationWarning?: string;
      readonly subresources?: { readonly status?: object };
      readonly additionalPrinterColumns?: readonly PrinterColumn[];
      readonly schema: { readonly openAPIV3Schema: StructuralSchema };
    }[];
  };
}

/** A definition without its texts: what an API server needs to take or refuse an object. */
export function readCrd(manifest: CrdManifest): CrdDefinition {
  const { group, scope, names, versions } = manifest.spec;
  return {
    group,
    kind: names.kind,
    listKind: names.listKind ?? `${names.kind}List`,
    plural: names.plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    namespaced: scope === 'Namespaced',
    annotations: manifest.metadata?.annotations ?? {},
    labels: manifest.metadata?.labels ?? {},
    versions: versions.map(readVersion),
  };
}

function readVersion(version: CrdManifest['spec']['versions'][number]): CrdVersion {
  return {
    name: version.name,
    served: version.served,
    storage: version.storage,
    hasStatus: version.subresources?.status !== undefined,
    ...(version.deprecated !== undefined && { deprecated: version.deprecated }),
    ...(version.deprecationWarning !== undefined && { deprecationWarning: version.deprecationWarning }),
    printerColumns: (version.additionalPrinterColumns ?? []).map(withoutDescription),
    schema: structureOf(version.schema.openAPIV3Schema),
  };
}

function withoutDescription({ name, type, jsonPath, format, priority }: PrinterColumn): PrinterColumn {
  return { name, type, jsonPath, ...(format !== undefined && { format }), ...(priority !== undefined && { priority }) };
}

const TEXTS = new Set(['description', 'title', 'example', 'externalDocs']);

/** The schema without texts. A property that is *named* `description` stays. */
function structureOf(schema: StructuralSchema): StructuralSchema {
  const entries = Object.entries(schema).filter(([key]) => !TEXTS.has(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, memberOf(key, value)]));
}

function memberOf(key: string, value: unknown): unknown {
  switch (key) {
    case 'properties':
      return Object.fromEntries(Object.entries(value as Record<string, StructuralSchema>).map(([name, one]) => [name, structureOf(one)]));
    case 'items':
    case 'not':
      return structureOf(value as StructuralSchema);
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : structureOf(value as StructuralSchema);
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return (value as StructuralSchema[]).map(structureOf);
    default:
      return value;
  }
}
