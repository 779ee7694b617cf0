import assert from 'node:assert/strict';
import type { ObjectMeta } from '../../../../src/kubeblocks/objects';
import type { Resource } from '../../../../src/kubeblocks/resource';
import { decodeMetadata } from '../../../../src/playground/admission/metadata/decodeMetadata';
import { validateMetadata } from '../../../../src/playground/admission/metadata/validateMetadata';

const PODS: Resource = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };
const NODES: Resource = { group: '', version: 'v1', kind: 'Node', plural: 'nodes', namespaced: false };
const SERVICES: Resource = { group: '', version: 'v1', kind: 'Service', plural: 'services', namespaced: true };

describe('metadata', () => {
  const refused: readonly (readonly [what: string, metadata: Partial<ObjectMeta>, message: RegExp])[] = [
    ['no name', { name: '' }, /^metadata.name: Required value: name or generateName is required$/],
    ['a name of 254 characters', { name: 'a'.repeat(254) }, /^metadata.name: .*: must be no more than 253 characters$/],
    ['capital letters in a prefix of names', { generateName: 'AB-' }, /^metadata.generateName: Invalid value: "AB-": a lowercase RFC 1123 subdomain/],
    ['no namespace', { namespace: '' }, /^metadata.namespace: Required value$/],
    ['a namespace with dots', { namespace: 'a.b' }, /^metadata.namespace: Invalid value: "a.b": must not contain dots$/],
    ['a label key of two slashes', { labels: { 'a/b/c': '' } }, /^metadata.labels: Invalid value: "a\/b\/c": a qualified name must consist/],
    ['a label key with an empty prefix', { labels: { '/a': '' } }, /^metadata.labels: Invalid value: "\/a": prefix part must be non-empty$/],
    ['a label value with a space', { labels: { a: 'b c' } }, /^metadata.labels: Invalid value: "b c": a valid label must be/],
    ['too many annotations', { annotations: { a: 'x'.repeat(262_144) } }, /^metadata.annotations: Too long: may not be more than 262144 bytes$/],
    ['a bad finalizer', { finalizers: ['a b'] }, /^metadata.finalizers: Invalid value: "a b": name part must consist/],
    [
      'both ways of deletion',
      { finalizers: ['orphan', 'foregroundDeletion'] },
      /^metadata.finalizers: Invalid value: \["orphan","foregroundDeletion"\]: finalizer orphan and foregroundDeletion cannot be both set$/,
    ],
  ];
  for (const [what, metadata, message] of refused) {
    it(`with ${what} is refused`, () => {
      assert.match(faults(metadata, PODS).join('\n'), message);
    });
  }

  it('may end a prefix of names with a dash', () => {
    assert.deepEqual(faults({ generateName: 'a-' }, PODS), []);
  });

  it('of cluster-wide kinds has no namespace', () => {
    assert.deepEqual(faults({ namespace: 'n' }, NODES), ['metadata.namespace: Forbidden: not allowed on this type']);
  });

  it('of a service has a name without dots', () => {
    assert.deepEqual(faults({ name: 'a.b' }, SERVICES), ['metadata.name: Invalid value: "a.b": must not contain dots']);
  });

  it('takes any case in annotation keys', () => {
    assert.deepEqual(faults({ annotations: { 'Example.Org/Key': '' } }, PODS), []);
  });

  it('loses empty values and unknown fields as it is decoded', () => {
    const decoded = decodeMetadata({ name: 'a', labels: {}, finalizers: [], colour: 1, ownerReferences: [{ name: 'b', size: 2 }] });
    assert.deepEqual(decoded, {
      metadata: { name: 'a', ownerReferences: [{ apiVersion: '', kind: '', name: 'b', uid: '' }] },
      unknownFields: ['metadata.colour', 'metadata.ownerReferences[0].size'],
    });
  });

  const unreadable: readonly (readonly [metadata: unknown, message: string])[] = [
    ['x', 'json: cannot unmarshal string into Go value of type v1.ObjectMeta'],
    [{ labels: { a: 1 } }, 'json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string'],
    [{ labels: [] }, 'json: cannot unmarshal array into Go struct field ObjectMeta.labels of type map[string]string'],
    [{ generation: 1.5 }, 'json: cannot unmarshal number 1.5 into Go struct field ObjectMeta.generation of type int64'],
    [{ ownerReferences: [{ uid: true }] }, 'json: cannot unmarshal bool into Go struct field OwnerReference.ownerReferences.uid of type types.UID'],
    [{ creationTimestamp: 'now' }, 'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"'],
  ];
  for (const [metadata, message] of unreadable) {
    it(`that reads ${JSON.stringify(metadata)} cannot be decoded`, () => {
      assert.throws(() => decodeMetadata(metadata), { message });
    });
  }
});

function faults(metadata: Partial<ObjectMeta>, resource: Resource): string[] {
  const base = resource.namespaced ? { name: 'a', namespace: 'n' } : { name: 'a' };
  return validateMetadata({ ...base, ...metadata }, resource).map(({ path, message }) => `${path}: ${message}`);
}
