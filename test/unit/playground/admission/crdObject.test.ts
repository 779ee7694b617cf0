import assert from 'node:assert/strict';
import { join } from 'node:path';
import { crdObject } from '../../../../src/playground/admission/crdObject';
import { loadCrds } from '../../../../src/playground/admission/loadCrds';

describe('the CustomResourceDefinition of a kind', () => {
  const crds = loadCrds('1.0', join(__dirname, '../../../../schemas'));
  const definition = crds.find((crd) => crd.kind === 'Cluster');
  assert.ok(definition);
  const object = crdObject(definition, '2025-01-01T00:00:00Z');

  it('is named by plural and group', () => {
    assert.equal(object.metadata.name, 'clusters.apps.kubeblocks.io');
  });

  it('tells its names, scope and served versions', () => {
    const spec = object.spec as { names: object; scope: string; versions: { name: string; storage: boolean }[] };
    assert.deepEqual(spec.names, {
      categories: ['kubeblocks', 'all'],
      kind: 'Cluster',
      listKind: 'ClusterList',
      plural: 'clusters',
      singular: 'cluster',
    });
    assert.equal(spec.scope, 'Namespaced');
    assert.deepEqual(spec.versions.map(({ name, storage }) => [name, storage]), [['v1', true], ['v1alpha1', false]]);
  });

  it('is established', () => {
    const status = object.status as { conditions: { type: string; status: string; lastTransitionTime: string }[]; storedVersions: string[] };
    assert.deepEqual(
      status.conditions.map(({ type, status: is, lastTransitionTime }) => [type, is, lastTransitionTime]),
      [
        ['NamesAccepted', 'True', '2025-01-01T00:00:00Z'],
        ['Established', 'True', '2025-01-01T00:00:00Z'],
      ],
    );
    assert.deepEqual(status.storedVersions, ['v1']);
  });

  it('shares its schema with the definition', () => {
    const [version] = (object.spec as { versions: { schema: { openAPIV3Schema: unknown } }[] }).versions;
    assert.equal(version?.schema.openAPIV3Schema, definition.versions[0]?.schema);
  });
});
