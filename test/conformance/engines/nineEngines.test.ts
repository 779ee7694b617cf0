import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PROMISED_CAPABILITIES } from '../../../src/kubeblocks/engineMatrix';
import { PROMISED_ADDONS } from '../../../src/kubeblocks/introduction';
import { createPlayground, type Playground } from '../../../src/playground/playground';
import { resourceOf } from '../../../src/playground/samples/createAll';
import { ahead } from '../../cluster/support/ahead';
import { Product } from '../../cluster/support/product';
import { ENGINE_CASES, NAMESPACE, REPOSITORY } from './engineClusters';
import { EngineJourney, type Ran, type Restored } from './engineJourney';
import { ranTable, restoredTable } from './ranTable';

const ROOT = join(__dirname, '../../..');
const USER = 'administrator';
/** Playground seconds a second: schedules run each minute. */
const SPEED = 40;

/** Nine engines by eight capabilities, each the whole way by the extension's own operations. */
describe('nine engines and what each can', function () {
  this.timeout(120_000);
  const problems: string[] = [];
  const ran = new Map<string, Ran>();
  let playground: Playground;
  let product: Product;
  let journey: (row: string) => Promise<Ran>;
  let restore: (row: string) => Promise<Restored>;
  const restored = new Map<string, Restored>();

  before(async () => {
    playground = await createPlayground({
      line: '1.0',
      schemasFolder: join(ROOT, 'schemas'),
      dataFolder: join(ROOT, 'src', 'playground'),
      empty: true,
      speed: SPEED,
      onError: (error, where) => problems.push(`${where}: ${String(error)}`),
    });
    product = new Product({ kubeconfigFor: () => playground.kubeconfig.replaceAll('kubeblocks-playground', USER) }, NAMESPACE, USER);
    for (const object of [...REPOSITORY, ...ENGINE_CASES.map(({ cluster }) => cluster)]) {
      await product.deps.api.create(resourceOf(object), object);
    }
    const journeys = new Map(ENGINE_CASES.map((engine) => [engine.row, new EngineJourney(product, engine, { now: () => playground.clock.now(), repository: 'matrix-store' })]));
    journey = ahead(new Map([...journeys].map(([row, each]) => [row, () => each.run()])), ENGINE_CASES.length);
    restore = async (row) => {
      await journey(row);
      return journeys.get(row)?.restoreEveryWay() ?? {};
    };
  });

  after(async () => {
    product.dispose();
    await playground.close();
    process.stdout.write(`\n${ranTable('on the playground', ran)}\n\n${restoredTable('restored', restored)}\n`);
    assert.deepEqual([product.logger.errors, problems], [[], []]);
  });

  it('are the nine of the introduction page', () => {
    assert.equal(PROMISED_ADDONS.length, 9);
    assert.equal(new Set(ENGINE_CASES.map(({ row }) => row.replace(/ \(.*/, ''))).size, 9);
  });

  for (const { row, ticks } of ENGINE_CASES) {
    it(`${row}: ${ticks.replaceAll('-', '').length} of ${ticks.length}, to the end, and no offer of the others`, async () => {
      const result = await journey(row);
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
