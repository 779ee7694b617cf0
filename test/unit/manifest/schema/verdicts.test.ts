import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { readDocument } from '../../../../src/manifest/manifestDocument';
import { checkSchema } from '../../../../src/manifest/schema/checkSchema';
import { dialectOf } from '../../../support/manifestDialect';

/** One line of the fixture: see the README beside it. */
interface Verdict {
  readonly strict: boolean;
  readonly object: AnyObject;
  readonly code: number;
  readonly unknown?: readonly string[];
}

describe('the schema walk, beside a real API server', () => {
  const file = join(__dirname, '..', '..', '..', 'fixtures/admission/verdicts-1.0.jsonl');
  const verdicts = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Verdict);

  const writings: readonly (readonly [name: string, write: (object: AnyObject) => string])[] = [
    ['block style', (object) => stringify(object, { aliasDuplicateObjects: false, version: '1.1' })],
    ['flow style', (object) => JSON.stringify(object)],
  ];
  for (const [name, write] of writings) {
    it(`refuses what it refuses and takes what it takes, in ${name}`, () => {
      const different = verdicts.filter((verdict) => isRefused(verdict, write) !== (verdict.code !== 201));
      assert.deepEqual(different.map(({ object, code, strict }) => ({ code, strict, object })), []);
    });
  }

  it('finds the unknown fields it warns of', () => {
    const warned = verdicts.filter(({ unknown = [] }) => unknown.length > 0);
    assert.ok(warned.length > 10);
    for (const { object, unknown = [] } of warned) {
      const found = faultsOf(object, JSON.stringify).filter(({ code }) => code === 'schema/unknown-field');
      assert.equal(found.length, unknown.length, JSON.stringify(object));
    }
  });

  /** Where field validation is not strict, unknown fields are warnings. */
  function isRefused({ object, strict }: Verdict, write: (object: AnyObject) => string): boolean {
    return faultsOf(object, write).some(({ code }) => strict || code !== 'schema/unknown-field');
  }
});

function faultsOf(object: AnyObject, write: (object: AnyObject) => string) {
  const [read] = readDocument(write(object)).objects;
  assert.ok(read, JSON.stringify(object));
  const kind = dialectOf('1.0').kindOf(read.apiVersion, read.kind);
  assert.ok(kind, `${read.apiVersion} ${read.kind}`);
  return checkSchema(read.root, kind);
}
