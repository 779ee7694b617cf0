import * as l10n from '@vscode/l10n';
import type { TreeNode } from './treeNode';

/** Lines of one list drawn at first, and added by each "show more". */
export const PAGE = 200;

/** The first lines of a long list, and one line to get more. Only the lines that are shown are made. */
export function pagedNodes<T>(items: readonly T[], toNode: (item: T) => TreeNode, groupId: string, pages: number): readonly TreeNode[] {
  const limit = PAGE * pages;
  const nodes = items.slice(0, limit).map(toNode);
  if (items.length <= limit) {
    return nodes;
  }
  return [
    ...nodes,
    {
      id: `${groupId}/more`,
      label: l10n.t('Show {0} More', Math.min(PAGE, items.length - limit)),
      description: l10n.t('{0} of {1} shown', limit, items.length),
      icon: 'ellipsis',
      command: { command: 'kubeblocksBackup.showMore', arguments: [groupId] },
    },
  ];
}
