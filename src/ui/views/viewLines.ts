import type { ShownNode, ShownTree } from './shownTree';
import type { TreeNode } from './treeNode';

/** Where lines are drawn. */
export interface Screen {
  readonly visible: boolean;
  /** Draws a line with what is below it anew, or everything. */
  redraw(line: ShownNode | undefined): void;
  /** Covers what is still drawn until it is drawn anew: a hidden view keeps its picture. */
  cover(): void;
  uncover(): void;
}

/**
 * When the lines of a view are drawn, and when they are let go. A line holds the snapshot it was made from: where nobody
 * sees it, it goes with the first change, lest objects of a cluster that is left stay in memory and come into sight again.
 */
export class ViewLines {
  private revealing = 0;
  private isOutOfDate = false;

  constructor(
    private readonly tree: ShownTree,
    private readonly screen: Screen,
  ) {}

  /** What the lines are made from changed. */
  update(): void {
    if (this.screen.visible) {
      this.draw();
    } else if (this.revealing > 0) {
      this.isOutOfDate = true;
    } else {
      this.release();
    }
  }

  /**
   * Finds a line, at most `depth` levels below the roots, and has it shown. Until that is done the lines stay, also of a
   * view that is hidden: VS Code opens it only then, and must find the same line. False when there is no such line.
   */
  async reveal(matches: (node: TreeNode) => boolean, depth: number, show: (line: ShownNode) => Thenable<void>): Promise<boolean> {
    this.revealing += 1;
    try {
      // What is covered cannot take the focus.
      this.screen.uncover();
      this.draw();
      const line = this.tree.find(matches, depth);
      if (line === undefined) {
        return false;
      }
      await show(line);
      return true;
    } finally {
      this.revealing -= 1;
      if (this.isOutOfDate) {
        this.update();
      }
    }
  }

  private draw(): void {
    this.isOutOfDate = false;
    const changed = this.tree.update();
    if (changed === 'all') {
      this.screen.redraw(undefined);
    } else {
      changed.forEach((line) => this.screen.redraw(line));
    }
  }

  private release(): void {
    this.isOutOfDate = false;
    if (this.tree.release()) {
      this.screen.redraw(undefined);
      this.screen.cover();
    }
  }
}
