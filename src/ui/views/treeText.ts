import type { TreeNode } from './treeNode';

export interface TreeTextOptions {
  /** How many levels are opened; unlimited if absent. */
  readonly depth?: number;
  readonly tokens?: boolean;
}

/** A tree as text, one line a node: for goldens, and for asking a running editor what it shows. */
export function treeText(nodes: readonly TreeNode[], options: TreeTextOptions = {}, indent = ''): string {
  const { depth = Infinity } = options;
  return nodes
    .map((node) => {
      const open = node.children !== undefined && depth > 1;
      const children = open ? treeText(node.children(), { ...options, depth: depth - 1 }, `${indent}  `) : '';
      return `${line(node, indent, options.tokens === true)}\n${children}`;
    })
    .join('');
}

function line(node: TreeNode, indent: string, tokens: boolean): string {
  const mark = node.children === undefined ? ' ' : '▾';
  const icon = node.icon === undefined ? '' : `(${node.icon}) `;
  const description = node.description === undefined || node.description === '' ? '' : `  ${node.description}`;
  const words = tokens && node.tokens !== undefined ? `  [${node.tokens.join(' ')}]` : '';
  return `${indent}${mark} ${icon}${node.label}${description}${words}`;
}
