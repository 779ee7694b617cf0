import assert from 'node:assert/strict';
import { readDocument } from '../../../../src/manifest/manifestDocument';
import { checkSchema } from '../../../../src/manifest/schema/checkSchema';
import { dialectOf } from '../../../support/manifestDialect';

describe('a text that does not fit its pattern', () => {
  const cases: readonly [string, string, RegExp][] = [
    ['a quantity', 'BackupRepo\nspec: { storageProviderRef: own, pvReclaimPolicy: Retain, volumeCapacity: 100GB }', /^"100GB" is no quantity/],
    ['a time', 'Restore\nspec: { backup: { name: b, namespace: n }, restoreTime: "2026-11-23 09:58:00" }', /^"2026-11-23 09:58:00" is no time in UTC/],
  ];
  cases.forEach(([name, rest, message]) => {
    it(`says in words what ${name} is`, () => {
      const [object] = readDocument(`apiVersion: dataprotection.kubeblocks.io/v1alpha1\nmetadata: { name: x }\nkind: ${rest}\n`).objects;
      const kind = object && dialectOf('1.0').kindOf(object.apiVersion, object.kind);
      assert.ok(object && kind);
      const faults = checkSchema(object.root, kind).filter(({ code }) => code === 'schema/pattern');
      assert.equal(faults.length, 1);
      assert.match(faults[0]?.message ?? '', message);
    });
  });
});
