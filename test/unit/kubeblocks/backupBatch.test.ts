import assert from 'node:assert/strict';
import { batchHistory, batchItems, planBatch } from '../../../src/kubeblocks/backupBatch';
import { LABELS } from '../../../src/kubeblocks/labels';
import { aBackup, aCluster, anInventory, aPolicy, aRepo, at, NOW, postgresActionSets, type Objects } from '../../support/builders';

const TIME = { now: NOW, timeZone: 'UTC' };
const KEEP = { retentionPeriod: '7d', deletionPolicy: 'Delete' } as const;
const policyOf = (cluster: string, component: string) => aPolicy(`${cluster}-${component}-policy`, { metadata: { labels: { [LABELS.instance]: cluster, [LABELS.component]: component } } });
const inventory = (objects: Objects = {}) => anInventory({ clusters: [aCluster('a'), aCluster('b')], policies: [policyOf('a', 'x'), policyOf('a', 'y'), policyOf('b', 'z')], repos: [aRepo()], actionSets: postgresActionSets(), ...objects });

describe('batchItems', () => {
  it('is each component of a live cluster with the recommended method, the unusable last and with the reason', () => {
    const broken = aPolicy('b-z-policy', { metadata: { labels: { [LABELS.instance]: 'b', [LABELS.component]: 'z' } }, status: { phase: 'Unavailable', message: 'no target' } });
    const items = batchItems(inventory({ policies: [broken, policyOf('a', 'x'), policyOf('gone', 'x')] }));
    assert.deepEqual(items.map(({ entry, component, method, problem }) => [entry.name, component, method?.name, problem]), [
      ['a', 'x', 'pg-basebackup', undefined],
      ['b', 'z', undefined, 'its policy is unavailable: no target'],
    ]);
  });
});

describe('planBatch', () => {
  it('names each apart, by its component where a cluster has several', () => {
    const plans = planBatch(inventory(), batchItems(inventory()), KEEP, TIME);
    assert.deepEqual(plans.map(({ object }) => object.metadata.name), ['a-x-20261123-1210', 'a-y-20261123-1210', 'b-20261123-1210']);
    assert.deepEqual(plans.flatMap(({ findings }) => findings), []);
    assert.equal(plans[0]?.object.spec?.retentionPeriod, '7d');
  });

  it('gives no name twice, neither of two alike nor of one that exists', () => {
    const twice = inventory({ clusters: [aCluster('a'), aCluster('a-x')], policies: [policyOf('a', 'x'), policyOf('a', 'y'), policyOf('a-x', 'z')], backups: [aBackup('a-y-20261123-1210')] });
    const names = planBatch(twice, batchItems(twice), KEEP, TIME).map(({ object }) => object.metadata.name);
    assert.deepEqual(names, ['a-x-20261123-1210', 'a-y-20261123-1210-2', 'a-x-20261123-1210-2']);
  });
});

describe('batchHistory', () => {
  it('adds up what the last ones took, side by side', () => {
    const minutes = (name: string, policy: string, length: number) =>
      aBackup(name, '10:00:00', { spec: { backupPolicyName: policy, backupMethod: 'pg-basebackup' }, status: { phase: 'Completed', startTimestamp: at('10:00:00'), completionTimestamp: at(`10:0${length}:00`), totalSize: '1024' } });
    const known = inventory({ backups: [minutes('one', 'a-x-policy', 4), minutes('two', 'a-y-policy', 3)] });
    const items = batchItems(known);
    assert.deepEqual(batchHistory(items, 1), { bytes: 2048, durationMs: 7 * 60_000, unknown: 1 });
    assert.deepEqual(batchHistory(items, 2), { bytes: 2048, durationMs: 4 * 60_000, unknown: 1 });
    assert.deepEqual(batchHistory([], 2), { bytes: 0, durationMs: 0, unknown: 0 });
  });
});
