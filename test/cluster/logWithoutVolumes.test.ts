import assert from 'node:assert/strict';
import { endOf } from '../../src/kubeblocks/backupState';
import { indexClusters } from '../../src/kubeblocks/clusterIndex';
import { objectKey } from '../../src/kubeblocks/inventory';
import { KINDS } from '../../src/kubeblocks/kinds';
import { LABELS } from '../../src/kubeblocks/labels';
import type { Restore } from '../../src/kubeblocks/objects';
import { recoveryWindow, segmentAt } from '../../src/kubeblocks/recoveryWindow';
import { planSchedule } from '../../src/kubeblocks/schedulePlan';
import { changeSchedule } from '../../src/operations/changeSchedule';
import { loadBackup } from '../../src/operations/restore';
import { ENGINE_CASES } from '../conformance/engines/engineClusters';
import type { ClusterLane } from './lane/clusterLane';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

/**
 * MongoDB's `archive-oplog` names no targetVolumes, so that the manager makes no Restore that fills volumes, whatever the
 * base is: `BuildPrepareDataRestore` of `pkg/controller/plan/restore.go`.
 */
describe('a log whose method names no volumes, on the real controllers', () => {
  let lane: ClusterLane;
  let product: Product;
  let policy: string;

  before(async () => {
    const engine = ENGINE_CASES.find(({ row }) => row === 'MongoDB (replica set)');
    assert.ok(engine);
    lane = await sharedCluster();
    const { name } = await lane.namespace({ engine: false });
    await lane.create({ ...engine.cluster, metadata: { ...engine.cluster.metadata, namespace: name } });
    product = new Product(lane, name);
    const cluster = engine.cluster.metadata.name;
    const policyKey = objectKey(name, engine.policy);
    await product.until('the database runs', ({ clusters, policies, schedules }) => {
      const isScheduled = [...schedules.items.values()].some(({ metadata, spec }) => metadata.namespace === name && spec?.backupPolicyName === engine.policy);
      return isScheduled && clusters.items.get(objectKey(name, cluster))?.status?.phase === 'Running' && policies.items.get(policyKey)?.status?.phase === 'Available';
    });
    const [entry, live] = [indexClusters(product.inventory).entries.get(objectKey(name, cluster)), product.inventory.policies.items.get(policyKey)];
    assert.ok(entry && live);
    policy = engine.policy;
    await changeSchedule(product.deps, product.submissions, planSchedule(product.inventory, { entry, policy: live, method: 'archive-oplog', enabled: true }, Date.now()));
    // A base that ends in the second in which the log begins may lead to no instant of that log.
    await product.until('the log is a second old', () => {
      const { start, end } = logOf()?.status?.timeRange ?? {};
      return start !== undefined && end !== undefined && start < end;
    });
  });

  after(() => product.dispose());

  /** Other suites leave such logs in namespaces of theirs. */
  const logOf = () => [...product.inventory.backups.items.values()].find(({ metadata, spec }) => metadata.namespace === product.namespace && spec?.backupMethod === 'archive-oplog');

  for (const { base, kind, reason, restored } of [
    { base: 'dump', kind: 'recoverable', reason: undefined, restored: { kind: 'restored', jobs: 2 } },
    { base: 'datafile', kind: 'unreachable', reason: 'volumesBase', restored: { kind: 'empty', jobs: 1 } },
  ] as const) {
    it(`with base ${base}: ${kind}, and so it comes back`, async () => {
      // One after the other: of two that end in one second only one is a base.
      const at = endOf(await product.completed(policy, { method: base, name: base }));
      assert.ok(at !== undefined);
      const log = logOf();
      assert.ok(log);
      const segment = () => {
        const found = product.inventory.backups.items.get(objectKey(product.namespace, log.metadata.name));
        const window = found && recoveryWindow(product.inventory, found);
        return window && segmentAt(window, at);
      };
      await product.until(`the log reaches ${base}`, () => segment() !== undefined);
      const found = segment();
      assert.deepEqual([found?.kind, found?.kind === 'unreachable' ? found.reason : undefined], [kind, reason]);

      const targetName = `by-${base}`;
      const backup = await loadBackup(product.deps, product.namespace, log.metadata.name);
      const plan = product.planRestore({ backup, targetName, restoreTime: at });
      assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error').map(({ field }) => field), kind === 'recoverable' ? [] : ['time'], 'our plan says so first');
      await lane.create(plan.object);
      const outcome = await product.followRestore(plan);
      const restores: Restore[] = [];
      for await (const { items } of product.deps.api.listPages<Restore>(KINDS.restore, product.namespace, { labelSelector: `${LABELS.instance}=${targetName}` })) restores.push(...items);
      const { phase } = product.inventory.opsRequests.items.get(objectKey(product.namespace, plan.object.metadata.name))?.status ?? {};
      assert.equal(phase, 'Succeed', 'KubeBlocks calls it done');
      assert.equal(outcome.kind, restored.kind);
      assert.deepEqual(restores.map(({ metadata, status }) => [metadata.name.replace(/-[0-9a-f]{8}-/, '-'), status?.phase]), [[`${targetName}-mongodb-postready`, 'Completed']]);
      assert.equal(restores[0]?.status?.actions?.postReady?.length, restored.jobs);
    });
  }
});
