import * as l10n from '@vscode/l10n';
import { lineage, type LineageInstants } from '../../kubeblocks/backupLineage';
import type { Inventory } from '../../kubeblocks/inventory';
import { descendantsOf, parentNameOf } from '../../kubeblocks/lineage';
import type { Backup } from '../../kubeblocks/objects';
import { durationText, localAndUtcText, shortText, type TimeContext } from '../../kubeblocks/timeText';
import { refOf } from '../objectRef';
import { backupNode } from './backupNode';
import { tooltipOf } from './tooltip';
import type { TreeNode } from './treeNode';

/** Lines shown below a backup set of each sort; the page has all of them. */
const MOST = 50;

/** A backup set's line; one of a chain opens to what it builds on, what builds on it, and the instants restored by it. */
export function backupInChainNode(inventory: Inventory, backup: Backup, time: TimeContext, within: string): TreeNode {
  const node = backupNode(backup, time, within);
  const isInChain = parentNameOf(backup) !== undefined || descendantsOf(inventory, backup).length > 0;
  // Not spread: the tooltip is made when it is looked at.
  return isInChain ? Object.defineProperty(node, 'children', { value: () => chainNodes(inventory, backup, time, node.id), enumerable: true }) : node;
}

function chainNodes(inventory: Inventory, backup: Backup, time: TimeContext, parent: string): readonly TreeNode[] {
  const { chain, descendants, instants } = lineage(inventory, backup, time.now);
  const line = (each: Backup, icon: string, words: string): TreeNode => relativeNode(each, icon, words, time, parent);
  return [
    ...(chain.broken === undefined ? [] : [brokenNode(chain.broken.reason, parent)]),
    ...chain.backups.slice(0, -1).slice(-MOST).map((each) => line(each, 'arrow-up', l10n.t('it builds on this'))),
    ...descendants.slice(0, MOST).map((each) => line(each, 'arrow-down', l10n.t('builds on it'))),
    ...instants.slice(-MOST).map((each) => instantsNode(each, time, parent)),
  ];
}

function relativeNode(backup: Backup, icon: string, words: string, time: TimeContext, parent: string): TreeNode {
  const { label, description = '', tooltip, tokens, target, command } = backupNode(backup, time, parent);
  const said = l10n.t('{0} · {1}', words, description);
  return {
    id: `${parent}/chain/${label}`,
    label,
    description: said,
    icon,
    accessibleLabel: l10n.t('Backup set {0}, {1}', label, said.replaceAll(' · ', ', ')),
    ...(tooltip === undefined ? {} : { tooltip }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(target === undefined ? {} : { target }),
    ...(command === undefined ? {} : { command }),
  };
}

function brokenNode(reason: string, parent: string): TreeNode {
  return { id: `${parent}/chain broken`, label: l10n.t('Broken chain'), description: reason, icon: 'warning', color: 'warn', accessibleLabel: l10n.t('Broken chain, {0}', reason) };
}

function instantsNode({ from, to, base, log }: LineageInstants, time: TimeContext, parent: string): TreeNode {
  const target = refOf('backup', log);
  const label = `${shortText(from, time)} – ${shortText(to, time)}`;
  const description = l10n.t('{0} of log restored on {1}', durationText(to - from), base?.metadata.name ?? '');
  return {
    id: `${parent}/instants/${from}`,
    label,
    description,
    icon: 'history',
    accessibleLabel: l10n.t('{0}, {1}', label, description),
    tooltip: tooltipOf(l10n.t('Instants restored by it'), [
      [l10n.t('From'), localAndUtcText(from, time)],
      [l10n.t('To'), localAndUtcText(to, time)],
      [l10n.t('Base backup'), base?.metadata.name],
      [l10n.t('Log backup'), log.metadata.name],
    ]),
    target,
    command: { command: 'kubeblocksBackup.showTimeline', arguments: [target] },
  };
}
