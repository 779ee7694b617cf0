import assert from 'node:assert/strict';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { createClock } from '../../../../src/playground/runtime/clock';
import { createFaults } from '../../../../src/playground/runtime/faults';
import { createManager } from '../../../../src/playground/runtime/manager';
import { createRandom } from '../../../../src/playground/runtime/random';
import { createWorld } from '../../../../src/playground/runtime/createWorld';
import { createObjectStore } from '../../../../src/playground/store/objectStore';
import { StatusError, type Controller } from '../../../../src/playground/world';

const HOUR = 3_600_000;

function setUp(reconcile: Controller['reconcile'], watches: Controller['watches'] = [{ resource: RESOURCES.configMap }]) {
  const clock = createClock({ start: Date.UTC(2026, 0, 1), speed: 0 });
  const random = createRandom(1);
  const store = createObjectStore({ clock, random });
  const world = createWorld({ store, clock, random, faults: createFaults() });
  const errors: string[] = [];
  const manager = createManager({
    world,
    controllers: [{ name: 'test', watches, reconcile }],
    onError: (error, controller, ref) => errors.push(`${controller} ${ref.name}: ${String(error)}`),
  });
  store.create(RESOURCES.namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo' } });
  const create = (name: string, data: object = {}): AnyObject =>
    store.create(RESOURCES.configMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'demo' }, data });
  return { clock, store, world, manager, errors, create };
}

describe('manager', () => {
  it('reconciles what is there and what comes, once for changes that come together', () => {
    const seen: string[] = [];
    const { clock, manager, create, store } = setUp(({ name }) => {
      seen.push(name);
      return undefined;
    });
    create('a');
    manager.start();
    const b = create('b');
    store.update(RESOURCES.configMap, { ...b, data: { x: '1' } });
    assert.deepEqual(seen, []);
    clock.advance(10);
    assert.deepEqual(seen, ['a', 'b']);
  });

  it('is never entered from within a reconcile', () => {
    let depth = 0;
    const { clock, manager, create, store } = setUp((ref) => {
      assert.equal(depth, 0);
      depth += 1;
      const object = store.get(RESOURCES.configMap, ref)!;
      const data = object.data as Readonly<Record<string, string>>;
      const size = Object.keys(data).length;
      if (size < 3) store.update(RESOURCES.configMap, { ...object, data: { ...data, [`k${size}`]: '' } });
      depth -= 1;
      return undefined;
    });
    manager.start();
    create('a');
    clock.advance(100);
    assert.deepEqual(store.get(RESOURCES.configMap, { namespace: 'demo', name: 'a' })!.data, { k0: '', k1: '', k2: '' });
  });

  it('comes back after as long as the reconcile says, by the latest one', () => {
    const at: number[] = [];
    const { clock, manager, create, store } = setUp(() => {
      at.push(clock.now() - Date.UTC(2026, 0, 1));
      return { requeueAfterMs: 1000 };
    });
    manager.start();
    const object = create('a');
    clock.advance(500);
    store.update(RESOURCES.configMap, { ...object, data: { x: '' } });
    clock.advance(2000);
    assert.deepEqual(at, [5, 505, 1510]);
  });

  it('reports an error and tries again with doubled waits', () => {
    let calls = 0;
    const { clock, manager, create, errors } = setUp(() => {
      calls += 1;
      if (calls < 4) throw new Error(`no ${calls}`);
      return undefined;
    });
    manager.start();
    create('a');
    clock.advance(1000);
    assert.equal(calls, 4);
    assert.deepEqual(errors, ['test a: Error: no 1', 'test a: Error: no 2', 'test a: Error: no 3']);
  });

  it('tries again after a conflict without reporting it', () => {
    let calls = 0;
    const { clock, manager, create, errors } = setUp(() => {
      calls += 1;
      if (calls === 1) throw new StatusError(409, 'Conflict', 'the object has been modified');
      return undefined;
    });
    manager.start();
    create('a');
    clock.advance(1000);
    assert.equal(calls, 2);
    assert.deepEqual(errors, []);
  });

  it('maps what it watches to what it reconciles', () => {
    const seen: string[] = [];
    const keys = (object: AnyObject) => [{ namespace: 'demo', name: `owner-of-${object.metadata.name}` }];
    const reconcile = ({ name }: { name: string }) => {
      seen.push(name);
      return undefined;
    };
    const { clock, manager, create } = setUp(reconcile, [{ resource: RESOURCES.configMap, keys }]);
    manager.start();
    create('a');
    clock.advance(10);
    assert.deepEqual(seen, ['owner-of-a']);
  });

  it('does nothing once stopped', () => {
    let calls = 0;
    const { clock, manager, create } = setUp(() => {
      calls += 1;
      return { requeueAfterMs: 10 };
    });
    manager.start();
    create('a');
    clock.advance(6);
    manager.stop();
    create('b');
    clock.advance(1000);
    assert.equal(calls, 1);
  });
});

describe('events', () => {
  const about = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'demo', uid: 'u' } };

  it('are counted up when they repeat, and gone an hour after the last', () => {
    const { clock, store, world } = setUp(() => undefined);
    world.event(about, 'Warning', 'Broken', 'it broke', 'tester');
    clock.advance(60_000);
    world.event(about, 'Warning', 'Broken', 'it broke', 'tester');
    world.event(about, 'Normal', 'Mended', 'it works', 'tester');
    const events = store.list(RESOURCES.event, { namespace: 'demo' });
    assert.deepEqual(events.map(({ reason, count }) => [reason, count]), [['Broken', 2], ['Mended', 1]]);
    assert.equal(events[0]!.firstTimestamp, '2026-01-01T00:00:00Z');
    assert.equal(events[0]!.lastTimestamp, '2026-01-01T00:01:00Z');
    clock.advance(HOUR - 1);
    assert.equal(store.list(RESOURCES.event).length, 2);
    clock.advance(1);
    assert.deepEqual(store.list(RESOURCES.event), []);
  });

  it('that a jump would outlive are not written', () => {
    const { clock, store, world } = setUp(() => undefined);
    clock.after(1000, () => {
      world.event(about, 'Normal', 'Early', '');
    });
    clock.after(24 * HOUR - 1000, () => {
      world.event(about, 'Normal', 'Late', '');
    });
    clock.advance(24 * HOUR);
    assert.deepEqual(store.list(RESOURCES.event).map(({ reason }) => reason), ['Late']);
  });
});
