import type { KubeObject } from '../../kubeblocks/objects';
import { groupOf, isKubeBlocksGroup } from '../dialect';
import { plainObject, type ManifestObject } from '../manifestObject';
import { indexed, type FactIndex } from './factIndex';
import type { Fact, FactKind, FactList, Facts, NameSet, Origin } from './facts';
import { grouped } from './grouped';

/** Kinds that live in no namespace. */
const CLUSTER_WIDE: ReadonlySet<FactKind> = new Set(['ActionSet', 'BackupPolicyTemplate', 'BackupRepo', 'ComponentDefinition', 'StorageProvider', 'VolumeSnapshotClass']);

/** What is around an object: the other documents of its file first, then the facts. */
export interface Surroundings {
  /** Everything of a kind that an object in this namespace can see; the first of a name counts. */
  readonly all: (kind: FactKind, namespace: string | undefined) => NameSet;
  readonly find: (kind: FactKind, namespace: string | undefined, name: string) => Fact | undefined;
  /** Those of `all` that an index finds under a value, without looking through the others. */
  readonly select: (kind: FactKind, namespace: string | undefined, by: FactIndex, value: string) => readonly Fact[];
  /** What a connected cluster holds under this name already, whatever the file says. */
  readonly findLive: (kind: FactKind, namespace: string | undefined, name: string) => Fact | undefined;
  /** Who knows that there is nothing of this name; undefined where there is, and where nobody can tell. */
  readonly missingFrom: (kind: FactKind, namespace: string | undefined, name: string) => Origin | undefined;
  /** What was asked once already: by kind and namespace. */
  readonly answers: ReadonlyMap<FactKind, Map<string | undefined, Answer>>;
}

/** What is known of a kind, as an object in a namespace sees it. */
interface Answer {
  readonly all: () => NameSet;
  readonly find: (name: string) => Fact | undefined;
  readonly select: (by: FactIndex, value: string) => readonly Fact[];
}

/** Surroundings with the same facts, whose file differs in objects of these kinds alone. */
export interface SurroundingsBefore {
  readonly around: Surroundings;
  readonly except: ReadonlySet<string>;
}

/** @param inFile the objects of the file, in order. */
export function createSurroundings(inFile: readonly ManifestObject[], facts: Facts, before?: SurroundingsBefore): Surroundings {
  const answers = new Map([...(before?.around.answers ?? [])].flatMap(([kind, known]) => (before?.except.has(kind) === false ? [[kind, new Map(known)] as const] : [])));
  const written = new Map<FactKind, Written>();
  const clusters = facts.filter(({ origin }) => origin.kind === 'cluster');
  const ask = (kind: FactKind, given: string | undefined): Answer => {
    const namespace = CLUSTER_WIDE.has(kind) ? undefined : given;
    const ofKind = answers.get(kind) ?? new Map<string | undefined, Answer>();
    const known = ofKind.get(namespace);
    if (known !== undefined) return known;
    const lists = [...facts].reverse().map(({ list }) => list(kind, namespace)).filter((list): list is FactList => list !== undefined);
    const nearby = written.get(kind) ?? writtenOf(kind, inFile);
    written.set(kind, nearby);
    const answer = answerOf(kind, namespace, visibleIn(namespace, nearby), lists);
    answers.set(kind, ofKind.set(namespace, answer));
    return answer;
  };
  return {
    answers,
    all: (kind, namespace) => ask(kind, namespace).all(),
    find: (kind, namespace, name) => ask(kind, namespace).find(name),
    select: (kind, namespace, by, value) => ask(kind, namespace).select(by, value),
    missingFrom: (kind, given, name) => {
      const namespace = CLUSTER_WIDE.has(kind) ? undefined : given;
      if (ask(kind, namespace).find(name) !== undefined) return undefined;
      return facts.findLast(({ list, lacks }) => list(kind, namespace)?.complete === true || lacks?.(kind, namespace, name) === true)?.origin;
    },
    findLive: (kind, namespace, name) => {
      for (const { list } of clusters) {
        const live = named(list(kind, CLUSTER_WIDE.has(kind) ? undefined : namespace)?.facts ?? NO_FACTS, name)[0];
        if (live !== undefined) return live;
      }
      return undefined;
    },
  };
}

function answerOf(kind: FactKind, namespace: string | undefined, nearby: readonly Fact[], lists: readonly FactList[]): Answer {
  // Who asks says no namespace: of a name that several namespaces know, nothing can be told.
  const isAmbiguous = namespace === undefined && !CLUSTER_WIDE.has(kind);
  const sources = [nearby, ...lists.map((list) => list.facts)];
  const find = (name: string): Fact | undefined => {
    let first: Fact | undefined;
    for (const source of sources) {
      for (const fact of named(source, name)) {
        if (first === undefined) first = fact;
        else if (isAmbiguous && namespaceOf(fact) !== namespaceOf(first)) return undefined;
        if (!isAmbiguous) return first;
      }
    }
    return first;
  };
  let facts: readonly Fact[] | undefined;
  const set: NameSet = {
    // Many only ask how sure it is.
    get facts() {
      return (facts ??= [...new Set(sources.flat().map(nameOf))].map(find).filter((fact) => fact !== undefined));
    },
    certainty: lists.some(({ complete }) => complete) ? 'allowed' : 'suggested',
  };
  const select = (by: FactIndex, value: string): readonly Fact[] => sources.flatMap((source) => indexed(source, by, value).filter((fact) => find(nameOf(fact)) === fact));
  return { find, select, all: () => set };
}

const byName = new WeakMap<readonly Fact[], ReadonlyMap<string, readonly Fact[]>>();

/** The facts of a list with this name. The list is looked through once. */
function named(list: readonly Fact[], name: string): readonly Fact[] {
  const index = byName.get(list) ?? grouped(list, nameOf);
  byName.set(list, index);
  return index.get(name) ?? NO_FACTS;
}

const NO_FACTS: readonly Fact[] = [];

/** Without making the whole object of what is written. */
function nameOf(fact: Fact): string {
  return fact.written?.object.name ?? fact.object.metadata.name;
}

function namespaceOf(fact: Fact): string | undefined {
  return fact.written === undefined ? fact.object.metadata.namespace : fact.written.object.namespace;
}

/** The facts of a kind that the file itself holds, by the namespace that they say. */
interface Written {
  readonly all: readonly Fact[];
  readonly in: ReadonlyMap<string | undefined, readonly Fact[]>;
}

function writtenOf(kind: FactKind, objects: readonly ManifestObject[]): Written {
  const all = objects.filter((object) => object.kind === kind && object.name !== undefined && isNameable(object)).map(lazyFact);
  return { all, in: grouped(all, ({ written }) => written?.object.namespace) };
}

function isNameable({ apiVersion, kind }: ManifestObject): boolean {
  return isKubeBlocksGroup(groupOf(apiVersion)) || kind === 'Secret' || kind === 'VolumeSnapshotClass';
}

/** Manifests that say no namespace go to whichever is current, so every namespace may see them: after its own. */
function visibleIn(namespace: string | undefined, written: Written): readonly Fact[] {
  if (namespace === undefined) return written.all;
  return [...(written.in.get(namespace) ?? []), ...(written.in.get(undefined) ?? [])];
}

const facts = new WeakMap<ManifestObject, Fact>();

/** Most objects of a file are never asked about. One that stays has the same fact, so that answers can be compared. */
function lazyFact(object: ManifestObject): Fact {
  const before = facts.get(object);
  if (before !== undefined) return before;
  let plain: KubeObject | undefined;
  const fact: Fact = {
    get object(): KubeObject {
      return (plain ??= plainObject(object));
    },
    origin: { kind: 'file' },
    written: { object },
  };
  facts.set(object, fact);
  return fact;
}
