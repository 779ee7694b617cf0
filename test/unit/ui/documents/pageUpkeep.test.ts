import assert from 'node:assert/strict';
import { hasPageChanged } from '../../../../src/ui/documents/hasPageChanged';
import { keepPagesCurrent, type ObjectAddress, type PageAddress } from '../../../../src/ui/documents/pageUpkeep';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, anInventory, aPolicy, NAMESPACE, type Objects } from '../../../support/builders';
import { ManualClock, settle } from '../../../support/manualClock';
import { TestApp } from '../../../support/testApp';

const backup = aBackup('b1');
const objects: Objects = { clusters: [aCluster(), aCluster('cache')], backups: [backup, aBackup('b2')] };
const pageOf = (ref: ObjectRef, context = 'kind-prod'): ObjectAddress => ({ form: 'describe', context, ref });
const b1 = pageOf({ kind: 'backup', namespace: NAMESPACE, name: 'b1' });

interface Stage {
  readonly test: TestApp;
  readonly clock: ManualClock;
  readonly remade: string[];
  readonly stop: () => void;
  readonly change: (more: Objects) => Promise<void>;
}

async function stage(...open: readonly PageAddress[]): Promise<Stage> {
  const test = new TestApp({ inventory: anInventory(objects) });
  const clock = new ManualClock();
  const remade: string[] = [];
  const pages = { open: () => open, remake: (address: PageAddress) => remade.push(address.form === 'engines' ? 'engines' : `${address.form} ${address.ref.name}`), hasChanged: () => Promise.resolve(hasPageChanged) };
  const stop = keepPagesCurrent(test.active, pages, clock);
  test.active.start();
  await settle();
  await clock.advance(1000);
  remade.length = 0;
  const change = async (more: Objects): Promise<void> => {
    test.session?.become({ ...anInventory({ ...objects, ...more }), context: 'kind-prod' });
    await settle();
  };
  return { test, clock, remade, stop, change };
}

const failed = { ...backup, status: { phase: 'Failed' } };

describe('An open page', () => {
  it('is made again when its object changed, and no other is', async () => {
    const { clock, remade, change } = await stage(b1, { ...b1, form: 'yaml' }, pageOf({ kind: 'backup', namespace: NAMESPACE, name: 'b2' }), pageOf({ kind: 'cluster', namespace: NAMESPACE, name: 'cache' }));
    await change({ backups: [failed, ...(objects.backups?.slice(1) ?? [])] });
    await clock.advance(1000);
    assert.deepEqual(remade, ['describe b1', 'yaml b1']);
  });

  it('of a cluster is made again when one of its backup sets changed', async () => {
    const { clock, remade, change } = await stage(pageOf({ kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' }));
    await change({ backups: [failed] });
    await clock.advance(1000);
    assert.deepEqual(remade, ['describe orders-pg']);
  });

  it('is made again once for many changes', async () => {
    const { clock, remade, change } = await stage(b1);
    for (let round = 0; round < 70; round += 1) {
      await change({ backups: [{ ...failed }] });
    }
    assert.deepEqual(remade, []);
    await clock.advance(5000);
    assert.deepEqual(remade, ['describe b1']);
  });

  it('is made again when its object is gone', async () => {
    const { clock, remade, change } = await stage(b1);
    await change({ backups: [] });
    await clock.advance(1000);
    assert.deepEqual(remade, ['describe b1']);
  });

  it('of the engine matrix is made again when policies or action sets changed, and not for a backup', async () => {
    const { clock, remade, change } = await stage({ form: 'engines' });
    await change({ policies: [aPolicy()] });
    await clock.advance(1000);
    assert.deepEqual(remade, ['engines']);
    const before = anInventory(objects);
    const after = { ...before, backups: anInventory({ backups: [failed] }).backups };
    assert.deepEqual([hasPageChanged({ form: 'engines' }, before, after), hasPageChanged({ form: 'engines' }, before, undefined)], [false, true]);
  });

  it('of another context stays, and so does every page after the end', async () => {
    const { clock, remade, change, stop } = await stage(pageOf(b1.ref, 'elsewhere'), b1);
    await change({ backups: [] });
    stop();
    await clock.advance(1000);
    assert.deepEqual(remade, []);
    assert.equal(clock.waiting, 0);
  });
});
