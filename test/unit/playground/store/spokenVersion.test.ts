import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createAdmission } from '../../../../src/playground/admission/createAdmission';
import { loadCrds } from '../../../../src/playground/admission/loadCrds';
import { RESOURCES } from '../../../../src/playground/resources';
import { createTestStore, object } from './testStore';

describe('an object sent in another version than the stored one', () => {
  const admission = createAdmission(loadCrds('1.0', join(__dirname, '../../../../schemas')));
  const sent = object(RESOURCES.cluster, 'c', {
    spec: { terminationPolicy: 'Delete', affinity: { tenancy: 'SharedNode' }, componentSpecs: [{ name: 'mysql', replicas: 1, resources: {} }] },
  });

  it('is judged by the version it was sent in', () => {
    const { store } = createTestStore(admission);
    const unknown: string[] = [];
    const onUnknownFields = (paths: readonly string[]): void => void unknown.push(...paths);
    store.create(RESOURCES.cluster, sent, { version: 'v1alpha1', onUnknownFields });
    assert.equal(unknown.length, 0);
    store.create(RESOURCES.cluster, object(RESOURCES.cluster, 'd', { spec: sent.spec }), { onUnknownFields });
    assert.deepEqual(unknown, ['spec.affinity']);
  });

  it('is stored without what the stored version does not know', () => {
    const { store } = createTestStore(admission);
    const created = store.create(RESOURCES.cluster, sent, { version: 'v1alpha1' });
    assert.equal(created.apiVersion, 'apps.kubeblocks.io/v1');
    assert.equal((created.spec as { affinity?: unknown }).affinity, undefined);
  });
});
