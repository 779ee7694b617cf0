import type { FactIndex } from './factIndex';
import type { Fact, FactKind, NameSet, Origin } from './facts';
import type { Surroundings } from './surroundings';

/** A question that was asked of the surroundings, with its answer. */
export type Lookup =
  | { readonly kind: FactKind; readonly namespace: string | undefined; readonly name: string; readonly isLive: undefined; readonly answer: Origin | undefined }
  | { readonly kind: FactKind; readonly namespace: string | undefined; readonly name: string; readonly isLive: boolean; readonly answer: Fact | undefined }
  | { readonly kind: FactKind; readonly namespace: string | undefined; readonly name: undefined; readonly by: undefined; readonly answer: NameSet }
  | { readonly kind: FactKind; readonly namespace: string | undefined; readonly name: undefined; readonly by: FactIndex; readonly value: string; readonly answer: readonly Fact[] };

/** Surroundings that note what they are asked. */
export function recordLookups(around: Surroundings): { readonly asked: Surroundings; readonly lookups: readonly Lookup[] } {
  const lookups: Lookup[] = [];
  const asked: Surroundings = {
    answers: around.answers,
    all(kind, namespace) {
      const answer = around.all(kind, namespace);
      lookups.push({ kind, namespace, name: undefined, by: undefined, answer });
      return answer;
    },
    select(kind, namespace, by, value) {
      const answer = around.select(kind, namespace, by, value);
      lookups.push({ kind, namespace, name: undefined, by, value, answer });
      return answer;
    },
    find(kind, namespace, name) {
      const answer = around.find(kind, namespace, name);
      lookups.push({ kind, namespace, name, isLive: false, answer });
      return answer;
    },
    missingFrom(kind, namespace, name) {
      const answer = around.missingFrom(kind, namespace, name);
      lookups.push({ kind, namespace, name, isLive: undefined, answer });
      return answer;
    },
    findLive(kind, namespace, name) {
      const answer = around.findLive(kind, namespace, name);
      lookups.push({ kind, namespace, name, isLive: true, answer });
      return answer;
    },
  };
  return { asked, lookups };
}

/** Whether the question would get the same answer now. */
export function isStillAnswered(lookup: Lookup, around: Surroundings): boolean {
  if (lookup.name !== undefined) {
    if (lookup.isLive === undefined) return isSameOrigin(lookup.answer, around.missingFrom(lookup.kind, lookup.namespace, lookup.name));
    const ask = lookup.isLive ? around.findLive : around.find;
    return isSame(lookup.answer, ask(lookup.kind, lookup.namespace, lookup.name));
  }
  if (lookup.by !== undefined) return areSame(around.select(lookup.kind, lookup.namespace, lookup.by, lookup.value), lookup.answer);
  const now = around.all(lookup.kind, lookup.namespace);
  const { answer } = lookup;
  return now === answer || (now.certainty === answer.certainty && areSame(now.facts, answer.facts));
}

function areSame(a: readonly Fact[], b: readonly Fact[]): boolean {
  return a.length === b.length && a.every((fact, index) => isSame(fact, b[index]));
}

/** Sources may make a fact anew each time they are asked; the object in it is theirs to keep or to replace. */
function isSame(a: Fact | undefined, b: Fact | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || !isSameOrigin(a.origin, b.origin)) return false;
  if (a.written?.uri !== b.written?.uri || a.written?.object !== b.written?.object) return false;
  return a.written !== undefined || a.object === b.object;
}

function isSameOrigin(a: Origin | undefined, b: Origin | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.kind === b.kind && (a.kind === 'file' || b.kind === 'file' || a.name === b.name);
}
