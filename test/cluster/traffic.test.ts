import assert from 'node:assert/strict';
import { emptyInventory, type Collection, type Inventory } from '../../src/kubeblocks/inventory';
import type { Backup, KubeObject } from '../../src/kubeblocks/objects';
import { tryBackup } from '../../src/operations/backUp';
import { deleteBackup } from '../../src/operations/deleteBackup';
import { loadBackup, tryRestore } from '../../src/operations/restore';
import type { ClusterLane } from './lane/clusterLane';
import type { LaneNamespace } from './lane/laneNamespace';
import { Product } from './support/product';
import { Traffic } from './support/recordTraffic';
import { sharedCluster } from './support/sharedCluster';

const DATA = '/apis/dataprotection.kubeblocks.io/v1alpha1';
const KINDS = [
  `${DATA}/actionsets`,
  `${DATA}/backuppolicies`,
  `${DATA}/backuprepos`,
  `${DATA}/backups`,
  `${DATA}/backupschedules`,
  `${DATA}/restores`,
  `${DATA}/storageproviders`,
  '/apis/apps.kubeblocks.io/v1/clusters',
  '/apis/operations.kubeblocks.io/v1alpha1/opsrequests',
  '/apis/snapshot.storage.k8s.io/v1/volumesnapshotclasses',
];
/** Versions of groups whose kinds tell the line of KubeBlocks; `apps/v1alpha1` tells 1.2 where CRDs may not be read. */
const SERVED = ['/apis/apps.kubeblocks.io/v1', '/apis/apps.kubeblocks.io/v1alpha1', DATA, '/apis/operations.kubeblocks.io/v1alpha1', '/apis/snapshot.storage.k8s.io/v1'];

describe('what is asked of a real server', () => {
  let lane: ClusterLane;
  let space: LaneNamespace;
  let traffic: Traffic;
  let product: Product;
  let connecting: readonly string[];

  before(async () => {
    lane = await sharedCluster();
    space = await lane.namespace();
    traffic = new Traffic();
    product = new Product(lane, space.name);
    await traffic.untilSent('watch=true', KINDS.length);
    await product.until('everything is listed', isListed);
    connecting = traffic.take();
  });
  after(() => {
    traffic.stop();
    product.dispose();
  });

  const names = { backup: '{backup}', copy: '{cluster}', 'copy-restore': '{ops}' };
  const take = (): readonly string[] => traffic.take({ ...names, [space.name]: '{namespace}' });

  it('on connecting is asked once each: what it is, then one list and one watch a kind', () => {
    // Other suites leave more objects in the cluster than one page holds.
    assert.deepEqual(connecting.filter((call) => !call.includes('watch=') && !call.includes('continue=')).sort(), [
      'GET /apis',
      'GET /apis/apiextensions.k8s.io/v1/customresourcedefinitions/backuppolicytemplates.dataprotection.kubeblocks.io',
      'GET /apis/apiextensions.k8s.io/v1/customresourcedefinitions/clusters.apps.kubeblocks.io',
      ...SERVED.map((path) => `GET ${path}`),
      ...KINDS.map((path) => `GET ${path}?limit=250`),
      'GET /version',
    ].sort());
  });

  it('has no list without a page size, and no watch without bookmarks, a version and an end', () => {
    const watches = connecting.filter((call) => call.includes('watch='));
    assert.deepEqual(watches.sort(), KINDS.map((path) => `GET ${path}?watch=true&allowWatchBookmarks=true&resourceVersion=…&timeoutSeconds=…`).sort());
  });

  it('for a backup is asked to try it, to make it, and how it goes', async () => {
    const plan = await product.planBackup(space.policy, { method: 'pg-basebackup', name: 'backup' });
    take();
    await tryBackup(product.deps, plan);
    await product.completed(space.policy, { method: 'pg-basebackup', name: 'backup' });
    assert.deepEqual(unrepeated(take()), [
      `POST ${DATA}/namespaces/{namespace}/backups?fieldValidation=Strict&dryRun=All`,
      `POST ${DATA}/namespaces/{namespace}/backups?fieldValidation=Strict`,
      `GET ${DATA}/namespaces/{namespace}/backups/{backup}`,
    ]);
  });

  it('for a restore is asked for the whole backup, to try it, to make it, and how its three objects go', async () => {
    const backup = await loadBackup(product.deps, space.name, 'backup');
    const plan = product.planRestore({ backup, targetName: 'copy' });
    await tryRestore(product.deps, plan);
    const outcome = await product.restore(plan);
    assert.equal(outcome.kind, 'restored');
    const calls = unrepeated(take());
    const ops = '/apis/operations.kubeblocks.io/v1alpha1/namespaces/{namespace}/opsrequests';
    assert.deepEqual(calls.filter((call) => !call.includes('/events')), [
      `GET ${DATA}/namespaces/{namespace}/backups/{backup}`,
      `POST ${ops}?fieldValidation=Strict&dryRun=All`,
      `POST ${ops}?fieldValidation=Strict`,
      `GET ${ops}/{ops}`,
      `GET /apis/apps.kubeblocks.io/v1/namespaces/{namespace}/clusters/{cluster}`,
      `GET ${DATA}/namespaces/{namespace}/restores?limit=250&labelSelector=app.kubernetes.io/instance={cluster}`,
    ]);
    for (const call of calls.filter((each) => each.includes('/events'))) assert.match(call, /\/events\?limit=250&fieldSelector=involvedObject\.kind=OpsRequest,/);
  });

  it('for deleting is asked what is needed', async () => {
    await deleteBackup(product.deps, product.inventory, await space.get<Backup>('backups', 'backup'), { confirm: { ask: () => Promise.resolve(true) }, time: { now: Date.now(), timeZone: 'UTC' } });
    await space.untilGone('backups', 'backup');
    const backup = `${DATA}/namespaces/{namespace}/backups/{backup}`;
    // Whether it is retained is read before the question and after it.
    assert.deepEqual(take(), [`GET ${backup}`, `GET ${backup}`, `DELETE ${backup}`]);
  });
});

function isListed(inventory: Inventory): boolean {
  const collections = Object.keys(emptyInventory('')).map((key) => inventory[key as keyof Inventory]) as unknown[];
  return collections.every((each) => !isCollection(each) || each.state.state === 'ready');
}

function isCollection(value: unknown): value is Collection<KubeObject> {
  return typeof value === 'object' && value !== null && 'items' in value;
}

/** Each call where it came first: what is looked at again and again is one line. */
function unrepeated(calls: readonly string[]): readonly string[] {
  return [...new Set(calls)];
}
