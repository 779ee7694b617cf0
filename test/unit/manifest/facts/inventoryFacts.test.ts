import assert from 'node:assert/strict';
import { emptyInventory, keyOf, type Inventory, type ListState } from '../../../../src/kubeblocks/inventory';
import { inventoryFacts } from '../../../../src/manifest/facts/inventoryFacts';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile } from '../../../../src/manifest/manifestFile';
import { anInventory, aPolicy, aSnapshotClass } from '../../../support/builders';
import { dialectOf } from '../../../support/manifestDialect';

const READY: ListState = { state: 'ready', asOf: 0 };
const policies = [aPolicy('orders', { metadata: { namespace: 'payments' } }), aPolicy('mail', { metadata: { namespace: 'post' } })];

function inventoryWith(state: ListState): Inventory {
  return { ...emptyInventory('kind-prod'), policies: { state, items: new Map(policies.map((policy) => [keyOf(policy), policy])) } };
}

describe('What a connected cluster knows', () => {
  const namesIn = (inventory: Inventory, namespace: string | undefined): readonly string[] | undefined =>
    inventoryFacts(inventory).list('BackupPolicy', namespace)?.facts.map(({ object }) => object.metadata.name);
  const isComplete = (state: ListState, namespace?: string): boolean | undefined => inventoryFacts(inventoryWith(state)).list('BackupPolicy', namespace)?.complete;

  it('is what the namespace holds', () => {
    assert.deepEqual(namesIn(inventoryWith(READY), 'payments'), ['orders']);
    assert.deepEqual(namesIn(inventoryWith(READY), undefined), ['orders', 'mail']);
  });

  it('names the context it is from', () => {
    assert.deepEqual(inventoryFacts(inventoryWith(READY)).list('BackupPolicy', 'payments')?.facts[0]?.origin, { kind: 'cluster', name: 'kind-prod' });
  });

  it('is all there is only where everything was listed', () => {
    assert.equal(isComplete(READY, 'payments'), true);
    assert.equal(isComplete({ ...READY, namespace: 'payments' }, 'payments'), true);
    assert.equal(isComplete({ ...READY, namespace: 'payments' }, 'post'), false);
    assert.equal(isComplete({ ...READY, namespace: 'payments' }), false);
  });

  it('is not all there is once the connection is lost, nor while a list comes in', () => {
    assert.equal(isComplete({ state: 'failed', message: 'cut', asOf: 0 }, 'payments'), false);
    assert.equal(isComplete({ state: 'loading' }, 'payments'), false);
  });

  it('is nothing of a kind that was not listed, or is not read', () => {
    assert.equal(inventoryFacts(emptyInventory('kind-prod')).list('BackupPolicy', 'payments'), undefined);
    assert.equal(inventoryFacts(inventoryWith(READY)).list('Secret', 'payments'), undefined);
  });

  describe('of VolumeSnapshotClasses', () => {
    const policy = readFile(
      'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n  target: {podSelector: {strategy: Any, matchLabels: {a: b}}}\n  backupMethods: [{name: snap, snapshotVolumes: true, targetVolumes: {volumes: [data]}}]\n',
    );
    const found = (inventory: Inventory): readonly string[] => judgeFile(policy, [inventoryFacts(inventory)], dialectOf('1.0')).map(({ code }) => code);

    it('is that there are none, and that snapshots fail', () => {
      assert.deepEqual(found(anInventory({ snapshotClasses: [] })), ['KB-P016']);
    });

    it('is that one is there', () => {
      assert.deepEqual(found(anInventory({ snapshotClasses: [aSnapshotClass()] })), []);
    });

    it('is nothing where they may not be listed, or are not served', () => {
      const states: readonly ListState[] = [{ state: 'forbidden', verb: 'list', resource: 'volumesnapshotclasses', group: 'snapshot.storage.k8s.io' }, { state: 'absent' }, { state: 'loading' }];
      for (const state of states) assert.deepEqual(found(anInventory({}, { snapshotClasses: { state, items: new Map() } })), [], state.state);
    });
  });

  it('is worked out once a snapshot', () => {
    const inventory = inventoryWith(READY);
    assert.equal(inventoryFacts(inventory), inventoryFacts(inventory));
  });
});
