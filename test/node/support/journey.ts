import assert from 'node:assert/strict';
import { backupType } from '../../../src/kubeblocks/backupState';
import { indexClusters, type ClusterEntry } from '../../../src/kubeblocks/clusterIndex';
import { clusterWindow, type ComponentWindow } from '../../../src/kubeblocks/clusterWindow';
import { objectKey } from '../../../src/kubeblocks/inventory';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { AnyObject, Backup, BackupPolicy, Cluster } from '../../../src/kubeblocks/objects';
import type { RestorePlan } from '../../../src/kubeblocks/restorePlan';
import type { RestoreRequest } from '../../../src/kubeblocks/restoreRequest';
import { planSchedule } from '../../../src/kubeblocks/schedulePlan';
import { changeSchedule, trySchedule } from '../../../src/operations/changeSchedule';
import { loadBackup } from '../../../src/operations/restore';
import { namespaceState } from '../../cluster/lane/namespaceState';
import { untilObject } from '../../cluster/lane/untilObject';
import { Product } from '../../cluster/support/product';
import type { ReachedNode } from '../lane/nodeLane';
import { addonCluster, addonManifests } from './addons';
import type { Database } from './databases';
import type { Digest } from './ledger';
import { RunningDatabase } from './runningDatabase';

/** How long (ms) anything may take on a busy machine. */
const PATIENCE = 300_000;
const FIRST_ROWS = 2000;
const PAUSE = 500;

export interface Taken {
  readonly backup: Backup;
  /** Every state that it may hold. */
  readonly states: readonly Digest[];
  /** A second since the epoch after which nothing counts, where the engine writes by itself. */
  readonly until: number;
}

export interface Restored {
  readonly restored: RunningDatabase;
  /** How long (ms) until the new cluster was there with its data. */
  readonly took: number;
  readonly target: RestorePlan['target'];
}

export type Wanted = Pick<RestoreRequest, 'backup'> & Partial<RestoreRequest>;

/** One database on the node with the product beside it: everything a test of backup and restore does. */
export class Journey {
  readonly source: RunningDatabase;
  readonly policy: string;
  private readonly cluster: AnyObject;
  private restored = 0;

  private constructor(
    private readonly lane: ReachedNode,
    readonly database: Database,
    readonly namespace: string,
    readonly product: Product,
    name?: string,
  ) {
    const example = addonCluster(database.name, namespace);
    this.cluster = name === undefined ? example : { ...example, metadata: { ...example.metadata, name } };
    this.policy = `${this.clusterName}-${database.component}-backup-policy`;
    this.source = this.databaseIn(namespace, this.clusterName);
  }

  /** Makes the engine known, and a cluster of it with rows, in a namespace of its own. `name`: the cluster's, instead of the example's. */
  static async start(lane: ReachedNode, database: Database, name?: string): Promise<Journey> {
    await lane.install(...addonManifests(database.name));
    const namespace = await lane.namespace();
    const journey = new Journey(lane, database, namespace, new Product(lane, namespace), name);
    await lane.create(journey.cluster);
    await journey.untilRunning(namespace, journey.clusterName);
    await journey.until<BackupPolicy>(`/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${namespace}/backuppolicies/${journey.policy}`, 'Available', ({ status }) => status?.phase === 'Available');
    await journey.source.fill(FIRST_ROWS);
    return journey;
  }

  get clusterName(): string {
    return this.cluster.metadata.name;
  }

  /** Backs up while rows are written. `retentionPeriod`: as KubeBlocks has it, for ever when absent. */
  async backUp(method: string, name: string, retentionPeriod?: string): Promise<Taken> {
    const { source, database } = this;
    const request = { method, name, ...(retentionPeriod !== undefined && { retentionPeriod }) };
    if (database.scripts.write === undefined) {
      const until = await source.now();
      const states = [await source.digest(until)];
      return { backup: await this.product.completed(this.policy, request), states, until };
    }
    const first = source.ledger.length;
    const writing = new AbortController();
    const writer = this.writeUntil(writing.signal);
    let backup: Backup;
    try {
      backup = await this.product.completed(this.policy, request);
    } finally {
      writing.abort();
      await writer;
    }
    return { backup, states: source.ledger.digests(first, source.ledger.length), until: 0 };
  }

  /** Switches a log method on as the extension does. Resolves with the log backup once it has a range. */
  async startLog(method: string, retentionPeriod = '1d'): Promise<Backup> {
    await this.schedule(method, { enabled: true, cronExpression: '*/1 * * * *', retentionPeriod });
    let log: Backup | undefined;
    await this.product.until(`a log backup by ${method} has a range`, ({ backups }) => {
      log = [...backups.items.values()].find((each) => each.metadata.namespace === this.namespace && backupType(each) === 'Continuous' && each.spec?.backupMethod === method);
      return log?.status?.timeRange?.end !== undefined;
    });
    assert.ok(log);
    return log;
  }

  async schedule(method: string, wanted: { readonly enabled: boolean; readonly cronExpression: string; readonly retentionPeriod: string }): Promise<void> {
    const policy = await this.known('its policy', () => this.product.inventory.policies.items.get(objectKey(this.namespace, this.policy)));
    const schedule = `${this.clusterName}-${this.database.component}-backup-schedule`;
    await this.product.until('its schedule', ({ schedules, actionSets }) => schedules.items.has(objectKey(this.namespace, schedule)) && actionSets.state.state === 'ready');
    const plan = planSchedule(this.product.inventory, { entry: this.entry(), policy, method, ...wanted }, Date.now());
    const judged = await trySchedule(this.product.deps, plan);
    assert.ok(judged.accepted, judged.accepted ? '' : judged.error.message);
    await changeSchedule(this.product.deps, this.product.submissions, plan);
  }

  /** What the product says can be restored to a point in time. */
  window(): ComponentWindow {
    const [component] = clusterWindow(this.product.inventory, this.entry(), Date.now()).components;
    assert.ok(component, 'the cluster has no window');
    return component;
  }

  /** The first and the last second (since the epoch) that the product says can be restored. */
  borders(): { readonly first: number; readonly last: number; readonly log: Backup } {
    const open = this.window().stretches.flatMap((stretch) => (stretch.kind === 'recoverable' ? [stretch] : []));
    const [first] = open;
    const last = open.at(-1);
    assert.ok(first && last, `nothing can be restored: ${JSON.stringify(this.window().stretches.map(({ kind, from, to }) => ({ kind, from, to })))}`);
    return { first: first.from / 1000, last: last.to / 1000, log: last.log };
  }

  /** Switches a log method off, and resolves once nothing archives any more. */
  async stopLog(log: Backup): Promise<void> {
    await this.schedule(log.spec?.backupMethod ?? '', { enabled: false, cronExpression: '*/1 * * * *', retentionPeriod: '1d' });
    await this.product.until('the log backup has ended', ({ backups }) => backups.items.get(objectKey(this.namespace, log.metadata.name))?.status?.phase === 'Completed');
  }

  /** Has everything encrypted that is backed up from now on. */
  async encrypt(passPhrase: string): Promise<void> {
    const name = 'backup-encryption';
    await this.lane.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: this.namespace }, stringData: { passPhrase } });
    await this.product.deps.api.patch(KINDS.backupPolicy, this.policy, this.namespace, { spec: { encryptionConfig: { algorithm: 'AES-256-CFB', passPhraseSecretKeyRef: { name, key: 'passPhrase' } } } });
  }

  /** Resolves once the product says a second since the epoch can be restored. */
  async untilRestorable(second: number): Promise<void> {
    await this.product.until(`${second} can be restored`, () => this.isRestorable(second));
  }

  /** Resolves once the log holds a second since the epoch, whether or not it can be restored. */
  async untilLogged(second: number): Promise<void> {
    await this.product.until(`the log holds ${second}`, () => this.window().logs.some(({ to }) => to >= second * 1000));
  }

  /** The name of the log backup that holds a second since the epoch. */
  logAt(second: number): string {
    const log = this.window().logs.find(({ from, to }) => from <= second * 1000 && second * 1000 <= to);
    assert.ok(log, `no log holds ${second}`);
    return log.backup.metadata.name;
  }

  isRestorable(second: number): boolean {
    return this.window().stretches.some(({ kind, from, to }) => kind === 'recoverable' && from <= second * 1000 && second * 1000 <= to);
  }

  /** The base backup that the product says a restore to a second since the epoch begins with. */
  baseAt(second: number): string | undefined {
    const stretch = this.window().stretches.find(({ from, to }) => from <= second * 1000 && second * 1000 <= to);
    return stretch?.kind === 'recoverable' ? stretch.base?.metadata.name : undefined;
  }

  /** Writes rows some time after what was before, and gives the second after they were written. */
  async writeOnce(): Promise<number> {
    await this.pause(2500);
    await this.source.write(10);
    return this.source.ledger.end + 1;
  }

  plan(request: Wanted): RestorePlan {
    this.restored += 1;
    return this.product.planRestore({ targetName: `restored-${this.restored}`, ...request });
  }

  /** Restores into a new cluster. */
  async restore(request: Wanted): Promise<Restored> {
    const whole = await loadBackup(this.product.deps, request.backup.metadata.namespace, request.backup.metadata.name);
    const plan = this.plan({ ...request, backup: whole });
    assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), []);
    const started = performance.now();
    const outcome = await this.product.restore(plan);
    const { namespace, name } = plan.target;
    if (outcome.kind !== 'restored') assert.fail(`${JSON.stringify({ kind: outcome.kind, ...('reason' in outcome && { reason: outcome.reason }) })}\n${await namespaceState(this.lane.api, namespace)}`);
    const took = performance.now() - started;
    return { restored: this.databaseIn(namespace, name), took, target: plan.target };
  }

  async remove({ namespace, name }: RestorePlan['target']): Promise<void> {
    await this.product.deps.api.delete(KINDS.cluster, name, namespace);
  }

  /** Asserts that a database holds one of the states, asked again where reads lag behind. */
  async assertHolds(restored: RunningDatabase, states: readonly Digest[], until?: number): Promise<void> {
    const patience = Date.now() + (this.database.settles === true ? 60_000 : 0);
    const read = async (): Promise<Digest> => {
      try {
        return await restored.digest(until);
      } catch (error) {
        // One that reads from memory refuses until it has loaded what it stores.
        if (Date.now() >= patience) throw error;
        return String(error);
      }
    };
    let found = await read();
    while (!states.includes(found) && Date.now() < patience) {
      await this.pause();
      found = await read();
    }
    assert.ok(states.includes(found), `it holds ${found}, and not ${summary(states)}`);
  }

  /** Asserts that none of these clusters, and no request for one, is there. */
  async assertAbsent(clusters: readonly { readonly namespace: string; readonly name: string }[]): Promise<void> {
    for (const { namespace, name } of clusters) {
      await assert.rejects(this.lane.api.get(`/apis/apps.kubeblocks.io/v1/namespaces/${namespace}/clusters/${name}`), { status: 404 });
    }
    const requests = await this.lane.api.list(`/apis/operations.kubeblocks.io/v1alpha1/namespaces/${this.namespace}/opsrequests`);
    const asked = requests.map(({ spec }) => (spec as { clusterName?: string }).clusterName);
    assert.deepEqual(clusters.filter(({ name }) => asked.includes(name)), []);
  }

  async pause(ms = PAUSE): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  async removeSource(): Promise<void> {
    const path = `/apis/apps.kubeblocks.io/v1/namespaces/${this.namespace}/clusters/${this.clusterName}`;
    await this.lane.api.delete(path);
    await untilObject(this.lane.api, path, 'gone', (object) => object === undefined, PATIENCE);
  }

  /** Ends the product, whose log must be clean, and removes the namespace's databases. */
  async end(): Promise<void> {
    this.product.dispose();
    const clusters = `/apis/apps.kubeblocks.io/v1/namespaces/${this.namespace}/clusters`;
    for (const { metadata } of await this.lane.api.list(clusters)) await this.lane.api.delete(`${clusters}/${metadata.name}`);
    assert.deepEqual(this.product.logger.errors, []);
  }

  private async writeUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.source.write(Math.min(this.database.rowsAtOnce, 50));
    }
  }

  /** The database of a cluster of this engine; what was written to it is not known. */
  databaseIn(namespace: string, cluster: string): RunningDatabase {
    const { component } = this.database;
    return new RunningDatabase(this.lane, this.database, { namespace, pod: `${cluster}-${component}-0`, container: component });
  }

  private entry(): ClusterEntry {
    const found = indexClusters(this.product.inventory).entries.get(objectKey(this.namespace, this.clusterName));
    assert.ok(found, `${this.clusterName} is not known`);
    return found;
  }

  private async known<T>(what: string, find: () => T | undefined): Promise<T> {
    await this.product.until(what, () => find() !== undefined);
    const found = find();
    assert.ok(found);
    return found;
  }

  async untilRunning(namespace: string, name: string): Promise<void> {
    try {
      await this.until<Cluster>(`/apis/apps.kubeblocks.io/v1/namespaces/${namespace}/clusters/${name}`, 'Running', ({ status }) => status?.phase === 'Running');
    } catch (error) {
      throw new Error(`${String(error)}\n${await namespaceState(this.lane.api, namespace)}`, { cause: error });
    }
  }

  private async until<T>(path: string, what: string, isSo: (object: T) => boolean): Promise<void> {
    await untilObject(this.lane.api, path, what, (object) => object !== undefined && isSo(object as T), PATIENCE);
  }
}

function summary(states: readonly Digest[]): string {
  const [first = 'anything'] = states;
  return states.length > 1 ? `one of ${states.length} from ${first} to ${String(states.at(-1))}` : first;
}
