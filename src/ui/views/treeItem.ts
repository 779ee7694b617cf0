import * as vscode from 'vscode';
import { contextValueOf, type NodeColor, type TreeNode } from './treeNode';

const COLORS: Readonly<Record<NodeColor, string>> = {
  ok: 'testing.iconPassed',
  bad: 'testing.iconFailed',
  warn: 'list.warningForeground',
  quiet: 'disabledForeground',
  busy: 'progressBar.background',
};

/** A plain node as VS Code draws it. Texts are data: neither HTML nor command links are ever taken from them. */
export function toTreeItem(node: TreeNode): vscode.TreeItem {
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
  if (node.accessibleLabel !== undefined) {
    item.accessibilityInformation = { label: node.accessibleLabel };
  }
  if (node.command !== undefined) {
    item.command = { title: node.label, command: node.command.command, arguments: [...node.command.arguments] };
  }
  return item;
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
