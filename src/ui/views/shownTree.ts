import { looksAlike, type TreeNode } from './treeNode';

/** A line on screen. It stays the same object while its id stays, so that VS Code keeps selection and expansion. */
export interface ShownNode {
  node: TreeNode;
  readonly parent: ShownNode | undefined;
  /** Set once the line was opened. */
  children: ShownNode[] | undefined;
}

/**
 * What a tree view shows, and the least that must be drawn anew when it changes.
 * Only lines that were opened have children here, so an update costs what is on screen and not what the cluster holds.
 */
export class ShownTree {
  private roots: ShownNode[] | undefined;

  constructor(private readonly build: () => readonly TreeNode[]) {}

  /** The root lines (no `parent`) or the children of one, built on first use. */
  children(parent?: ShownNode): readonly ShownNode[] {
    if (parent === undefined) {
      this.roots ??= this.build().map((node) => shown(node, undefined));
      return this.roots;
    }
    parent.children ??= (parent.node.children?.() ?? []).map((node) => shown(node, parent));
    return parent.children;
  }

  /** Forgets every line, and with them the snapshot they were made from. False when there was none. */
  release(): boolean {
    const had = this.roots !== undefined;
    this.roots = undefined;
    return had;
  }

  /** Takes the present state over and returns the lines to draw anew; `'all'` when the root's own list changed. */
  update(): 'all' | readonly ShownNode[] {
    if (this.roots === undefined) {
      return 'all';
    }
    const changed: ShownNode[] = [];
    const { list, same } = reconcile(this.roots, this.build(), undefined, changed);
    this.roots = list;
    return same ? changed : 'all';
  }

  /** The line with this id among those built so far and their unopened descendants on the given path. */
  find(matches: (node: TreeNode) => boolean, depth: number): ShownNode | undefined {
    const search = (parent: ShownNode | undefined, left: number): ShownNode | undefined => {
      const list = this.children(parent);
      const hit = list.find(({ node }) => matches(node));
      if (hit !== undefined || left === 0) {
        return hit;
      }
      for (const child of list) {
        const below = child.node.children === undefined ? undefined : search(child, left - 1);
        if (below !== undefined) {
          return below;
        }
      }
      return undefined;
    };
    return search(undefined, depth);
  }
}

function shown(node: TreeNode, parent: ShownNode | undefined): ShownNode {
  return { node, parent, children: undefined };
}

function reconcile(
  before: readonly ShownNode[],
  nodes: readonly TreeNode[],
  parent: ShownNode | undefined,
  changed: ShownNode[],
): { list: ShownNode[]; same: boolean } {
  const known = new Map(before.map((line) => [line.node.id, line]));
  const list = nodes.map((node) => {
    const line = known.get(node.id);
    if (line === undefined) {
      return shown(node, parent);
    }
    adopt(line, node, changed);
    return line;
  });
  return { list, same: list.length === before.length && list.every((line, index) => line === before[index]) };
}

/** Gives a line its new content; reports the line itself when it or its list of children changed, else what changed below. */
function adopt(line: ShownNode, node: TreeNode, changed: ShownNode[]): void {
  const alike = looksAlike(line.node, node);
  line.node = node;
  let sameChildren = true;
  const below: ShownNode[] = [];
  if (line.children !== undefined) {
    const { list, same } = reconcile(line.children, node.children?.() ?? [], line, below);
    line.children = list;
    sameChildren = same;
  }
  if (alike && sameChildren) {
    changed.push(...below);
  } else {
    changed.push(line);
  }
}
