import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { Backup } from '../../../../src/kubeblocks/objects';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, aLog, anInventory, aPolicy, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp, type TestAppOptions } from '../../../support/testApp';

const CHANGE = 'kubeblocksBackup.changeRetention';
const REF: ObjectRef = { kind: 'backup', namespace: NAMESPACE, name: 'full' };
const full = aBackup('full', '09:12:44', { spec: { ...aBackup('').spec, retentionPeriod: '7d' } });
const log = aLog('07:00:00', '12:00:00');

function stage(options: TestAppOptions = {}): TestApp {
  const backups = [full, log];
  const test = new TestApp({ inventory: anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups }), ...options });
  test.deps.api.put(KINDS.backup, ...backups);
  return test;
}

const stored = (test: TestApp): Backup | undefined => test.deps.api.read(KINDS.backup, 'full', NAMESPACE);

describe('Change Retention', () => {
  it('begins with what is so, says when it expires while one types, and writes it', async () => {
    const test = stage();
    test.prompts.when(/^How long/, 'a week').when(/^How long/, '14d');
    await test.command(CHANGE, REF);
    assert.deepEqual(test.prompts.asked, ['How long to keep it (1 of 3)', 'How long to keep it (1 of 3)', 'When the backup set is deleted (2 of 3)', 'Change Retention of full (3 of 3)']);
    assert.match(test.prompts.refused.join(), /"a week" is no retention period/);
    const input = test.prompts.inputs[0];
    assert.ok(input);
    assert.equal(input.value, '7d');
    assert.equal(input.explain?.('14d'), 'Expires 2026-12-07 10:12:44 (09:12:44 UTC)');
    assert.equal(input.explain('1h'), 'Would have expired 2026-11-23 11:12:44 (10:12:44 UTC): it is deleted at once');
    assert.deepEqual([stored(test)?.spec?.retentionPeriod, stored(test)?.status?.expiration], ['14d', '2026-12-07T09:12:44Z']);
    assert.match(test.previews[0]?.text ?? '', /retentionPeriod: 14d\nstatus:\n {2}expiration: 2026-12-07T09:12:44Z\nmetadata:\n {2}name: full\n {2}namespace: payments\n$/);
    assert.deepEqual(test.told, [['Backup full was changed. Expires 2026-12-07 10:12:44 (09:12:44 UTC).']]);
  });

  it('asks about what would be lost where that time is over, and goes back when declined', async () => {
    const test = stage();
    test.prompts.when(/^How long/, '1h').when(/^Change Retention/, 'Change Backup full').when(/^Change Retention/, { leave: true });
    test.prompts.agree = false;
    await test.command(CHANGE, REF);
    const [question] = test.prompts.confirmed;
    assert.equal(question?.message, 'Let backup full expire now?');
    assert.match(question.detail, /^Context kind-prod, namespace payments\..*orders-pg can be restored to no point in time any more.*No completed backup set of postgresql of orders-pg is left\.$/s);
    assert.deepEqual(stored(test), full);
  });

  it('cannot be sent where nothing would change', async () => {
    const test = stage();
    test.deps.api.put(KINDS.backup, { ...full, status: { ...full.status, expiration: '2026-11-30T09:12:44Z' } } as Backup);
    test.prompts.when(/^Change Retention/, { leave: true });
    await test.command(CHANGE, REF);
    assert.equal(test.offered()[0], 'full has this retention and this deletion policy already.');
  });

  it('keeps what was typed when the server refuses, with the rule to ask for', async () => {
    const test = stage();
    test.deps.api.failNext('patch', 403, 'Forbidden', { resource: { ...KINDS.backup, plural: 'backups/status' } });
    test.prompts.when(/^How long/, '14d').when(/^Change Retention/, 'Go Back and Change It').when(/^Change Retention/, { leave: true });
    await test.command(CHANGE, REF);
    assert.ok(test.offered(2).includes('Copy the Rule to Ask For'), test.offered(2).join());
    assert.equal(test.prompts.asked.filter((title) => title.startsWith('When the backup set')).length, 2);
    assert.deepEqual(stored(test), full);
  });

  it('says so when the backup is gone', async () => {
    const test = stage();
    test.deps.api.remove(KINDS.backup, 'full', NAMESPACE);
    await test.command(CHANGE, REF);
    assert.match(test.told[0]?.[0] ?? '', /^Backup full could not be read: Backup full does not exist/);
  });
});
