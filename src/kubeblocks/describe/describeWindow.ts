import * as l10n from '@vscode/l10n';
import type { ClusterEntry } from '../clusterIndex';
import { clusterWindow, type ComponentWindow, type Stretch } from '../clusterWindow';
import type { Inventory } from '../inventory';
import { clockSkewText, exactDurationText, localAndUtcText, type TimeContext } from '../timeText';
import { cutText, noteText, stretchKindText, stretchText } from '../windowText';
import { logText } from './describeCluster';
import type { Page, Section } from './page';
import { facts, page, table } from './page';

const NEWEST = 200;
const SECOND = 1000;

/** The recovery timeline as a text to read: the same stretches, newest first. */
export function describeWindow(inventory: Inventory, entry: ClusterEntry, time: TimeContext): Page {
  const { components } = clusterWindow(inventory, entry, time.now);
  const skew = inventory.simulated ? undefined : clockSkewText(time);
  return page(l10n.t('Recovery window of {0}', entry.name), components.length === 0 ? l10n.t('It has no log backup, so only the backup sets themselves can be restored.') : '', [
    facts(l10n.t('What'), [
      [l10n.t('Namespace'), entry.namespace],
      [l10n.t('As of'), localAndUtcText(time.now, time)],
      [l10n.t('Clocks'), skew],
    ]),
    ...components.flatMap((window) => sectionsOf(window, time)),
  ]);
}

function sectionsOf(window: ComponentWindow, time: TimeContext): readonly (Section | undefined)[] {
  const { component, state, cut, notes, logs, bases, stretches } = window;
  const name = component ?? l10n.t('the cluster');
  const newest = [...stretches].reverse().slice(0, NEWEST);
  const heading = stretches.length > NEWEST ? l10n.t('Instants of {0} (newest {1} of {2} stretches)', name, NEWEST, stretches.length) : l10n.t('Instants of {0}', name);
  return [
    facts(l10n.t('Log backup of {0}', name), [
      [l10n.t('Now'), logText(state, time)],
      [l10n.t('Next to expire'), cut === undefined ? undefined : cutText(cut, time)],
      [l10n.t('Note'), notes.map(noteText).join(' ')],
    ]),
    table(heading, [l10n.t('From'), l10n.t('To'), l10n.t('Length'), l10n.t('Verdict'), l10n.t('With what, or why not')], newest.map((stretch) => rowOf(stretch, time))),
    table(
      l10n.t('Logs of {0}', name),
      [l10n.t('Log backup'), l10n.t('From'), l10n.t('To')],
      logs.flatMap(({ backup, from, to, targets }) => [
        [backup.metadata.name, localAndUtcText(from, time), localAndUtcText(to, time)],
        ...targets.map((target) => [l10n.t('{0}, target {1}', backup.metadata.name, target.name), localAndUtcText(target.from, time), localAndUtcText(target.to, time)]),
      ]),
    ),
    table(
      l10n.t('Base backups of {0}', name),
      [l10n.t('Backup'), l10n.t('Ended')],
      bases.slice(-NEWEST).reverse().map(({ backup, end }) => [backup.metadata.name, localAndUtcText(end, time)]),
    ),
  ];
}

function rowOf(stretch: Stretch, time: TimeContext): readonly string[] {
  const { from, to, kind } = stretch;
  return [localAndUtcText(from, time), localAndUtcText(to, time), exactDurationText(to - from + SECOND), stretchKindText(kind), stretchText(stretch)];
}
