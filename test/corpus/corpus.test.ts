import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyObject } from '../../src/kubeblocks/objects';
import type { Resource } from '../../src/kubeblocks/resource';
import type { CrdDefinition } from '../../src/kubeblocks/schema/crd';
import { createAdmission } from '../../src/playground/admission/createAdmission';
import { loadCrds } from '../../src/playground/admission/loadCrds';
import { RESOURCES } from '../../src/playground/resources';
import { createRandom } from '../../src/playground/runtime/random';
import { createObjectStore } from '../../src/playground/store/objectStore';
import type { VersionedStore } from '../../src/playground/store/versionedStore';
import { StatusError } from '../../src/playground/world';
import { kubectlYaml } from '../support/kubectlYaml';
import { sharedFolder } from '../support/sharedFolder';

const ROOT = join(__dirname, '..', '..');
const GOLDEN = join(ROOT, 'test/fixtures/corpus/1.0.tsv');
const HEADER = ['file', 'document', 'written for', 'kind', 'name', 'verdict', 'why'].join('\t');

/**
 * Manifests as people wrote them, each applied (strict) to an empty playground of the 1.0 line. The golden table says
 * what became of each; `UPDATE_GOLDEN=1` writes it anew.
 */
describe('real manifests on an empty playground', () => {
  const crds = loadCrds('1.0', join(ROOT, 'schemas'));

  it('are taken and refused as the table says', function () {
    this.timeout(60_000);
    const folder = sharedFolder(this, 'corpus/corpus');
    const rows = readdirSync(folder).sort().flatMap((file) => rowsOf(file, readFileSync(join(folder, file), 'utf8'), crds));
    const table = `${[HEADER, ...rows].join('\n')}\n`;
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(GOLDEN, table);
    assert.equal(table, readFileSync(GOLDEN, 'utf8'));
  });
});

/** A row for each document of a kind that the 1.0 line serves. */
function rowsOf(file: string, text: string, crds: readonly CrdDefinition[]): string[] {
  return (kubectlYaml(text) as AnyObject[]).flatMap((document, index) => {
    const resource = resourceOf(document, crds);
    if (resource === undefined) return [];
    const why = refusalOf(document, resource, crds);
    const verdict = why === undefined ? 'taken' : 'refused';
    return [[file, index, lineOf(document), resource.kind, nameOf(document), verdict, why ?? ''].join('\t')];
  });
}

/** What only one line understands tells for which one a manifest was written; the rest suits 1.0 too. */
function lineOf({ apiVersion, spec }: AnyObject): string {
  if (apiVersion === 'apps.kubeblocks.io/v1alpha1') return '0.9';
  return typeof spec === 'object' && spec !== null && 'restore' in spec && apiVersion === 'apps.kubeblocks.io/v1' ? '1.2' : '1.0';
}

function nameOf({ metadata }: AnyObject): string {
  return metadata.generateName === undefined ? metadata.name : `${metadata.generateName}…`;
}

function resourceOf({ apiVersion, kind }: AnyObject, crds: readonly CrdDefinition[]): Resource | undefined {
  for (const { group, kind: name, plural, namespaced, versions } of crds) {
    const version = versions.find((one) => name === kind && `${group}/${one.name}` === apiVersion);
    if (version !== undefined) return { group, version: version.name, kind, plural, namespaced };
  }
  return undefined;
}

function refusalOf(document: AnyObject, resource: Resource, crds: readonly CrdDefinition[]): string | undefined {
  const namespace = document.metadata.namespace ?? 'default';
  const object = resource.namespaced ? { ...document, metadata: { ...document.metadata, namespace } } : document;
  try {
    emptyPlayground(namespace, crds).create(resource, object, { onUnknownFields: (fields) => refuseUnknown(resource, fields) });
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.message;
  }
}

function emptyPlayground(namespace: string, crds: readonly CrdDefinition[]): VersionedStore {
  const store = createObjectStore({
    clock: { timestamp: () => '2026-01-01T00:00:00Z' },
    random: createRandom(1),
    admission: createAdmission(crds),
  });
  store.create(RESOURCES.namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  return store;
}

function refuseUnknown({ kind, version }: Resource, fields: readonly string[]): void {
  if (fields.length === 0) return;
  const unknown = fields.map((field) => `unknown field "${field}"`).join(', ');
  throw new StatusError(400, 'BadRequest', `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${unknown}`);
}
