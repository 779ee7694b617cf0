import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { KubeObject } from '../../../../src/kubeblocks/objects';
import type { SecretKeys } from '../../../../src/kubeblocks/policyPlan';
import type { SecretReader } from '../../../../src/kubeblocks/secretReader';
import { hover } from '../../../../src/manifest/assist/hover';
import { secretNamespaceAt } from '../../../../src/manifest/assist/secretValues';
import { secretsNamedIn } from '../../../../src/manifest/assist/secretsNamedIn';
import { secretFacts, secretNameFacts, type AskedSecret } from '../../../../src/manifest/facts/secretFacts';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile } from '../../../../src/manifest/manifestFile';
import { MOST_SECRETS, NamedSecrets } from '../../../../src/manifest/session/namedSecrets';
import { secretReader } from '../../../../src/operations/secretKeys';
import { FakeKubernetesApi } from '../../../support/fakeKubernetesApi';
import { RecordingLogger } from '../../../support/recordingLogger';
import { assistContext, atCaret, labels } from '../../../support/manifestCaret';
import { dialectOf } from '../../../support/manifestDialect';

type Answer = SecretKeys | 'missing' | 'forbidden';

const DP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\n';
const policy = (ref: string): string =>
  `${DP}kind: BackupPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n  target: {podSelector: {matchLabels: {a: b}}}\n  backupMethods: [{name: m, snapshotVolumes: true, targetVolumes: {volumes: [data]}}]\n  encryptionConfig:\n    algorithm: AES-256-CFB\n    passPhraseSecretKeyRef:\n${ref}`;
const repository = (secret: string): string => `${DP}kind: BackupRepo\nmetadata: {name: r}\nspec:\n  storageProviderRef: s3\n  pvReclaimPolicy: Retain\n  config: {bucket: b, region: eu-west-1}\n  credential: {name: ${secret}, namespace: kb}\n`;
const named = (text: string): string[] => secretsNamedIn(readFile(text).documents.flatMap(({ document }) => document.objects)).map(({ namespace, name }) => `${namespace}/${name}`);

/** A cluster whose answers wait until they are let go. */
class Cluster implements SecretReader {
  readonly context = 'prod';
  readonly asked: string[] = [];
  readonly signals: AbortSignal[] = [];
  atOnce = 0;
  mostAtOnce = 0;

  constructor(readonly answers: Map<string, Answer>) {}

  async keys(namespace: string, name: string, signal?: AbortSignal): Promise<Answer> {
    this.asked.push(`${namespace}/${name}`);
    if (signal !== undefined) this.signals.push(signal);
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    this.atOnce -= 1;
    const answer = this.answers.get(name);
    if (answer === undefined) throw new Error('connection reset');
    return answer;
  }

  names(namespace: string): Promise<readonly string[] | undefined> {
    this.asked.push(`${namespace}/`);
    return Promise.resolve(namespace === 'shut' ? undefined : [...this.answers.keys()]);
  }
}

function stage(answers: Readonly<Record<string, Answer>> = {}) {
  const cluster = new Cluster(new Map(Object.entries(answers)));
  const time = { now: 0 };
  const told = { times: 0 };
  const logger = new RecordingLogger();
  const connected: { reader: SecretReader | undefined } = { reader: cluster };
  const secrets = new NamedSecrets({ reader: () => connected.reader, now: () => time.now, logger, onChange: () => (told.times += 1) });
  const want = (...names: string[]): Promise<void> => secrets.want(names.map((name) => ({ namespace: 'shop', name })));
  const knows = (name: string): string => {
    const { source } = secrets;
    if (source === undefined) return 'nothing';
    if (source.lacks?.('Secret', 'shop', name) === true) return 'missing';
    return source.list('Secret', 'shop')?.facts.some(({ object }) => object.metadata.name === name) === true ? 'there' : 'unknown';
  };
  return { cluster, time, told, logger, connected, secrets, want, knows };
}

describe('Secrets that manifests name', () => {
  it('are those of every field that names one, but not what the file holds, nor what is no name', () => {
    assert.deepEqual(named(`${policy('      name: pass\n      key: k\n')}---\n${policy('      name: pass\n      key: other\n')}---\n${repository('keys')}`), ['shop/pass', 'kb/keys']);
    assert.deepEqual(named(`${policy('      name: pass\n')}---\napiVersion: v1\nkind: Secret\nmetadata: {name: pass, namespace: shop}\n`), []);
    for (const half of ['""', '<name>', '../x', 'Pass']) assert.deepEqual(named(repository(half)), []);
    assert.deepEqual(named(policy('      name: pass\n').replace(', namespace: shop', '')), []);
    assert.deepEqual(named(`${DP}kind: Restore\nmetadata: {name: r, namespace: shop}\nspec: {backup: {name: b, namespace: x}, env: [{name: A, valueFrom: {secretKeyRef: {name: pass, key: k}}}]}\n`), ['shop/pass']);
  });

  it('are asked for once however many want them, a few at a time, and again when the answer is old', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `s${index}`);
    const { cluster, want, time, told } = stage(Object.fromEntries(names.map((name) => [name, { name, keys: ['k'] }])));
    await Promise.all([want(...names), want(...names), want('s0')]);
    assert.deepEqual(cluster.asked, names.map((name) => `shop/${name}`));
    assert.equal(cluster.mostAtOnce, 4);
    const before = told.times;
    time.now = 29_999;
    await want('s0');
    assert.equal(cluster.asked.length, 9);
    time.now = 30_000;
    await want('s0');
    assert.equal(cluster.asked.length, 10);
    assert.equal(told.times, before);
  });

  it('that were missing are seen when they come, what was known staying until then', async () => {
    const { cluster, want, knows, time, told, secrets } = stage({ pass: 'missing' });
    await want('pass');
    assert.equal(knows('pass'), 'missing');
    const before = secrets.source;
    time.now = 10_000;
    await want('pass');
    assert.equal(secrets.source, before);
    cluster.answers.set('pass', { name: 'pass', keys: ['k'] });
    time.now = 20_000;
    const asking = want('pass');
    assert.equal(knows('pass'), 'missing');
    await asking;
    assert.equal(knows('pass'), 'there');
    assert.equal(told.times, 2);
  });

  it('of which there is no answer, or a refusal, are not known, and a refusal is believed longer', async () => {
    const { cluster, want, knows, time, secrets, logger } = stage({ refused: 'forbidden' });
    await want('refused', 'reset');
    assert.deepEqual([knows('refused'), knows('reset')], ['unknown', 'unknown']);
    assert.deepEqual(secrets.forbidden.map(({ name }) => name), ['refused']);
    assert.match(logger.lines.join('\n'), /Secret shop\/reset could not be read: connection reset/);
    time.now = 60_000;
    await want('refused', 'reset');
    assert.deepEqual(cluster.asked, ['shop/refused', 'shop/reset', 'shop/reset']);
  });

  it('of another connection are forgotten, and what was under way is given up', async () => {
    const { cluster, want, knows, connected, secrets, told } = stage({ pass: 'missing', late: 'missing' });
    await want('pass');
    const asking = want('late');
    await Promise.resolve();
    connected.reader = undefined;
    assert.equal(knows('pass'), 'nothing');
    assert.equal(cluster.signals.at(-1)?.aborted, true);
    await asking;
    await want('pass');
    assert.equal(cluster.asked.length, 2);
    assert.equal(told.times, 1);
    connected.reader = cluster;
    assert.equal(knows('late'), 'nothing');
    secrets.dispose();
  });

  it('are kept up to a number', async () => {
    const { want, knows } = stage(Object.fromEntries(Array.from({ length: MOST_SECRETS + 1 }, (_, index) => [`s${index}`, 'missing'])));
    await want(...Array.from({ length: MOST_SECRETS }, (_, index) => `s${index}`));
    await want(`s${MOST_SECRETS}`);
    assert.deepEqual([knows('s0'), knows('s1'), knows(`s${MOST_SECRETS}`)], ['unknown', 'missing', 'missing']);
  });

  it('are offered by name after one list of a namespace, and none where they may not be listed', async () => {
    const { cluster, secrets } = stage({ pass: 'missing', other: 'missing' });
    const lists = await Promise.all([secrets.namesIn('shop'), secrets.namesIn('shop'), secrets.namesIn('shut')]);
    assert.deepEqual(lists[0]?.list('Secret', 'shop')?.facts.map(({ object }) => object.metadata.name), ['pass', 'other']);
    assert.equal(lists[2], undefined);
    assert.deepEqual(cluster.asked, ['shop/', 'shut/']);
    assert.equal(secrets.source, undefined);
  });

  it('leave no value behind: what the server sent can be collected', async () => {
    const sent: WeakRef<object>[] = [];
    const api = new FakeKubernetesApi();
    api.get = <T extends KubeObject>() => {
      const data = { k: Buffer.from('secret-marker').toString('base64') };
      sent.push(new WeakRef(data));
      return Promise.resolve({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'pass', namespace: 'shop' }, type: 'Opaque', data } as unknown as T);
    };
    const logger = new RecordingLogger();
    const reader = secretReader({ api, logger }, 'prod');
    const secrets = new NamedSecrets({ reader: () => reader, now: () => 0, logger });
    await secrets.want([{ namespace: 'shop', name: 'pass' }]);
    const kept = inspect([secrets, secrets.source?.list('Secret', 'shop')], { depth: 8 });
    assert.ok(kept.includes("k: ''"), kept);
    assert.ok(![kept, ...logger.lines].some((text) => /secret-marker|c2VjcmV0LW1hcmtlcg/.test(text)));
    setFlagsFromString('--expose-gc');
    await new Promise((resolve) => setImmediate(resolve));
    (runInNewContext('gc') as () => void)();
    assert.deepEqual(sent.map((ref) => ref.deref()), [undefined]);
  });
});

describe('A Secret of the connected cluster', () => {
  const asked = (...answers: readonly AskedSecret[]) => secretFacts('prod', answers);
  const found = (text: string, ...facts: readonly AskedSecret[]): string[] => judgeFile(readFile(text), [asked(...facts)], dialectOf('1.0')).flatMap(({ code, message }) => (/^KB-(?:R006|P010|O001)$/.test(code) ? [`${code} ${message}`] : []));
  const PASS = policy('      name: pass\n      key: word\n');

  it('that is missing, or lacks the key, is said with where that is known from', () => {
    assert.deepEqual(found(PASS, { namespace: 'shop', name: 'pass', answer: 'missing' }), ['KB-P010 There is no Secret pass in the namespace of the policy in cluster prod: every backup with it fails.']);
    assert.deepEqual(found(PASS, { namespace: 'shop', name: 'pass', answer: { name: 'pass', keys: ['a'] } }), ['KB-P010 Secret pass in cluster prod has no key word (it has a): every backup with this policy fails.']);
    assert.deepEqual(found(repository('keys'), { namespace: 'kb', name: 'keys', answer: 'missing' }), ['KB-R006 There is no Secret keys in namespace kb in cluster prod: the repository stays Failed until there is.']);
    assert.match(found(repository('keys'), { namespace: 'kb', name: 'keys', answer: { name: 'keys', keys: ['accessKeyId'] } }).join('\n'), /^KB-O001 Storage provider s3 needs secretAccessKey/);
  });

  it('of which nothing is known, or which the file or another file holds, is not said to be missing', () => {
    assert.deepEqual(found(PASS), []);
    assert.deepEqual(found(PASS, { namespace: 'other', name: 'pass', answer: 'missing' }), []);
    assert.deepEqual(found(`${PASS}---\napiVersion: v1\nkind: Secret\nmetadata: {name: pass, namespace: shop}\nstringData: {word: x}\n`, { namespace: 'shop', name: 'pass', answer: 'missing' }), []);
  });

  it('is judged again when it is known otherwise', () => {
    const file = readFile(PASS);
    const codes = (...facts: readonly AskedSecret[]): string[] => judgeFile(file, [asked(...facts)], dialectOf('1.0')).flatMap(({ code }) => (code === 'KB-P010' ? [code] : []));
    const missing = asked({ namespace: 'shop', name: 'pass', answer: 'missing' });
    for (const time of ['first', 'again']) assert.ok(judgeFile(file, [missing], dialectOf('1.0')).some(({ code }) => code === 'KB-P010'), time);
    assert.deepEqual(codes({ namespace: 'shop', name: 'pass', answer: { name: 'pass', keys: ['word'] } }), []);
    assert.deepEqual(codes(), []);
    assert.deepEqual(codes({ namespace: 'shop', name: 'pass', answer: 'missing' }), ['KB-P010']);
  });

  it('is shown and completed, name and keys, saying which cluster', () => {
    const known = asked({ namespace: 'shop', name: 'pass', answer: { name: 'pass', type: 'Opaque', keys: ['word', 'salt'] } });
    const context = assistContext('1.0', [secretNameFacts('prod', 'shop', ['pass', 'more']), known]);
    for (const text of [policy('      name: pa|ss\n      key: word\n'), policy('      name: pass\n      key: wo|rd\n')]) {
      const { file, offset } = atCaret(text);
      assert.deepEqual(hover(file, offset, context)?.blocks.slice(0, 2), [{ kind: 'paragraph', text: 'Secret pass in cluster prod' }, { kind: 'list', items: ['Type: Opaque', 'Keys: word, salt'] }]);
    }
    assert.deepEqual(labels(policy('      name: |\n'), context), ['pass', 'more']);
    assert.deepEqual(labels(policy('      name: pass\n      key: |\n'), context), ['word', 'salt']);
    const at = (text: string): string | undefined => secretNamespaceAt(atCaret(text).file, atCaret(text).offset);
    assert.deepEqual([at(policy('      name: |\n')), at(policy('      name: a\n      key: |\n')), at(repository('|'))], ['shop', undefined, 'kb']);
  });
});
