import { indexClusters } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import type { Rights } from '../../kubernetes/rights';
import type { TimeContext } from '../../kubeblocks/timeText';
import { buildBackupSetsTree, type BackupSetsOptions } from './backupSetsTree';
import { buildClustersTree, prepareClusters, type ClustersOptions } from './clustersTree';
import { buildRepositoriesTree } from './repositoriesTree';
import type { TreeNode } from './treeNode';
import type { ViewId } from './viewIds';
import { withRights } from './withRights';

export interface TreeOptions extends BackupSetsOptions, ClustersOptions {
  /** What the user may do in a namespace; undefined as long as that is not known. */
  readonly rightsIn?: (namespace: string) => Rights | undefined;
}

/** The lines of a view, as plain nodes, with what may be done there. */
export function buildTree(id: ViewId, inventory: Inventory, options: TreeOptions, time: TimeContext): readonly TreeNode[] {
  const lines = linesOf(id, inventory, options, time);
  return options.rightsIn === undefined ? lines : withRights(lines, options.rightsIn);
}

/** Makes in small steps the dear parts of what `buildTree` will want, and remembers them for it. */
export function* prepareTree(id: ViewId, inventory: Inventory, time: TimeContext): Generator<void> {
  indexClusters(inventory);
  yield;
  if (id === 'kubeblocksBackup.clusters') {
    yield* prepareClusters(inventory, time);
  }
}

function linesOf(id: ViewId, inventory: Inventory, options: TreeOptions, time: TimeContext): readonly TreeNode[] {
  switch (id) {
    case 'kubeblocksBackup.clusters':
      return buildClustersTree(inventory, options, time);
    case 'kubeblocksBackup.backupSets':
      return buildBackupSetsTree(inventory, options, time);
    case 'kubeblocksBackup.repositories':
      return buildRepositoriesTree(inventory, time);
  }
}
