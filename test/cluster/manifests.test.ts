import assert from 'node:assert/strict';
import { KINDS } from '../../src/kubeblocks/kinds';
import type { AnyObject } from '../../src/kubeblocks/objects';
import type { AppError } from '../../src/operations/appError';
import { applyChanges } from '../../src/operations/applyChanges';
import { comparable } from '../../src/operations/comparable';
import { deleteObjects, findDoomed } from '../../src/operations/deleteObjects';
import { planChanges, type PlannedChange } from '../../src/operations/planChanges';
import type { ClusterLane } from './lane/clusterLane';
import type { LaneNamespace } from './lane/laneNamespace';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

describe('manifests on the real API server', () => {
  let lane: ClusterLane;
  let space: LaneNamespace;
  let product: Product;

  before(async () => {
    lane = await sharedCluster();
    space = await lane.namespace();
    product = new Product(lane, space.name);
  });
  after(() => product.dispose());

  const policy = (name: string, change: Record<string, unknown> = {}): AnyObject => ({
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'BackupPolicy',
    metadata: { name },
    spec: {
      target: { podSelector: { matchLabels: { app: name } } },
      backupMethods: [{ name: 'snap', snapshotVolumes: true, targetVolumes: { volumes: ['data'] } }],
      ...change,
    },
  });
  const plan = (...objects: readonly AnyObject[]): Promise<readonly PlannedChange[]> => planChanges(product.deps, objects, space.name);

  it('are planned without being stored, then created, found unchanged, and changed', async () => {
    const planned = await plan(policy('by-hand'));
    assert.deepEqual(planned.map(({ change }) => change), ['create']);
    await assert.rejects(space.get('backuppolicies', 'by-hand'), { status: 404 });
    await applyChanges(product.deps, planned);
    await space.until('backuppolicies', 'by-hand', 'seen by its controller', (object) => object['status'] !== undefined);
    assert.deepEqual((await plan(policy('by-hand'))).map(({ change }) => change), ['none']);
    const [update] = await plan(policy('by-hand', { backoffLimit: 5 }));
    assert.ok(update);
    assert.equal(update.change, 'update');
    const { before, after } = comparable(update.live, update.result);
    assert.deepEqual({ ...before, spec: { ...(before?.['spec'] as object), backoffLimit: 5 } }, after);
    await applyChanges(product.deps, [update]);
    assert.deepEqual((await plan(policy('by-hand', { backoffLimit: 5 }))).map(({ change }) => change), ['none']);
  });

  it('are refused with the field that the server does not know', async () => {
    await assert.rejects(plan(policy('wrong', { backoffLimt: 3 })), (error: AppError) => {
      assert.equal(error.reason, 'invalid', error.message);
      assert.match(error.message, /^BackupPolicy wrong would not be accepted: the cluster refuses it\. .*backoffLimt/s);
      return true;
    });
  });

  it('are refused with the kind that the server does not serve', async () => {
    await assert.rejects(plan({ ...policy('old'), apiVersion: 'storage.kubeblocks.io/v1alpha1' }), { reason: 'notFound', message: /does not serve this kind/ });
  });

  it('name the fields that somebody else set, and take them over', async () => {
    await product.deps.api.create(KINDS.backupPolicy, { ...policy('shared', { backoffLimit: 1 }), metadata: { name: 'shared', namespace: space.name } });
    const changes = await plan(policy('shared', { backoffLimit: 5 }));
    assert.deepEqual(changes.map(({ conflicts }) => conflicts.map(({ field }) => field)), [['.spec.backoffLimit']]);
    const [applied] = await applyChanges(product.deps, changes);
    assert.equal((applied?.object['spec'] as { readonly backoffLimit: number }).backoffLimit, 5);
  });

  it('are deleted after one question', async () => {
    await applyChanges(product.deps, await plan(policy('doomed')));
    const doomed = await findDoomed(product.deps, [policy('doomed'), policy('never-made')], space.name);
    assert.deepEqual(doomed.map(({ live }) => live.metadata.name), ['doomed']);
    assert.equal(await deleteObjects(product.deps, doomed, 'lane', { ask: () => Promise.resolve(true) }), true);
    await space.untilGone('backuppolicies', 'doomed');
  });
});
