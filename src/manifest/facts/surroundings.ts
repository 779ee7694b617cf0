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
  /** What a connected cluster holds under this name already, whatever the file says. */
  readonly findLive: (kind: FactKind, namespace: string | undefined, name: string) => Fact | undefined;
  readonly answers: ReadonlyMap<string, Answer>;
}

/** What was asked once already. */
interface Answer {
  readonly kind: FactKind;
  readonly set: NameSet;
  readonly byName: ReadonlyMap<string, Fact>;
}

/** Surroundings with the same facts, whose file differs in objects of these kinds alone. */
export interface SurroundingsBefore {
  readonly around: Surroundings;
  readonly except: ReadonlySet<string>;
}

/** @param inFile the objects of the file, in order. */
export function createSurroundings(inFile: readonly ManifestObject[], facts: Facts, before?: SurroundingsBefore): Surroundings {
  const written = new Map<FactKind, readonly Fact[]>();
  const nearby = (kind: FactKind, namespace: string | undefined): readonly Fact[] => {
    const ofKind = written.get(kind) ?? writtenOf(kind, inFile);
    written.set(kind, ofKind);
    return visibleIn(namespace, ofKind);
  };
  const known = new Map([...(before?.around.answers ?? [])].filter(([, { kind }]) => before?.except.has(kind) === false));
  const ask = (kind: FactKind, given: string | undefined): Answer => {
    const namespace = CLUSTER_WIDE.has(kind) ? undefined : given;
    const key = `${kind} ${namespace ?? ''}`;
    const answered = known.get(key);
    if (answered !== undefined) return answered;
    const lists = [...facts].reverse().map(({ list }) => list(kind, namespace)).filter((list): list is FactList => list !== undefined);
    const byName = firstOfEach([...nearby(kind, namespace), ...lists.flatMap((list) => list.facts)], namespace === undefined && !CLUSTER_WIDE.has(kind));
    const answer: Answer = { kind, set: { facts: [...byName.values()], certainty: lists.some(({ complete }) => complete) ? 'allowed' : 'suggested' }, byName };
    known.set(key, answer);
    return answer;
  };
  return {
    answers: known,
    all: (kind, namespace) => ask(kind, namespace).set,
    find: (kind, namespace, name) => ask(kind, namespace).byName.get(name),
    findLive: (kind, namespace, name) => {
      for (const { list } of facts) {
        const live = list(kind, CLUSTER_WIDE.has(kind) ? undefined : namespace)?.facts.find(({ object, origin }) => origin.kind === 'cluster' && object.metadata.name === name);
        if (live !== undefined) return live;
      }
      return undefined;
    },
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

/** The facts of a kind that the file itself holds. */
function writtenOf(kind: FactKind, objects: readonly ManifestObject[]): readonly Fact[] {
  return objects.filter((object) => object.kind === kind && object.name !== undefined && isNameable(object)).map(lazyFact);
}

function isNameable({ apiVersion, kind }: ManifestObject): boolean {
  return isKubeBlocksGroup(groupOf(apiVersion)) || kind === 'Secret' || kind === 'VolumeSnapshotClass';
}

/** Manifests that say no namespace go to whichever is current, so every namespace may see them: after its own. */
function visibleIn(namespace: string | undefined, written: readonly Fact[]): readonly Fact[] {
  if (namespace === undefined) return written;
  const own = written.filter((fact) => fact.written?.object.namespace === namespace);
  return [...own, ...written.filter((fact) => fact.written?.object.namespace === undefined)];
}

const facts = new WeakMap<ManifestObject, Fact>();

/** Most objects of a file are never asked about. One that stays has the same fact, so that answers can be compared. */
function lazyFact(object: ManifestObject): Fact {
  const before = facts.get(object);
  if (before !== undefined) return before;
  const fact: Fact = {
    get object(): KubeObject {
      return plainObject(object);
    },
    origin: { kind: 'file' },
    written: { object },
  };
  facts.set(object, fact);
  return fact;
}
