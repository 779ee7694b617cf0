import assert from 'node:assert/strict';
import { join } from 'node:path';
import { objectKey } from '../../src/kubeblocks/inventory';
import { jsonObjects, jsonText } from '../../src/kubeblocks/json';
import { KINDS } from '../../src/kubeblocks/kinds';
import { ANNOTATIONS } from '../../src/kubeblocks/labels';
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
  const logEnd = (): number => Date.parse(log.status?.timeRange?.end ?? '');

  const cases: readonly (readonly [number, string, () => AnyObject, string, RegExp])[] = [
    [35, 'a backup that is not there', () => request('r35', { backupName: 'gone', backupNamespace: NAMESPACE }), 'KB-T001', /not found/],
    [36, 'a backup that failed', () => request('r36', { backupName: 'broken', backupNamespace: NAMESPACE }), 'KB-T002', /only completed backup/],
    [37, 'a time that nobody reads', () => request('r37', { backupName: log.metadata.name, backupNamespace: NAMESPACE, restorePointInTime: '26-11-23 11:58' }), 'KB-T003', /time|parse/i],
    [38, 'a time after the log', () => request('r38', { backupName: log.metadata.name, backupNamespace: NAMESPACE, restorePointInTime: rfc3339(logEnd() + 86_400_000) }), 'KB-T004', /out of (the )?(time )?range/],
    [39, 'a time before any base', () => restoreOf('r39', log.metadata.name, { restoreTime: log.status?.timeRange?.start, ...claims({ volumeSource: 'data' }) }), 'KB-T004', /can not found latest full or incremental backup|out of the range/],
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
