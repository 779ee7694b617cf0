import * as l10n from '@vscode/l10n';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import type { TimeContext } from '../../kubeblocks/timeText';
import { backupInChainNode } from './lineageNodes';
import { pagedNodes } from './pagedNodes';
import { sizeWords } from './sizeWords';
import { groupTrouble, wasNeverRead } from './stateNodes';
import type { TreeNode } from './treeNode';

/** The cluster's backup sets, newest first. */
export function backupSetsNode(
  inventory: Inventory,
  entry: ClusterEntry,
  parent: string,
  pages: (groupId: string) => number,
  time: TimeContext,
): readonly TreeNode[] {
  const id = `${parent}/backups`;
  const trouble = groupTrouble(inventory, inventory.backups.state, l10n.t('Backup sets'), `${id}/state`, time);
  if (entry.backups.length === 0) {
    return trouble.length > 0 || wasNeverRead(inventory.backups.state)
      ? trouble
      : [{ id, label: l10n.t('Backup sets'), description: l10n.t('none yet'), icon: 'archive', color: 'quiet', tokens: ['backups'] }];
  }
  return [
    ...trouble,
    {
      id,
      label: l10n.t('Backup sets'),
      description: [String(entry.backups.length), ...sizeWords(entry.backups)].join(' · '),
      icon: 'archive',
      tokens: ['backups'],
      children: () => pagedNodes(entry.backups, (backup) => backupInChainNode(inventory, backup, time, id), id, pages(id)),
    },
  ];
}
