import assert from 'node:assert/strict';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import type { Resource } from '../../../../src/kubeblocks/resource';
import type { StructuralSchema } from '../../../../src/kubeblocks/schema/crd';
import { createAdmission } from '../../../../src/playground/admission/createAdmission';
import type { AdmitOptions, Admitted } from '../../../../src/playground/admission/admission';

const SHELF: Resource = { group: 'example.org', version: 'v1', kind: 'Shelf', plural: 'shelves', namespaced: true };

describe('admission', () => {
  describe('unknown fields', () => {
    it('are taken away and named, sorted, with indices', () => {
      const admitted = admit({ spec: { books: [{ title: 'a', b: 1 }, { a: 1 }], extra: {} }, other: 1 }, { spec: object({ books: list(object({ title: text() })) }) });
      assert.deepEqual(admitted.unknownFields, ['other', 'spec.books[0].b', 'spec.books[1].a', 'spec.extra']);
      assert.deepEqual(admitted.object.spec, { books: [{ title: 'a' }, {}] });
    });

    it('stay where the schema keeps them, but not below a field it describes', () => {
      const open = { ...object({ known: object({}) }), 'x-kubernetes-preserve-unknown-fields': true };
      const admitted = admit({ spec: { free: { a: [null] }, known: { a: 1 } } }, { spec: open });
      assert.deepEqual(admitted.object.spec, { free: { a: [null] }, known: {} });
      assert.deepEqual(admitted.unknownFields, ['spec.known.a']);
    });

    it('of metadata go too', () => {
      const admitted = admit({ metadata: { name: 'a', namespace: 'n', colour: 'red' } }, {});
      assert.deepEqual(admitted.unknownFields, ['metadata.colour']);
      assert.deepEqual(admitted.object.metadata, { name: 'a', namespace: 'n' });
    });

    it('named like a member of every object are unknown all the same', () => {
      const admitted = admit({ spec: JSON.parse('{"constructor": 1, "__proto__": {"a": 1}}') as object }, { spec: object({}) });
      assert.deepEqual(admitted.unknownFields, ['spec.__proto__', 'spec.constructor']);
    });
  });

  describe('defaults', () => {
    const schema = { spec: object({ mode: text({ default: 'slow' }), inner: object({ size: { type: 'integer', default: 3 } }, { default: {} }) }) };

    it('fill what is missing, also inside a default', () => {
      assert.deepEqual(admit({ spec: {} }, schema).object.spec, { mode: 'slow', inner: { size: 3 } });
    });

    it('replace a null that is not allowed', () => {
      assert.deepEqual(admit({ spec: { mode: null } }, schema).object.spec, { mode: 'slow', inner: { size: 3 } });
    });

    it('do not bring a parent into being', () => {
      assert.equal(admit({}, schema).object.spec, undefined);
    });

    it('come before validation', () => {
      const required = { spec: object({ mode: text({ default: 'slow' }) }, { required: ['mode'] }) };
      assert.deepEqual(admit({ spec: {} }, required).errors, []);
    });
  });

  describe('null', () => {
    it('without a default is left out, and missed where it is required', () => {
      const admitted = admit({ spec: { mode: null } }, { spec: object({ mode: text() }, { required: ['mode'] }) });
      assert.deepEqual(messages(admitted), ['spec.mode: Required value']);
    });

    it('stays where it is allowed', () => {
      assert.deepEqual(admit({ spec: { mode: null } }, { spec: object({ mode: text({ nullable: true }) }) }).object.spec, { mode: null });
    });

    it('in a list is refused', () => {
      const admitted = admit({ spec: { names: [null] } }, { spec: object({ names: list(text()) }) });
      assert.deepEqual(messages(admitted), ['spec.names[0]: Invalid value: "null": spec.names[0] in body must be of type string: "null"']);
    });
  });

  describe('status', () => {
    const schema = { status: object({ phase: text() }, { required: ['phase'] }) };

    it('is pruned but not judged when the object itself is written', () => {
      const admitted = admit({ status: { a: 1 } }, schema);
      assert.deepEqual(admitted.unknownFields, ['status.a']);
      assert.deepEqual(admitted.errors, []);
    });

    it('is judged when it is written', () => {
      assert.deepEqual(messages(admit({ status: {} }, schema, { subresource: 'status' })), ['status.phase: Required value']);
    });

    it('is spoken of as if it were the whole object, as the API server does', () => {
      assert.deepEqual(messages(admit({ status: { phase: 5 } }, schema, { subresource: 'status' })), [
        'status.phase: Invalid value: "integer": phase in body must be of type string: "integer"',
      ]);
      assert.deepEqual(messages(admit({ status: 'x' }, schema, { subresource: 'status' })), [
        'status: Invalid value: "string":  in body must be of type object: "string"',
      ]);
    });

    it('alone is judged when it is written', () => {
      const both = { ...schema, spec: object({ size: { type: 'integer' } }) };
      assert.deepEqual(messages(admit({ spec: { size: 'x' }, status: { phase: 'a' } }, both, { subresource: 'status' })), []);
    });
  });

  describe('rules', () => {
    const ruled = { 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] };

    it('are said to be unchecked when the structure is wrong', () => {
      const admitted = admit({ spec: { mode: 1 } }, { spec: object({ mode: text(ruled) }) });
      assert.match(messages(admitted).at(-1) ?? '', /^<nil>: Invalid value: null: some validation rules were not checked/);
    });

    it('are not spoken of for a bad pattern, which does not block them', () => {
      const admitted = admit({ spec: { mode: 'b' } }, { spec: object({ mode: text({ ...ruled, pattern: '^a' }) }) });
      assert.deepEqual(messages(admitted), [`spec.mode: Invalid value: "b": spec.mode in body should match '^a'`]);
    });
  });

  it('leaves the given object as it was', () => {
    const given = Object.freeze({ spec: Object.freeze({ a: null, b: 1 }) });
    admit(given, { spec: object({ c: text({ default: 'x' }) }) });
    assert.deepEqual(given, { spec: { a: null, b: 1 } });
  });

  describe('of a kind without a schema', () => {
    const pods: Resource = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };
    const pod: AnyObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' }, anything: null };

    it('passes the content unchanged', () => {
      assert.deepEqual(createAdmission([]).admit(pods, pod), { object: pod, unknownFields: [], errors: [] });
    });

    it('judges the metadata', () => {
      const admitted = createAdmission([]).admit(pods, { ...pod, metadata: { name: 'P', namespace: 'n' } });
      assert.match(messages(admitted).join(), /^metadata.name: Invalid value: "P": a lowercase RFC 1123 subdomain/);
    });
  });
});

function admit(given: object, properties: Record<string, StructuralSchema>, options?: AdmitOptions): Admitted {
  const version = { name: 'v1', served: true, storage: true, hasStatus: true, printerColumns: [], schema: object(properties) };
  const { group, kind, plural } = SHELF;
  const names = { group, kind, plural, singular: 'shelf', listKind: 'ShelfList', shortNames: [], categories: [] };
  const admission = createAdmission([{ ...names, namespaced: true, annotations: {}, labels: {}, versions: [version] }]);
  return admission.admit(SHELF, { apiVersion: 'example.org/v1', kind, metadata: { name: 'a', namespace: 'n' }, ...given }, options);
}

function object(properties: Record<string, StructuralSchema>, more: StructuralSchema = {}): StructuralSchema {
  return { type: 'object', properties, ...more };
}

function list(items: StructuralSchema): StructuralSchema {
  return { type: 'array', items };
}

function text(more: StructuralSchema = {}): StructuralSchema {
  return { type: 'string', ...more };
}

function messages({ errors }: Admitted): string[] {
  return errors.map(({ path, message }) => `${path}: ${message}`);
}
