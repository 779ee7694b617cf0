import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { backupMethods, type MethodOption } from '../../../src/kubeblocks/backupMethods';
import { planBackup } from '../../../src/kubeblocks/backupPlan';
import { backupType } from '../../../src/kubeblocks/backupState';
import { capabilityRows, type CapabilityRow } from '../../../src/kubeblocks/capabilities';
import { indexClusters, type ClusterEntry } from '../../../src/kubeblocks/clusterIndex';
import { PROMISED_CAPABILITIES, type Capability, type EngineMethod } from '../../../src/kubeblocks/engineMatrix';
import { objectKey } from '../../../src/kubeblocks/inventory';
import { jsonAt } from '../../../src/kubeblocks/json';
import { KINDS } from '../../../src/kubeblocks/kinds';
import { LABELS } from '../../../src/kubeblocks/labels';
import type { AnyObject, Backup, BackupPolicy } from '../../../src/kubeblocks/objects';
import { recoverableRanges, recoveryWindows } from '../../../src/kubeblocks/recoveryWindow';
import { planRestore } from '../../../src/kubeblocks/restorePlan';
import type { RestoreRequest } from '../../../src/kubeblocks/restoreRequest';
import { restoreWays } from '../../../src/kubeblocks/restoreWays';
import { planSchedule } from '../../../src/kubeblocks/schedulePlan';
import { backUp, tryBackup } from '../../../src/operations/backUp';
import { changeSchedule, trySchedule } from '../../../src/operations/changeSchedule';
import { readSurroundings } from '../../../src/operations/readSurroundings';
import { loadBackup, tryRestore } from '../../../src/operations/restore';
import { buildTree } from '../../../src/ui/views/buildTree';
import { treeText } from '../../../src/ui/views/treeText';
import { judgedPlan } from '../../../src/manifest/judgePlan';
import { judgeFile } from '../../../src/manifest/judgeFile';
import { readFile } from '../../../src/manifest/manifestFile';
import { dialectOf } from '../../support/manifestDialect';
import type { Product } from '../../cluster/support/product';
import type { EngineCase } from './engineClusters';

/** What was run for each capability; a cross stands for an offer that is absent, which was looked at. */
export type Ran = Readonly<Record<string, string>>;

/** The methods that were restored from, by kind of backup and by way. */
export type Restored = Readonly<Record<string, string>>;

/** Columns of the table of restores. */
export const RESTORES = ['Full', 'Incremental', 'Snapshot', 'Selective', 'an instant', 'some keys', 'annotation'] as const;

/** Where the engine runs. */
export interface JourneyStage {
  /** The cluster's clock. */
  readonly now: () => number;
  /** The default one. */
  readonly repository: string;
}

/** Takes one engine through every capability of its row, by the extension's own operations. */
export class EngineJourney {
  private readonly ran: Record<string, string> = {};
  private readonly completed = new Map<string, Backup>();
  private readonly running = new Map<string, Backup>();

  constructor(
    private readonly product: Product,
    private readonly engine: EngineCase,
    private readonly stage: JourneyStage,
  ) {}

  async run(): Promise<Ran> {
    await this.product.until(`policy ${this.engine.policy}`, ({ policies, schedules, repos, clusters }) => {
      const isRunning = clusters.items.get(objectKey(this.product.namespace, this.engine.cluster.metadata.name))?.status?.phase === 'Running';
      const isPolicyUsable = policies.items.get(objectKey(this.product.namespace, this.engine.policy))?.status?.phase === 'Available';
      const hasSchedule = [...schedules.items.values()].some(({ spec }) => spec?.backupPolicyName === this.engine.policy);
      return isRunning && isPolicyUsable && hasSchedule && [...repos.items.values()].some(({ status }) => status?.phase === 'Ready');
    });
    const row = this.row();
    assert.equal(PROMISED_CAPABILITIES.map((of) => (this.giving(row, of).length > 0 ? 'x' : '-')).join(''), this.engine.ticks, 'what the policy gives');
    await this.turnLogsOn(row);
    await this.backUpByEachMethod(row);
    await this.runBySchedule(row);
    this.takeStock(row);
    await this.reachAnInstant(row);
    this.seeInTree();
    this.findNoOtherOffer(row);
    return this.ran;
  }

  /** Every way of restoring that the row allows, to its end: each backup that was made, the log to its last instant, and the first one in each way of the line. After `run`. */
  async restoreEveryWay(): Promise<Restored> {
    const restored: Record<string, string> = {};
    const ways = restoreWays(this.product.inventory.line);
    let number = 0;
    for (const [method, { metadata }] of this.completed) {
      const backup = await loadBackup(this.product.deps, this.product.namespace, metadata.name);
      for (const way of number === 0 ? ways : ways.slice(0, 1)) {
        number += 1;
        const kind = backupType(backup) === 'Full' && backup.status?.backupMethod?.snapshotVolumes === true ? 'Snapshot' : (backupType(backup) ?? '');
        await this.restoreOne(`${this.engine.cluster.metadata.name}-r${number}`, { backup, way });
        const column = way === 'opsRequest' ? kind : way;
        restored[column] = [restored[column], method].filter((each) => each !== undefined).join(', ');
      }
    }
    const window = recoveryWindows(this.product.inventory, this.entry).find((each) => recoverableRanges(each.segments).length > 0);
    const last = window === undefined ? undefined : recoverableRanges(window.segments).at(-1);
    if (window !== undefined && last !== undefined) {
      const backup = await loadBackup(this.product.deps, this.product.namespace, window.log.metadata.name);
      await this.restoreOne(`${this.engine.cluster.metadata.name}-then`, { backup, way: 'opsRequest', restoreTime: last.from });
      restored['an instant'] = backup.spec?.backupMethod ?? '';
    }
    const ofKeys = this.engine.row.startsWith('Redis') ? await this.restoreSomeKeys() : undefined;
    if (ofKeys !== undefined) restored['some keys'] = ofKeys;
    return restored;
  }

  /** The patterns reach the jobs by way of the Restores. */
  private async restoreSomeKeys(): Promise<string> {
    const [method, made] = [...this.completed].find(([, backup]) => backup.status?.backupMethod?.snapshotVolumes !== true) ?? [];
    assert.ok(method !== undefined && made !== undefined);
    const { deps, namespace } = this.product;
    const targetName = `${this.engine.cluster.metadata.name}-keys`;
    const env = [{ name: 'DP_RESTORE_KEY_PATTERNS', value: 'user:*,cart:*' }];
    await this.restoreOne(targetName, { backup: await loadBackup(deps, namespace, made.metadata.name), way: 'opsRequest', env });
    const restores: AnyObject[] = [];
    for await (const { items } of deps.api.listPages(KINDS.restore, namespace, { labelSelector: `${LABELS.instance}=${targetName}` })) restores.push(...items);
    assert.ok(restores.length > 0, `${targetName} has Restores`);
    for (const restore of restores) assert.deepEqual(jsonAt(restore, 'spec', 'env'), env, restore.metadata.name);
    return method;
  }

  private async restoreOne(targetName: string, request: Pick<RestoreRequest, 'backup' | 'way'> & Partial<RestoreRequest>): Promise<void> {
    const around = await readSurroundings(this.product.deps.api, { source: this.product.namespace, target: this.product.namespace });
    const whole = { targetName, targetNamespace: this.product.namespace, ...request };
    const plan = judgedPlan(planRestore(this.product.inventory, whole, { now: this.stage.now(), timeZone: 'UTC' }, around), this.product.inventory, around, dialectOf('1.0'));
    assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), [], `${targetName} from ${request.backup.metadata.name}`);
    const outcome = await this.product.restore(plan);
    if (outcome.kind !== 'restored') {
      assert.fail(`${targetName} from ${request.backup.metadata.name}: ${JSON.stringify(outcome)}`);
    }
    assert.equal(outcome.restores, plan.creates.restores, `${targetName} made the Restores that were planned`);
  }

  private row(): CapabilityRow {
    const row = capabilityRows(this.product.inventory, '1.0').find(({ source }) => source.kind === 'live' && source.policies.includes(this.engine.policy));
    assert.ok(row);
    assert.equal(row.name, this.engine.row);
    return row;
  }

  private giving(row: CapabilityRow, of: Capability): readonly EngineMethod[] {
    return row.cells.find(({ capability }) => capability === of)?.methods ?? [];
  }

  private get policy(): BackupPolicy {
    const policy = this.product.inventory.policies.items.get(objectKey(this.product.namespace, this.engine.policy));
    assert.ok(policy);
    return policy;
  }

  private get entry(): ClusterEntry {
    const entry = indexClusters(this.product.inventory).entries.get(objectKey(this.product.namespace, this.engine.cluster.metadata.name));
    assert.ok(entry);
    return entry;
  }

  private async turn(method: string, enabled: boolean, cronExpression?: string): Promise<void> {
    const plan = planSchedule(this.product.inventory, { entry: this.entry, policy: this.policy, method, enabled, ...(cronExpression !== undefined && { cronExpression }) }, this.stage.now());
    assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), []);
    const asked = await trySchedule(this.product.deps, plan);
    assert.ok(asked.accepted, asked.accepted ? '' : asked.error.message);
    await changeSchedule(this.product.deps, this.product.submissions, plan);
  }

  /** Every log backup of the engine, one after the other. */
  private async turnLogsOn(row: CapabilityRow): Promise<void> {
    for (const { name } of this.giving(row, 'log')) {
      await this.turn(name, true);
      this.running.set(name, await this.until(`${name} runs`, ({ spec, status }) => spec?.backupMethod === name && status?.phase === 'Running'));
    }
  }

  private async backUpByEachMethod(row: CapabilityRow): Promise<void> {
    // An increment needs its full copy first.
    const methods = row.methods.filter(({ type }) => type !== 'Continuous').toSorted((a, b) => Number(a.type === 'Incremental') - Number(b.type === 'Incremental'));
    for (const { name: method, parameters } of methods) {
      const name = `${this.engine.cluster.metadata.name}-${method}`;
      const request = { policy: this.policy, method, name, deletionPolicy: 'Delete', retentionPeriod: '7d', ...(parameters === true && { parameters: [{ name: 'database', value: 'shop' }] }) } as const;
      const plan = planBackup(this.product.inventory, request, this.stage.now());
      assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), [], method);
      const asked = await tryBackup(this.product.deps, plan);
      assert.ok(asked.accepted, asked.accepted ? '' : asked.error.message);
      await backUp(this.product.submissions, plan);
      this.completed.set(method, await this.until(`${name} is completed`, ({ metadata, status }) => metadata.name === name && status?.phase === 'Completed'));
    }
  }

  /** The first method that is no log, each minute until one came. */
  private async runBySchedule(row: CapabilityRow): Promise<void> {
    const method = this.giving(row, 'scheduled').find(({ type }) => type === 'Full');
    if (method === undefined) return;
    await this.turn(method.name, true, '* * * * *');
    const own = new Set([...this.completed.values()].map(({ metadata }) => metadata.name));
    const made = await this.until(`${method.name} by schedule`, ({ metadata, spec, status }) => spec?.backupMethod === method.name && !own.has(metadata.name) && status?.phase === 'Completed');
    await this.turn(method.name, false);
    this.completed.set(`${method.name} by schedule`, made);
    this.ran['scheduled'] = method.name;
  }

  /** Which of what was made stands for which capability, by what the backups themselves say. */
  private takeStock(row: CapabilityRow): void {
    const made = (of: Capability, isSo: (backup: Backup) => boolean): void => {
      const names = this.giving(row, of).map(({ name }) => name);
      const shown = names.filter((name) => [this.completed.get(name), this.running.get(name)].some((backup) => backup !== undefined && isSo(backup)));
      assert.deepEqual(shown, names, `${of} by each of its methods`);
      if (names.length > 0) this.ran[of] = names.join(', ');
    };
    const snapshots = ({ status }: Backup): boolean => (status?.actions ?? []).some(({ volumeSnapshots = [] }) => volumeSnapshots.length > 0);
    const inRepository = ({ status }: Backup): boolean => status?.backupRepoName === this.stage.repository;
    made('snapshot', snapshots);
    made('datafile', (backup) => !snapshots(backup) && inRepository(backup));
    made('full', (backup) => backupType(backup) === 'Full');
    made('log', (backup) => backupType(backup) === 'Continuous' && inRepository(backup));
    made('realTime', (backup) => backupType(backup) === 'Continuous');
    made('compression', inRepository);
  }

  /** Waits until the log reaches past a base, and has the server take a restore to an instant in between. */
  private async reachAnInstant(row: CapabilityRow): Promise<void> {
    const [method] = this.giving(row, 'pitr');
    if (method === undefined) return;
    const range = (): { readonly log: Backup; readonly to: number } | undefined => {
      const window = recoveryWindows(this.product.inventory, this.entry).find(({ log }) => log.spec?.backupMethod === method.name);
      const last = window === undefined ? undefined : recoverableRanges(window.segments).at(-1);
      return window === undefined || last === undefined ? undefined : { log: window.log, to: last.to };
    };
    await this.product.until(`${this.engine.row} is recoverable to an instant`, () => range() !== undefined);
    const found = range();
    assert.ok(found);
    const backup = await loadBackup(this.product.deps, this.product.namespace, found.log.metadata.name);
    const plan = this.product.planRestore({ backup, targetName: `${this.engine.cluster.metadata.name}-then`, restoreTime: found.to });
    assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), []);
    const asked = await tryRestore(this.product.deps, plan);
    assert.ok(asked.accepted, asked.accepted ? '' : asked.error.message);
    this.ran['pitr'] = method.name;
  }

  private seeInTree(): void {
    const options = { groupBy: 'cluster', filter: '', pages: () => 10 } as const;
    const time = { now: this.stage.now(), timeZone: 'UTC' };
    const { name } = this.engine.cluster.metadata;
    const [node] = buildTree('kubeblocksBackup.clusters', this.product.inventory, options, time).filter(({ label }) => label === name);
    assert.ok(node);
    const lines = treeText([node]).split('\n');
    for (const [method, { metadata }] of this.completed) {
      assert.ok(lines.some((line) => line.includes(`(pass) ${metadata.name}  `)), `${method}: ${metadata.name} in\n${lines.join('\n')}`);
    }
    for (const method of this.running.keys()) {
      assert.ok(lines.some((line) => line.includes(`${method}  log backup · `) && !line.includes('off')), `${method} in\n${lines.join('\n')}`);
    }
  }

  /** What the row has not, the policy does not offer, and a plan for it is refused with the reason. */
  private findNoOtherOffer(row: CapabilityRow): void {
    const offers = backupMethods(this.product.inventory, this.policy).filter(({ name }) => row.methods.some((method) => method.name === name));
    for (const { capability, methods, reason } of row.cells) {
      const isOffer = OFFERS[capability];
      if (methods.length > 0 || isOffer === undefined) continue;
      assert.deepEqual(offers.filter(isOffer).map(({ name }) => name), [], `${capability} is offered`);
      assert.match(reason ?? '', /\S.*\.$/, `${capability} has a reason`);
      const foreign = FOREIGN[capability];
      if (foreign !== undefined) {
        const plan = planBackup(this.product.inventory, { policy: this.policy, method: foreign, name: 'refused', deletionPolicy: 'Delete' }, this.stage.now());
        const errors = plan.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
        assert.match(errors.join(), new RegExp(`${foreign}.*${this.engine.policy}`), `${capability} by ${foreign} is refused`);
        this.findManifestRefused(foreign, capability === 'pitr');
      }
    }
  }

  /** Linted without a cluster: nothing is known of an engine that no add-on of KubeBlocks has. */
  private findManifestRefused(method: string, isPitr: boolean): void {
    if (this.engine.row === 'Prometheus') return;
    const { spec, ...rest } = this.engine.cluster;
    const manifest = { ...rest, spec: { ...(spec as object), backup: { enabled: true, method, ...(isPitr && { pitrEnabled: true }) } } };
    const found = judgeFile(readFile(stringify(manifest)), [], dialectOf('1.0')).filter(({ code }) => code === 'KB-E001' || code === 'KB-E002');
    assert.deepEqual(found.map(({ code }) => code), isPitr ? ['KB-E001', 'KB-E002'] : ['KB-E001'], `${method} in ${this.engine.row}`);
  }

  private async until(what: string, isIt: (backup: Backup) => boolean): Promise<Backup> {
    const find = (): Backup | undefined => [...this.product.inventory.backups.items.values()].find((backup) => backup.spec?.backupPolicyName === this.engine.policy && isIt(backup));
    await this.product.until(`${this.engine.row}: ${what}`, () => find() !== undefined);
    const found = find();
    assert.ok(found);
    return found;
  }
}

/** How an offer of each capability would look; compression is not offered, but done. */
const OFFERS: Readonly<Partial<Record<Capability, (option: MethodOption) => boolean>>> = {
  realTime: ({ type }) => type === 'Continuous',
  snapshot: ({ snapshot }) => snapshot,
  datafile: ({ type, snapshot }) => type === 'Full' && !snapshot,
  log: ({ type }) => type === 'Continuous',
  pitr: ({ type }) => type === 'Continuous',
  incremental: ({ type }) => type === 'Incremental',
  selective: ({ type }) => type === 'Selective',
};

/** A method by which other engines do it. */
const FOREIGN: Readonly<Partial<Record<Capability, string>>> = { snapshot: 'volume-snapshot', datafile: 'xtrabackup', log: 'archive-wal', realTime: 'archive-wal', pitr: 'archive-wal' };
