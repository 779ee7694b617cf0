import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readCrdFolders } from '../../scripts/readCrdFolders';
import { KINDS, type KubeBlocksLine } from '../../src/kubeblocks/kinds';
import { qualifiedName, type Resource } from '../../src/kubeblocks/resource';
import type { CrdDefinition } from '../../src/kubeblocks/schema/crd';
import { loadCrds } from '../../src/playground/admission/loadCrds';
import { RESOURCES } from '../../src/playground/resources';
import { sharedFolder } from '../support/sharedFolder';

const SCHEMAS = join(__dirname, '..', '..', 'schemas');

describe('schemas', () => {
  const served = byName(loadCrds('1.0', SCHEMAS));
  const custom = Object.values<Resource>({ ...KINDS, ...RESOURCES }).filter(isCustom);

  for (const resource of custom) {
    it(`of 1.0 serve ${resource.kind} as the code names it`, () => {
      const crd = served.get(qualifiedName(resource));
      assert.ok(crd, `${qualifiedName(resource)} is missing`);
      assert.equal(crd.kind, resource.kind);
      assert.equal(crd.namespaced, resource.namespaced);
      assert.ok(crd.versions.some((version) => version.name === resource.version && version.served));
    });
  }

  const releases: readonly (readonly [line: KubeBlocksLine, folder: string])[] = [
    ['0.7', 'v0.7.5'],
    ['0.8', 'v0.8.4'],
    ['0.9', 'v0.9.5'],
    ['1.0', 'v1.0.2'],
    ['1.1', 'release-1.1'],
    ['1.2', 'main'],
  ];
  for (const [line, folder] of releases) {
    it(`of ${line} are the structure of the CRDs they were made from`, function () {
      this.timeout(60_000);
      const originals = readCrdFolders([join(sharedFolder(this, 'kubeblocks/crds'), folder)]);
      const ours = byName(loadCrds(line, SCHEMAS));
      assert.ok(originals.length >= 10);
      for (const original of originals) assert.deepEqual(ours.get(nameOf(original)), original, nameOf(original));
    });
  }
});

/** Kinds of KubeBlocks and of the snapshot API; Kubernetes' own groups have one word, or belong to its own domains. */
function isCustom({ group }: Resource): boolean {
  return group.endsWith('.kubeblocks.io') || group === 'snapshot.storage.k8s.io';
}

function byName(crds: readonly CrdDefinition[]): ReadonlyMap<string, CrdDefinition> {
  return new Map(crds.map((crd) => [nameOf(crd), crd]));
}

function nameOf({ plural, group }: CrdDefinition): string {
  return `${plural}.${group}`;
}
