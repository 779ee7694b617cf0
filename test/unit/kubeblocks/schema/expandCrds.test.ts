import assert from 'node:assert/strict';
import { compactCrds, printCompactCrds, printNodes } from '../../../../scripts/compactCrds';
import { readCrd, type CrdManifest } from '../../../../src/kubeblocks/schema/readCrd';
import type { CompactCrds, CompactNode } from '../../../../src/kubeblocks/schema/compactCrds';
import type { CrdDefinition } from '../../../../src/kubeblocks/schema/crd';
import { createSchemaPool, expandCrds } from '../../../../src/kubeblocks/schema/expandCrds';

const HEADER = { line: '1.0', source: 'a test' } as const;

const MANIFEST: CrdManifest = {
  kind: 'CustomResourceDefinition',
  metadata: { annotations: { made: 'by hand' } },
  spec: {
    group: 'example.org',
    scope: 'Cluster',
    names: { kind: 'Shelf', plural: 'shelves' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [{ name: 'SIZE', type: 'integer', jsonPath: '.spec.size', description: 'How long it is.' }],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: 'Holds books.',
            properties: {
              description: { type: 'string', description: 'A field of this name stays.' },
              title: { type: 'string', description: 'Another text.' },
              books: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }], 'x-kubernetes-int-or-string': true } },
              notes: { type: 'object', additionalProperties: { type: 'string' }, default: { description: 'kept' } },
            },
            required: ['title'],
          } as object,
        },
      },
    ],
  },
};

describe('schemas of a line', () => {
  it('lose their texts, not fields or defaults named like texts', () => {
    const [version] = readCrd(MANIFEST).versions;
    assert.deepEqual(version?.schema, {
      type: 'object',
      properties: {
        description: { type: 'string' },
        title: { type: 'string' },
        books: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }], 'x-kubernetes-int-or-string': true } },
        notes: { type: 'object', additionalProperties: { type: 'string' }, default: { description: 'kept' } },
      },
      required: ['title'],
    });
    assert.deepEqual(version.printerColumns, [{ name: 'SIZE', type: 'integer', jsonPath: '.spec.size' }]);
  });

  it('come back whole from what is stored', () => {
    assert.deepEqual(throughFile([readCrd(MANIFEST)]), [readCrd(MANIFEST)]);
  });

  it('store equal nodes once, and give them back as one object', () => {
    const schema = throughFile([readCrd(MANIFEST)])[0]?.versions[0]?.schema;
    assert.ok(schema?.properties);
    assert.equal(schema.properties.title, schema.properties.description);
    assert.equal(schema.properties.title, schema.properties.books?.items?.anyOf?.[0]);
    assert.ok(Object.isFrozen(schema.properties.title));
  });

  it('print the same whatever the order of the kinds', () => {
    const shelf = readCrd(MANIFEST);
    const book: CrdDefinition = { ...shelf, kind: 'Book', plural: 'books' };
    const print = (crds: readonly CrdDefinition[]): string => printed(crds).join('');
    assert.equal(print([shelf, book]), print([book, shelf]));
  });

  it('with a reference to a later node are refused', () => {
    const pool = createSchemaPool([{ items: 1 }, { type: 'string' }]);
    assert.throws(() => pool(0), /schema node 1 is used before it is defined/);
  });
});

function printed(definitions: readonly CrdDefinition[]): [line: string, nodes: string] {
  const { lines, nodes } = compactCrds([{ ...HEADER, definitions }]);
  return [lines.map(printCompactCrds).join(''), printNodes(nodes)];
}

function throughFile(crds: readonly CrdDefinition[]): readonly CrdDefinition[] {
  const [line, nodes] = printed(crds);
  return expandCrds(JSON.parse(line) as CompactCrds, createSchemaPool(JSON.parse(nodes) as CompactNode[]));
}
