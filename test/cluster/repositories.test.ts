import assert from 'node:assert/strict';
import { diagnoseRepository } from '../../src/kubeblocks/diagnosis';
import { objectKey } from '../../src/kubeblocks/inventory';
import { KINDS } from '../../src/kubeblocks/kinds';
import type { BackupRepo } from '../../src/kubeblocks/objects';
import { planRepository, SECRET, type RepositoryPlan, type RepositoryRequest } from '../../src/kubeblocks/repositoryPlan';
import { suspectParameter } from '../../src/kubeblocks/repositoryCure';
import { providerOption, repositoryParameters } from '../../src/kubeblocks/storageProviderOptions';
import { collectRepositoryEvidence } from '../../src/operations/collectEvidence';
import { createRepository, tryRepository } from '../../src/operations/createRepository';
import { deleteRepository } from '../../src/operations/deleteRepository';
import { followRepository } from '../../src/operations/followRepository';
import type { ClusterLane } from './lane/clusterLane';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

const LOG = 'failed to open storage: NoSuchBucket: The specified bucket does not exist: bakcups';
const NAME = 'made-here';
const CREDENTIALS = { accessKeyId: 'AK-of-the-person', secretAccessKey: 'sk-of-the-person' };

describe('a repository on the real controllers', () => {
  let lane: ClusterLane;
  let product: Product;

  before(async () => {
    lane = await sharedCluster();
    product = new Product(lane, 'kb-system');
    await product.until('the storage providers', ({ storageProviders, repos }) => storageProviders.state.state === 'ready' && repos.state.state === 'ready');
  });

  after(() => {
    product.dispose();
    assert.deepEqual(product.logger.errors, []);
    assert.ok(!Object.values(CREDENTIALS).some((value) => JSON.stringify(product.logger).includes(value)));
  });

  function plan(bucket: string, choice: Partial<RepositoryRequest> = {}): RepositoryPlan {
    const provider = product.inventory.storageProviders.items.get(objectKey(undefined, 's3-compatible'));
    assert.ok(provider);
    return planRepository(product.inventory, {
      name: NAME,
      provider: providerOption(provider),
      accessMethod: 'Tool',
      parameters: { bucket, endpoint: 'https://objects.example', ...CREDENTIALS },
      secretNamespace: 'kb-system',
      reclaimPolicy: 'Retain',
      isDefault: false,
      ...choice,
    });
  }

  const secret = () => product.deps.api.get(SECRET, `${NAME}-credentials`, 'kb-system');

  it('fails its check, is explained, becomes ready after the change, and goes with its Secret', async () => {
    const mend = lane.failJob({ namespace: 'kb-system', name: new RegExp(`^pre-check-[0-9a-f]{8}-${NAME}`) }, LOG);
    const wrong = plan('bakcups');
    assert.deepEqual(wrong.findings, []);
    assert.equal((await tryRepository(product.deps, wrong)).accepted, true);
    await assert.rejects(secret(), /not found/);

    const created = await createRepository(product.deps, product.submissions, wrong);
    const failed = await followRepository(product.deps, created);
    assert.ok(failed.kind === 'failed', JSON.stringify(failed));
    const causes = diagnoseRepository(failed.repo, await collectRepositoryEvidence(product.deps, failed.repo));
    assert.deepEqual([causes[0]?.code, suspectParameter(causes, repositoryParameters(product.inventory.storageProviders.items.get(objectKey(undefined, 's3-compatible'))))], ['bucketMissing', 'bucket']);
    mend();

    const right = plan('backups', { existing: failed.repo });
    assert.deepEqual(right.findings, []);
    assert.equal((await tryRepository(product.deps, right)).accepted, true);
    const ready = await followRepository(product.deps, await createRepository(product.deps, product.submissions, right), { before: failed.repo });
    assert.ok(ready.kind === 'ready', JSON.stringify(ready));
    assert.deepEqual(ready.repo.spec?.config, { bucket: 'backups', endpoint: 'https://objects.example' });
    assert.deepEqual((await secret()).metadata.ownerReferences?.map(({ uid }) => uid), [created.metadata.uid]);

    const agree = { ask: () => Promise.resolve(true) };
    assert.equal(await deleteRepository(product.deps, product.inventory, ready.repo, agree), 'deleting');
    await product.until('the repository is gone', ({ repos }) => !repos.items.has(objectKey(undefined, NAME)));
    await assert.rejects(product.deps.api.get<BackupRepo>(KINDS.backupRepo, NAME), /not found/);
  });
});
