import { emptyInventory, keyOf, type Collection, type Inventory } from '../../kubeblocks/inventory';
import type { ActionSet, Backup, KubeObject } from '../../kubeblocks/objects';
import type { NameSet } from '../facts/facts';
import type { RuleContext } from './ruleContext';

/** What chains and windows are made of, as the connected cluster holds it; undefined where that may not be all there is. */
export function knownBackups(context: RuleContext, namespace: string | undefined): Inventory | undefined {
  const backups = context.all('Backup', namespace);
  const actionSets = context.all('ActionSet');
  if (backups.certainty !== 'allowed' || actionSets.certainty !== 'allowed') return undefined;
  return { ...emptyInventory(''), line: context.line, backups: collectionOf<Backup>(backups), actionSets: collectionOf<ActionSet>(actionSets) };
}

function collectionOf<T extends KubeObject>({ facts }: NameSet): Collection<T> {
  const live = facts.filter(({ origin }) => origin.kind === 'cluster').map(({ object }) => object as T);
  return { state: { state: 'ready', asOf: 0 }, items: new Map(live.map((object) => [keyOf(object), object])) };
}
