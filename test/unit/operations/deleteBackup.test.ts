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
    assert.deepEqual(deps.api.calls, []);
  });

  it('frees a retained backup first, which would hang otherwise, and says so', async () => {
    const retained = aBackup('kept', '09:00:00', { spec: { ...full.spec, deletionPolicy: 'Retain' } });
    const { deps, asked, answer } = setUp(retained);
    await deleteBackup(deps, anInventory({ backups: [retained] }), retained, answer(true));
    assert.match(asked[1] ?? '', /marked to be retained/);
    assert.deepEqual(deps.api.calls.map(({ verb }) => verb), ['patch', 'delete']);
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
