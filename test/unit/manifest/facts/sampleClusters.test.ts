import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { emptyInventory, keyOf, type Inventory } from '../../../../src/kubeblocks/inventory';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { KubeObject } from '../../../../src/kubeblocks/objects';
import { PROJECTIONS } from '../../../../src/kubernetes/projection';
import { COLLECTIONS, inventoryFacts } from '../../../../src/manifest/facts/inventoryFacts';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile } from '../../../../src/manifest/manifestFile';
import { readManifests } from '../../../../src/playground/samples/readManifests';
import { HISTORY_HOURS, scheduleHistory } from '../../../../src/playground/samples/sampleHistory';
import type { ObjectStore } from '../../../../src/playground/world';
import { createClusterStage, NOW } from '../../../support/clusterStage';
import { dialectOf } from '../../../support/manifestDialect';

const HOUR_MS = 3_600_000;

describe('live objects, judged by the inventory of their cluster', function () {
  this.timeout(60_000);
  let store: ObjectStore;

  before(() => {
    const stage = createClusterStage({ start: NOW - HISTORY_HOURS * HOUR_MS });
    scheduleHistory(readManifests('src/playground/samples/clusters'), NOW, stage.world, stage.faults);
    stage.clock.advanceTo(NOW);
    store = stage.store;
  });

  for (const resource of Object.values(KINDS)) {
    it(`find of a ${resource.kind} what is true, and no more`, () => {
      const facts = [inventoryFacts(inventoryOf(store))];
      const found = store.list(resource).flatMap((object) => {
        const file = readFile(stringify(object));
        return judgeFile(file, facts, dialectOf('1.0'))
          .filter(({ severity }) => severity === 'error' || severity === 'warning')
          .map(({ code, message }) => `${object.metadata.name}: ${code} ${message}`);
      });
      assert.deepEqual(found, TRUE_FINDINGS[resource.kind] ?? []);
    });
  }
});

/** What is amiss with the samples on purpose. */
const TRUE_FINDINGS: Readonly<Record<string, readonly string[]>> = {
  Cluster: ['catalog: KB-C010 With WipeOut the backups go when the cluster is deleted, also those that are to bring it back. Delete keeps them.'],
  BackupRepo: [
    'offsite: KB-R004 offsite.playground.invalid is no endpoint of s3. For another server that speaks S3 use storage provider s3-compatible, with forcePathStyle: "true" where buckets have no host names.',
  ],
};

/** As the side bar would hold it: of every object what the projection keeps. */
function inventoryOf(store: ObjectStore): Inventory {
  const collections = Object.values(KINDS).flatMap((resource) => {
    const name = (COLLECTIONS as Readonly<Record<string, keyof typeof PROJECTIONS | undefined>>)[resource.kind];
    if (name === undefined) return [];
    const kept = store.list(resource).map((object): KubeObject | undefined => PROJECTIONS[name](object)).filter((object) => object !== undefined);
    return [[name, { state: { state: 'ready', asOf: NOW }, items: new Map(kept.map((object) => [keyOf(object), object])) }]];
  });
  return { ...emptyInventory('kind-prod'), ...(Object.fromEntries(collections) as Partial<Inventory>) };
}
