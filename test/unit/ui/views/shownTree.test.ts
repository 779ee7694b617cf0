import assert from 'node:assert/strict';
import { ShownTree } from '../../../../src/ui/views/shownTree';
import type { TreeNode } from '../../../../src/ui/views/treeNode';

function leaf(id: string, label = id): TreeNode {
  return { id, label };
}

function branch(id: string, children: readonly TreeNode[], label = id): TreeNode {
  return { id, label, children: () => children };
}

/** A tree whose content a test changes. */
function shown(initial: readonly TreeNode[]): { tree: ShownTree; set: (nodes: readonly TreeNode[]) => void } {
  let nodes = initial;
  return { tree: new ShownTree(() => nodes), set: (next) => (nodes = next) };
}

function ids(changed: ReturnType<ShownTree['update']>): string | readonly string[] {
  return changed === 'all' ? 'all' : changed.map(({ node }) => node.id);
}

describe('ShownTree', () => {
  it('redraws nothing when nothing changed', () => {
    const { tree } = shown([leaf('a'), branch('b', [leaf('b1')])]);
    tree.children();
    assert.deepEqual(ids(tree.update()), []);
  });

  it('redraws only the line that reads differently', () => {
    const { tree, set } = shown([leaf('a'), leaf('b')]);
    tree.children();
    set([leaf('a'), leaf('b', 'B')]);
    assert.deepEqual(ids(tree.update()), ['b']);
  });

  it('redraws the child and not its parent when only the child changed', () => {
    const { tree, set } = shown([branch('a', [leaf('a1'), leaf('a2')])]);
    const [a] = tree.children();
    tree.children(a);
    set([branch('a', [leaf('a1', 'new'), leaf('a2')])]);
    assert.deepEqual(ids(tree.update()), ['a1']);
  });

  it('redraws the parent when a child came or went', () => {
    const { tree, set } = shown([branch('a', [leaf('a1')]), leaf('b')]);
    const [a] = tree.children();
    tree.children(a);
    set([branch('a', [leaf('a1'), leaf('a2')]), leaf('b')]);
    assert.deepEqual(ids(tree.update()), ['a']);
    assert.deepEqual(
      tree.children(a).map(({ node }) => node.id),
      ['a1', 'a2'],
    );
  });

  it('redraws everything when the roots changed, and keeps the lines that stay', () => {
    const { tree, set } = shown([leaf('a'), leaf('b')]);
    const before = tree.children();
    set([leaf('b'), leaf('c')]);
    assert.equal(tree.update(), 'all');
    assert.equal(tree.children()[0], before[1]);
  });

  it('never builds children that were not opened', () => {
    let built = 0;
    const counting: TreeNode = { id: 'a', label: 'a', children: () => [leaf(`a${++built}`)] };
    const { tree } = shown([counting]);
    tree.children();
    tree.update();
    assert.equal(built, 0);
  });

  it('finds a line below lines that were not opened yet, no deeper than asked', () => {
    const { tree } = shown([branch('a', [branch('b', [leaf('c')])])]);
    assert.equal(tree.find(({ id }) => id === 'c', 1), undefined);
    assert.equal(tree.find(({ id }) => id === 'c', 2)?.parent?.node.id, 'b');
  });

  it('keeps nothing of what it showed once it is let go, and shows the present when it is asked again', () => {
    const { tree, set } = shown([branch('a', [leaf('a1')])]);
    assert.equal(tree.release(), false);
    const [a] = tree.children();
    tree.children(a);
    assert.equal(tree.release(), true);
    set([leaf('b')]);
    assert.deepEqual(ids(tree.update()), 'all');
    assert.deepEqual(tree.children().map(({ node, parent, children }) => [node.id, parent, children]), [['b', undefined, undefined]]);
  });
});
