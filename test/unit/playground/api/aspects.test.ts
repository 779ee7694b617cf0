import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { createCertificate } from '../../../../src/playground/api/certificate';
import { humanDuration } from '../../../../src/playground/api/columns/humanDuration';
import { parseLabelSelector } from '../../../../src/playground/api/labelSelector';
import { mergePatch } from '../../../../src/playground/api/mergePatch';
import { decodeProtobuf } from '../../../../src/playground/api/protobuf';
import { strategicMergePatch } from '../../../../src/playground/api/strategicMergePatch';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('ages', () => {
  const table: readonly (readonly [number, string])[] = [
    [-5 * SECOND, '<invalid>'],
    [0, '0s'],
    [119 * SECOND, '119s'],
    [2 * MINUTE, '2m'],
    [2 * MINUTE + 38 * SECOND, '2m38s'],
    [17 * MINUTE + 20 * SECOND, '17m'],
    [179 * MINUTE, '179m'],
    [3 * HOUR, '3h'],
    [3 * HOUR + 5 * MINUTE, '3h5m'],
    [47 * HOUR, '47h'],
    [2 * DAY, '2d'],
    [2 * DAY + 3 * HOUR, '2d3h'],
    [8 * DAY, '8d'],
    [800 * DAY, '2y70d'],
    [3000 * DAY, '8y'],
  ];
  for (const [ms, text] of table) it(`shows ${ms / SECOND} s as ${text}`, () => assert.equal(humanDuration(ms), text));
});

describe('label selectors', () => {
  const labels = { app: 'pg', tier: 'gold', size: '5', 'example.com/x': 'y' };
  const table: readonly (readonly [string, boolean])[] = [
    ['', true],
    ['app=pg', true],
    ['app==pg,tier!=gold', false],
    ['app', true],
    ['!app', false],
    ['!nope', true],
    ['nope!=x', true],
    ['tier in (gold, silver)', true],
    ['tier notin (gold,silver)', false],
    ['nope notin (a)', true],
    ['nope in (a)', false],
    ['app in (pg),tier in (gold)', true],
    ['size>4', true],
    ['size<4', false],
    ['example.com/x=y', true],
  ];
  for (const [selector, selects] of table) {
    it(`${selects ? 'select' : 'pass over'} by ${JSON.stringify(selector)}`, () => {
      const object: AnyObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', labels } };
      assert.equal(parseLabelSelector(selector)(object), selects);
    });
  }
});

describe('patches', () => {
  it('merge as RFC 7386 has it', () => {
    assert.deepEqual(mergePatch({ a: 'b', c: { d: 'e', f: 'g' } }, { a: 'z', c: { f: null } }), { a: 'z', c: { d: 'e' } });
    assert.deepEqual(mergePatch({ a: [1, 2] }, { a: [3] }), { a: [3] });
    assert.deepEqual(mergePatch({ a: 'foo' }, ['c']), ['c']);
  });

  it('merge strategically by the keys of lists, with their directives', () => {
    const pod = { spec: { containers: [{ name: 'a', image: '1', env: [{ name: 'X', value: '1' }] }, { name: 'b', image: '1' }] } };
    const patch = {
      spec: {
        $setElementOrder: undefined,
        '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }],
        containers: [
          { name: 'a', image: '2', env: [{ name: 'Y', value: '2' }] },
          { name: 'b', $patch: 'delete' },
          { name: 'c', image: '1' },
        ],
      },
    };
    assert.deepEqual(strategicMergePatch(pod, patch), {
      spec: {
        containers: [
          { name: 'c', image: '1' },
          { name: 'a', image: '2', env: [{ name: 'X', value: '1' }, { name: 'Y', value: '2' }] },
        ],
      },
    });
    assert.deepEqual(strategicMergePatch({ a: { b: 1 } }, { a: { $patch: 'replace', c: 2 } }), { a: { c: 2 } });
    assert.deepEqual(strategicMergePatch({ metadata: { finalizers: ['x', 'y'] } }, { metadata: { '$deleteFromPrimitiveList/finalizers': ['x'] } }), {
      metadata: { finalizers: ['y'] },
    });
  });
});

describe('the server’s certificate', () => {
  it('is one that a client may trust for 127.0.0.1', () => {
    const { certificate } = createCertificate(Date.parse('2026-01-01T00:00:00Z'));
    const read = new X509Certificate(certificate);
    assert.ok(read.verify(read.publicKey));
    assert.equal(read.checkIP('127.0.0.1'), '127.0.0.1');
    assert.equal(read.checkHost('localhost'), 'localhost');
    assert.deepEqual([read.validFrom, read.validTo], ['Dec 31 00:00:00 2025 GMT', 'Jan  1 00:00:00 2027 GMT']);
  });
});

describe('protobuf', () => {
  /** `kubectl create configmap c --from-literal=a=b`, as it was sent. */
  const CONFIG_MAP = frame('v1', 'ConfigMap', Buffer.concat([delimited(1, delimited(1, Buffer.from('c'))), delimited(2, entry('a', 'b'))]));

  it('is read into what its JSON would be', () => {
    assert.deepEqual(decodeProtobuf(CONFIG_MAP), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 'b' } });
  });

  it('is not guessed at where a kind or a field is unknown', () => {
    assert.equal(decodeProtobuf(frame('v1', 'Unheard', Buffer.alloc(0))), undefined);
    assert.equal(decodeProtobuf(frame('v1', 'ConfigMap', delimited(99, Buffer.from('x')))), undefined);
    assert.equal(decodeProtobuf(Buffer.from('{}')), undefined);
  });

  it('that is cut short is refused', () => {
    assert.throws(() => decodeProtobuf(CONFIG_MAP.subarray(0, CONFIG_MAP.length - 2)), SyntaxError);
  });

  function frame(apiVersion: string, kind: string, raw: Buffer): Buffer {
    const typeMeta = Buffer.concat([delimited(1, Buffer.from(apiVersion)), delimited(2, Buffer.from(kind))]);
    return Buffer.concat([Buffer.from('k8s\0'), delimited(1, typeMeta), delimited(2, raw)]);
  }

  function entry(key: string, value: string): Buffer {
    return Buffer.concat([delimited(1, Buffer.from(key)), delimited(2, Buffer.from(value))]);
  }

  function delimited(field: number, content: Buffer): Buffer {
    const tag = field * 8 + 2;
    const tagBytes = tag < 0x80 ? [tag] : [(tag & 0x7f) | 0x80, tag >> 7];
    return Buffer.concat([Buffer.from([...tagBytes, content.length]), content]);
  }
});
