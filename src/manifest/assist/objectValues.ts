import * as l10n from '@vscode/l10n';
import type { Fact, FactKind, NameSet, Origin } from '../facts/facts';
import type { ManifestObject } from '../manifestObject';
import type { AssistContext } from './assistContext';
import { paragraph } from './docBlock';
import { objectState } from './objectState';
import type { Suggestion } from './suggestion';

/** Objects by name, each saying where it is known from. Providers of the line are known without a cluster. */
export function objectValues(kind: FactKind, { facts }: NameSet, asking: ManifestObject, context: AssistContext): readonly Suggestion[] {
  const isItself = ({ object }: Fact): boolean => kind === asking.kind && object.metadata.name === asking.name;
  const known = facts.filter((fact) => !isItself(fact)).map((fact): Suggestion => suggestionOf(fact, context));
  if (kind !== 'StorageProvider') return known;
  const names = new Set(known.map(({ value }) => value));
  const bundled = Object.keys(context.dialect.storageProviders).filter((name) => !names.has(name));
  return [...known, ...bundled.map((value) => ({ value, kind: 'reference' as const, detail: l10n.t('comes with KubeBlocks {0}', context.dialect.line) }))];
}

function suggestionOf(fact: Fact, { nowMs, timeZone }: AssistContext): Suggestion {
  const { object, origin } = fact;
  return {
    value: object.metadata.name,
    kind: 'reference',
    detail: originDetail(origin),
    documentation: () => objectState(object, { now: nowMs, timeZone }).map(paragraph),
  };
}

/** Where a suggestion is known from. */
export function originDetail(origin: Origin): string {
  switch (origin.kind) {
    case 'file':
      return l10n.t('this file');
    case 'workspace':
      return origin.name;
    case 'cluster':
      return l10n.t('cluster {0}', origin.name);
  }
}
