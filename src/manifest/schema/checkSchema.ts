import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import type { ServedKind } from '../dialect';
import { entryOf, type MapNode } from '../yaml/node';
import { checkMetadata } from './checkMetadata';
import { checkNumbers } from './checkNumbers';
import { checkRules, hasCreateRules } from './checkRules';
import type { Report, SchemaFault } from './schemaFault';
import { walkSchema } from './walkSchema';

/** All that an API server refuses in the creation of this object, under strict field validation. */
export function checkSchema(root: MapNode, kind: ServedKind): readonly SchemaFault[] {
  const faults: SchemaFault[] = [];
  // Alternatives of a combination may refuse a value for the same reason.
  const seen = new Set<string>();
  const report: Report = (fault) => {
    const key = JSON.stringify([fault.path, fault.message]);
    if (!seen.has(key)) faults.push(fault);
    seen.add(key);
  };
  checkNumbers(root, report);
  checkMetadata(root, kind.namespaced, report);
  const { content, status } = partsOf(kind);
  const own = withoutOwn(root, kind.hasStatus);
  walkSchema(own, content, [], { report });
  const given = kind.hasStatus ? entryOf(root, 'status')?.value : undefined;
  if (given !== undefined && status !== undefined) walkSchema(given, status, ['status'], { report, unknownOnly: true });
  // Rules are not evaluated over an object whose structure is wrong.
  const isWhole = faults.every(({ code }) => code === 'schema/unknown-field' || code === 'schema/metadata');
  if (isWhole && hasCreateRules(content)) checkRules(own, content, [], report);
  return faults;
}

interface Parts {
  readonly content: StructuralSchema;
  readonly status: StructuralSchema | undefined;
}

const parts = new WeakMap<StructuralSchema, Parts>();

/** metadata is judged apart, and so is a status that a write drops. */
function partsOf({ schema, hasStatus }: ServedKind): Parts {
  const known = parts.get(schema);
  if (known !== undefined) return known;
  const { status, ...properties } = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => key !== 'metadata'));
  const made = { content: { ...schema, properties: hasStatus || status === undefined ? properties : { ...properties, status } }, status };
  parts.set(schema, made);
  return made;
}

function withoutOwn(root: MapNode, hasStatus: boolean): MapNode {
  return { ...root, entries: root.entries.filter(({ key }) => key !== 'metadata' && !(hasStatus && key === 'status')) };
}
