import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crdObject } from '../../../src/playground/admission/crdObject';
import { differencesOf } from './differences';
import { reasonFor } from './known';
import { customKinds, startPlaygroundApi } from './playgroundApi';
import { kubernetesProgram, startRealApi, type RealApi } from './realApi';
import type { Observation } from './scenario';
import { SCENARIOS } from './scenarios';

const ROOT = join(__dirname, '../../..');
const GOLDEN = join(ROOT, 'test/fixtures/conformance/api/kubernetes-1.34.4.json');

/**
 * Compares with a real API server where its program is at hand, else with what one answered. UPDATE_GOLDENS=1 records
 * its answers anew.
 */
describe('the API, beside a real API server', function () {
  this.timeout(120_000);
  const recorded = existsSync(GOLDEN) ? (JSON.parse(readFileSync(GOLDEN, 'utf8')) as Record<string, Observation>) : {};
  const seen: Record<string, Observation> = {};
  const differing = new Set<string>();
  let playground: RealApi;
  let real: RealApi | undefined;

  before(async () => {
    playground = await startPlaygroundApi();
    const program = kubernetesProgram(ROOT);
    if (program === undefined) return;
    real = await startRealApi(program);
    for (const crd of customKinds()) {
      const { apiVersion, kind, metadata, spec } = crdObject(crd, '');
      await real.client.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', { body: { apiVersion, kind, metadata, spec } });
      const group = `/apis/${crd.group}/${crd.versions[0]?.name ?? ''}`;
      await untilServed(real, `${group}/${crd.plural}`);
      await untilServed(real, group);
    }
  });
  after(async () => {
    await Promise.all([playground.close(), real?.close()]);
    const count = Object.keys(seen).length;
    process.stdout.write(`\n${count} scenarios of the API on the playground, ${count} on the real side (${real === undefined ? 'recorded' : 'live'}): ${differing.size} differ.\n`);
    if (process.env.UPDATE_GOLDENS !== '1' || real === undefined) return;
    mkdirSync(dirname(GOLDEN), { recursive: true });
    writeFileSync(GOLDEN, `{\n${Object.entries(seen).map(([name, observation]) => `${JSON.stringify(name)}: ${JSON.stringify(observation)}`).join(',\n')}\n}\n`);
  });

  for (const scenario of SCENARIOS) {
    it(scenario.name, async () => {
      const expected = real === undefined ? recorded[scenario.name] : await scenario.run(real.client);
      assert.ok(expected, 'never recorded: run it once with the program of the cluster lane and UPDATE_GOLDENS=1');
      seen[scenario.name] = expected;
      const actual = await scenario.run(playground.client);
      const faults = differencesOf(scenario.name, expected, actual).filter((difference) => reasonFor(difference) === undefined);
      if (faults.length > 0) differing.add(scenario.name);
      assert.deepEqual(faults, []);
    });
  }
});

async function untilServed({ client }: RealApi, path: string): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    if ((await client.call('GET', path)).status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${path} is not served`);
}
