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
    const nearby = namespace === undefined ? written.get(key) : [...(written.get(key) ?? []), ...(written.get(`${kind} ${ANYWHERE}`) ?? [])];
    const byName = firstOfEach([...(nearby ?? []), ...lists.flatMap((list) => list.facts)], namespace === undefined && !CLUSTER_WIDE.has(kind));
    const answer = { set: { facts: [...byName.values()], certainty: lists.some(({ complete }) => complete) ? 'allowed' : 'suggested' } as const, byName };
    known.set(key, answer);
    return answer;
  };
  return {
    all: (kind, namespace) => ask(kind, namespace).set,
    find: (kind, namespace, name) => ask(kind, namespace).byName.get(name),
  };
}

/** @param isAmbiguous who asks says no namespace: of a name that several namespaces know, nothing can be told. */
function firstOfEach(facts: readonly Fact[], isAmbiguous: boolean): Map<string, Fact> {
  const byName = new Map<string, Fact>();
  const namespaces = new Map<string, string | undefined>();
  const unclear = new Set<string>();
  for (const fact of facts) {
    const { name, namespace } = fact.object.metadata;
    if (!byName.has(name)) {
      byName.set(name, fact);
      namespaces.set(name, namespace);
    } else if (isAmbiguous && namespaces.get(name) !== namespace) {
      unclear.add(name);
    }
  }
  for (const name of unclear) byName.delete(name);
  return byName;
}

/** Manifests that say no namespace go to whichever is current, so every namespace may see them. */
const ANYWHERE = '*';

/** By kind and namespace, and by kind alone. */
function indexOf(objects: readonly ManifestObject[]): ReadonlyMap<string, readonly Fact[]> {
  const index = new Map<string, Fact[]>();
  for (const object of objects) {
    if (object.name === undefined || !(isKubeBlocksGroup(groupOf(object.apiVersion)) || object.kind === 'Secret' || object.kind === 'VolumeSnapshotClass')) continue;
    const fact = lazyFact(object);
    for (const key of [`${object.kind} `, `${object.kind} ${object.namespace ?? ANYWHERE}`]) {
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
