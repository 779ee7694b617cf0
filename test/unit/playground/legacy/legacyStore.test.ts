import assert from 'node:assert/strict';
import { legacyStore } from '../../../../src/playground/legacy/legacyStore';
import { RESOURCES } from '../../../../src/playground/resources';
import type { StoreEvent } from '../../../../src/playground/world';
import { createTestStore, object } from '../store/testStore';

const OLD = { group: 'apps.kubeblocks.io', version: 'v1alpha1' } as const;
const OLD_CLUSTER = { ...RESOURCES.cluster, ...OLD };
const OLD_OPS = { ...RESOURCES.opsRequest, ...OLD };
const REF = { namespace: 'demo', name: 'a' };

describe('the store of a line before 1.0', () => {
  function stores() {
    const { store } = createTestStore();
    return { old: store, now: legacyStore(store) };
  }

  it('shows a Cluster of v1alpha1 as v1', () => {
    const { old, now } = stores();
    old.create(OLD_CLUSTER, object(OLD_CLUSTER, 'a', { spec: { clusterDefinitionRef: 'redis', shardingSpecs: [{ name: 's' }], topology: 't' } }));
    const seen = now.get(RESOURCES.cluster, REF);
    assert.deepEqual([seen?.apiVersion, seen?.spec], ['apps.kubeblocks.io/v1', { topology: 't', clusterDef: 'redis', shardings: [{ name: 's' }] }]);
    assert.deepEqual(now.list(RESOURCES.cluster).map(({ apiVersion }) => apiVersion), ['apps.kubeblocks.io/v1']);
  });

  it('keeps what is written as v1 where that line serves it', () => {
    const { old, now } = stores();
    const made = now.create(RESOURCES.cluster, object(RESOURCES.cluster, 'a', { spec: { clusterDef: 'redis' } }));
    assert.deepEqual([made.apiVersion, made.spec], ['apps.kubeblocks.io/v1', { clusterDef: 'redis' }]);
    const kept = old.get(OLD_CLUSTER, REF);
    assert.deepEqual([kept?.apiVersion, kept?.spec], ['apps.kubeblocks.io/v1alpha1', { clusterDefinitionRef: 'redis' }]);
  });

  it('moves OpsRequests to their old group, and leaves other kinds where they are', () => {
    const { old, now } = stores();
    now.create(RESOURCES.opsRequest, object(RESOURCES.opsRequest, 'a'));
    now.create(RESOURCES.configMap, object(RESOURCES.configMap, 'a'));
    assert.equal(old.get(OLD_OPS, REF)?.apiVersion, 'apps.kubeblocks.io/v1alpha1');
    assert.equal(old.get(RESOURCES.configMap, REF)?.apiVersion, 'v1');
    now.delete(RESOURCES.opsRequest, REF);
    assert.equal(old.get(OLD_OPS, REF), undefined);
  });

  it('tells of a change by the name controllers know', () => {
    const { old, now } = stores();
    const events: StoreEvent[] = [];
    now.subscribe((event) => events.push(event));
    old.create(OLD_CLUSTER, object(OLD_CLUSTER, 'a', { spec: { clusterDefinitionRef: 'redis' } }));
    assert.deepEqual(events.map(({ type, resource, object: { spec } }) => [type, resource.version, spec]), [['ADDED', 'v1', { clusterDef: 'redis' }]]);
  });

  it('names owners as they are served', () => {
    const { old, now } = stores();
    const { uid } = now.create(RESOURCES.cluster, object(RESOURCES.cluster, 'a')).metadata;
    const owner = { apiVersion: 'apps.kubeblocks.io/v1', kind: 'Cluster', name: 'a', uid: uid ?? '' };
    const owned = object(RESOURCES.configMap, 'b');
    now.create(RESOURCES.configMap, { ...owned, metadata: { ...owned.metadata, ownerReferences: [owner] } });
    assert.deepEqual(old.get(RESOURCES.configMap, { namespace: 'demo', name: 'b' })?.metadata.ownerReferences, [{ ...owner, apiVersion: 'apps.kubeblocks.io/v1alpha1' }]);
  });
});
