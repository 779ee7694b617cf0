import type { KubeObject } from '../../kubeblocks/objects';
import { groupOf, isKubeBlocksGroup } from '../dialect';
import { plainObject, type ManifestObject } from '../manifestObject';
import type { Fact, FactKind, FactList, Facts, NameSet } from './facts';

/** Kinds that live in no namespace. */
const CLUSTER_WIDE: ReadonlySet<FactKind> = new Set(['ActionSet', 'BackupPolicyTemplate', 'BackupRepo', 'ComponentDefinition', 'StorageProvider', 'VolumeSnapshotClass']);

/** What is around an object: the other documents of its file first, then the facts. */
export interface Surroundings {
  /** Everything of a kind that an object in this namespace can see; the first of a name counts. */
  readonly all: (kind: FactKind, namespace: string | undefined) => NameSet;
  readonly find: (kind: FactKind, namespace: string | undefined, name: string) => Fact | undefined;
}

/** @param inFile the objects of the file, in order. */
export function createSurroundings(inFile: readonly ManifestObject[], facts: Facts): Surroundings {
  const written = indexOf(inFile);
  const known = new Map<string, { readonly set: NameSet; readonly byName: ReadonlyMap<string, Fact> }>();
  const ask = (kind: FactKind, given: string | undefined): { readonly set: NameSet; readonly byName: ReadonlyMap<string, Fact> } => {
    const namespace = CLUSTER_WIDE.has(kind) ? undefined : given;
    const key = `${kind} ${namespace ?? ''}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const lists = [...facts].reverse().map(({ list }) => list(kind, namespace)).filter((list): list is FactList => list !== undefined);
    const byName = firstOfEach([...(written.get(key) ?? []), ...(namespace === undefined ? [] : (written.get(`${kind} `) ?? [])), ...lists.flatMap((list) => list.facts)]);
    const answer = { set: { facts: [...byName.values()], certainty: lists.some(({ complete }) => complete) ? 'allowed' : 'suggested' } as const, byName };
    known.set(key, answer);
    return answer;
  };
  return {
    all: (kind, namespace) => ask(kind, namespace).set,
    find: (kind, namespace, name) => ask(kind, namespace).byName.get(name),
  };
}

function firstOfEach(facts: readonly Fact[]): Map<string, Fact> {
  const byName = new Map<string, Fact>();
  for (const fact of facts) if (!byName.has(fact.object.metadata.name)) byName.set(fact.object.metadata.name, fact);
  return byName;
}

/** By kind and namespace. Manifests without a namespace belong to whichever is current, so they see, and are seen by, all. */
function indexOf(objects: readonly ManifestObject[]): ReadonlyMap<string, readonly Fact[]> {
  const index = new Map<string, Fact[]>();
  for (const object of objects) {
    if (object.name === undefined || !(isKubeBlocksGroup(groupOf(object.apiVersion)) || object.kind === 'Secret' || object.kind === 'VolumeSnapshotClass')) continue;
    const fact = lazyFact(object);
    const isWide = (CLUSTER_WIDE as ReadonlySet<string>).has(object.kind);
    for (const key of isWide || object.namespace === undefined ? [`${object.kind} `] : [`${object.kind} ${object.namespace}`, `${object.kind} `]) {
      const same = index.get(key);
      if (same === undefined) index.set(key, [fact]);
      else same.push(fact);
    }
  }
  return index;
}

/** Most objects of a file are never asked about. */
function lazyFact(object: ManifestObject): Fact {
  return {
    get object(): KubeObject {
      return plainObject(object);
    },
    origin: { kind: 'file' },
    written: { object },
  };
}
