import type { CrdDefinition } from '../../../src/kubeblocks/schema/crd';
import { handMade } from './handMade';

/** One object to be judged, right or wrong. */
export interface Candidate {
  readonly name: string;
  /** Of the collection. */
  readonly path: string;
  readonly object: object;
  /** A merge patch to be judged, once the object is there. */
  readonly change?: object;
}

interface Property {
  readonly type?: string;
  readonly enum?: readonly unknown[];
}

/** How many fields of a kind are damaged one by one. */
const FIELDS = 12;

/** Everything to be judged: derived from the schemas, and made by hand. */
export function allCandidates(crds: readonly CrdDefinition[], namespace: string): readonly Candidate[] {
  return [...candidatesOf(crds, namespace), ...handMade(namespace)];
}

/** For each kind: an empty one, an unknown field, a bad name, and each field of its spec with a value of another type. */
function candidatesOf(crds: readonly CrdDefinition[], namespace: string): readonly Candidate[] {
  return crds.flatMap((crd) => {
    const [version] = crd.versions.filter(({ storage }) => storage);
    if (version === undefined) return [];
    const path = `/apis/${crd.group}/${version.name}/${crd.namespaced ? `namespaces/${namespace}/` : ''}${crd.plural}`;
    const base = { apiVersion: `${crd.group}/${version.name}`, kind: crd.kind, metadata: { name: 'candidate' } };
    const { spec } = (version.schema as { properties?: { spec?: { properties?: Readonly<Record<string, Property>> } } }).properties ?? {};
    const fields = Object.entries(spec?.properties ?? {}).slice(0, FIELDS);
    const made: readonly (readonly [string, object])[] = [
      ['nothing but a name', base],
      ['an empty spec', { ...base, spec: {} }],
      ['a spec that is a list', { ...base, spec: [] }],
      ['an unknown field', { ...base, spec: { nothingOfTheKind: true } }],
      ['a name with capitals', { ...base, metadata: { name: 'Candidate' }, spec: {} }],
      ...fields.map(([field, property]) => [`${field} of another type`, { ...base, spec: { [field]: otherThan(property) } }] as const),
      ...fields.flatMap(([field, property]) => (property.enum === undefined ? [] : [[`${field} of no such value`, { ...base, spec: { [field]: 'NoSuchValue' } }] as const])),
    ];
    return made.map(([name, object]) => ({ name: `${crd.kind}: ${name}`, path, object }));
  });
}

function otherThan({ type }: Property): unknown {
  return type === 'integer' || type === 'number' || type === 'boolean' || type === 'array' || type === 'object' ? 'text' : 7;
}
