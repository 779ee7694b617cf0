import assert from 'node:assert/strict';
import type { Inventory } from '../../../../src/kubeblocks/inventory';
import { KINDS, type KindId } from '../../../../src/kubeblocks/kinds';
import type { CommandId } from '../../../../src/ui/commands/commandIds';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, anActionSet, anIncremental, anInventory, anOpsRequest, aPolicy, aRepo, aRestore, aSchedule, NAMESPACE, type Objects } from '../../../support/builders';
import { TestApp, type TestAppOptions } from '../../../support/testApp';

const DELETE = 'kubeblocksBackup.deleteBackupSet';
const B1: ObjectRef = { kind: 'backup', namespace: NAMESPACE, name: 'b1' };
const failed = aBackup('b2', '10:00:00', { status: { phase: 'Failed' } });
const objects: Objects = { clusters: [aCluster()], backups: [aBackup('b1'), failed], policies: [aPolicy()], repos: [aRepo()] };

function stage(more: Objects = {}, overrides: Partial<Inventory> = {}, options: TestAppOptions = {}): TestApp {
  const all = { ...objects, ...more };
  const test = new TestApp({ inventory: anInventory(all, overrides), ...options });
  test.deps.api.put(KINDS.backup, ...(all.backups ?? []));
  return test;
}

const deleted = (test: TestApp): readonly string[] => test.deps.api.calls.flatMap(({ verb, name }) => (verb === 'delete' ? [name] : []));

const forbidden = { state: { state: 'forbidden', verb: 'list', resource: 'backups', group: 'dataprotection.kubeblocks.io' }, items: new Map<string, never>() } as const;

describe('Delete Backup Set', () => {
  it('asks with the object, the context and the namespace, and deletes then', async () => {
    const test = stage();
    await test.command(DELETE, B1);
    const [question] = test.prompts.confirmed;
    assert.equal(question?.message, 'Delete backup b1?');
    assert.match(question.detail, /^Context kind-prod, namespace payments\./);
    assert.equal(question.accept, 'Delete');
    assert.deepEqual([deleted(test), test.told], [['b1'], []]);
  });

  it('deletes nothing when it is declined, and says nothing', async () => {
    const test = stage();
    test.prompts.agree = false;
    await test.command(DELETE, B1);
    assert.deepEqual([deleted(test), test.told], [[], []]);
  });

  it('lets one choose from the palette, but not what is being deleted already', async () => {
    const going = aBackup('b3', '11:00:00', { metadata: { deletionTimestamp: '2026-11-23T12:00:00Z' } });
    const test = stage({ backups: [...(objects.backups ?? []), going] });
    test.prompts.when(/^Delete Backup Set/, 'b2');
    await test.command(DELETE);
    assert.deepEqual([[...test.offered()].sort(), deleted(test)], [['b1', 'b2'], ['b2']]);
  });

  it('names what builds on it', async () => {
    const test = stage({ backups: [aBackup('b1'), anIncremental('inc-1', '10:00:00', 'b1', 'b1')] });
    await test.command(DELETE, B1);
    assert.match(test.prompts.confirmed[0]?.detail ?? '', /These build on it and go with it: inc-1\./);
  });

  it('asks once for two clicks', async () => {
    const test = stage();
    await Promise.all([test.command(DELETE, B1), test.command(DELETE, B1)]);
    assert.deepEqual([test.prompts.confirmed.length, deleted(test)], [1, ['b1']]);
  });

  it('reads what no view knows, and says when it is gone', async () => {
    const test = stage();
    test.deps.api.put(KINDS.backup, aBackup('hidden'));
    await test.command(DELETE, { ...B1, name: 'hidden' });
    assert.deepEqual(deleted(test), ['hidden']);
    await test.command(DELETE, { ...B1, name: 'nobody' });
    assert.match(test.told.at(-1)?.[0] ?? '', /^Backup nobody could not be read: Backup nobody does not exist/);
  });

  it('shows the missing right, and the lost connection', async () => {
    const test = stage();
    test.deps.api.failNext('delete', 403, 'Forbidden', { resource: KINDS.backup });
    await test.command(DELETE, B1);
    assert.match(test.told[0]?.[0] ?? '', /^Backup b1 could not be deleted: you may not delete backups/);
    assert.deepEqual(test.told[0]?.slice(1), ['Copy the Rule to Ask For', 'Show Log']);
    test.deps.api.failNext('delete', 0, 'ECONNRESET');
    await test.command(DELETE, B1);
    assert.deepEqual(test.told[1]?.slice(1), ['Try Again', 'Show Log']);
  });

  it('deletes nothing of another cluster, when the connection was switched while one chose', async () => {
    const test = stage({}, {}, { contexts: ['kind-prod', 'kind-test'] });
    const pick = test.prompts.pick.bind(test.prompts);
    test.prompts.pick = async (request) => {
      await test.active.reopen('kind-test');
      return pick(request);
    };
    await test.command(DELETE);
    assert.deepEqual([test.prompts.confirmed, deleted(test)], [[], []]);
    assert.match(test.told[0]?.[0] ?? '', /^This was begun in kind-prod, but kind-test is connected now\. Nothing was changed/);
  });
});

describe('Describe, YAML, Diagnose and Lineage', () => {
  const forms: readonly (readonly [CommandId, string])[] = [
    ['kubeblocksBackup.describe', 'describe'],
    ['kubeblocksBackup.showYaml', 'yaml'],
    ['kubeblocksBackup.diagnose', 'diagnosis'],
    ['kubeblocksBackup.showLineage', 'lineage'],
  ];
  for (const [command, form] of forms) {
    it(`show a page of what they were called on: ${form}`, async () => {
      const test = stage();
      await test.command(command, B1);
      assert.deepEqual([test.shown, test.prompts.asked], [[{ form, context: 'kind-prod', ref: B1 }], []]);
    });

    it(`let one choose from the palette: ${form}`, async () => {
      const test = stage();
      test.prompts.when(/./, 'b2');
      await test.command(command);
      assert.deepEqual(test.shown, [{ form, context: 'kind-prod', ref: { ...B1, name: 'b2' } }]);
    });

    it(`show nothing when one turns away, and nothing twice for two clicks: ${form}`, async () => {
      const test = stage();
      test.prompts.when(/./, { leave: true });
      await test.command(command);
      assert.deepEqual([test.shown, test.told], [[], []]);
      await Promise.all([test.command(command, B1), test.command(command, B1)]);
      assert.equal(test.shown.length, 1);
    });

    it(`take nothing for an object that is none: ${form}`, async () => {
      const test = stage();
      test.prompts.when(/./, 'b2');
      await test.command(command, { kind: 'secret', name: 'x' });
      assert.deepEqual(test.shown, [{ form, context: 'kind-prod', ref: { ...B1, name: 'b2' } }]);
    });

    it(`say what is missing where there is no connection: ${form}`, async () => {
      const test = stage({}, { connection: { state: 'failed', message: 'connect ECONNREFUSED', retrying: true, since: 0 } });
      await test.command(command, B1);
      assert.deepEqual([test.shown, test.told], [[], [['No connection to kind-prod: connect ECONNREFUSED', 'Try Again', 'Show Log']]]);
    });
  }

  const others: Objects = {
    policies: [aPolicy('policy')],
    schedules: [aSchedule([], { metadata: { name: 'schedule' } })],
    restores: [aRestore('restore', 'orders-pg', 'Completed')],
    opsRequests: [anOpsRequest('request', 'orders-pg', 'Succeed')],
    actionSets: [anActionSet('set', 'Full')],
  };
  const provider = { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'StorageProvider', metadata: { name: 'provider' } };
  const storageProviders = { state: { state: 'ready', asOf: 0 }, items: new Map([['/provider', provider]]) } as const;
  const kinds: readonly (readonly [string, KindId, string, string | undefined])[] = [
    ['policy', 'backupPolicy', 'BackupPolicy · payments', NAMESPACE],
    ['schedule', 'backupSchedule', 'BackupSchedule · payments', NAMESPACE],
    ['restore', 'restore', 'Restore · payments', NAMESPACE],
    ['request', 'opsRequest', 'OpsRequest · payments', NAMESPACE],
    ['set', 'actionSet', 'ActionSet', undefined],
    ['provider', 'storageProvider', 'StorageProvider', undefined],
  ];
  for (const [name, kind, description, namespace] of kinds) {
    it(`let one choose an object of each kind that is read: ${description}`, async () => {
      const test = stage(others, { storageProviders });
      test.prompts.when(/^Describe/, name).when(/^Show the YAML/, name).when(/^Copy the name/, name);
      await test.command('kubeblocksBackup.describe');
      await test.command('kubeblocksBackup.showYaml');
      await test.command('kubeblocksBackup.copyName');
      const ref = { kind, name, ...(namespace === undefined ? {} : { namespace }) };
      assert.deepEqual(test.shown, [{ form: 'describe', context: 'kind-prod', ref }, { form: 'yaml', context: 'kind-prod', ref }]);
      assert.deepEqual(test.copied, [name]);
      assert.equal(test.prompts.picks[0]?.choices.find(({ label }) => label === name)?.description, description);
    });
  }

  it('offer what may be read where action sets may not be listed', async () => {
    const test = stage({}, { actionSets: forbidden });
    await test.command('kubeblocksBackup.describe');
    assert.deepEqual(test.offered().slice(0, 2), ['orders-pg', 's3-main']);
  });

  it('offer only what failed or has not ended for a diagnosis', async () => {
    const test = stage();
    await test.command('kubeblocksBackup.diagnose');
    assert.deepEqual(test.offered(), ['b2']);
    const well = stage({ backups: [aBackup('b1')] });
    await well.command('kubeblocksBackup.diagnose');
    assert.deepEqual(well.told, [['There is nothing to choose: everything ended well, and nothing is under way.', 'Show Log']]);
  });

  it('name the right that is missing where backup sets may not be listed', async () => {
    const test = stage({}, { backups: forbidden });
    await test.command('kubeblocksBackup.diagnose');
    assert.deepEqual(test.told, [['There is nothing to choose: you may not list backups. Ask an administrator for the right.', 'Copy the Rule to Ask For', 'Show Log']]);
  });
});

describe('Copy Name and Reveal', () => {
  it('put the name on the clipboard, and select the line', async () => {
    const test = stage();
    await test.command('kubeblocksBackup.copyName', B1);
    await test.command('kubeblocksBackup.revealInTree', B1);
    assert.deepEqual([test.copied, test.revealed, test.told], [['b1'], [B1], []]);
  });

  it('offer clusters, repositories and backup sets from the palette', async () => {
    const test = stage();
    test.prompts.when(/^Copy the name/, 's3-main').when(/^Reveal/, 'orders-pg');
    await test.command('kubeblocksBackup.copyName');
    await test.command('kubeblocksBackup.revealInTree');
    assert.deepEqual(test.offered(), ['orders-pg', 's3-main', 'b1', 'b2']);
    assert.deepEqual([test.copied, test.revealed], [['s3-main'], [{ kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' }]]);
  });

  it('copy nothing when one turns away', async () => {
    const test = stage();
    test.prompts.when(/./, { leave: true });
    await test.command('kubeblocksBackup.copyName');
    assert.deepEqual([test.copied, test.told], [[], []]);
  });

  it('say that no view shows it', async () => {
    const test = stage();
    test.views.canReveal = false;
    await test.command('kubeblocksBackup.revealInTree', B1);
    assert.deepEqual(test.told, [['b1 cannot be shown: no view has it. It may have been deleted, or the filter hides it.', 'Show Log']]);
  });

  it('say that there is nothing where there is nothing', async () => {
    const test = stage({ clusters: [], backups: [], repos: [], policies: [] });
    await test.command('kubeblocksBackup.copyName');
    assert.match(test.told[0]?.[0] ?? '', /^There is nothing to choose: kind-prod has no clusters/);
  });
});
