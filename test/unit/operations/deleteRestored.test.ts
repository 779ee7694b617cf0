import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { Cluster, OpsRequest } from '../../../src/kubeblocks/objects';
import { deleteRestored } from '../../../src/operations/deleteRestored';
import { aCluster, anOpsRequest, NAMESPACE } from '../../support/builders';
import { testDeps } from '../../support/operationDeps';

const started = { namespace: NAMESPACE, clusterName: 'r1', opsName: 'r1-restore' };
const agree = { ask: () => Promise.resolve(true) };
const owned = anOpsRequest('r1-restore', 'r1', 'Running', { metadata: { ownerReferences: [{ apiVersion: 'apps.kubeblocks.io/v1', kind: 'Cluster', name: 'r1', uid: 'uid-r1' }] } });

function stage(...objects: readonly (Cluster | OpsRequest)[]) {
  const deps = testDeps();
  for (const object of objects) deps.api.put(object.kind === 'Cluster' ? KINDS.cluster : KINDS.opsRequest, object);
  return deps;
}

const isThere = (deps: ReturnType<typeof stage>): boolean => deps.api.read(KINDS.cluster, 'r1', NAMESPACE) !== undefined;

describe('deleteRestored', () => {
  const proofs: readonly (readonly [string, Cluster, OpsRequest | undefined, { readonly opsName?: string | undefined }])[] = [
    ['owns the request', aCluster('r1'), owned, {}],
    ['says which request made it', aCluster('r1', { metadata: { labels: { 'operations.kubeblocks.io/ops-name': 'r1-restore' } } }), undefined, {}],
    ['was made here', aCluster('r1', { metadata: { annotations: { 'kubeblocks-backup/submission': 'x' } } }), undefined, { opsName: undefined }],
  ];
  for (const [what, cluster, ops, change] of proofs) {
    it(`deletes the cluster that ${what}`, async () => {
      const deps = stage(cluster, ...(ops === undefined ? [] : [ops]));
      const { opsName, ...rest } = { ...started, ...change };
      assert.equal(await deleteRestored(deps, 'kind-prod', { ...rest, ...(opsName !== undefined && { opsName }) }, agree), 'deleting');
      assert.equal(isThere(deps), false);
    });
  }

  it('never deletes a cluster that nothing proves to be of the restore', async () => {
    const deps = stage(aCluster('r1'), anOpsRequest('r1-restore', 'r1', 'Creating'));
    await assert.rejects(deleteRestored(deps, 'kind-prod', started, agree), /r1 was not deleted: nothing proves that it came of this restore\./);
    assert.equal(isThere(deps), true);
  });

  it('says that a cluster refuses to be deleted', async () => {
    const deps = stage(aCluster('r1', { spec: { terminationPolicy: 'DoNotTerminate' } }), owned);
    await assert.rejects(deleteRestored(deps, 'kind-prod', started, agree), /its termination policy is DoNotTerminate/);
  });

  it('deletes nothing without a word, and names cluster, context and namespace', async () => {
    const deps = stage(aCluster('r1'), owned);
    const asked: string[] = [];
    const outcome = await deleteRestored(deps, 'kind-prod', started, { ask: ({ message, detail }) => Promise.resolve(asked.push(message, detail) < 0) });
    assert.deepEqual([outcome, isThere(deps)], ['declined', true]);
    assert.deepEqual(asked, ['Delete the new cluster r1?', 'Context kind-prod, namespace payments. Its volumes go with it. The backup and the cluster that was backed up stay as they are. This cannot be undone.']);
  });

  it('says that there is nothing left', async () => assert.equal(await deleteRestored(stage(), 'kind-prod', started, agree), 'gone'));
});
