import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { Backup } from '../../../src/kubeblocks/objects';
import { deleteBackup } from '../../../src/operations/deleteBackup';
import { aBackup, anIncremental, anInventory, NAMESPACE } from '../../support/builders';
import type { TestDeps } from '../../support/operationDeps';
import { testDeps } from '../../support/operationDeps';

const full = aBackup('full');
const child = anIncremental('inc', '10:00:00', 'full', 'full');

function setUp(...backups: readonly Backup[]): { deps: TestDeps; asked: string[]; answer: (yes: boolean) => { ask: (question: { message: string; detail: string }) => Promise<boolean> } } {
  const deps = testDeps();
  deps.api.put(KINDS.backup, ...backups);
  const asked: string[] = [];
  const answer = (yes: boolean): { ask: (question: { message: string; detail: string }) => Promise<boolean> } => ({
    ask: ({ message, detail }) => {
      asked.push(message, detail);
      return Promise.resolve(yes);
    },
  });
  return { deps, asked, answer };
}

function writes({ api }: TestDeps): readonly string[] {
  return api.calls.map(({ verb }) => verb).filter((verb) => verb !== 'get');
}

describe('deleteBackup', () => {
  it('names object, context, namespace and what goes with it', async () => {
    const { deps, asked, answer } = setUp(full, child);
    const outcome = await deleteBackup(deps, anInventory({ backups: [full, child] }), full, answer(true));
    assert.equal(asked[0], 'Delete backup full and 1 more?');
    assert.match(asked[1] ?? '', /Context kind-prod, namespace payments.*These build on it and go with it: inc\./s);
    assert.deepEqual(outcome, { kind: 'deleting', with: [child] });
    assert.equal(deps.api.read(KINDS.backup, 'full', NAMESPACE), undefined);
  });

  it('touches nothing when declined', async () => {
    const { deps, answer } = setUp(full);
    assert.deepEqual(await deleteBackup(deps, anInventory({ backups: [full] }), full, answer(false)), { kind: 'declined' });
    assert.deepEqual(deps.api.calls.map(({ verb }) => verb), ['get']);
  });

  it('frees a retained backup first, which would hang otherwise, and says so', async () => {
    const retained = aBackup('kept', '09:00:00', { spec: { ...full.spec, deletionPolicy: 'Retain' } });
    const { deps, asked, answer } = setUp(retained);
    await deleteBackup(deps, anInventory({ backups: [retained] }), retained, answer(true));
    assert.match(asked[1] ?? '', /marked to be retained/);
    assert.deepEqual(writes(deps), ['patch', 'delete']);
  });

  it('goes by what the cluster says, which may be newer than what is shown', async () => {
    const retained = aBackup('full', '09:12:44', { spec: { ...full.spec, deletionPolicy: 'Retain' } });
    const { deps, asked, answer } = setUp(retained);
    await deleteBackup(deps, anInventory({ backups: [full] }), full, answer(true));
    assert.match(asked[1] ?? '', /marked to be retained/);
    assert.deepEqual(writes(deps), ['patch', 'delete']);
    const freed = setUp(full);
    await deleteBackup(freed.deps, anInventory({ backups: [retained] }), retained, freed.answer(true));
    assert.doesNotMatch(freed.asked[1] ?? '', /retained/);
    assert.deepEqual(writes(freed.deps), ['delete']);
  });

  it('asks again about what was set to be retained while the question stood', async () => {
    const { deps, asked } = setUp(full, child);
    const ask = ({ detail }: { detail: string }): Promise<boolean> => {
      asked.push(detail);
      deps.api.put(KINDS.backup, { ...child, spec: { ...child.spec, deletionPolicy: 'Retain' } } as Backup);
      return Promise.resolve(asked.length < 2);
    };
    assert.equal((await deleteBackup(deps, anInventory({ backups: [full, child] }), full, { ask })).kind, 'declined');
    assert.deepEqual(asked.map((detail) => /marked to be retained/.test(detail)), [false, true]);
    assert.deepEqual(writes(deps), []);
  });

  it('is content when it was gone already', async () => {
    const { deps, answer } = setUp();
    assert.equal((await deleteBackup(deps, anInventory({ backups: [full] }), full, answer(true))).kind, 'deleting');
  });

  it('explains a missing right', async () => {
    const { deps, answer } = setUp(full);
    deps.api.failNext('delete', 403, 'Forbidden', { resource: KINDS.backup });
    await assert.rejects(deleteBackup(deps, anInventory({ backups: [full] }), full, answer(true)), {
      message: 'Backup full could not be deleted: you may not delete backups.dataprotection.kubeblocks.io in namespace payments. Ask an administrator for the right.',
    });
  });
});
