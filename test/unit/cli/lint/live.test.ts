import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLint } from '../../../../src/cli/lint/lintCommand';
import type { LiveCluster, ReadCluster } from '../../../../src/cli/lint/liveCluster';
import { createReadCluster } from '../../../../src/cli/lint/readCluster';
import { emptyInventory, keyOf, type Collection, type Inventory } from '../../../../src/kubeblocks/inventory';
import type { BackupPolicy } from '../../../../src/kubeblocks/objects';
import type { SecretKeys } from '../../../../src/kubeblocks/policyPlan';
import type { SecretReader } from '../../../../src/kubeblocks/secretReader';
import { createPlayground, type Playground } from '../../../../src/playground/playground';

const ROOT = join(__dirname, '..', '..', '..', '..');
const BACKUP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata: {name: b, namespace: shop}\nspec: {backupPolicyName: gone, backupMethod: m}\n';

describe('kubeblocks-backup lint --live', () => {
  let folder = '';
  let playground: Playground | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubeblocks-live-'));
    writeFileSync(join(folder, 'backup.yaml'), BACKUP);
  });
  afterEach(async () => {
    await playground?.close();
    playground = undefined;
    rmSync(folder, { recursive: true });
  });

  async function lint(args: readonly string[], readCluster?: (context: string | undefined, stderr: { write(text: string): unknown }) => ReturnType<ReadCluster>) {
    let out = '';
    let err = '';
    const stderr = { write: (text: string) => (err += text) };
    const process = { stdout: { write: (text: string) => (out += text) }, stderr, on: () => undefined };
    const code = await runLint([...args, join(folder, 'backup.yaml')], process, readCluster && ((context) => readCluster(context, stderr)));
    return { code, out, err };
  }

  const ready = (policies: readonly BackupPolicy[] = []): Inventory => {
    const listed: Collection<never> = { state: { state: 'ready', asOf: 0 }, items: new Map<string, never>() };
    const of = emptyInventory('prod');
    return {
      ...of,
      line: '1.2',
      connection: { state: 'connected', serverVersion: 'v1.34.0' },
      ...Object.fromEntries(['clusters', 'backups', 'schedules', 'repos', 'actionSets', 'storageProviders', 'restores', 'opsRequests'].map((name) => [name, listed])),
      policies: { state: { state: 'ready', asOf: 0 }, items: new Map(policies.map((policy) => [keyOf(policy), policy])) },
    };
  };

  /** Secrets of a cluster, and what was asked of them. */
  function secrets(answers: Readonly<Record<string, SecretKeys | 'missing' | 'forbidden'>> = {}, asked: string[] = []): Pick<LiveCluster, 'secrets' | 'dispose'> {
    const keys: SecretReader['keys'] = (namespace, name) => {
      asked.push(`${namespace}/${name}`);
      const answer = answers[name];
      return answer === undefined ? Promise.reject(new Error('the connection was reset')) : Promise.resolve(answer);
    };
    return { secrets: { context: 'prod', keys, names: () => Promise.reject(new Error('nobody completes here')) }, dispose: () => asked.push('end') };
  }

  it('looks up each Secret once that manifests name and do not hold, and says which it could not', async () => {
    const policy = (name: string, secret: string): string =>
      `apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  target: {podSelector: {matchLabels: {a: b}}}\n  backupMethods: [{name: m, snapshotVolumes: true, targetVolumes: {volumes: [data]}}]\n  encryptionConfig: {algorithm: AES-256-CFB, passPhraseSecretKeyRef: {name: ${secret}, key: pass}}\n`;
    const names = ['there', 'there', 'other', 'gone', 'refused', 'reset', 'here'];
    const texts = [...names.map((secret, index) => policy(`p${index}`, secret)), 'apiVersion: v1\nkind: Secret\nmetadata: {name: here, namespace: shop}\nstringData: {pass: x}\n'];
    writeFileSync(join(folder, 'backup.yaml'), texts.join('---\n'));
    const asked: string[] = [];
    const known = { there: { name: 'there', keys: ['pass'] }, other: { name: 'other', keys: ['word'] }, gone: 'missing', refused: 'forbidden' } as const;
    const { out, err } = await lint(['--live'], () => Promise.resolve({ inventory: ready(), crds: undefined, ...secrets(known, asked) }));
    assert.deepEqual([...asked].sort(), ['end', 'shop/gone', 'shop/other', 'shop/refused', 'shop/reset', 'shop/there']);
    assert.deepEqual(out.match(/error: .*Secret.*/g), [
      'error: Secret other in cluster prod has no key pass (it has word): every backup with this policy fails. [KB-P010]',
      'error: There is no Secret gone in the namespace of the policy in cluster prod: every backup with it fails. [KB-P010]',
    ]);
    assert.match(err, /^prod: you may not get Secret refused in shop\./m);
    assert.match(err, /^prod: Secret shop\/reset could not be read: the connection was reset$/m);
  });

  it('knows what the cluster has, and says what may not be read', async () => {
    const asked: (string | undefined)[] = [];
    const inventory: Inventory = { ...ready(), restores: { state: { state: 'forbidden', verb: 'list', resource: 'restores', group: 'dataprotection.kubeblocks.io' }, items: new Map() } };
    const { code, out, err } = await lint(['--live', '--context', 'prod'], (context) => {
      asked.push(context);
      return Promise.resolve({ inventory, crds: undefined, ...secrets() });
    });
    assert.deepEqual(asked, ['prod']);
    assert.equal(code, 1);
    assert.match(out, /error: There is no backup policy gone/);
    assert.match(err, /prod: you may not list restores\./);
    assert.match(err, /prod: you may not read CustomResourceDefinitions\./);
    assert.equal((await lint([])).code, 0);
  });

  it('judges fields by the definitions of the cluster', async () => {
    const crd = { group: 'dataprotection.kubeblocks.io', kind: 'Backup', listKind: 'BackupList', plural: 'backups', singular: 'backup', shortNames: [], categories: [], namespaced: true, annotations: {}, labels: {} };
    const version = { name: 'v1alpha1', served: true, storage: true, hasStatus: true, printerColumns: [], schema: { type: 'object', properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, spec: { type: 'object', properties: { backupPolicyName: { type: 'string' } } } } } };
    const { out } = await lint(['--live'], () => Promise.resolve({ inventory: ready(), crds: [{ ...crd, versions: [version] }], ...secrets() }));
    assert.match(out, /backupMethod is no field here/);
  });

  it('cannot run where the cluster cannot be asked, or where --context has no --live', async () => {
    const refused = await lint(['--live'], () => Promise.reject(new Error('prod cannot be read: refused')));
    assert.deepEqual([refused.code, refused.out, refused.err], [2, '', 'prod cannot be read: refused\n']);
    assert.equal((await lint(['--context', 'prod'])).code, 2);
  });

  it('reads a cluster over HTTP, with its definitions, and leaves no connection', async function () {
    this.timeout(60_000);
    playground = await createPlayground({ line: '1.0', schemasFolder: join(ROOT, 'schemas'), dataFolder: join(ROOT, 'src', 'playground'), speed: 1, seed: 1 });
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, playground.kubeconfig);
    const { code, out, err } = await lint(['--live'], (context, stderr) => createReadCluster(stderr, { KUBECONFIG: kubeconfig })(context));
    assert.equal(err, '');
    assert.equal(code, 1);
    assert.match(out, /backup\.yaml:4:26: error: There is no backup policy gone/);
  });
});
