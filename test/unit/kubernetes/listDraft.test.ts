import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/kubeblocks/objects';
import { ListDraft } from '../../../src/kubernetes/listDraft';

const object = (name: string, resourceVersion = '1'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name, namespace: 'demo', uid: `uid-${name}`, resourceVersion },
});
const known = (...objects: KubeObject[]): ReadonlyMap<string, KubeObject> => new Map(objects.map((item) => [`demo/${item.metadata.name}`, item]));
const draftOf = (before: ReadonlyMap<string, KubeObject>, ...objects: KubeObject[]): ListDraft<KubeObject> => {
  const draft = new ListDraft(before);
  objects.forEach((item) => draft.add(item));
  return draft;
};
const shown = (items: ReadonlyMap<string, KubeObject>): string => [...items].map(([key, { metadata }]) => `${key}@${metadata.resourceVersion ?? ''}`).join(' ');

describe('A list as its pages come in', () => {
  it('takes what is new and drops what is gone, keeping objects that did not change', () => {
    const before = known(object('a'), object('b', '2'));
    const { items, resourceVersion } = draftOf(before, object('a'), object('c', '3')).finish('30');
    assert.equal(shown(items), 'demo/a@1 demo/c@3');
    assert.equal(resourceVersion, '30');
    assert.equal(items.get('demo/a'), before.get('demo/a'));
  });

  it('keeps the map when it brings only what is known', () => {
    const before = known(object('a'), object('b'));
    assert.equal(draftOf(before, object('b'), object('a')).finish('30').items, before);
  });

  it('notices that an object is gone and another of as many came', () => {
    assert.equal(shown(draftOf(known(object('a')), object('b')).finish('30').items), 'demo/b@1');
  });

  it('notices that an object is gone while the others stay', () => {
    assert.equal(shown(draftOf(known(object('a'), object('b')), object('b')).finish('30').items), 'demo/b@1');
  });

  it('shows what came so far, which later pages do not change', () => {
    const draft = draftOf(known(), object('a'));
    const part = draft.takeGrown();
    draft.add(object('b'));
    assert.equal(shown(part ?? known()), 'demo/a@1');
  });

  it('shows nothing while it is empty', () => {
    assert.equal(draftOf(known()).takeGrown(), undefined);
  });

  it('copies a few times what it holds, however many pages it comes in', () => {
    const draft = new ListDraft<KubeObject>(known());
    let copied = 0;
    for (let index = 0; index < 4000; index += 1) {
      draft.add(object(`o-${index}`));
      copied += draft.takeGrown()?.size ?? 0;
    }
    assert.ok(copied < 6 * 4000, `${copied} were copied`);
  });
});
