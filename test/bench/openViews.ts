import type { Inventory } from '../../src/kubeblocks/inventory';
import { VIEW_IDS, type ViewId } from '../../src/ui/views/viewIds';
import { buildTree, prepareTree } from '../../src/ui/views/buildTree';
import { OneATurn } from '../../src/ui/views/oneATurn';
import { ShownTree } from '../../src/ui/views/shownTree';

const time = { now: Date.UTC(2026, 0, 9), timeZone: 'Europe/Berlin' };
const options = { groupBy: 'cluster', filter: '', pages: () => 1 } as const;

/** The three views without VS Code, their first lines opened, each following the inventory as the side bar's do. */
export class OpenViews {
  private readonly turns = new OneATurn();
  private readonly trees: readonly { readonly id: ViewId; readonly tree: ShownTree }[];

  constructor(private readonly inventory: () => Inventory) {
    this.trees = VIEW_IDS.map((id) => ({ id, tree: new ShownTree(() => buildTree(id, this.inventory(), options, time)) }));
  }

  /** Resolves when the last of them has had its turn. */
  update(): Promise<void> {
    return new Promise((resolve) => {
      this.trees.forEach(({ id, tree }) => this.turns.addSteps(this.follow(id, tree)));
      this.turns.add(resolve);
    });
  }

  private *follow(id: ViewId, tree: ShownTree): Generator<void> {
    yield* prepareTree(id, this.inventory(), time);
    follow(tree);
  }
}

function follow(tree: ShownTree): void {
  tree.update();
  const [first] = tree.children();
  if (first?.node.children !== undefined) {
    tree.children(first);
  }
}
