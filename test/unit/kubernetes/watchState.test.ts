import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/kubeblocks/objects';
import { applyBurst, type WatchState } from '../../../src/kubernetes/watchState';

const object = (name: string, resourceVersion: string, uid = `uid-${name}`): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name, namespace: 'demo', uid, resourceVersion },
});
const state = (...objects: KubeObject[]): WatchState<KubeObject> => ({
  items: new Map(objects.map((item) => [`demo/${item.metadata.name}`, item])),
  resourceVersion: '10',
});
const shown = ({ items, resourceVersion }: WatchState<KubeObject>): string =>
  `${[...items].map(([key, { metadata }]) => `${key}@${metadata.resourceVersion ?? ''}`).join(' ')} | ${resourceVersion}`;

describe('The state of a watch', () => {
  const bursts: readonly [string, readonly [string, KubeObject | undefined][], string][] = [
    ['adds an object', [['demo/b', object('b', '11')]], 'demo/a@1 demo/b@11 | 20'],
    ['replaces an object', [['demo/a', object('a', '11')]], 'demo/a@11 | 20'],
    ['removes an object', [['demo/a', undefined]], ' | 20'],
    ['ignores the removal of an unknown object', [['demo/x', undefined]], 'demo/a@1 | 20'],
    ['moves on by a bookmark', [], 'demo/a@1 | 20'],
    ['takes several at once', [['demo/a', undefined], ['demo/b', object('b', '12')]], 'demo/b@12 | 20'],
  ];
  bursts.forEach(([name, changes, expected]) => {
    it(name, () => {
      assert.equal(shown(applyBurst(state(object('a', '1')), { changes: new Map(changes), resourceVersion: '20' })), expected);
    });
  });

  it('does not change the state it is given', () => {
    const before = state(object('a', '1'));
    applyBurst(before, { changes: new Map([['demo/a', undefined]]), resourceVersion: '20' });
    assert.equal(shown(before), 'demo/a@1 | 10');
  });

  it('keeps the map when a burst brings only what is known', () => {
    const before = state(object('a', '1'));
    const after = applyBurst(before, { changes: new Map([['demo/a', object('a', '1')]]), resourceVersion: '20' });
    assert.equal(after.items, before.items);
    assert.equal(after.resourceVersion, '20');
  });

  it('takes an object of the same name and version but another uid for a new one', () => {
    const after = applyBurst(state(object('a', '1')), { changes: new Map([['demo/a', object('a', '1', 'other')]]), resourceVersion: '20' });
    assert.equal(after.items.get('demo/a')?.metadata.uid, 'other');
  });
});
