import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { planBackup, type BackupPlan, type BackupRequest } from '../../../src/kubeblocks/backupPlan';
import { objectKey, type Inventory } from '../../../src/kubeblocks/inventory';
import type { Backup } from '../../../src/kubeblocks/objects';
import { planRestore, type RestorePlan } from '../../../src/kubeblocks/restorePlan';
import type { RestoreRequest } from '../../../src/kubeblocks/restoreRequest';
import { connect } from '../../../src/kubernetes/clusterSession';
import type { ClusterSession } from '../../../src/kubernetes/session';
import { systemClock } from '../../../src/kubernetes/systemClock';
import { followBackup, type BackupOutcome } from '../../../src/operations/followBackup';
import { followRestore, type RestoreOutcome } from '../../../src/operations/followRestore';
import { backUp } from '../../../src/operations/backUp';
import { loadBackup, restore } from '../../../src/operations/restore';
import type { OperationDeps } from '../../../src/operations/ports';
import { Submissions } from '../../../src/operations/submissions';
import { readKubeconfigText } from '../../support/kubeconfigText';
import { RecordingLogger } from '../../support/recordingLogger';
import { untilKnown } from '../../support/untilKnown';
import type { ClusterLane } from '../lane/clusterLane';
import type { UserName } from '../lane/users';

/** A look at least this often (ms): the pauses are for people's clusters, not for a cluster of one's own. */
const LONGEST_PAUSE = 1000;

/** The product without its interface, connected to the lane as one of its users, for the databases of one namespace. */
export class Product {
  readonly logger = new RecordingLogger();
  readonly session: ClusterSession;
  readonly deps: OperationDeps;
  readonly submissions: Submissions;

  constructor(
    lane: Pick<ClusterLane, 'kubeconfigFor'>,
    readonly namespace: string,
    user: UserName = 'administrator',
  ) {
    this.session = connect(readKubeconfigText(lane.kubeconfigFor(user, namespace)), user, { logger: this.logger, clock: systemClock });
    const clock = { now: () => Date.now(), sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(Math.min(ms, LONGEST_PAUSE), signal) };
    this.deps = { api: this.session.api, clock, logger: this.logger, newId: randomUUID };
    this.submissions = new Submissions(this.deps);
  }

  get inventory(): Inventory {
    return this.session.inventory;
  }

  /** Resolves once what the session knows is so. */
  until(what: string, isSo: (inventory: Inventory) => boolean): Promise<void> {
    return untilKnown(this.session, what, isSo);
  }

  /** The plan for a backup by the namespace's policy. */
  async planBackup(policy: string, request: Pick<BackupRequest, 'method' | 'name'> & Partial<BackupRequest>): Promise<BackupPlan> {
    await this.until(`policy ${policy}`, ({ policies, actionSets }) => policies.items.has(objectKey(this.namespace, policy)) && actionSets.state.state === 'ready');
    const found = this.inventory.policies.items.get(objectKey(this.namespace, policy));
    assert.ok(found);
    return planBackup(this.inventory, { policy: found, deletionPolicy: 'Delete', ...request }, Date.now());
  }

  /** Backs up, and follows it to its end. */
  async backUp(policy: string, request: Pick<BackupRequest, 'method' | 'name'> & Partial<BackupRequest>): Promise<BackupOutcome> {
    const { object } = await backUp(this.submissions, await this.planBackup(policy, request));
    return followBackup(this.deps, object);
  }

  /** Backs up, and gives the completed backup once the session knows it, too. */
  async completed(policy: string, request: Pick<BackupRequest, 'method' | 'name'> & Partial<BackupRequest>): Promise<Backup> {
    const outcome = await this.backUp(policy, request);
    assert.equal(outcome.kind, 'completed', JSON.stringify(outcome));
    const key = objectKey(this.namespace, request.name);
    await this.until(`${request.name} is completed`, ({ backups }) => backups.items.get(key)?.status?.phase === 'Completed');
    return loadBackup(this.deps, this.namespace, request.name);
  }

  planRestore(request: Pick<RestoreRequest, 'backup' | 'targetName'> & Partial<RestoreRequest>): RestorePlan {
    const whole = { targetNamespace: this.namespace, way: 'opsRequest', ...request } as const;
    return planRestore(this.inventory, whole, { now: Date.now(), timeZone: 'UTC' });
  }

  /** Starts a planned restore, and follows it to its end. */
  async restore(plan: RestorePlan): Promise<RestoreOutcome> {
    await restore(this.submissions, plan);
    return this.followRestore(plan);
  }

  followRestore({ object, target }: Pick<RestorePlan, 'object' | 'target'>): Promise<RestoreOutcome> {
    const ops = object.kind === 'OpsRequest' ? { opsName: object.metadata.name } : {};
    return followRestore(this.deps, () => this.inventory, { namespace: target.namespace, clusterName: target.name, ...ops });
  }

  dispose(): void {
    this.session.dispose();
  }
}
