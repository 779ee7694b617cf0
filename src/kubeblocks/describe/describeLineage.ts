import * as l10n from '@vscode/l10n';
import { lineage, type Lineage } from '../backupLineage';
import { backupState, createdAt, endOf, instant } from '../backupState';
import { backupStateText, backupTypeText } from '../backupText';
import { sizeText } from '../bytes';
import type { DeletionLoss } from '../deletionLoss';
import type { Inventory } from '../inventory';
import type { Backup } from '../objects';
import { exactDurationText, localAndUtcText, type TimeContext } from '../timeText';
import type { Page, Section } from './page';
import { facts, page, table } from './page';

const MOST_ROWS = 200;
const SECOND = 1000;

/** Where a backup set comes from, what builds on it, what is restored by it, and what its deletion takes. */
export function describeLineage(inventory: Inventory, backup: Backup, time: TimeContext): Page {
  const found = lineage(inventory, backup, time.now);
  return page(l10n.t('Lineage of {0}', backup.metadata.name), summaryOf(inventory, backup, found), [
    chainSection(inventory, backup, found, time),
    brokenSection(found),
    instantsSection(found, time),
    lossSection(backup, found.loss, time),
    lostSection(found.loss, time),
    incompleteSection(inventory),
  ]);
}

function summaryOf(inventory: Inventory, backup: Backup, { chain, descendants, instants }: Lineage): string {
  const parent = chain.backups.at(-2);
  return [
    backupTypeText(inventory, backup),
    parent === undefined ? undefined : l10n.t('builds on {0}', parent.metadata.name),
    descendants.length === 0 ? undefined : l10n.t('{0} build on it', descendants.length),
    instants.length === 0 ? undefined : l10n.t('{0} of instants are restored by it', exactDurationText(lengthOf(instants))),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** The whole family in order, from the base to the last that builds on it. */
function chainSection(inventory: Inventory, backup: Backup, { chain, descendants }: Lineage, time: TimeContext): Section | undefined {
  const rows = [
    ...chain.backups.slice(0, -1).map((each, index) => row(each, index === 0 && chain.broken === undefined ? l10n.t('base') : l10n.t('it builds on this'))),
    row(backup, l10n.t('this backup set')),
    ...descendants.slice(0, MOST_ROWS).map((each) => row(each, l10n.t('builds on it'))),
  ];
  const heading = descendants.length > MOST_ROWS ? l10n.t('Chain (first {0} of {1} that build on it)', MOST_ROWS, descendants.length) : l10n.t('Chain');
  return table(heading, [l10n.t('Backup'), l10n.t('What it is'), l10n.t('Type'), l10n.t('State'), l10n.t('Ended'), l10n.t('Size'), l10n.t('Expires')], rows);

  function row(each: Backup, role: string): readonly (string | undefined)[] {
    const expires = instant(each.status?.expiration);
    return [
      each.metadata.name,
      role,
      backupTypeText(inventory, each),
      backupStateText(backupState(each)),
      localAndUtcText(endOf(each) ?? createdAt(each), time),
      sizeText(each.status?.totalSize),
      expires === undefined ? l10n.t('never') : localAndUtcText(expires, time),
    ];
  }
}

function brokenSection({ chain: { broken } }: Lineage): Section | undefined {
  return broken === undefined
    ? undefined
    : facts(l10n.t('Where the chain is broken'), [
        [l10n.t('Backup'), broken.child.metadata.name],
        [l10n.t('Its parent'), broken.parentName],
        [l10n.t('Why'), broken.reason],
        [l10n.t('Consequence'), l10n.t('It cannot be restored, nor what builds on it.')],
      ]);
}

function instantsSection({ instants }: Lineage, time: TimeContext): Section | undefined {
  const shown = instants.slice(-MOST_ROWS).reverse();
  const heading = instants.length > shown.length ? l10n.t('Instants restored by it (newest {0} of {1})', shown.length, instants.length) : l10n.t('Instants restored by it');
  return table(
    heading,
    [l10n.t('From'), l10n.t('To'), l10n.t('Base backup'), l10n.t('Log backup')],
    shown.map(({ from, to, base, log }) => [localAndUtcText(from, time), localAndUtcText(to, time), base?.metadata.name ?? l10n.t('none needed'), log.metadata.name]),
  );
}

function lossSection(backup: Backup, { backups, instants, lastCopies }: DeletionLoss, time: TimeContext): Section | undefined {
  const others = backups.filter((each) => each !== backup).map(({ metadata }) => metadata.name);
  const last = lastCopies.map(({ cluster, component }) => (component === undefined ? cluster.name : l10n.t('{0} of {1}', component, cluster.name)));
  const expires = instant(backup.status?.expiration);
  return facts(l10n.t('When it is deleted'), [
    [l10n.t('Goes with it'), others.length === 0 ? l10n.t('nothing else') : others.join(', ')],
    [l10n.t('Can be restored no more'), instants.length === 0 ? l10n.t('no instant: others restore the same') : l10n.t('{0} of instants', exactDurationText(lengthOf(instants)))],
    [l10n.t('Last copy'), last.length === 0 ? undefined : l10n.t('Nothing is left to restore {0} from.', last.join(', '))],
    [l10n.t('Retained'), backup.spec?.deletionPolicy === 'Retain' ? l10n.t('KubeBlocks deletes what builds on it, but keeps it in Deleting until its policy is changed.') : undefined],
    [l10n.t('Deleted by itself'), expires === undefined ? l10n.t('never') : localAndUtcText(expires, time)],
  ]);
}

function lostSection({ instants }: DeletionLoss, time: TimeContext): Section | undefined {
  return table(
    l10n.t('Instants that nothing else restores'),
    [l10n.t('From'), l10n.t('To'), l10n.t('Length')],
    instants.slice(-MOST_ROWS).reverse().map(({ from, to }) => [localAndUtcText(from, time), localAndUtcText(to, time), exactDurationText(to - from + SECOND)]),
  );
}

function incompleteSection({ backups }: Inventory): Section | undefined {
  return backups.state.state === 'ready' ? undefined : { kind: 'list', heading: l10n.t('What could not be read'), items: [l10n.t('The backups could not be listed in full, so there may be more than is shown.')] };
}

function lengthOf(ranges: readonly { readonly from: number; readonly to: number }[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + SECOND, 0);
}
