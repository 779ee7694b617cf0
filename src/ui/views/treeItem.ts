import * as vscode from 'vscode';
import { contextValueOf, type NodeColor, type TreeNode } from './treeNode';

const COLORS: Readonly<Record<NodeColor, string>> = {
  ok: 'testing.iconPassed',
  bad: 'testing.iconFailed',
  warn: 'list.warningForeground',
  quiet: 'disabledForeground',
  busy: 'progressBar.background',
};

/**
 * A plain node as VS Code draws it. Texts are data: neither HTML nor command links are ever taken from them. A click runs
 * `openLine`, without arguments (see `ClickedLine`).
 */
export function toTreeItem(node: TreeNode, openLine: string): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, collapsibleState(node));
  item.id = node.id;
  item.contextValue = contextValueOf(node);
  if (node.description !== undefined) {
    item.description = node.description;
  }
  if (node.icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(node.icon, node.color && new vscode.ThemeColor(COLORS[node.color]));
  }
  if (node.tooltip !== undefined) {
    item.tooltip = untrustedMarkdown(node.tooltip);
  }
  item.accessibilityInformation = { label: node.accessibleLabel ?? spoken(node) };
  if (node.command !== undefined) {
    item.command = { title: node.label, command: openLine };
  }
  return item;
}

/** Label and description as one sentence without signs that are read aloud ("middle dot"). */
function spoken({ label, description = '' }: TreeNode): string {
  return [label, ...description.split(' · ')].filter((words) => words !== '').join(', ');
}

function collapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
  if (node.children === undefined) {
    return vscode.TreeItemCollapsibleState.None;
  }
  return node.expanded === true ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function untrustedMarkdown(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}
