import assert from 'node:assert/strict';
import { PROMISED_CAPABILITIES } from '../../src/kubeblocks/engineMatrix';
import { ENGINE_CASES, type EngineCase } from '../conformance/engines/engineClusters';
import { EngineJourney, type Ran } from '../conformance/engines/engineJourney';
import { ranTable } from '../conformance/engines/ranTable';
import { ahead } from './support/ahead';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

/** Namespaces at work at once: each journey waits most of its time, for a schedule's minute. */
const AT_ONCE = 6;

describe('nine engines and what each can, on the real controllers', () => {
  const ran = new Map<string, Ran>();
  let journey: (row: string) => Promise<Ran>;

  before(() => {
    journey = ahead(new Map(ENGINE_CASES.map((engine) => [engine.row, () => run(engine)])), AT_ONCE);
  });

  after(() => {
    process.stdout.write(`\n${ranTable('on KubeBlocks 1.0.2', ran)}\n`);
  });

  for (const { row, ticks } of ENGINE_CASES) {
    it(`${row}: ${ticks.replaceAll('-', '').length} of ${ticks.length}, to the end, and no offer of the others`, async () => {
      const result = await journey(row);
      ran.set(row, result);
      assert.deepEqual(PROMISED_CAPABILITIES.map((of) => (result[of] === undefined ? '-' : 'x')).join(''), ticks);
    });
  }
});

async function run(engine: EngineCase): Promise<Ran> {
  const lane = await sharedCluster();
  const { name } = await lane.namespace({ engine: false });
  await lane.create({ ...engine.cluster, metadata: { ...engine.cluster.metadata, namespace: name } });
  const product = new Product(lane, name);
  try {
    return await new EngineJourney(product, engine, { now: () => Date.now(), repository: 'object-store' }).run();
  } finally {
    product.dispose();
    assert.deepEqual(product.logger.errors, []);
  }
}
