import type { Inventory } from '../../kubeblocks/inventory';
import type { TimeContext } from '../../kubeblocks/timeText';
import type { ViewId } from '../internals';
import { buildBackupSetsTree, type BackupSetsOptions } from './backupSetsTree';
import { buildClustersTree } from './clustersTree';
import { buildRepositoriesTree } from './repositoriesTree';
import type { TreeNode } from './treeNode';

/** The lines of a view, as plain nodes. */
export function buildTree(id: ViewId, inventory: Inventory, options: BackupSetsOptions, time: TimeContext): readonly TreeNode[] {
  switch (id) {
    case 'kubeblocksBackup.clusters':
      return buildClustersTree(inventory, options, time);
    case 'kubeblocksBackup.backupSets':
      return buildBackupSetsTree(inventory, options, time);
    case 'kubeblocksBackup.repositories':
      return buildRepositoriesTree(inventory, time);
  }
}
