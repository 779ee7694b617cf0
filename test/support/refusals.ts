import assert from 'node:assert/strict';
import { objectKey } from '../../src/kubeblocks/inventory';
import { jsonObjects, jsonText } from '../../src/kubeblocks/json';
import { KINDS } from '../../src/kubeblocks/kinds';
import { ANNOTATIONS, LABELS } from '../../src/kubeblocks/labels';
import type { AnyObject, Backup, Restore } from '../../src/kubeblocks/objects';
import type { Resource } from '../../src/kubeblocks/resource';
import { rfc3339 } from '../../src/kubeblocks/timeText';
import type { Finding } from '../../src/kubeblocks/finding';
import { inventoryFacts } from '../../src/manifest/facts/inventoryFacts';
import { judge } from '../../src/manifest/judge';
import { objectOf } from '../../src/manifest/manifestObject';
import { ApiError } from '../../src/kubernetes/api';
import { eventsOf } from '../../src/operations/objectEvents';
import { WORKLOADS } from '../../src/operations/workloadKinds';
import type { Product } from '../cluster/support/product';
import { dialectOf } from './manifestDialect';

/** Of the day before all that real backups hold. */
const second = (of: number): string => rfc3339(Date.UTC(2020, 0, 1) + of * 1000);

/** A namespace with a database and its backups, on the playground and on real controllers alike. */
export interface RefusalStage {
  readonly product: Product;
  readonly policy: string;
  /** A method of the policy that makes full backups in a repository. */
  readonly method: string;
  /** Of a cluster that is there. */
  readonly taken: string;
  /** Completed, named `full`. */
  readonly full: Backup;
  /** With a range whose first second no base covers. */
  readonly log: Backup;
  /** Puts a backup there with that status, as if its controller had written it long ago. */
  readonly put: (backup: AnyObject, status: object) => Promise<void>;
}

/** What a rule of ours says beforehand, and a controller or the server afterwards. */
export interface Refusal {
  /** As the rules of a restore are numbered. */
  readonly number: number;
  readonly what: string;
  readonly make: (stage: RefusalStage) => AnyObject;
  /** The code of our finding. */
  readonly code: string;
  readonly words: RegExp;
}

const inNamespace = ({ product }: RefusalStage): string => product.namespace;

function request(stage: RefusalStage, name: string, restore: object, clusterName = name): AnyObject {
  return { apiVersion: 'operations.kubeblocks.io/v1alpha1', kind: 'OpsRequest', metadata: { name, namespace: inNamespace(stage) }, spec: { type: 'Restore', clusterName, restore: { backupNamespace: inNamespace(stage), ...restore } } };
}

function restoreOf(stage: RefusalStage, name: string, backup: string, fields: object): AnyObject {
  return { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Restore', metadata: { name, namespace: inNamespace(stage) }, spec: { backup: { name: backup, namespace: inNamespace(stage) }, ...fields } };
}

function claims(template: object, fields: object = {}): object {
  const volumeClaimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  return { prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaimsTemplate: { replicas: 1, templates: [{ metadata: { name: 'data' }, volumeClaimSpec, ...template }] }, ...fields } };
}

const DATA = claims({ volumeSource: 'data' });
const ONE_FOR_ALL = claims({ volumeSource: 'data' }, { requiredPolicyForAllPodSelection: { dataRestorePolicy: 'OneToMany' } });
const endOfLog = ({ log }: RefusalStage): number => Date.parse(log.status?.timeRange?.end ?? '');

const ROWS: readonly (readonly [number, string, Refusal['make'], string, RegExp])[] = [
  [35, 'a backup that is not there', (at) => request(at, 'r35', { backupName: 'gone' }), 'KB-T001', /not found/],
  [36, 'a backup that failed', (at) => request(at, 'r36', { backupName: 'broken' }), 'KB-T002', /only completed backup/i],
  [37, 'a time that nobody reads', (at) => request(at, 'r37', { backupName: at.log.metadata.name, restorePointInTime: '26-11-23 11:58' }), 'KB-T003', /time|parse/i],
  [38, 'a time after the log', (at) => request(at, 'r38', { backupName: at.log.metadata.name, restorePointInTime: rfc3339(endOfLog(at) + 86_400_000) }), 'KB-T004', /out of (the )?(time )?range/],
  [39, 'a time before any base', (at) => restoreOf(at, 'r39', at.log.metadata.name, { restoreTime: at.log.status?.timeRange?.start, ...DATA }), 'KB-T004', /can not found latest full or incremental backup|out of the range/],
  [40, 'a log upon an incremental, by an engine that restores both in one job', (at) => restoreOf(at, 'r40', 'made-log', { restoreTime: second(40), ...DATA }), 'KB-T004', /unify incremental and continuous restore job is not supported/],
  [41, 'an incremental whose parent is gone', (at) => restoreOf(at, 'r41', 'made-orphan', DATA), 'KB-T011', /fails to get parent backup "gone"/],
  [41, 'an incremental upon a full backup of another method', (at) => restoreOf(at, 'r41b', 'made-misfit', DATA), 'KB-T011', /is not compatible with the child backup method/],
  [41, 'incrementals that lead back to each other', (at) => restoreOf(at, 'r41c', 'made-egg', DATA), 'KB-T011', /backup "made-hen" relies on child backup "made-egg"/],
  [41, 'an incremental whose parent ended in the same second, and comes after it by name', (at) => restoreOf(at, 'r41d', 'made-again', DATA), 'KB-T011', /the parent backup "made-base" is not before the child backup "made-again"/],
  [43, 'a name that is taken', (at) => request(at, 'r43', { backupName: 'full' }, at.taken), 'KB-T006', /exists/],
  [44, 'a backup of all pods, without whose data goes where', (at) => restoreOf(at, 'r44', 'made-of-all', DATA), 'KB-T008', /requiredPolicyForAllPodSelection can not be empty/],
  [44, 'one pod\'s data for all, without which pod', (at) => restoreOf(at, 'r44b', 'made-of-all', ONE_FOR_ALL), 'KB-T008', /source target pod can not be empty/],
  [45, 'a claim without volume and mount path', (at) => restoreOf(at, 'r45b', 'full', claims({})), 'schema/cel', /volumeSource|mountPath/],
  [46, 'steps after the start that name no job and no command', (at) => restoreOf(at, 'r46', 'full', { readyConfig: {} }), 'schema/cel', /jobAction|execAction/],
  [49, 'an OpsRequest of the old group', (at) => ({ ...request(at, 'r49', { backupName: 'full' }), apiVersion: 'apps.kubeblocks.io/v1alpha1' }), 'schema/kind', /^404: /],
];

/** All that a single object is enough for. */
export const REFUSALS: readonly Refusal[] = ROWS.map(([number, what, make, code, words]) => ({ number, what, make, code, words }));

/** What the rules say of an object, error or warning. */
function foreseen(product: Product, object: AnyObject): readonly Finding[] {
  return judge([objectOf(object)], [inventoryFacts(product.inventory)], dialectOf('1.0')).filter(({ severity }) => severity !== 'info' && severity !== 'hint');
}

/** Has the rules judge an object and then the controllers; gives a line that says both. */
export async function foreseenAndSeen(stage: RefusalStage, { number, make, code, words }: Refusal): Promise<string> {
  const { product } = stage;
  const object = make(stage);
  const found = foreseen(product, object);
  assert.ok(found.some((each) => each.code === code), `foreseen: ${JSON.stringify(found.map((each) => [each.code, each.message]))}`);
  const refusal = await refusalOf(product, object);
  assert.match(refusal, words);
  return seenLine(number, code, refusal);
}

/** 45: nobody says what is wrong; the same with its volume named ends well meanwhile. */
export async function claimThatIsNeverMade(stage: RefusalStage): Promise<string> {
  const { product } = stage;
  const wrong = restoreOf(stage, 'r45', 'snapshot', claims({ metadata: { name: 'never' }, mountPath: '/data' }));
  assert.deepEqual(foreseen(product, wrong).map(({ code }) => code), ['KB-T008']);
  await product.deps.api.create(KINDS.restore, wrong);
  await product.deps.api.create(KINDS.restore, restoreOf(stage, 'r45-right', 'snapshot', claims({ metadata: { name: 'thawed' }, volumeSource: 'data' })));
  const restores = (name: string): Restore | undefined => product.inventory.restores.items.get(objectKey(product.namespace, name));
  await product.until('the right one is completed', () => restores('r45-right')?.status?.phase === 'Completed');
  await product.until('the wrong one is at it', () => jsonObjects(restores('r45'), 'status', 'conditions').some((each) => jsonText(each, 'reason') === 'Processing'));
  assert.equal(await warningAbout(product, wrong, () => true), undefined);
  await assert.rejects(product.deps.api.get(WORKLOADS.claim, 'never-0', product.namespace), (error) => error instanceof ApiError && error.details.status === 404);
  return seenLine(45, 'KB-T008', `nothing, and ${restores('r45')?.status?.phase ?? ''}, where the same with volumeSource is Completed`);
}

/** 42: it is the plan that knows, as the object names the backup alone. */
export async function backupWithoutItsCluster({ product, policy, method }: RefusalStage): Promise<string> {
  const bare = await product.completed(policy, { method, name: 'bare' });
  await product.deps.api.patch(KINDS.backup, 'bare', product.namespace, { metadata: { annotations: { [ANNOTATIONS.clusterSnapshot]: null } } });
  await product.until('it forgot', ({ backups }) => backups.items.get(objectKey(product.namespace, 'bare'))?.metadata.annotations?.[ANNOTATIONS.clusterSnapshot] === undefined);
  const plan = product.planRestore({ backup: { ...bare, metadata: { ...bare.metadata, annotations: {} } }, targetName: 'r42' });
  assert.deepEqual(plan.findings.map((each) => each.code), ['KB-T016']);
  const refusal = await refusalOf(product, plan.object);
  assert.match(refusal, /snapshot annotation/);
  return seenLine(42, 'KB-T016', refusal);
}

/** 47: asked of the server alone. */
export async function fieldThatNeverChanges({ product }: RefusalStage): Promise<string> {
  const { apiVersion, kind, metadata, spec } = await product.deps.api.get<Backup>(KINDS.backup, 'full', product.namespace);
  const object = { apiVersion, kind, metadata: { name: metadata.name, namespace: product.namespace }, spec: { ...spec, backupMethod: 'volume-snapshot' } };
  const [found] = judge([objectOf(object)], [inventoryFacts(product.inventory)], dialectOf('1.0')).filter(({ severity }) => severity === 'error');
  assert.equal(found?.code, 'KB-X004');
  const refused = await product.deps.api.patch(KINDS.backup, 'full', product.namespace, { spec: { backupMethod: 'volume-snapshot' } }).catch((error: unknown) => error);
  assert.ok(refused instanceof ApiError && refused.details.status === 422, String(refused));
  return seenLine(47, found.code, refused.message);
}

/** 48: the deletion waits, and an event says why; then it is let go. */
export async function deletionOfWhatIsRetained({ product, policy, method }: RefusalStage): Promise<string> {
  const { object } = await product.planBackup(policy, { method, name: 'kept', deletionPolicy: 'Retain' });
  const [found] = judge([objectOf(object as AnyObject)], [inventoryFacts(product.inventory)], dialectOf('1.0')).filter(({ code }) => code === 'KB-B007');
  assert.match(found?.message ?? '', /keeps the deletion itself waiting/);
  await product.completed(policy, { method, name: 'kept', deletionPolicy: 'Retain' });
  await product.deps.api.delete(KINDS.backup, 'kept', product.namespace);
  const warning = await firstWarning(product, { kind: 'Backup', metadata: { name: 'kept' } }, (message) => message.includes('Retain'));
  assert.equal((await product.deps.api.get<Backup>(KINDS.backup, 'kept', product.namespace)).status?.phase, 'Deleting');
  await product.deps.api.patch(KINDS.backup, 'kept', product.namespace, { spec: { deletionPolicy: 'Delete' } });
  return seenLine(48, 'KB-B007', warning);
}

function seenLine(number: number, code: string, refusal: string): string {
  return `${number}  ${code.padEnd(12)}  ${refusal.replace(/\s+/g, ' ').slice(0, 110)}`;
}

/** Backups as no database makes them by itself: of a cluster of their own, an instant each. */
export async function makePast({ product, policy, full, log, put }: RefusalStage): Promise<void> {
  const [method, apiVersion] = [full.spec?.backupMethod ?? '', 'dataprotection.kubeblocks.io/v1alpha1'];
  await product.deps.api.create(KINDS.actionSet, { apiVersion, kind: 'ActionSet', metadata: { name: 'made-skipping', annotations: { [ANNOTATIONS.skipBaseRestore]: 'true' } }, spec: { backupType: 'Continuous', restore: {} } });
  await product.deps.api.create(KINDS.actionSet, { apiVersion, kind: 'ActionSet', metadata: { name: 'made-incremental' }, spec: { backupType: 'Incremental', restore: {} } });
  const made = async (name: string, type: string, range: readonly [number, number], status: NonNullable<Backup['status']>, compatibleMethod = method): Promise<void> => {
    const labels = { [LABELS.instance]: 'made', [LABELS.clusterUid]: 'made', [LABELS.component]: 'made', [LABELS.backupType]: type, [LABELS.backupPolicy]: policy };
    const isIncrement = type === 'Incremental';
    const backupMethod = isIncrement ? { ...full.status?.backupMethod, name: 'made', actionSetName: 'made-incremental', compatibleMethod } : full.status?.backupMethod;
    const spec = { ...full.spec, ...(isIncrement && { backupMethod: 'made' }) };
    const timeRange = { start: second(range[0]), end: second(range[1]) };
    await put({ apiVersion, kind: 'Backup', metadata: { name, namespace: product.namespace, labels }, spec }, { ...full.status, ...(backupMethod && { backupMethod }), timeRange, ...status });
  };
  const ofLog = log.status?.backupMethod;
  await made('made-base', 'Full', [0, 10], {});
  await made('made-one', 'Incremental', [10, 30], { parentBackupName: 'made-base', baseBackupName: 'made-base' });
  await made('made-log', 'Continuous', [5, 60], { ...(ofLog && { backupMethod: { ...ofLog, actionSetName: 'made-skipping' } }) });
  await made('made-orphan', 'Incremental', [0, 70], { parentBackupName: 'gone', baseBackupName: 'gone' });
  await made('made-misfit', 'Incremental', [0, 80], { parentBackupName: 'made-base', baseBackupName: 'made-base' }, 'another');
  await made('made-again', 'Incremental', [0, 10], { parentBackupName: 'made-base', baseBackupName: 'made-base' });
  await made('made-hen', 'Incremental', [0, 85], { parentBackupName: 'made-egg', baseBackupName: 'made-base' });
  await made('made-egg', 'Incremental', [0, 90], { parentBackupName: 'made-hen', baseBackupName: 'made-base' });
  const target = { ...full.status?.target, podSelector: { ...full.status?.target?.podSelector, strategy: 'All' } };
  await made('made-of-all', 'Full', [0, 100], { target });
  const phaseOf = (name: string): string | undefined => product.inventory.backups.items.get(objectKey(product.namespace, name))?.status?.phase;
  await product.until('the past is known', ({ actionSets }) => phaseOf('made-of-all') === 'Completed' && phaseOf('made-egg') === 'Completed' && actionSets.items.has(objectKey(undefined, 'made-incremental')));
}

/** What the server answers, or the controller says of the object: its failed condition, or the warning it repeats. */
async function refusalOf(product: Product, object: AnyObject): Promise<string> {
  const resource: Resource = { ...(object.kind === 'Restore' ? KINDS.restore : KINDS.opsRequest), ...(object.apiVersion.startsWith('apps') && { group: 'apps.kubeblocks.io' }) };
  try {
    await product.deps.api.create(resource, object, { fieldValidation: 'Ignore' });
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return `${error.details.status}: ${error.message}`;
  }
  for (;;) {
    const live = await product.deps.api.get(resource, object.metadata.name, product.namespace);
    const failed = jsonObjects(live, 'status', 'conditions').find((each) => jsonText(each, 'status') === 'False' && (jsonText(each, 'message') ?? '') !== '');
    const warning = await warningAbout(product, object, () => true);
    const words = jsonText(live, 'status', 'phase') === 'Failed' ? (jsonText(failed, 'message') ?? warning) : warning;
    if (words !== undefined) return words;
    await product.deps.clock.sleep(200);
  }
}

type Named = Pick<AnyObject, 'kind'> & { readonly metadata: { readonly name: string } };

async function warningAbout(product: Product, { kind, metadata }: Named, isIt: (message: string) => boolean): Promise<string | undefined> {
  const events = await eventsOf(product.deps.api, { kind, name: metadata.name, namespace: product.namespace });
  return events.find(({ warning, message }) => warning && isIt(message))?.message;
}

async function firstWarning(product: Product, about: Named, isIt: (message: string) => boolean): Promise<string> {
  for (;;) {
    const warning = await warningAbout(product, about, isIt);
    if (warning !== undefined) return warning;
    await product.deps.clock.sleep(200);
  }
}
