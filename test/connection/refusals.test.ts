import assert from 'node:assert/strict';
import { join } from 'node:path';
import { objectKey } from '../../src/kubeblocks/inventory';
import { jsonObjects, jsonText } from '../../src/kubeblocks/json';
import { KINDS } from '../../src/kubeblocks/kinds';
import { ANNOTATIONS, LABELS } from '../../src/kubeblocks/labels';
import type { AnyObject, Backup } from '../../src/kubeblocks/objects';
import type { Resource } from '../../src/kubeblocks/resource';
import { rfc3339 } from '../../src/kubeblocks/timeText';
import { inventoryFacts } from '../../src/manifest/facts/inventoryFacts';
import { judge } from '../../src/manifest/judge';
import { objectOf } from '../../src/manifest/manifestObject';
import { ApiError } from '../../src/kubernetes/api';
import { eventsOf } from '../../src/operations/objectEvents';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { Product } from '../cluster/support/product';
import { dialectOf } from '../support/manifestDialect';

const ROOT = join(__dirname, '..', '..');
const NAMESPACE = 'playground';
const POLICY = 'ledger-mysql-backup-policy';
const USER = 'administrator';
/** Of the day before all that the samples hold. */
const second = (of: number): string => rfc3339(Date.UTC(2020, 0, 1) + of * 1000);
const IMMUTABLE = 'KB-X004';

/** What a controller or the server refuses of a restore: foreseen by a rule of ours, then seen to be refused. */
describe('What is refused of a restore, foreseen and seen', function () {
  this.timeout(60_000);
  const problems: string[] = [];
  const seen: string[] = [];
  let playground: Playground;
  let product: Product;
  let log: Backup;

  before(async () => {
    const folders = { schemasFolder: join(ROOT, 'schemas'), dataFolder: join(ROOT, 'src', 'playground') };
    playground = await createPlayground({ ...folders, line: '1.0', speed: 40, onError: (error, where) => problems.push(`${where}: ${String(error)}`) });
    product = new Product({ kubeconfigFor: () => playground.kubeconfig.replaceAll('kubeblocks-playground', USER) }, NAMESPACE, USER);
    await product.until('ledger runs', ({ clusters }) => clusters.items.get(objectKey(NAMESPACE, 'ledger'))?.status?.phase === 'Running');
    await product.completed(POLICY, { method: 'xtrabackup', name: 'full' });
    await product.completed(POLICY, { method: 'volume-snapshot', name: 'snapshot' });
    playground.faults.turnOn('backup-job-fails', { target: 'broken', detail: 'no space left on device' });
    await product.backUp(POLICY, { method: 'xtrabackup', name: 'broken' });
    playground.faults.turnOff('backup-job-fails');
    await product.until('broken is known', ({ backups }) => backups.items.get(objectKey(NAMESPACE, 'broken'))?.status?.phase === 'Failed');
    const found = [...product.inventory.backups.items.values()].find(({ spec, status }) => spec?.backupPolicyName === POLICY && status?.timeRange?.end !== undefined && spec.backupMethod === 'archive-binlog');
    assert.ok(found);
    log = found;
    await makeHistory();
  });

  after(async () => {
    product.dispose();
    await playground.close();
    process.stdout.write(`\n${seen.join('\n')}\n`);
    assert.deepEqual([product.logger.errors, problems], [[], []]);
  });

  const request = (name: string, restore: object, clusterName = name): AnyObject => ({ apiVersion: 'operations.kubeblocks.io/v1alpha1', kind: 'OpsRequest', metadata: { name, namespace: NAMESPACE }, spec: { type: 'Restore', clusterName, restore } });
  const restoreOf = (name: string, backup: string, fields: object): AnyObject => ({ apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Restore', metadata: { name, namespace: NAMESPACE }, spec: { backup: { name: backup, namespace: NAMESPACE }, ...fields } });
  const claims = (template: object): object => ({
    prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaimsTemplate: { replicas: 1, templates: [{ metadata: { name: 'data' }, volumeClaimSpec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }, ...template }] } },
  });
  const oneForAll = (fields: object): object => ({ prepareDataConfig: { ...(fields as { readonly prepareDataConfig: object }).prepareDataConfig, requiredPolicyForAllPodSelection: { dataRestorePolicy: 'OneToMany' } } });
  const logEnd = (): number => Date.parse(log.status?.timeRange?.end ?? '');

  const cases: readonly (readonly [number, string, () => AnyObject, string, RegExp])[] = [
    [35, 'a backup that is not there', () => request('r35', { backupName: 'gone', backupNamespace: NAMESPACE }), 'KB-T001', /not found/],
    [36, 'a backup that failed', () => request('r36', { backupName: 'broken', backupNamespace: NAMESPACE }), 'KB-T002', /only completed backup/],
    [37, 'a time that nobody reads', () => request('r37', { backupName: log.metadata.name, backupNamespace: NAMESPACE, restorePointInTime: '26-11-23 11:58' }), 'KB-T003', /time|parse/i],
    [38, 'a time after the log', () => request('r38', { backupName: log.metadata.name, backupNamespace: NAMESPACE, restorePointInTime: rfc3339(logEnd() + 86_400_000) }), 'KB-T004', /out of (the )?(time )?range/],
    [39, 'a time before any base', () => restoreOf('r39', log.metadata.name, { restoreTime: log.status?.timeRange?.start, ...claims({ volumeSource: 'data' }) }), 'KB-T004', /can not found latest full or incremental backup|out of the range/],
    [40, 'a log upon an incremental, by an engine that restores both in one job', () => restoreOf('r40', 'made-log', { restoreTime: second(40), ...claims({ volumeSource: 'data' }) }), 'KB-T004', /unify incremental and continuous restore job is not supported/],
    [41, 'an incremental whose parent is gone', () => restoreOf('r41', 'made-orphan', claims({ volumeSource: 'data' })), 'KB-T011', /fails to get parent backup "gone"/],
    [41, 'an incremental upon a full backup of another method', () => restoreOf('r41b', 'made-misfit', claims({ volumeSource: 'data' })), 'KB-T011', /is not compatible with the child backup method/],
    [41, 'incrementals that lead back to each other', () => restoreOf('r41c', 'made-egg', claims({ volumeSource: 'data' })), 'KB-T011', /backup "made-hen" relies on child backup "made-egg"/],
    [44, 'a backup of all pods, without whose data goes where', () => restoreOf('r44', 'made-of-all', claims({ volumeSource: 'data' })), 'KB-T008', /requiredPolicyForAllPodSelection can not be empty/],
    [44, 'one pod\'s data for all, without which pod', () => restoreOf('r44b', 'made-of-all', oneForAll(claims({ volumeSource: 'data' }))), 'KB-T008', /source target pod can not be empty/],
    [43, 'a name that is taken', () => request('r43', { backupName: 'full', backupNamespace: NAMESPACE }, 'orders'), 'KB-T006', /exists/],
    [45, 'a claim of a snapshot without its volume', () => restoreOf('r45', 'snapshot', claims({ mountPath: '/data' })), 'KB-T008', /volumeSource/],
    [45, 'a claim without volume and mount path', () => restoreOf('r45b', 'full', claims({})), 'schema/cel', /volumeSource|mountPath/],
    [46, 'steps after the start that name no job and no command', () => restoreOf('r46', 'full', { readyConfig: {} }), 'schema/cel', /jobAction|execAction/],
    [49, 'an OpsRequest of the old group', () => ({ ...request('r49', { backupName: 'full' }), apiVersion: 'apps.kubeblocks.io/v1alpha1' }), 'schema/kind', /^404: /],
  ];

  for (const [number, what, make, code, words] of cases) {
    it(`${number}: ${what}`, async () => {
      const object = make();
      const found = judge([objectOf(object)], [inventoryFacts(product.inventory)], dialectOf('1.0')).filter(({ severity }) => severity !== 'info' && severity !== 'hint');
      assert.ok(found.some((each) => each.code === code), `foreseen: ${JSON.stringify(found.map((each) => [each.code, each.message]))}`);
      const refusal = await refusalOf(object);
      assert.match(refusal, words);
      seen.push(`${number}  ${code.padEnd(22)}  ${refusal.slice(0, 110)}`);
    });
  }

  it('48: a deletion of files that are to be retained', async () => {
    const { object } = await product.planBackup(POLICY, { method: 'xtrabackup', name: 'kept', deletionPolicy: 'Retain' });
    const [found] = judge([objectOf(object as AnyObject)], [inventoryFacts(product.inventory)], dialectOf('1.0')).filter(({ code }) => code === 'KB-B007');
    assert.match(found?.message ?? '', /keeps the deletion itself waiting/);
    await product.completed(POLICY, { method: 'xtrabackup', name: 'kept', deletionPolicy: 'Retain' });
    await product.deps.api.delete(KINDS.backup, 'kept', NAMESPACE);
    for (;;) {
      const refusal = (await eventsOf(product.deps.api, { kind: 'Backup', name: 'kept', namespace: NAMESPACE })).find(({ warning, message }) => warning && message.includes('Retain'));
      if (refusal !== undefined) {
        seen.push(`48  ${'KB-B007'.padEnd(22)}  ${refusal.message.slice(0, 110)}`);
        break;
      }
      await product.deps.clock.sleep(200);
    }
    assert.equal((await product.deps.api.get<Backup>(KINDS.backup, 'kept', NAMESPACE)).status?.phase, 'Deleting');
  });

  it('42: a backup that does not remember its cluster', async () => {
    const bare = await product.completed(POLICY, { method: 'xtrabackup', name: 'bare' });
    await product.deps.api.patch(KINDS.backup, 'bare', NAMESPACE, { metadata: { annotations: { [ANNOTATIONS.clusterSnapshot]: null } } });
    await product.until('it forgot', ({ backups }) => backups.items.get(objectKey(NAMESPACE, 'bare'))?.metadata.annotations?.[ANNOTATIONS.clusterSnapshot] === undefined);
    const plan = product.planRestore({ backup: { ...bare, metadata: { ...bare.metadata, annotations: {} } }, targetName: 'r42' });
    assert.deepEqual(plan.findings.map((each) => each.code), ['KB-T016']);
    const refusal = await refusalOf(plan.object);
    assert.match(refusal, /snapshot annotation/);
    seen.push(`42  ${'KB-T016'.padEnd(22)}  ${refusal.slice(0, 110)}`);
  });

  it('47: a field that never changes', async () => {
    const { apiVersion, kind, metadata, spec } = await product.deps.api.get<Backup>(KINDS.backup, 'full', NAMESPACE);
    const object = { apiVersion, kind, metadata: { name: metadata.name, namespace: NAMESPACE }, spec: { ...spec, backupMethod: 'volume-snapshot' } };
    const [found] = judge([objectOf(object)], [inventoryFacts(product.inventory)], dialectOf('1.0')).filter(({ severity }) => severity === 'error');
    const refused = await product.deps.api.patch(KINDS.backup, 'full', NAMESPACE, { spec: { backupMethod: 'volume-snapshot' } }).catch((error: unknown) => error);
    assert.ok(refused instanceof ApiError && refused.details.status === 422, String(refused));
    assert.equal(found?.code, IMMUTABLE);
    seen.push(`47  ${IMMUTABLE.padEnd(22)}  ${refused.message.slice(0, 110)}`);
  });

  /** Backups as no database makes them by itself: of a cluster of their own, an instant each. */
  async function makeHistory(): Promise<void> {
    const [full, method] = [await product.deps.api.get<Backup>(KINDS.backup, 'full', NAMESPACE), log.status?.backupMethod];
    await product.deps.api.create(KINDS.actionSet, { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'ActionSet', metadata: { name: 'made-skipping', annotations: { [ANNOTATIONS.skipBaseRestore]: 'true' } }, spec: { backupType: 'Continuous', restore: {} } });
    await product.deps.api.create(KINDS.actionSet, { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'ActionSet', metadata: { name: 'made-incremental' }, spec: { backupType: 'Incremental', restore: {} } });
    const made = (name: string, type: string, range: readonly [number, number], status: NonNullable<Backup['status']>, compatibleMethod = 'xtrabackup'): void => {
      const labels = { [LABELS.instance]: 'made', [LABELS.clusterUid]: 'made', [LABELS.component]: 'mysql', [LABELS.backupType]: type, [LABELS.backupPolicy]: POLICY };
      const isIncrement = type === 'Incremental';
      const backupMethod = isIncrement ? { ...full.status?.backupMethod, name: 'made', actionSetName: 'made-incremental', compatibleMethod } : full.status?.backupMethod;
      const object = {
        apiVersion: full.apiVersion,
        kind: 'Backup',
        metadata: { name, namespace: NAMESPACE, labels, finalizers: full.metadata.finalizers },
        spec: { ...full.spec, ...(isIncrement && { backupMethod: 'made' }) },
      } as unknown as AnyObject;
      playground.store.updateStatus(KINDS.backup, {
        ...playground.store.create(KINDS.backup, object),
        status: { ...full.status, ...(backupMethod && { backupMethod }), timeRange: { start: second(range[0]), end: second(range[1]) }, ...status },
      });
    };
    made('made-base', 'Full', [0, 10], {});
    made('made-one', 'Incremental', [10, 30], { parentBackupName: 'made-base', baseBackupName: 'made-base' });
    made('made-log', 'Continuous', [5, 60], { ...(method && { backupMethod: { ...method, actionSetName: 'made-skipping' } }) });
    made('made-orphan', 'Incremental', [0, 70], { parentBackupName: 'gone', baseBackupName: 'gone' });
    made('made-misfit', 'Incremental', [0, 80], { parentBackupName: 'made-base', baseBackupName: 'made-base' }, 'another');
    made('made-hen', 'Incremental', [0, 90], { parentBackupName: 'made-egg', baseBackupName: 'made-base' });
    made('made-egg', 'Incremental', [0, 90], { parentBackupName: 'made-hen', baseBackupName: 'made-base' });
    const target = { ...full.status?.target, podSelector: { ...full.status?.target?.podSelector, strategy: 'All' } };
    made('made-of-all', 'Full', [0, 100], { target });
    await product.until('the history is known', ({ backups, actionSets }) => backups.items.has(objectKey(NAMESPACE, 'made-of-all')) && actionSets.items.has(objectKey(undefined, 'made-incremental')));
  }

  /** What the server answers, or the controller says of the object: its failed condition, or the warning it repeats. */
  async function refusalOf(object: AnyObject): Promise<string> {
    const resource: Resource = { ...(object.kind === 'Restore' ? KINDS.restore : KINDS.opsRequest), ...(object.apiVersion.startsWith('apps') && { group: 'apps.kubeblocks.io' }) };
    try {
      await product.deps.api.create(resource, object, { fieldValidation: 'Ignore' });
    } catch (error) {
      assert.ok(error instanceof ApiError, String(error));
      return `${error.details.status}: ${error.message}`;
    }
    for (;;) {
      const live = await product.deps.api.get(resource, object.metadata.name, NAMESPACE);
      const failed = jsonObjects(live, 'status', 'conditions').find((each) => jsonText(each, 'status') === 'False' && (jsonText(each, 'message') ?? '') !== '');
      const warning = (await eventsOf(product.deps.api, { kind: object.kind, name: object.metadata.name, namespace: NAMESPACE })).find((each) => each.warning);
      const words = jsonText(live, 'status', 'phase') === 'Failed' ? (jsonText(failed, 'message') ?? warning?.message) : warning?.message;
      if (words !== undefined) return words;
      await product.deps.clock.sleep(200);
    }
  }
});
