import assert from 'node:assert/strict';
import { ClickedLine } from '../../../../src/ui/views/clickedLine';
import type { TreeNode } from '../../../../src/ui/views/treeNode';

const line = (id: string): TreeNode => ({ id, label: id, command: { command: 'open', arguments: [id] } });

/** A view whose selected line a test changes. */
class Stage {
  now = 0;
  readonly ran: unknown[] = [];
  readonly clicked = new ClickedLine({
    selected: () => this.selected,
    run: ({ arguments: [argument] }) => {
      this.ran.push(argument);
      return Promise.resolve();
    },
    clock: { now: () => this.now },
  });

  constructor(public selected: TreeNode | undefined) {}
}

describe('A line that is clicked', () => {
  it('is opened, each time', async () => {
    const { clicked, ran } = new Stage(line('a'));
    await clicked.open();
    await clicked.open();
    assert.deepEqual(ran, ['a', 'a']);
  });

  it('is opened once it is back, where it was being drawn anew', async () => {
    const stage = new Stage(undefined);
    await stage.clicked.open();
    await stage.clicked.drawn();
    assert.deepEqual(stage.ran, []);
    stage.selected = line('a');
    await stage.clicked.drawn();
    await stage.clicked.drawn();
    assert.deepEqual(stage.ran, ['a']);
  });

  it('is forgotten when it does not come back', async () => {
    const stage = new Stage(undefined);
    await stage.clicked.open();
    stage.now = 2001;
    stage.selected = line('b');
    await stage.clicked.drawn();
    assert.deepEqual(stage.ran, []);
  });

  it('is forgotten when another is clicked meanwhile', async () => {
    const stage = new Stage(undefined);
    await stage.clicked.open();
    stage.selected = line('b');
    await stage.clicked.open();
    await stage.clicked.drawn();
    assert.deepEqual(stage.ran, ['b']);
  });

  it('opens nothing where it has nothing to open, and nothing that was drawn without a click', async () => {
    const stage = new Stage({ id: 'group', label: 'group' });
    await stage.clicked.open();
    stage.selected = line('a');
    await stage.clicked.drawn();
    assert.deepEqual(stage.ran, []);
  });
});
