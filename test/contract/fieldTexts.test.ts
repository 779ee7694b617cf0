import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINES } from '../../src/kubeblocks/kinds';
import type { StructuralSchema } from '../../src/kubeblocks/schema/crd';
import { fieldText, type FieldParts, type FieldTexts } from '../../src/manifest/fieldTexts';
import type { Path } from '../../src/manifest/manifestPath';
import { dialectOf } from '../support/manifestDialect';

const FOLDER = join(__dirname, '..', '..', 'schemas', 'fields');
const KINDS = ['Backup', 'BackupPolicy', 'BackupPolicyTemplate', 'BackupSchedule', 'BackupRepo', 'ActionSet', 'StorageProvider', 'Restore'];

/** Kubernetes' own types: what is in them is described elsewhere. */
const UPSTREAM = new Set(['env', 'envFrom', 'volumeMounts', 'matchExpressions', 'fallbackLabelSelector', 'labelSelector', 'selector', 'affinity', 'tolerations', 'topologySpreadConstraints', 'dataSourceRef', 'volumeClaimSpec', 'openAPIV3Schema']);

describe('texts of fields', () => {
  const parts = read<FieldParts>('parts');
  for (const kind of KINDS) {
    it(`describe every field of ${kind} that a person may write, on every line`, () => {
      const texts = read<FieldTexts>(kind);
      const paths = new Map(LINES.flatMap((line) => fieldsOn(line, kind)).map((path) => [path.join('/'), path]));
      assert.ok(paths.size > 4);
      const without = [...paths].filter(([, path]) => fieldText(texts, parts, path) === undefined).map(([text]) => text);
      assert.deepEqual(without, []);
    });
  }

  it('leave to the schema what it says itself', () => {
    for (const texts of [...KINDS.map((kind) => read<FieldTexts>(kind)), ...Object.values(parts)]) {
      for (const [path, entry] of Object.entries(texts)) assert.doesNotMatch(typeof entry === 'string' ? entry : entry[0], /cannot be changed\.$/, path);
    }
  });

  it('are sentences', () => {
    for (const texts of [...KINDS.map((kind) => read<FieldTexts>(kind)), ...Object.values(parts)]) {
      for (const [path, entry] of Object.entries(texts)) assert.match(typeof entry === 'string' ? entry : entry[0], /^[A-Z*].*\.$|^retainLatestBackup .*\.$/, path);
    }
  });
});

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as T;
}

function fieldsOn(line: (typeof LINES)[number], kind: string): Path[] {
  const dialect = dialectOf(line);
  return dialect.versionsOf(kind).flatMap((version) => below(dialect.kindOf(version, kind)?.schema.properties?.['spec'], ['spec']));
}

function below(schema: StructuralSchema | undefined, path: Path): Path[] {
  const last = path.findLast((step) => typeof step === 'string') ?? '';
  if (schema === undefined || UPSTREAM.has(last) || (last === 'resources' && schema.properties?.['limits'] !== undefined)) return [path];
  const fields = (of: StructuralSchema | undefined, at: Path): Path[] => Object.entries(of?.properties ?? {}).flatMap(([key, field]) => below(field, [...at, key]));
  return [path, ...fields(schema, path), ...fields(schema.items, [...path, 0])];
}
