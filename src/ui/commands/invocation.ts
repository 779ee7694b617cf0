import { isObjectRef, type ObjectRef } from '../objectRef';
import type { Permission, TreeNode } from '../views/treeNode';

/** What a command was called on. */
export interface Invocation {
  readonly ref: ObjectRef | undefined;
  /** For the line of a component. */
  readonly component: string | undefined;
  /** For a line of a schedule. */
  readonly scheduleLine: string | undefined;
  /** For a line that stands for a refused list. */
  readonly permission: Permission | undefined;
  /** The first argument, for commands that take something else. */
  readonly argument: unknown;
}

/**
 * Reads a command's first argument: an object reference (from a node's click or another command) or the line of a tree
 * (from a menu); without one, the line that is selected.
 */
export function readInvocation(argument: unknown, selection: TreeNode | undefined): Invocation {
  if (isObjectRef(argument)) {
    return { ref: argument, component: undefined, scheduleLine: undefined, permission: undefined, argument };
  }
  const node = nodeOf(argument) ?? (argument === undefined ? selection : undefined);
  return { ref: node?.target, component: node?.component, scheduleLine: node?.scheduleLine, permission: node?.permission, argument };
}

function nodeOf(argument: unknown): TreeNode | undefined {
  const node = typeof argument === 'object' && argument !== null ? (argument as { node?: unknown }).node : undefined;
  return typeof node === 'object' && node !== null && 'id' in node && 'label' in node ? (node as TreeNode) : undefined;
}
