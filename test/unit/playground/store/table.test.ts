import assert from 'node:assert/strict';
import { RESOURCES } from '../../../../src/playground/resources';
import { createTestStore, object, refusal } from './testStore';

const { backup, namespace } = RESOURCES;

describe('the history of a kind', () => {
  it('lists in order of namespace and name, one namespace or all', () => {
    const { store } = createTestStore();
    store.create(namespace, object(namespace, 'demo-2'));
    for (const [space, name] of [['demo-2', 'a'], ['demo', 'z'], ['demo', 'b']] as const) {
      store.create(backup, { ...object(backup, name), metadata: { name, namespace: space } });
    }
    const keys = (items: ReturnType<typeof store.list>): string[] => items.map(({ metadata }) => `${String(metadata.namespace)}/${metadata.name}`);
    assert.deepEqual(keys(store.list(backup)), ['demo-2/a', 'demo/b', 'demo/z']);
    assert.deepEqual(keys(store.list(backup, { namespace: 'demo' })), ['demo/b', 'demo/z']);
  });

  it('keeps a list that was handed out as it was', () => {
    const { store } = createTestStore();
    store.create(backup, object(backup, 'a'));
    const before = store.list(backup);
    store.delete(backup, { namespace: 'demo', name: 'a' });
    assert.equal(before.length, 1);
  });

  it('reads the objects as they were at an earlier revision', () => {
    const { store } = createTestStore();
    const first = store.create(backup, object(backup, 'a'));
    store.create(backup, object(backup, 'b'));
    const then = store.revision();
    store.delete(backup, first.metadata);
    store.create(backup, object(backup, 'c'));
    store.updateStatus(backup, { ...object(backup, 'b'), status: { phase: 'Failed' } });
    const past = store.listAt(backup, 'demo', then);
    assert.deepEqual(past.map(({ metadata, status }) => [metadata.name, status]), [['a', undefined], ['b', undefined]]);
  });

  it('gives the changes since a revision, and 410 once they are forgotten', () => {
    const { store } = createTestStore(undefined, 3);
    const start = store.revision();
    for (const name of ['a', 'b', 'c']) store.create(backup, object(backup, name));
    assert.deepEqual(store.changesSince(backup, start + 1).map(({ event }) => event.object.metadata.name), ['b', 'c']);
    for (const name of ['d', 'e', 'f', 'g']) store.create(backup, object(backup, name));
    const [code, reason, message] = refusal(() => store.changesSince(backup, start));
    assert.deepEqual([code, reason], [410, 'Expired']);
    assert.match(message, /^too old resource version: \d+ \(\d+\)$/);
  });
});
