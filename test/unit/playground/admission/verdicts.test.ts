import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import type { Resource } from '../../../../src/kubeblocks/resource';
import { createAdmission } from '../../../../src/playground/admission/createAdmission';
import { loadCrds } from '../../../../src/playground/admission/loadCrds';
import { StatusError } from '../../../../src/playground/world';

const ROOT = join(__dirname, '..', '..', '..', '..');

type Cause = readonly [field: string, reason: string, message: string];

/** One line of the fixture: see the README beside it. */
interface Verdict {
  readonly resource: string;
  readonly strict: boolean;
  readonly object: AnyObject;
  readonly code: number;
  readonly message?: string;
  readonly causes?: readonly Cause[];
  readonly stored?: AnyObject;
  readonly unknown?: readonly string[];
}

type Answer = Pick<Verdict, 'code' | 'message' | 'causes' | 'stored' | 'unknown'>;

describe('admission, beside a real API server', () => {
  const crds = loadCrds('1.0', join(ROOT, 'schemas'));
  const admission = createAdmission(crds);
  const verdicts = readFileSync(join(ROOT, 'test/fixtures/admission/verdicts-1.0.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Verdict);

  it('answers each recorded object in the same words', () => {
    for (const verdict of verdicts) {
      assert.deepEqual(answer(verdict), expected(verdict), JSON.stringify(verdict.object));
    }
  });

  it('was asked enough', () => {
    assert.ok(verdicts.length > 250);
    assert.deepEqual(new Set(verdicts.map((verdict) => verdict.code)), new Set([201, 400, 422]));
  });

  function answer(verdict: Verdict): Answer {
    const resource = resourceOf(verdict.resource);
    try {
      const admitted = admission.admit(resource, asRequested(verdict.object, resource));
      if (verdict.strict && admitted.unknownFields.length > 0) return { code: 400, message: strictRefusal(resource, admitted.unknownFields) };
      const unknown = admitted.unknownFields.length === 0 ? {} : { unknown: admitted.unknownFields };
      if (admitted.errors.length === 0) return { code: 201, stored: asStored(admitted.object), ...unknown };
      return { code: 422, causes: sorted(admitted.errors.map(({ path, reason, message }) => [path, reason, message])), ...unknown };
    } catch (error) {
      assert.ok(error instanceof StatusError);
      return { code: error.code, message: error.message };
    }
  }

  function resourceOf(text: string): Resource {
    const crd = crds.find((one) => text.startsWith(`${one.plural}.${one.group}/`));
    assert.ok(crd, text);
    return { group: crd.group, version: text.split('/')[1] ?? '', kind: crd.kind, plural: crd.plural, namespaced: crd.namespaced };
  }
});

/** What the API adds before admission: the namespace of the URL, and a generated name. */
function asRequested(object: AnyObject, { namespaced }: Resource): AnyObject {
  if (typeof object.metadata !== 'object' || Array.isArray(object.metadata)) return object;
  const { name, generateName } = object.metadata as { name?: unknown; generateName?: unknown };
  const generated = (name === undefined || name === '') && typeof generateName === 'string' ? { name: `${generateName}xxxxx` } : {};
  return { ...object, metadata: { ...object.metadata, ...generated, ...(namespaced && { namespace: 'n' }) } };
}

/** Without what an API server adds, and without status, which a create cannot set. */
function asStored(object: AnyObject): AnyObject {
  const isGenerated = object.metadata.generateName !== undefined;
  const added = ['namespace', 'uid', 'generation', 'creationTimestamp', ...(isGenerated ? ['name'] : [])];
  return { ...without(object, ['status']), metadata: without(object.metadata, added) } as AnyObject;
}

function without(object: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

function expected({ code, message, causes, stored, unknown }: Verdict): Answer {
  return {
    code,
    ...(message !== undefined && { message }),
    ...(causes !== undefined && { causes: sorted(causes.map(withoutChance)) }),
    ...(stored !== undefined && { stored: asStored(stored) }),
    // A refusal as strict names its fields in the message.
    ...(unknown !== undefined && { unknown }),
  };
}

/** A generated name ends in five characters of chance. */
function withoutChance([field, reason, message]: Cause): Cause {
  return [field, reason, field === 'metadata.name' ? message.replace(/-[a-z0-9]{5}"/, '-xxxxx"') : message];
}

/** Go walks the fields of an object in no fixed order. */
function sorted(causes: readonly Cause[]): readonly Cause[] {
  return [...causes].sort((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
}

function strictRefusal({ kind, version }: Resource, fields: readonly string[]): string {
  const unknown = fields.map((field) => `unknown field "${field}"`).join(', ');
  return `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${unknown}`;
}
