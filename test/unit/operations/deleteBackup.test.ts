import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { Backup } from '../../../src/kubeblocks/objects';
import { deleteBackup, deleteBackups, type DeleteOptions } from '../../../src/operations/deleteBackup';
import { aBackup, aCluster, aLog, anIncremental, anInventory, aPolicy, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';
import type { TestDeps } from '../../support/operationDeps';
import { testDeps } from '../../support/operationDeps';

const full = aBackup('full');
const child = anIncremental('inc', '10:00:00', 'full', 'full');

const TIME = { now: NOW, timeZone: 'UTC' };

function setUp(...backups: readonly Backup[]): { deps: TestDeps; asked: string[]; answer: (yes: boolean) => DeleteOptions } {
  const deps = testDeps();
  deps.api.put(KINDS.backup, ...backups);
  const asked: string[] = [];
  const answer = (yes: boolean): DeleteOptions => ({
    confirm: {
      ask: ({ message, detail }) => {
        asked.push(message, detail);
        return Promise.resolve(yes);
      },
    },
    time: TIME,
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
    assert.deepEqual(outcome, { kind: 'deleting', deleted: [full], with: [child], failed: [] });
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
    assert.equal((await deleteBackup(deps, anInventory({ backups: [full, child] }), full, { confirm: { ask }, time: TIME })).kind, 'declined');
    assert.deepEqual(asked.map((detail) => /Marked to be retained: inc\./.test(detail)), [false, true]);
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

describe('deleteBackups', () => {
  const early = aBackup('early', '08:00:00');
  const log = aLog('07:00:00', '12:00:00');
  const all = anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups: [early, full, child, log] });

  it('asks once for all, and says what can be restored no more', async () => {
    const { deps, asked, answer } = setUp(early, full, child);
    const outcome = await deleteBackups(deps, all, [early, full], answer(true));
    assert.deepEqual(asked, [
      'Delete 2 backup sets and 1 that build on them?',
      [
        'Context kind-prod, namespace payments. The data in the repository is removed, too. This cannot be undone.',
        'Chosen: early, full.',
        'These build on it and go with it: inc.',
        'Frees 30.4 GiB, as far as the backups say.',
        'postgresql of orders-pg can be restored to no point in time any more; now it can to 2026-11-23 08:00:00 UTC – 2026-11-23 12:00:00 UTC. No completed backup set of postgresql of orders-pg is left.',
      ].join('\n\n'),
    ]);
    assert.deepEqual(outcome.kind === 'deleting' && outcome.deleted, [early, full]);
    assert.deepEqual(['early', 'full'].map((name) => deps.api.read(KINDS.backup, name, NAMESPACE)), [undefined, undefined]);
  });

  it('goes on past one that fails, and tells which', async () => {
    const { deps, answer } = setUp(early, full);
    deps.api.failNext('delete', 403, 'Forbidden', { resource: KINDS.backup });
    const outcome = await deleteBackups(deps, all, [early, full], answer(true));
    assert.ok(outcome.kind === 'deleting');
    assert.deepEqual([outcome.deleted, outcome.failed.map(({ backup }) => backup)], [[full], [early]]);
    assert.match(outcome.failed[0]?.error.message ?? '', /^Backup early could not be deleted: you may not delete/);
  });

  it('frees only what was told to be retained and goes with the one at hand', async () => {
    const retained: Backup = { ...child, spec: { ...child.spec, deletionPolicy: 'Retain' } };
    const { deps, asked, answer } = setUp(early, full, retained);
    await deleteBackups(deps, all, [early, full], answer(true));
    assert.match(asked[1] ?? '', /Marked to be retained: inc\./);
    assert.deepEqual(deps.api.calls.filter(({ verb }) => verb !== 'get').map(({ verb, name }) => `${verb} ${name}`), ['delete early', 'patch inc', 'delete full']);
  });

  it('stops between two when told to', async () => {
    const { deps, answer } = setUp(early, full);
    const stop = new AbortController();
    const outcome = await deleteBackups(deps, all, [early, full], { ...answer(true), signal: stop.signal, onProgress: () => stop.abort() });
    assert.deepEqual(outcome.kind === 'deleting' && outcome.deleted, [early]);
    assert.ok(deps.api.read(KINDS.backup, 'full', NAMESPACE));
  });
});
