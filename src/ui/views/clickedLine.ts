import type { Clock } from '../../kubeblocks/ports';
import type { NodeCommand, TreeNode } from './treeNode';

/** How long (ms) a clicked line may be away while it is drawn anew. One that is not back by then is gone. */
const BACK_WITHIN = 2000;

export interface ClickedLineDeps {
  /** The selected line: a click selects before it opens. Undefined also while VS Code draws that line anew. */
  readonly selected: () => TreeNode | undefined;
  readonly run: (command: NodeCommand) => Promise<void>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Opens the line that was clicked. What VS Code is told to run for a line has no arguments: it keeps those with the line as
 * it was drawn and drops them before the new drawing is on screen, so that a click in between would find no command.
 */
export class ClickedLine {
  private awaitedUntil = -Infinity;

  constructor(private readonly deps: ClickedLineDeps) {}

  /** The line was clicked, or Enter was pressed on it. */
  async open(): Promise<void> {
    const node = this.deps.selected();
    this.awaitedUntil = node === undefined ? this.deps.clock.now() + BACK_WITHIN : -Infinity;
    await this.run(node);
  }

  /** Lines were drawn: the one that is waited for may be among them. */
  async drawn(): Promise<void> {
    if (this.deps.clock.now() > this.awaitedUntil) {
      return;
    }
    const node = this.deps.selected();
    if (node !== undefined) {
      this.awaitedUntil = -Infinity;
      await this.run(node);
    }
  }

  private async run(node: TreeNode | undefined): Promise<void> {
    if (node?.command !== undefined) {
      await this.deps.run(node.command);
    }
  }
}
