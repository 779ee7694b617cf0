import * as vscode from 'vscode';
import type { OneATurn } from './oneATurn';
import { ShownTree, type ShownNode } from './shownTree';
import { toTreeItem } from './treeItem';
import type { TreeNode } from './treeNode';

export interface ViewDeps {
  readonly id: string;
  /** Today's tree. Called when the view is visible, and again when `changed` was called. */
  readonly build: () => readonly TreeNode[];
  /** Makes, step by step, what `build` would otherwise make at once. */
  readonly prepare: () => Iterable<void>;
  /** The words beside the view's title; read with each update. */
  readonly description: () => string | undefined;
  /** The view is on screen: cluster work may start. */
  readonly onVisible: () => void;
  /** Shared by the views: together their work would hold up the extension host. */
  readonly turns: OneATurn;
}

/** Changes closer together than this are drawn at once. */
const DEBOUNCE_MS = 100;
/** How often ages ("3 min ago") are looked at again. */
const AGE_MS = 20_000;

/** One tree view: draws the smallest part that changed, gathers bursts, and rests while it is hidden. */
export class View implements vscode.Disposable {
  private readonly redraw = new vscode.EventEmitter<ShownNode | undefined>();
  private readonly tree: ShownTree;
  readonly treeView: vscode.TreeView<ShownNode>;
  private timer: NodeJS.Timeout | undefined;
  private readonly ages: NodeJS.Timeout;

  constructor(private readonly deps: ViewDeps) {
    this.tree = new ShownTree(deps.build);
    this.treeView = vscode.window.createTreeView<ShownNode>(deps.id, {
      treeDataProvider: {
        onDidChangeTreeData: this.redraw.event,
        getTreeItem: ({ node }) => toTreeItem(node),
        getChildren: (parent) => [...this.tree.children(parent)],
        getParent: ({ parent }) => parent,
      },
      showCollapseAll: true,
    });
    this.treeView.onDidChangeVisibility(({ visible }) => {
      if (visible) {
        this.becomeVisible();
      }
    });
    this.ages = setInterval(() => this.updateInTurn(), AGE_MS);
    if (this.treeView.visible) {
      this.becomeVisible();
    }
  }

  /** Something that `build` reads changed. */
  changed(): void {
    if (this.treeView.visible) {
      this.timer ??= setTimeout(() => this.updateInTurn(), DEBOUNCE_MS);
    }
  }

  /** The line that is selected first. */
  get selection(): TreeNode | undefined {
    return this.treeView.selection[0]?.node;
  }

  /** Called after a person or a command selected another line. */
  onDidSelect(listener: () => void): void {
    this.treeView.onDidChangeSelection(listener);
  }

  /** Opens the view at the first line that matches, at most `depth` levels below the roots. False when there is none. */
  async reveal(matches: (node: TreeNode) => boolean, depth: number): Promise<boolean> {
    this.draw();
    const line = this.tree.find(matches, depth);
    if (line === undefined) {
      return false;
    }
    await this.treeView.reveal(line, { select: true, focus: true, expand: false });
    return true;
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearInterval(this.ages);
    this.treeView.dispose();
    this.redraw.dispose();
  }

  private becomeVisible(): void {
    this.deps.onVisible();
    this.updateInTurn();
  }

  private updateInTurn(): void {
    this.deps.turns.addSteps(this.update());
  }

  private *update(): Generator<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.treeView.visible) {
      yield* this.deps.prepare();
      this.draw();
    }
  }

  private draw(): void {
    this.treeView.description = this.deps.description() ?? '';
    const changed = this.tree.update();
    if (changed === 'all') {
      this.redraw.fire(undefined);
    } else {
      changed.forEach((line) => this.redraw.fire(line));
    }
  }
}
