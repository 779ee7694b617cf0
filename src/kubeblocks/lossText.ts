import * as l10n from '@vscode/l10n';
import { bytesText } from './bytes';
import type { DeletionLoss, LostInstants, PartOfCluster } from './deletionLoss';
import { localAndUtcText, type TimeContext } from './timeText';

/** How many names, or stretches, are said before the rest is counted. */
const SHOWN = 12;

/** What a deletion takes, a paragraph each: names, size, and what can be restored no more. */
export function lossText(loss: DeletionLoss, time: TimeContext): readonly string[] {
  const { chosen, alsoGo, bytes } = loss;
  return [
    ...(chosen.length < 2 ? [] : [l10n.t('Chosen: {0}.', namesText(chosen))]),
    ...(alsoGo.length === 0 ? [] : [l10n.t('These build on it and go with it: {0}.', namesText(alsoGo))]),
    ...(bytes === 0 ? [] : [l10n.t('Frees {0}, as far as the backups say.', bytesText(bytes))]),
    ...partsOf(loss).map((part) => partText(part, loss, time)),
  ];
}

/** Every component that loses something beside the copies themselves, once. */
function partsOf({ instants, lastCopies }: DeletionLoss): readonly PartOfCluster[] {
  return [...new Map([...instants, ...lastCopies].map(({ cluster, component }) => [keyOf({ cluster, component }), { cluster, component }])).values()];
}

function partText(part: PartOfCluster, { instants, closedWindows, lastCopies }: DeletionLoss, time: TimeContext): string {
  const isOfPart = (other: PartOfCluster): boolean => keyOf(other) === keyOf(part);
  const lost = instants.filter(isOfPart);
  const name = part.component === undefined ? part.cluster.name : l10n.t('{0} of {1}', part.component, part.cluster.name);
  const window = closedWindows.some(isOfPart)
    ? l10n.t('{0} can be restored to no point in time any more; now it can to {1}.', name, rangesText(lost, time))
    : lost.length === 0
      ? undefined
      : l10n.t('{0} can no more be restored to {1}.', name, rangesText(lost, time));
  const copy = lastCopies.some(isOfPart) ? l10n.t('No completed backup set of {0} is left.', name) : undefined;
  return [window, copy].filter((words) => words !== undefined).join(' ');
}

function keyOf({ cluster, component }: PartOfCluster): string {
  return JSON.stringify([cluster.key, component]);
}

function rangesText(lost: readonly LostInstants[], time: TimeContext): string {
  return listText(lost.map(({ from, to }) => `${localAndUtcText(from, time)} – ${localAndUtcText(to, time)}`));
}

function namesText(backups: DeletionLoss['backups']): string {
  return listText(backups.map(({ metadata }) => metadata.name));
}

function listText(all: readonly string[]): string {
  return all.length <= SHOWN ? all.join(', ') : l10n.t('{0} and {1} more', all.slice(0, SHOWN).join(', '), all.length - SHOWN);
}
