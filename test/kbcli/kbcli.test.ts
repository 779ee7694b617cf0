import assert from 'node:assert/strict';
import path from 'node:path';
import { parse } from 'yaml';
import { planBackup, type BackupPlan } from '../../src/kubeblocks/backupPlan';
import { backupRequest } from '../../src/kubeblocks/backupRequest';
import { indexClusters } from '../../src/kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../src/kubeblocks/inventory';
import { LABELS } from '../../src/kubeblocks/labels';
import type { AnyObject, Backup, BackupRepo, Cluster } from '../../src/kubeblocks/objects';
import { planRepository } from '../../src/kubeblocks/repositoryPlan';
import { isDefaultRepository, repositoryUse } from '../../src/kubeblocks/repositoryState';
import { planRestore } from '../../src/kubeblocks/restorePlan';
import { planSchedule } from '../../src/kubeblocks/schedulePlan';
import { providerOption } from '../../src/kubeblocks/storageProviderOptions';
import { PLAYGROUND_NAMESPACE as NAMESPACE } from '../../src/playground/kubeconfig';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { RESOURCES } from '../../src/playground/resources';
import { readKubeconfigText } from '../support/kubeconfigText';
import { PlaygroundApp } from '../support/playgroundApp';
import { Kbcli } from './kbcli';

const ROOT = path.resolve(__dirname, '../..');
const MINUTE = 60_000;

/** KubeBlocks' own command line, 1.0, beside the plans of this extension: on one playground, whose clock is stepped. */
describe('kbcli and this extension', function () {
  this.timeout(120_000);
  let playground: Playground;
  let app: PlaygroundApp;
  let program: Kbcli;

  before(async () => {
    playground = await createPlayground({ schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground'), line: '1.0', speed: 0, now: Date.UTC(2026, 0, 1, 12) });
    program = new Kbcli(playground.kubeconfig, NAMESPACE);
    app = new PlaygroundApp(playground, readKubeconfigText(playground.kubeconfig).current ?? '');
    app.active.start();
    await app.lines();
  });
  after(async () => {
    app.dispose();
    await playground.close();
    program.dispose();
  });

  const kbcli = (...args: readonly string[]): Promise<string> => program.print(...args);

  /** The rows of a table, without its heading; columns stand two blanks and more apart. */
  async function rows(...args: readonly string[]): Promise<readonly (readonly string[])[]> {
    const [heading = '', ...lines] = (await kbcli(...args)).trimEnd().split('\n');
    const starts = [...heading.matchAll(/\S+(?: \S+)*/g)].map(({ index }) => index);
    return lines.map((line) => starts.map((start, at) => line.slice(start, starts[at + 1]).trim()));
  }

  const inventory = (): Inventory => {
    assert.ok(app.active.inventory);
    return app.active.inventory;
  };
  const stored = <T>(kind: keyof typeof RESOURCES, name: string, namespace?: string): T | undefined => playground.store.get(RESOURCES[kind], { name, ...(namespace === undefined ? {} : { namespace }) }) as T | undefined;
  const planOf = (name: string): BackupPlan => {
    const policy = inventory().policies.items.get(objectKey(NAMESPACE, 'cache-redis-backup-policy'));
    assert.ok(policy);
    return planBackup(inventory(), { policy, method: 'datafile', name, deletionPolicy: 'Delete', retentionPeriod: '3d' }, playground.clock.now());
  };

  it('list the same backup sets', async () => {
    const ours = [...inventory().backups.items.values()]
      .filter(({ metadata }) => metadata.namespace === NAMESPACE && metadata.labels?.[LABELS.instance] === 'cache')
      .map(({ metadata, spec, status }) => [metadata.name, spec?.backupMethod, status?.phase, status?.totalSize ?? '', spec?.deletionPolicy]);
    const theirs = (await rows('cluster', 'list-backups', 'cache')).map(([name, , , method, phase, size, , deletion]) => [name, method, phase, size, deletion]);
    assert.deepEqual(theirs.toSorted(), ours.toSorted());
    assert.ok(ours.length > 0);
  });

  it('list the same policies, repositories and action sets', async () => {
    const policies = (await rows('cluster', 'list-backup-policies')).map(([name, , , cluster]) => [name, cluster]);
    const ours = [...indexClusters(inventory()).entries.values()].flatMap((entry) => entry.policies.map(({ metadata }) => [metadata.name, entry.name]));
    assert.deepEqual(policies.toSorted(), ours.toSorted());

    const repos = (await rows('backuprepo', 'list')).map(([name, phase, provider, access, isDefault, backups]) => [name, phase, provider, access, isDefault, backups]);
    const known = [...inventory().repos.items.values()].map((repo) => [repo.metadata.name, repo.status?.phase, repo.spec?.storageProviderRef, repo.spec?.accessMethod, String(isDefaultRepository(repo)), String(repositoryUse(inventory(), repo.metadata.name).backups)]);
    assert.deepEqual(repos.toSorted(), known.toSorted());

    const actionSets = (await rows('dataprotection', 'list-action-sets')).map(([name, type]) => [name, type]);
    assert.deepEqual(actionSets.toSorted(), [...inventory().actionSets.items.values()].map(({ metadata, spec }) => [metadata.name, spec?.backupType]).toSorted());
  });

  it('ask for a backup in the same words, and get the same one', async () => {
    const text = await kbcli('cluster', 'backup', 'cache', '--method', 'datafile', '--name', 'by-kbcli', '--retention-period', '3d', '--dry-run', '-o', 'yaml');
    const ours = backupRequest('1.0', planOf('by-kbcli')).object;
    assert.deepEqual(parse(text), { ...ours, spec: { ...ours.spec, force: false, ttlSecondsAfterSucceed: 30 } });

    await kbcli('cluster', 'backup', 'cache', '--method', 'datafile', '--name', 'by-kbcli', '--retention-period', '3d');
    playground.store.create(RESOURCES.backup, planOf('by-us').object as unknown as AnyObject);
    playground.clock.advance(5 * MINUTE);
    const [theirs, own] = [stored<Backup>('backup', 'by-kbcli', NAMESPACE), stored<Backup>('backup', 'by-us', NAMESPACE)];
    assert.deepEqual([theirs?.spec, theirs?.status?.phase, theirs?.status?.backupRepoName], [own?.spec, 'Completed', own?.status?.backupRepoName]);
  });

  it('ask for a restore in the same words, but for the name of the request and what has a default', async () => {
    const name = (await rows('cluster', 'list-backups', 'cache')).find(([, , , , phase]) => phase === 'Completed')?.[0] ?? '';
    const text = await kbcli('cluster', 'restore', 'again', '--backup', name, '--dry-run', '-o', 'yaml');
    const backup = stored<Backup>('backup', name, NAMESPACE);
    assert.ok(backup);
    const { object } = planRestore(inventory(), { backup, targetName: 'again', targetNamespace: NAMESPACE, way: 'opsRequest' }, { now: playground.clock.now(), timeZone: 'UTC' });
    const { restore, ...ours } = object['spec'] as { readonly restore: Readonly<Record<string, unknown>> };
    assert.deepEqual((parse(text) as AnyObject)['spec'], { ...ours, restore: Object.fromEntries(Object.entries(restore).filter(([key]) => key !== 'backupNamespace')), force: false, ttlSecondsAfterSucceed: 30 });
  });

  it('make the same repository, but for the provider’s defaults, which it writes out', async () => {
    await kbcli('backuprepo', 'create', 'made', '--provider', 's3-compatible', '--access-method', 'Tool', '--access-key-id', 'AK', '--secret-access-key', 'SK', '--bucket', 'b', '--endpoint', 'https://objects.example');
    const provider = inventory().storageProviders.items.get(objectKey(undefined, 's3-compatible'));
    assert.ok(provider);
    const { repo, secret } = planRepository(inventory(), { name: 'ours', provider: providerOption(provider), accessMethod: 'Tool', parameters: { bucket: 'b', endpoint: 'https://objects.example', accessKeyId: 'AK', secretAccessKey: 'SK' }, secretNamespace: NAMESPACE, reclaimPolicy: 'Retain', isDefault: false });
    const theirs = stored<BackupRepo>('backupRepo', 'made')?.spec;
    const schema = (provider.spec as { readonly parametersSchema?: { readonly openAPIV3Schema?: { readonly properties?: Readonly<Record<string, { readonly default?: string | number | boolean }>> } } }).parametersSchema?.openAPIV3Schema?.properties ?? {};
    const defaults = Object.fromEntries(Object.entries(theirs?.config ?? {}).filter(([key, value]) => String(schema[key]?.default ?? '') === value));
    assert.deepEqual({ ...defaults, ...repo.spec?.config }, theirs?.config);
    assert.deepEqual([theirs?.accessMethod, theirs?.pvReclaimPolicy, theirs?.storageProviderRef], [repo.spec?.accessMethod, repo.spec?.pvReclaimPolicy, repo.spec?.storageProviderRef]);
    const { name = '', namespace = '' } = theirs?.credential ?? {};
    const data = stored<{ readonly data?: Readonly<Record<string, string>> }>('secret', name, namespace)?.data ?? {};
    assert.deepEqual(Object.fromEntries(Object.entries(data).map(([key, value]) => [key, atob(value)])), secret?.stringData);
  });

  it('write a schedule of a Cluster that decides into the same fields', async () => {
    const entry = indexClusters(inventory()).entries.get(objectKey(NAMESPACE, 'orders'));
    const policy = entry?.policies[0];
    assert.ok(entry && policy);
    const plan = planSchedule(inventory(), { entry, policy, method: 'pg-basebackup', enabled: true, cronExpression: '5 4 * * *', retentionPeriod: '3d' }, playground.clock.now());
    await kbcli('cluster', 'update', 'orders', '--backup-enabled=true', '--backup-method', 'pg-basebackup', '--backup-cron-expression', '5 4 * * *', '--backup-retention-period', '3d');
    assert.deepEqual(stored<Cluster>('cluster', 'orders', NAMESPACE)?.spec?.backup, (plan.change.object as Cluster).spec?.backup);
  });

  it('delete a backup set', async () => {
    await kbcli('cluster', 'delete-backup', 'cache', '--name', 'by-kbcli', '--auto-approve');
    playground.clock.advance(5 * MINUTE);
    assert.equal(stored('backup', 'by-kbcli', NAMESPACE), undefined);
  });
});
