import assert from 'node:assert/strict';
import { objectKey } from '../../src/kubeblocks/inventory';
import { jsonAt, jsonText } from '../../src/kubeblocks/json';
import { claimNamed, createClaim, planned, run, volumeOf, type RestoredVolumes } from '../support/volumeRestoreJourney';
import type { LaneNamespace } from './lane/laneNamespace';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

/** As `test/connection/volumeRestores.test.ts`, by the real controllers. */
describe('a restore into volume claims, by the real controllers', () => {
  let space: LaneNamespace;
  let at: RestoredVolumes;

  before(async () => {
    const lane = await sharedCluster();
    space = await lane.namespace({ engine: 'postgresql' });
    const product = new Product(lane, space.name);
    await product.until('its policy', ({ policies, actionSets }) => policies.items.has(objectKey(space.name, space.policy)) && actionSets.items.size > 0);
    const full = await product.completed(space.policy, { method: 'pg-basebackup', name: 'full' });
    const snapshot = await product.completed(space.policy, { method: 'volume-snapshot', name: 'snapshot' });
    at = { product, full, snapshot, storageClass: 'lane-ssd' };
  });
  after(() => {
    at.product.dispose();
    assert.deepEqual(at.product.logger.errors, []);
  });

  it('fills a claim that exists, by a job', async () => {
    await createClaim(at, 'rescued');
    const plan = await planned(at, { backup: at.full, stage: 'prepareData', claims: [{ volume: volumeOf(at.full), claim: 'rescued' }] });
    assert.deepEqual(await run(at, plan, at.full), { kind: 'restored', jobs: 1 });
  });

  it('makes a claim from a snapshot, as large as it was', async () => {
    const plan = await planned(at, { backup: at.snapshot, stage: 'prepareData', claims: [{ volume: volumeOf(at.snapshot), claim: 'thawed' }] });
    assert.deepEqual(plan.findings, []);
    assert.equal((await run(at, plan, at.snapshot)).kind, 'restored');
    assert.equal(jsonText(await claimNamed(at, 'thawed'), 'spec', 'dataSourceRef', 'kind'), 'VolumeSnapshot');
  });

  it('leaves a claim that exists as it is when a snapshot is to be put into it, as foreseen', async () => {
    await createClaim(at, 'frozen');
    const plan = await planned(at, { backup: at.snapshot, stage: 'prepareData', claims: [{ volume: volumeOf(at.snapshot), claim: 'frozen' }] });
    assert.match(plan.findings[0]?.message ?? '', /^Claim frozen exists: a snapshot becomes a new volume only/);
    assert.equal((await run(at, { ...plan, findings: [] }, at.snapshot)).kind, 'restored');
    assert.equal(jsonAt(await claimNamed(at, 'frozen'), 'spec', 'dataSourceRef'), undefined);
  });

  it('does nothing where the stage has no steps, as foreseen', async () => {
    const plan = await planned(at, { backup: at.full, stage: 'postReady', cluster: space.cluster });
    assert.ok(plan.findings.some(({ message }) => /has no steps after the start/.test(message)), JSON.stringify(plan.findings));
    assert.deepEqual(await run(at, { ...plan, findings: [] }, at.full), { kind: 'nothingDone' });
  });
});
