import assert from 'node:assert/strict';
import { indexClusters, type ClusterEntry } from '../../src/kubeblocks/clusterIndex';
import { planRotation } from '../../src/kubeblocks/credentialRotation';
import { objectKey } from '../../src/kubeblocks/inventory';
import { KINDS } from '../../src/kubeblocks/kinds';
import { ANNOTATIONS, LABELS } from '../../src/kubeblocks/labels';
import { planLineDeletion } from '../../src/kubeblocks/lineDeletion';
import type { Backup, BackupSchedule, SchedulePolicy } from '../../src/kubeblocks/objects';
import { planPolicy, targetsOf, type PolicyWish } from '../../src/kubeblocks/policyPlan';
import { planPolicyRepository } from '../../src/kubeblocks/policyRepository';
import { planRepository, SECRET } from '../../src/kubeblocks/repositoryPlan';
import { scheduleTroubles } from '../../src/kubeblocks/scheduleTroubles';
import { providerOption } from '../../src/kubeblocks/storageProviderOptions';
import type { WholePolicy } from '../../src/kubeblocks/wholeObjects';
import { backUpSeveral } from '../../src/operations/backUpSeveral';
import { changeObject, tryChange } from '../../src/operations/changeObject';
import { changePolicy, tryPolicy } from '../../src/operations/changePolicy';
import { createRepository } from '../../src/operations/createRepository';
import { deleteBackups } from '../../src/operations/deleteBackup';
import { deleteRepository } from '../../src/operations/deleteRepository';
import { removeLine, turnLineOff } from '../../src/operations/deleteScheduleLine';
import { followBackup } from '../../src/operations/followBackup';
import { followDeletion } from '../../src/operations/followDeletion';
import { followRepository } from '../../src/operations/followRepository';
import { requestBackup, tryRequest, untilBackupMade } from '../../src/operations/requestBackup';
import { rewriteOf } from '../../src/operations/rewriteSchedule';
import { rotateCredentials, tryRotation } from '../../src/operations/rotateCredentials';
import { scheduleJobsOf, templateLinesOf } from '../../src/operations/scheduleJobsOf';
import { WORKLOADS } from '../../src/operations/workloadKinds';
import type { ClusterLane } from './lane/clusterLane';
import type { LaneNamespace } from './lane/laneNamespace';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

const PHRASE = 'correct horse battery';
const agree = { ask: () => Promise.resolve(true) };

describe('policies, schedules and several at once, on the real controllers', () => {
  let lane: ClusterLane;
  let space: LaneNamespace;
  let product: Product;

  before(async () => {
    lane = await sharedCluster();
    space = await lane.namespace();
    product = new Product(lane, space.name);
    await product.until('its schedule', ({ clusters, policies, schedules, actionSets, repos }) => {
      const isKnown = (all: { readonly items: ReadonlyMap<string, unknown> }, name: string): boolean => all.items.has(objectKey(space.name, name));
      return isKnown(clusters, space.cluster) && isKnown(policies, space.policy) && isKnown(schedules, space.schedule) && actionSets.items.size > 0 && repos.state.state === 'ready';
    });
  });

  after(() => {
    product.dispose();
    assert.deepEqual(product.logger.errors, []);
    assert.ok(!JSON.stringify(product.logger).includes(PHRASE));
  });

  const entryOf = (): ClusterEntry => {
    const entry = indexClusters(product.inventory).entries.get(objectKey(space.name, space.cluster));
    assert.ok(entry);
    return entry;
  };
  const readPolicy = (): Promise<WholePolicy> => product.deps.api.get<WholePolicy>(KINDS.backupPolicy, space.policy, space.name);
  const readSchedule = (): Promise<BackupSchedule> => product.deps.api.get<BackupSchedule>(KINDS.backupSchedule, space.schedule, space.name);
  const wish = async (asked: PolicyWish): Promise<void> => {
    const plan = planPolicy(product.inventory, entryOf(), await readPolicy(), asked, Date.now());
    assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), []);
    const judged = await tryPolicy(product.deps, plan);
    assert.ok(judged.accepted, judged.accepted ? '' : judged.error.message);
    await changePolicy(product.deps, product.submissions, plan);
  };
  /** The Cluster's controller writes policy and schedule anew, and has done so when this resolves. */
  const reconcile = async (): Promise<void> => {
    const mark = String(Date.now());
    const { metadata } = (await product.deps.api.patch(KINDS.cluster, space.cluster, space.name, { metadata: { annotations: { touched: mark } } })).object;
    await space.until<BackupSchedule>('backupschedules', space.schedule, `reconciled after ${mark}`, ({ metadata: { annotations } }) => Number(annotations?.[ANNOTATIONS.reconcile] ?? 0) >= Number(metadata.resourceVersion ?? 0));
  };

  it('keep the pods, the encryption and the newest backup of a policy when the Cluster is reconciled', async () => {
    await wish({ kind: 'target', role: 'secondary', strategy: 'Any' });
    await reconcile();
    const [own] = targetsOf(await readPolicy());
    assert.equal(own?.target.podSelector?.matchLabels?.[LABELS.role], 'secondary');
    assert.equal((await readPolicy()).metadata.annotations?.[ANNOTATIONS.disableSync], undefined);

    await wish({ kind: 'encryption', algorithm: 'AES-256-CFB', passPhrase: PHRASE });
    await wish({ kind: 'keepLatest', keep: true });
    await reconcile();
    const { spec, metadata } = await readPolicy();
    assert.deepEqual([spec?.retentionPolicy, spec?.encryptionConfig?.algorithm, metadata.annotations?.[ANNOTATIONS.disableSync]], ['retainLatestBackup', 'AES-256-CFB', 'true']);
    const secret = await product.deps.api.get(SECRET, spec?.encryptionConfig?.passPhraseSecretKeyRef?.name ?? '', space.name);
    assert.equal(secret.metadata.ownerReferences, undefined);

    const backup = await product.completed(space.policy, { method: 'wal-g', name: 'encrypted' });
    assert.deepEqual((backup.status as { readonly encryptionConfig?: unknown } | undefined)?.encryptionConfig, spec?.encryptionConfig);

    await wish({ kind: 'followTemplate' });
    await space.until<WholePolicy>('backuppolicies', space.policy, 'written anew', (policy) => policy.spec?.retentionPolicy === undefined);
    await wish({ kind: 'noEncryption' });
  });

  it('take a line out with its CronJob, find what goes on without a line, and take that away', async () => {
    const own: SchedulePolicy = { name: 'mine', backupMethod: 'pg-basebackup', cronExpression: '7 3 * * *', enabled: true, retentionPeriod: '1d' };
    const jobs = async (): Promise<readonly string[]> => ((await scheduleJobsOf(product.deps, await readSchedule())) ?? []).map(({ metadata }) => metadata.name);
    const untilJobs = async (count: number): Promise<void> => {
      while ((await jobs()).length !== count) await product.deps.clock.sleep(500);
    };
    const setLines = async (change: (items: readonly SchedulePolicy[]) => readonly SchedulePolicy[]): Promise<void> => {
      const { spec } = await readSchedule();
      await product.deps.api.patch(KINDS.backupSchedule, space.schedule, space.name, { spec: { schedules: change(spec?.schedules ?? []) } });
    };
    const remove = async (item: SchedulePolicy, codes: readonly string[]): Promise<void> => {
      const schedule = await readSchedule();
      const policy = await readPolicy();
      const plan = planLineDeletion(product.inventory, { entry: entryOf(), policy, schedule, item, templateLines: await templateLinesOf(product.deps, schedule) }, Date.now());
      assert.deepEqual(plan.findings.map(({ code }) => code), codes);
      assert.equal(await removeLine(product.deps, plan, await turnLineOff(product.deps, plan)), 'removed');
      assert.ok((await readSchedule()).spec?.schedules?.every(({ name }) => name !== item.name));
    };
    await setLines((items) => [...items, own]);
    await untilJobs(1);
    await product.until('the line is seen', ({ schedules }) => schedules.items.get(objectKey(space.name, space.schedule))?.spec?.schedules?.some(({ name }) => name === 'mine') === true);
    await remove(own, ['noFullLeft', 'copiesStay']);
    assert.deepEqual(await jobs(), []);

    await setLines((items) => [...items, own]);
    await untilJobs(1);
    await setLines((items) => items.filter(({ name }) => name !== 'mine'));
    await reconcile();
    const schedule = await readSchedule();
    const left = scheduleTroubles(product.inventory, { ...entryOf(), schedules: [schedule] }, schedule, await scheduleJobsOf(product.deps, schedule), Date.now());
    assert.deepEqual(left.map(({ kind, line }) => [kind, line]), [['orphan', 'mine']]);
    const [orphan] = left;
    assert.ok(orphan);
    await remove(orphan.item, ['copiesStay']);
    assert.deepEqual(await jobs(), []);

    const template = await templateLinesOf(product.deps, schedule);
    const [first] = schedule.spec?.schedules ?? [];
    assert.ok(first);
    const refused = planLineDeletion(product.inventory, { entry: entryOf(), policy: await readPolicy(), schedule, item: first, templateLines: template }, Date.now());
    assert.deepEqual(refused.findings.map(({ code }) => code), ['template']);
    await setLines((items) => items.slice(1));
    await space.until<BackupSchedule>('backupschedules', space.schedule, 'the line is back', ({ spec }) => spec?.schedules?.some(({ name }) => name === first.name) === true);
  });

  it('put a suspended CronJob right at once, and write all of them again when asked', async () => {
    const { spec } = await readSchedule();
    const lines = (spec?.schedules ?? []).map((item) => (item.backupMethod === 'wal-g' ? { ...item, enabled: true, cronExpression: '9 4 * * *' } : item));
    await product.deps.api.patch(KINDS.backupSchedule, space.schedule, space.name, { spec: { startingDeadlineMinutes: 30, schedules: lines } });
    const job = async () => (await scheduleJobsOf(product.deps, await readSchedule()))?.[0];
    while ((await job()) === undefined) await product.deps.clock.sleep(500);
    const name = (await job())?.metadata.name ?? '';
    await product.deps.api.patch(WORKLOADS.cronJob, name, space.name, { spec: { suspend: true, schedule: '1 1 * * *' } });
    while ((await job())?.spec?.suspend !== false || (await job())?.spec?.schedule !== '9 4 * * *') await product.deps.clock.sleep(500);
    assert.equal((await job())?.spec?.startingDeadlineSeconds, 1800);

    const change = rewriteOf(await readSchedule(), '1');
    assert.equal((await tryChange(product.deps, change)).accepted, true);
    await changeObject(product.deps, change, []);
    await reconcile();
    assert.equal((await readSchedule()).spec?.startingDeadlineMinutes, 30);
  });

  it('make a backup by an OpsRequest', async () => {
    const plan = await product.planBackup(space.policy, { method: 'pg-basebackup', name: 'by-request' });
    const { line } = product.inventory;
    assert.equal((await tryRequest(product.deps, line, plan)).accepted, true);
    const ops = await requestBackup(product.submissions, line, plan);
    const backup = await untilBackupMade(product.deps, line, ops);
    assert.ok(backup);
    assert.equal(backup.metadata.labels?.[LABELS.opsName], 'by-request');
    assert.equal((await followBackup(product.deps, backup)).kind, 'completed');
  });

  it('back several up, two together, and delete them with one question', async () => {
    const names = ['several-1', 'several-2', 'several-3'];
    const plans = await Promise.all(names.map((name) => product.planBackup(space.policy, { method: 'wal-g', name })));
    const outcomes = await backUpSeveral(product.deps, product.submissions, plans, { limit: 2 });
    assert.deepEqual(outcomes.map(({ kind }) => kind), ['completed', 'completed', 'completed']);
    await product.until('they are completed', ({ backups }) => names.every((name) => backups.items.get(objectKey(space.name, name))?.status?.phase === 'Completed'));
    const made = names.map((name) => product.inventory.backups.items.get(objectKey(space.name, name))).filter((backup): backup is Backup => backup !== undefined);
    await deleteBackups(product.deps, product.inventory, made, { confirm: agree, time: { now: Date.now(), timeZone: 'UTC' } });
    const ends = await Promise.all(made.map((backup) => followDeletion(product.deps, backup)));
    assert.deepEqual(ends.map(({ kind }) => kind), ['gone', 'gone', 'gone']);
  });

  it('send a policy’s backups to another repository, and check one again after its credentials changed', async () => {
    const name = 'rotated';
    const provider = product.inventory.storageProviders.items.get(objectKey(undefined, 's3-compatible'));
    assert.ok(provider);
    const made = planRepository(product.inventory, { name, provider: providerOption(provider), accessMethod: 'Tool', parameters: { bucket: 'backups', endpoint: 'https://objects.example', accessKeyId: 'AK', secretAccessKey: 'sk-first' }, secretNamespace: 'kb-system', reclaimPolicy: 'Retain', isDefault: false });
    const first = await followRepository(product.deps, await createRepository(product.deps, product.submissions, made));
    assert.ok(first.kind === 'ready', JSON.stringify(first));
    await product.until('it is ready', ({ repos }) => repos.items.get(objectKey(undefined, name))?.status?.phase === 'Ready');

    const rotation = planRotation(product.inventory, first.repo, { secretAccessKey: 'sk-second' });
    assert.equal((await tryRotation(product.deps, rotation)).accepted, true);
    await rotateCredentials(product.deps, rotation);
    const again = await followRepository(product.deps, first.repo, { before: first.repo });
    assert.ok(again.kind === 'ready', JSON.stringify(again));
    // The plans read the inventory, which hears of it a moment later.
    const checked = Number(again.repo.metadata.resourceVersion);
    await product.until('it is known to be ready again', ({ repos }) => {
      const known = repos.items.get(objectKey(undefined, name));
      return known?.status?.phase === 'Ready' && Number(known.metadata.resourceVersion) >= checked;
    });
    const stored = await product.deps.api.get(SECRET, rotation.secret?.metadata.name ?? '', 'kb-system');
    assert.deepEqual(stored['data'], { accessKeyId: btoa('AK'), secretAccessKey: btoa('sk-second') });

    const moved = planPolicyRepository(product.inventory, entryOf(), await readPolicy(), name);
    assert.equal(moved.place, 'policy');
    await changeObject(product.deps, moved.change, moved.findings);
    await reconcile();
    assert.equal((await readPolicy()).spec?.backupRepoName, name);
    const backup = await product.completed(space.policy, { method: 'wal-g', name: 'elsewhere' });
    assert.equal(backup.status?.backupRepoName, name);

    await deleteBackups(product.deps, product.inventory, [backup], { confirm: agree, time: { now: Date.now(), timeZone: 'UTC' } });
    assert.equal((await followDeletion(product.deps, backup)).kind, 'gone');
    const home = planPolicyRepository(product.inventory, entryOf(), await readPolicy(), undefined);
    await changeObject(product.deps, home.change, home.findings);
    await product.until('nothing is in it', ({ backups }) => !backups.items.has(objectKey(space.name, 'elsewhere')));
    assert.equal(await deleteRepository(product.deps, product.inventory, again.repo, agree), 'deleting');
  });
});
