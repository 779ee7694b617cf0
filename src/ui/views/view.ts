import * as vscode from 'vscode';
import type { Clock } from '../../kubeblocks/ports';
import { ClickedLine } from './clickedLine';
import type { OneATurn } from './oneATurn';
import { ShownTree, type ShownNode } from './shownTree';
import { toTreeItem } from './treeItem';
import type { NodeCommand, TreeNode } from './treeNode';
import { openLineCommand, type ViewId } from './viewIds';
import { ViewLines } from './viewLines';

export interface ViewDeps {
  readonly id: ViewId;
  /** Today's tree. Called when the view is visible, and again when `changed` was called. */
  readonly build: () => readonly TreeNode[];
  /** Makes, step by step, what `build` would otherwise make at once. */
  readonly prepare: () => Iterable<void>;
  /** The words beside the view's title; read with each update. */
  readonly description: () => string | undefined;
  /** The view is on screen: cluster work may start. */
  readonly onVisible: () => void;
  /** Runs what a clicked line asks for. */
  readonly run: (command: NodeCommand) => Promise<void>;
  readonly clock: Pick<Clock, 'now'>;
  /** Shared by the views: together their work would hold up the extension host. */
  readonly turns: OneATurn;
}

/** Changes closer together than this are drawn at once. */
const DEBOUNCE_MS = 100;
/** How long a view may take to open. */
const OPEN_MS = 3000;
/** How often ages ("3 min ago") are looked at again. */
const AGE_MS = 20_000;

/** One tree view: draws the smallest part that changed, gathers bursts, and rests while it is hidden. */
export class View implements vscode.Disposable {
  private readonly redraw = new vscode.EventEmitter<ShownNode | undefined>();
  private readonly tree: ShownTree;
  private readonly lines: ViewLines;
  private readonly clicked: ClickedLine;
  private readonly openLine: vscode.Disposable;
  readonly treeView: vscode.TreeView<ShownNode>;
  private timer: NodeJS.Timeout | undefined;
  private isCovered = false;
  private readonly whenDrawn: (() => void)[] = [];
  private readonly ages: NodeJS.Timeout;

  constructor(private readonly deps: ViewDeps) {
    this.tree = new ShownTree(deps.build);
    const { id, run, clock } = deps;
    const openLine = openLineCommand(id);
    this.treeView = vscode.window.createTreeView<ShownNode>(id, {
      treeDataProvider: {
        onDidChangeTreeData: this.redraw.event,
        getTreeItem: ({ node }) => toTreeItem(node, openLine),
        getChildren: (parent) => this.childrenOf(parent),
        getParent: ({ parent }) => parent,
      },
      showCollapseAll: true,
    });
    const { treeView } = this;
    const selected = (): TreeNode | undefined => treeView.selection[0]?.node;
    this.clicked = new ClickedLine({ selected, run, clock });
    this.openLine = vscode.commands.registerCommand(openLine, () => this.clicked.open());
    this.lines = new ViewLines(this.tree, {
      get visible() {
        return treeView.visible;
      },
      redraw: (line) => this.redraw.fire(line),
      cover: () => this.cover(true),
      uncover: () => this.cover(false),
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
    } else {
      this.lines.update();
    }
  }

  /** The line that is selected first. What nobody sees is not meant by a command. */
  get selection(): TreeNode | undefined {
    return this.treeView.visible ? this.treeView.selection[0]?.node : undefined;
  }

  /** Called after a person or a command selected another line. */
  onDidSelect(listener: () => void): void {
    this.treeView.onDidChangeSelection(listener);
  }

  /** Opens the view at the first line that matches, at most `depth` levels below the roots. False when there is none. */
  async reveal(matches: (node: TreeNode) => boolean, depth: number): Promise<boolean> {
    if (this.isCovered) {
      await this.open();
    }
    this.describe();
    return this.lines.reveal(matches, depth, (line) => this.treeView.reveal(line, { select: true, focus: true, expand: false }));
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearInterval(this.ages);
    this.openLine.dispose();
    this.treeView.dispose();
    this.redraw.dispose();
  }

  /** Shows a view that has let its lines go, and waits until it has lines again: VS Code finds none while it draws them. */
  private open(): Promise<void> {
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, OPEN_MS);
      this.whenDrawn.push(() => {
        clearTimeout(limit);
        resolve();
      });
      void vscode.commands.executeCommand(`${this.deps.id}.focus`);
    });
  }

  private becomeVisible(): void {
    this.deps.onVisible();
    this.updateInTurn();
    if (this.isCovered) {
      this.redraw.fire(undefined);
    }
  }

  private updateInTurn(): void {
    this.deps.turns.addSteps(this.update());
  }

  private *update(): Generator<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.treeView.visible) {
      yield* this.deps.prepare();
      this.describe();
    }
    this.lines.update();
  }

  private describe(): void {
    this.treeView.description = this.deps.description() ?? '';
  }

  /** In a view without lines VS Code shows its message instead of what was drawn before. */
  private cover(isCovered: boolean): void {
    if (this.isCovered !== isCovered) {
      this.isCovered = isCovered;
      this.treeView.message = isCovered ? '…' : '';
    }
  }

  private childrenOf(parent: ShownNode | undefined): ShownNode[] {
    // VS Code knows the lines as soon as what it does with this answer has run.
    setImmediate(() => {
      if (parent === undefined && this.treeView.visible) {
        this.cover(false);
        this.whenDrawn.splice(0).forEach((then) => then());
      }
      void this.clicked.drawn();
    });
    return [...this.tree.children(parent)];
  }
}
