import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { createPlayground } from '../../src/playground/playground';
import { PLAYGROUND_NAMESPACE } from '../../src/playground/kubeconfig';
import { runSoak, type SoakOptions, type SoakServer } from './soak';

const ROOT = path.resolve(__dirname, '../..');

/**
 * `npm run soak -- --minutes 10 --seed 1`: a session through a network whose faults change at random, for that long of
 * real time, against a playground of its own, with `--cluster` a cluster of the cluster lane, or, with `--server`, `--token`
 * and `--namespace`, any API server that has KubeBlocks' kinds (`--ca` names the file of its authority).
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      cluster: { type: 'boolean', default: false },
      server: { type: 'string' },
      token: { type: 'string', default: '' },
      namespace: { type: 'string', default: 'default' },
      ca: { type: 'string' },
    },
  });
  const options = { minutes: Number(values.minutes), seed: Number(values.seed), say: (line: string) => void process.stdout.write(`${line}\n`) };
  if (!(options.minutes > 0) || !Number.isInteger(options.seed)) {
    process.stderr.write('--minutes wants a number above 0, --seed a whole number.\n');
    return 2;
  }
  if (values.cluster) {
    return soakCluster(options);
  }
  if (values.server !== undefined) {
    const authority = values.ca === undefined ? {} : { certificateAuthority: await readText(values.ca) };
    return report(await runSoak({ address: values.server, token: values.token, namespace: values.namespace, ...authority }, options));
  }
  const playground = await createPlayground({
    line: '1.0',
    schemasFolder: path.join(ROOT, 'schemas'),
    dataFolder: path.join(ROOT, 'src/playground'),
    seed: options.seed,
  });
  const { address, token, certificateAuthority } = playground;
  const server: SoakServer = { address, token, namespace: PLAYGROUND_NAMESPACE, ...(certificateAuthority === undefined ? {} : { certificateAuthority }) };
  try {
    return report(await runSoak(server, options));
  } finally {
    await playground.close();
  }
}

/** The real API server and the real controllers. */
async function soakCluster(options: SoakOptions): Promise<number> {
  const { startCluster } = await import('../cluster/lane/startCluster.js');
  const lane = await startCluster({ onStep: (step, after) => options.say(`${(after / 1000).toFixed(1)} s: ${step}`) });
  try {
    const { name } = await lane.namespace({ name: 'soak', engine: false });
    return report(await runSoak({ address: lane.server, certificateAuthority: lane.authority, token: lane.tokens.administrator, namespace: name }, options));
  } finally {
    await lane.stop();
  }
}

async function readText(file: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(file, 'utf8');
}

function report(problems: readonly string[]): number {
  process.stdout.write(problems.length === 0 ? 'The soak found nothing wrong.\n' : `The soak found: ${problems.join('; ')}.\n`);
  return problems.length === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
