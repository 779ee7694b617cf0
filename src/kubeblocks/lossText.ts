import * as l10n from '@vscode/l10n';
import { bytesText } from './bytes';
import type { ClusterLoss, DeletionLoss, LostStretch } from './deletionLoss';
import { localAndUtcText, type TimeContext } from './timeText';

/** How many names, or stretches, are said before the rest is counted. */
const SHOWN = 12;

/** What a deletion takes, a paragraph each: names, size, and what can be restored no more. */
export function lossText({ chosen, alsoGo, bytes, clusters }: DeletionLoss, time: TimeContext): readonly string[] {
  return [
    ...(chosen.length < 2 ? [] : [l10n.t('Chosen: {0}.', listText(chosen.map(({ metadata }) => metadata.name)))]),
    ...(alsoGo.length === 0 ? [] : [l10n.t('These build on it and go with it: {0}.', listText(alsoGo.map(({ metadata }) => metadata.name)))]),
    ...(bytes === 0 ? [] : [l10n.t('Frees {0}, as far as the backups say.', bytesText(bytes))]),
    ...clusters.map((loss) => clusterText(loss, time)),
  ];
}

function clusterText({ name, lost, isWindowGone, isLastCopy }: ClusterLoss, time: TimeContext): string {
  const window = isWindowGone
    ? l10n.t('{0} can be restored to no point in time any more; now it can to {1}.', name, rangesText(lost, time))
    : lost.length === 0
      ? undefined
      : l10n.t('{0} can no more be restored to {1}.', name, rangesText(lost, time));
  const copy = isLastCopy ? l10n.t('No completed backup set of {0} is left.', name) : undefined;
  return [window, copy].filter((part) => part !== undefined).join(' ');
}

function rangesText(lost: readonly LostStretch[], time: TimeContext): string {
  return listText(lost.map(({ from, to }) => `${localAndUtcText(from, time)} – ${localAndUtcText(to, time)}`));
}

function listText(all: readonly string[]): string {
  return all.length <= SHOWN ? all.join(', ') : l10n.t('{0} and {1} more', all.slice(0, SHOWN).join(', '), all.length - SHOWN);
}
