import assert from 'node:assert/strict';
import { PROMISED_CAPABILITIES } from '../../src/kubeblocks/engineMatrix';
import { ENGINE_CASES, type EngineCase } from '../conformance/engines/engineClusters';
import { EngineJourney, type Ran, type Restored } from '../conformance/engines/engineJourney';
import { ranTable, restoredTable } from '../conformance/engines/ranTable';
import { ahead } from './support/ahead';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

/** Namespaces at work at once: each journey waits most of its time, for a schedule's minute. */
const AT_ONCE = 6;

describe('nine engines and what each can, on the real controllers', () => {
  const ran = new Map<string, Ran>();
  const restored = new Map<string, Restored>();
  const products: Product[] = [];
  let journey: (row: string) => Promise<Travel>;
  let restore: (row: string) => Promise<Restored>;

  before(() => {
    const begin = async (engine: EngineCase): Promise<Travel> => {
      const { product, travel } = await setOut(engine);
      products.push(product);
      return { travel, ran: await travel.run() };
    };
    journey = ahead(new Map(ENGINE_CASES.map((engine) => [engine.row, () => begin(engine)])), AT_ONCE);
    // One begins where the other ends: what was backed up is restored.
    restore = ahead(new Map(ENGINE_CASES.map(({ row }) => [row, async () => (await journey(row)).travel.restoreEveryWay()])), AT_ONCE);
  });

  after(() => {
    const errors = products.flatMap(({ logger }) => logger.errors);
    for (const product of products) product.dispose();
    assert.deepEqual(errors, []);
  });

  after(() => {
    process.stdout.write(`\n${ranTable('on KubeBlocks 1.0.2', ran)}\n\n${restoredTable('restored', restored)}\n`);
  });

  for (const { row, ticks } of ENGINE_CASES) {
    it(`${row}: ${ticks.replaceAll('-', '').length} of ${ticks.length}, to the end, and no offer of the others`, async () => {
      const { ran: result } = await journey(row);
      ran.set(row, result);
      assert.deepEqual(PROMISED_CAPABILITIES.map((of) => (result[of] === undefined ? '-' : 'x')).join(''), ticks);
    });
  }

  for (const { row, ticks } of ENGINE_CASES) {
    it(`${row}: restored from each backup it can make, and in each way`, async () => {
      const result = await restore(row);
      restored.set(row, result);
      assert.notEqual(result['annotation'], undefined);
      assert.equal(result['an instant'] === undefined, ticks[PROMISED_CAPABILITIES.indexOf('pitr')] !== 'x', 'to an instant where it can');
    });
  }
});

interface Travel {
  readonly travel: EngineJourney;
  readonly ran: Ran;
}

/** An engine in a namespace of its own, before anything was done with it. */
async function setOut(engine: EngineCase): Promise<{ readonly product: Product; readonly travel: EngineJourney }> {
  const lane = await sharedCluster();
  const { name } = await lane.namespace({ engine: false });
  await lane.create({ ...engine.cluster, metadata: { ...engine.cluster.metadata, namespace: name } });
  const product = new Product(lane, name);
  return { product, travel: new EngineJourney(product, engine, { now: () => Date.now(), repository: 'object-store' }) };
}
