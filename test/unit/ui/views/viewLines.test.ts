import assert from 'node:assert/strict';
import { ShownTree, type ShownNode } from '../../../../src/ui/views/shownTree';
import type { TreeNode } from '../../../../src/ui/views/treeNode';
import { ViewLines } from '../../../../src/ui/views/viewLines';

const leaf = (id: string): TreeNode => ({ id, label: id });

/** A view over lines that a test changes, of which VS Code has asked for the roots. */
function view(visible: boolean, ...first: readonly string[]) {
  let nodes = first.map(leaf);
  const drawn: string[] = [];
  const tree = new ShownTree(() => nodes);
  const screen = {
    visible,
    redraw: (line: ShownNode | undefined) => void drawn.push(line?.node.id ?? 'all'),
    isCovered: false,
    cover: () => void (screen.isCovered = true),
    uncover: () => void (screen.isCovered = false),
  };
  const lines = new ViewLines(tree, screen);
  tree.children();
  return {
    tree,
    screen,
    lines,
    drawn,
    become: (...next: readonly string[]): void => {
      nodes = next.map(leaf);
      lines.update();
    },
  };
}

describe('The lines of a view', () => {
  it('are brought up to date where they are seen', () => {
    const { become, drawn, tree } = view(true, 'a');
    become('a', 'b');
    assert.deepEqual(drawn, ['all']);
    assert.deepEqual(tree.children().map(({ node }) => node.id), ['a', 'b']);
  });

  it('are let go and covered where nobody sees them, once, and made again when they are asked for', () => {
    const { become, drawn, tree, screen } = view(false, 'a');
    become();
    become('b');
    assert.deepEqual([drawn, screen.isCovered], [['all'], true]);
    assert.equal(tree.release(), false);
    assert.deepEqual(tree.children().map(({ node }) => node.id), ['b']);
  });

  it('stay while one of a hidden view is revealed, and are up to date once it is seen', async () => {
    const { become, lines, tree, screen, drawn } = view(false, 'a', 'b');
    const revealed = lines.reveal(({ id }) => id === 'b', 0, (line) => {
      become('b', 'c');
      assert.equal(tree.children()[1], line);
      screen.visible = true;
      return Promise.resolve();
    });
    assert.equal(await revealed, true);
    assert.deepEqual(tree.children().map(({ node }) => node.id), ['b', 'c']);
    assert.deepEqual(drawn, ['all']);
  });

  it('are let go after all where the revealed line never came into sight', async () => {
    const { become, lines, tree } = view(false, 'a');
    const revealed = lines.reveal(({ id }) => id === 'a', 0, () => {
      become();
      return Promise.reject(new Error('the view cannot be opened'));
    });
    await assert.rejects(revealed, /cannot be opened/);
    assert.equal(tree.release(), false);
  });

  it('stay until the last of two reveals is done', async () => {
    const { become, lines, tree } = view(false, 'a');
    let end = (): void => undefined;
    const long = lines.reveal(({ id }) => id === 'a', 0, () => new Promise((resolve) => (end = resolve)));
    const [a] = tree.children();
    await lines.reveal(({ id }) => id === 'a', 0, () => {
      become('a', 'b');
      return Promise.resolve();
    });
    assert.equal(tree.children()[0], a);
    end();
    await long;
    assert.equal(tree.release(), false);
  });

  it('are searched in their present state, and nothing is shown of what is not there', async () => {
    const { lines, become, screen } = view(false, 'a');
    become('b');
    assert.equal(screen.isCovered, true);
    const show = (): Promise<void> => Promise.reject(new Error('nothing to show'));
    assert.equal(await lines.reveal(({ id }) => id === 'a', 0, show), false);
    assert.equal(await lines.reveal(({ id }) => id === 'b', 0, () => Promise.resolve()), true);
    assert.equal(screen.isCovered, false);
  });
});
