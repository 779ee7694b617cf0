import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadCrds } from '../../src/playground/admission/loadCrds';
import { readDocumentQuickly } from '../../src/manifest/manifestDocument';
import { drawManifests, type DrawnManifest } from '../conformance/verdicts/drawManifests';
import { inFiles, type DrawnFile } from '../conformance/verdicts/files';
import { realManifests } from '../conformance/verdicts/realManifests';
import { writeJudgedFiles } from '../conformance/verdicts/recorded';
import { TAGGED, taggedManifest } from '../conformance/verdicts/tagged';
import { disagreements, ourVerdicts, type JudgedFile, type Verdict } from '../conformance/verdicts/verdicts';
import { kubectlYaml } from '../support/kubectlYaml';
import { dialectOf } from '../support/manifestDialect';
import type { ClusterLane } from './lane/clusterLane';
import { installCrds } from './lane/install';
import { LaneApiError, type LaneApi } from './lane/laneApi';
import { startCluster } from './lane/startCluster';

const ROOT = join(__dirname, '..', '..');
const REAL = ['corpus', 'corpus-md'].map((name) => join(ROOT, '..', 'shared', 'corpus', name)).filter((folder) => existsSync(folder));
const COUNT = Number(process.env.KUBEBLOCKS_VERDICTS ?? 6_000);
const SEED = Number(process.env.KUBEBLOCKS_VERDICTS_SEED ?? 1);
const RECORDED = 300;
const AT_ONCE = 12;

/**
 * KUBEBLOCKS_VERDICTS is how many manifests are asked about, KUBEBLOCKS_VERDICTS_SEED which. UPDATE_GOLDENS=1 keeps some of
 * the answers for `test/conformance/verdicts/recorded.test.ts`.
 */
describe('the manifest service, beside the real API server', () => {
  const dialect = dialectOf('1.0');
  let lane: ClusterLane;

  before(async () => {
    const { ensureClusterPrograms } = await import('../../scripts/setup/clusterPrograms.mjs');
    const { crds } = await ensureClusterPrograms();
    lane = await startCluster({ content: 'server' });
    await installCrds(lane.api, crds);
  });
  after(() => lane.stop());

  it('refuses what it refuses and takes what it takes, on the right document', async () => {
    const real = REAL.flatMap((folder) => realManifests(folder, dialect));
    await createNamespaces(lane.api, real.map(({ text }) => namespaceIn(text)));
    const drawn = drawManifests(COUNT, dialect, real, SEED);
    const answers = await ask(lane.api, drawn);
    const files = inFiles(drawn, SEED).map((file): JudgedFile & DrawnFile => ({ ...file, verdicts: file.manifests.map((manifest) => answers.get(manifest)) }));
    if (process.env.UPDATE_GOLDENS === '1') await record(lane.api);
    const differing = files.flatMap((file) => [
      ...disagreements(file, ourVerdicts(file.text, dialect)).map((what) => `${namesOf(file)}\n${what}`),
      ...disagreements(file, ourVerdicts(file.text, dialect, readDocumentQuickly)).map((what) => `${namesOf(file)}, read quickly\n${what}`),
    ]);
    const refused = drawn.filter((manifest) => answers.get(manifest) !== undefined).length;
    process.stdout.write(`\n${drawn.length} manifests in ${files.length} files, ${real.length} real ones among their models; ${refused} refused; ${differing.length} judged otherwise by us.\n`);
    for (const each of differing) process.stdout.write(`\n${each}\n`);
    assert.equal(differing.length, 0);
  });

  it('reads tags as the tests of the manifest service say', async () => {
    const kind = dialect.kindOf('dataprotection.kubeblocks.io/v1alpha1', 'Backup');
    assert.ok(kind);
    for (const [lines, isTaken] of TAGGED) {
      const answer = await answerTo(lane.api, { kind, name: lines, text: taggedManifest(lines) });
      assert.equal(answer === undefined, isTaken, `${lines}${answer ?? ''}`);
    }
  });

  /** Real manifests are others' work, and are not kept. */
  async function record(api: LaneApi): Promise<void> {
    const drawn = drawManifests(RECORDED, dialect, [], SEED + 1);
    const answers = await ask(api, drawn);
    writeJudgedFiles(inFiles(drawn, SEED).map(({ text, manifests }) => ({ text, verdicts: manifests.map((manifest) => answers.get(manifest)) })));
  }
});

function namesOf({ manifests }: DrawnFile): string {
  return manifests.map(({ name }) => name).join('\n');
}

const PLURALS = new Map(loadCrds('1.0', join(ROOT, 'schemas')).flatMap(({ group, kind, plural, versions }) => versions.map(({ name }) => [`${group}/${name} ${kind}`, plural])));

/** What the server answers to a dry run of each, under strict field validation. */
async function ask(api: LaneApi, manifests: readonly DrawnManifest[]): Promise<ReadonlyMap<DrawnManifest, Verdict>> {
  const answers = new Map<DrawnManifest, Verdict>();
  const left = [...manifests].reverse();
  const worker = async (): Promise<void> => {
    for (let manifest = left.pop(); manifest !== undefined; manifest = left.pop()) answers.set(manifest, await answerTo(api, manifest));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers;
}

async function answerTo(api: LaneApi, { kind, text }: DrawnManifest): Promise<Verdict> {
  const plural = PLURALS.get(`${kind.apiVersion} ${kind.kind}`) ?? '';
  const namespace = kind.namespaced ? `namespaces/${encodeURIComponent(namespaceIn(text))}/` : '';
  try {
    await api.create(`/apis/${kind.apiVersion}/${namespace}${plural}?dryRun=All&fieldValidation=Strict`, text);
    return undefined;
  } catch (error) {
    if (!(error instanceof LaneApiError) || error.status >= 500) throw error;
    return `${error.status} ${error.message.slice(error.message.indexOf(': ') + 2)}`;
  }
}

/** Where kubectl would send it. */
function namespaceIn(text: string): string {
  const [document] = kubectlYaml(text) as readonly ({ readonly metadata?: { readonly namespace?: unknown } | null } | string | undefined)[];
  const namespace = typeof document === 'object' ? document.metadata?.namespace : undefined;
  return typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
}

async function createNamespaces(api: LaneApi, names: readonly string[]): Promise<void> {
  for (const name of new Set(names)) if (name !== 'default') await api.create('/api/v1/namespaces', { metadata: { name } });
}
