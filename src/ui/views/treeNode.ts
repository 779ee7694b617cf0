import type { ObjectRef } from '../objectRef';

/** A line of a tree as plain data: what `buildTree` gives, a test can read and a provider shows. */
export interface TreeNode {
  /** Unique within its view and the same for the same thing in the next snapshot. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** A codicon's name. States differ by shape; colour only repeats it. */
  readonly icon?: string;
  readonly color?: NodeColor;
  /** Markdown; every text that comes from a cluster is escaped. */
  readonly tooltip?: string;
  /** What a screen reader says instead of label and description. */
  readonly accessibleLabel?: string;
  /** Words for `viewItem`, matched by menus as `;word;`. */
  readonly tokens?: readonly string[];
  readonly target?: ObjectRef;
  /** For the line of a component of `target`. */
  readonly component?: string;
  /** For a line of a schedule that is `target`: its name. */
  readonly scheduleLine?: string;
  readonly expanded?: boolean;
  /** Absent for a leaf. Called only when the line is opened. */
  readonly children?: () => readonly TreeNode[];
  /** The command a click runs, with its arguments. */
  readonly command?: NodeCommand;
  /** For a line that stands for a refused list: what to ask for. */
  readonly permission?: Permission;
}

export type NodeColor = 'ok' | 'bad' | 'warn' | 'quiet' | 'busy';

export interface NodeCommand {
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** The right that is missing, as RBAC names it. */
export interface Permission {
  readonly verb: string;
  readonly resource: string;
  readonly group: string;
  readonly namespace?: string;
}

/** `;a;b;`, so that a menu's `/;a;/` matches whole words. Empty for none. */
export function contextValueOf(node: TreeNode): string {
  return node.tokens === undefined || node.tokens.length === 0 ? '' : `;${node.tokens.join(';')};`;
}

/** Whether two lines look and act alike, their children aside. */
export function looksAlike(a: TreeNode, b: TreeNode): boolean {
  return (
    a.id === b.id &&
    a.label === b.label &&
    a.description === b.description &&
    a.icon === b.icon &&
    a.color === b.color &&
    a.tooltip === b.tooltip &&
    a.accessibleLabel === b.accessibleLabel &&
    contextValueOf(a) === contextValueOf(b) &&
    (a.children === undefined) === (b.children === undefined)
  );
}
