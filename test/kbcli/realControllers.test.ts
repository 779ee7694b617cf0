import assert from 'node:assert/strict';
import type { LaneApi } from '../cluster/lane/laneApi';
import { startCluster } from '../cluster/lane/startCluster';
import { untilObject } from '../cluster/lane/untilObject';
import { untilSome } from '../cluster/lane/untilSome';
import { laneSide } from '../conformance/stories/laneSide';
import { startPlaygroundSide } from '../conformance/stories/playgroundSide';
import { Kbcli } from './kbcli';
import { differences, masked } from './masked';
import { NAMESPACE, SCRIPT } from './script';

/** kbcli says the same of the playground as of Kubernetes with KubeBlocks 1.0.2, but for names and times. */
describe('kbcli on the playground and on the real controllers', function () {
  this.timeout(600_000);
  const said = { real: new Map<number, string>(), playground: new Map<number, string>() };
  const compared: string[] = [];

  before(async function () {
    const { missingForCluster } = await import('../../scripts/setup/clusterPrograms.mjs');
    const lack = missingForCluster();
    if (lack !== undefined) {
      process.stdout.write(`  not run: ${lack}\n`);
      this.skip();
    }
    const lane = await startCluster();
    const playground = await startPlaygroundSide();
    try {
      const [real, simulated] = [laneSide(lane), playground];
      await Promise.all([real, simulated].map((side) => side.namespace(NAMESPACE, 'postgresql')));
      await Promise.all([
        play(lane.kubeconfigFor('administrator', NAMESPACE), lane.api, said.real),
        play(playground.kubeconfig, playground.api, said.playground),
      ]);
      assert.deepEqual([lane.problems.map(String), playground.problems.map(String)], [[], []]);
    } finally {
      await playground.close();
      await lane.stop();
    }
  });
  after(() => {
    process.stdout.write(`\n${compared.join('\n')}\n`);
  });

  for (const [index, { args }] of SCRIPT.entries()) {
    it(`${index + 1}: kbcli ${args.join(' ')}`, () => {
      const [real = '', playground = ''] = [said.real.get(index), said.playground.get(index)];
      const found = differences(real, playground);
      compared.push(`kbcli ${args.join(' ')}: ${found.length === 0 ? `the same, ${real.split('\n').length} lines` : ['differs', ...found].join('\n    ')}`);
      assert.deepEqual(found, []);
    });
  }
});

async function play(kubeconfig: string, api: LaneApi, said: Map<number, string>): Promise<void> {
  const kbcli = new Kbcli(kubeconfig, NAMESPACE);
  try {
    for (const [index, { args, typed, then }] of SCRIPT.entries()) {
      said.set(index, masked(await kbcli.run(args, typed)));
      if (then?.of === 'object') await untilObject(api, then.path, then.what, then.isSo);
      if (then?.of === 'some') await untilSome(api, then.path, then.what, then.isSo);
    }
  } finally {
    kbcli.dispose();
  }
}
