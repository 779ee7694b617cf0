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
  reveal(matches: (node: TreeNode) => boolean, depth: number): Promise<boolean> {
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
      this.describe();
    }
    this.lines.update();
  }

  private describe(): void {
    this.treeView.description = this.deps.description() ?? '';
  }

  private childrenOf(parent: ShownNode | undefined): ShownNode[] {
    // VS Code knows the lines as soon as what it does with this answer has run.
    setImmediate(() => void this.clicked.drawn());
    return [...this.tree.children(parent)];
  }
}
