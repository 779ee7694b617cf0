import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { SchedulePolicy } from '../../../../src/kubeblocks/objects';
import { judgedFindings } from '../../../../src/ui/commands/judgedFindings';
import { requireInventory } from '../../../../src/ui/commands/pickObject';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, anInventory, aPolicy, aRepo, aSchedule, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const CLUSTER: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };
const daily: SchedulePolicy = { name: 'full', backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' };

function stage(line: SchedulePolicy = daily): TestApp {
  const schedules = [aSchedule([line])];
  const test = new TestApp({ inventory: anInventory({ clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), schedules, backups: [aBackup('last')] }) });
  test.deps.api.put(KINDS.backupSchedule, ...schedules);
  return test;
}

const notes = (test: TestApp): readonly string[] => test.prompts.picks.at(-1)?.choices.flatMap(({ icon, label }) => (icon === 'warning' || icon === 'error' ? [label] : [])) ?? [];
/** Copies that go long before the next is made: KB-S006. */
const GAP = /^Backups are kept for 1h, but/;

describe('A plan is judged by the rules for manifests', () => {
  it('and what they find stands in its review', async () => {
    const test = stage();
    test.prompts.when(/^How long/, '1h');
    await test.command('kubeblocksBackup.scheduleBackups', CLUSTER);
    assert.ok(notes(test).some((note) => GAP.test(note)), notes(test).join('\n'));
  });

  it('but not what they found before it', async () => {
    const test = stage({ ...daily, retentionPeriod: '1h' });
    test.prompts.when(/^How long/, '1h');
    await test.command('kubeblocksBackup.scheduleBackups', CLUSTER);
    assert.deepEqual(notes(test), []);
  });

  it('nor what the plan says in its own words', async () => {
    const test = stage();
    await requireInventory(test.app, ['backups']);
    const object = aBackup('new', '10:00:00', { spec: { ...aBackup('').spec, deletionPolicy: 'Retain' } });
    const judge = (codes: readonly string[]) => judgedFindings(test.app, { objects: [object], before: [], findings: codes.map((code) => ({ severity: 'info', code, message: '' })) });
    assert.deepEqual((await judge([])).map(({ code }) => code), ['KB-B007']);
    assert.deepEqual(await judge(['retain']), []);
  });

  it('nor anything where the plan cannot be sent', async () => {
    const test = stage();
    await requireInventory(test.app, ['backups']);
    const object = aBackup('new', '10:00:00', { spec: { ...aBackup('').spec, deletionPolicy: 'Retain' } });
    assert.deepEqual(await judgedFindings(test.app, { objects: [object], before: [], findings: [{ severity: 'error', code: 'x', message: '' }] }), []);
  });

  it('and says so where the rules cannot be read', async () => {
    const test = stage();
    await requireInventory(test.app, ['backups']);
    const app = { ...test.app, dialectOf: () => Promise.reject(new Error('no such file')) };
    assert.deepEqual((await judgedFindings(app, { objects: [aBackup('new')], before: [], findings: [] })).map(({ code }) => code), ['unjudged']);
    assert.match(test.log.lines.join('\n'), /the rules could not be asked: no such file/);
  });

  it('with the Secrets that it names, which are looked up', async () => {
    const test = stage();
    await requireInventory(test.app, ['backups']);
    const { spec, ...rest } = aPolicy();
    const object = { ...rest, spec: { ...spec, encryptionConfig: { algorithm: 'AES-256-CFB', passPhraseSecretKeyRef: { name: 'gone', key: 'k' } } } };
    const found = await judgedFindings(test.app, { objects: [object], before: [], findings: [] });
    assert.ok(found.some(({ code, message }) => code === 'KB-P010' && message.includes('There is no Secret gone')), JSON.stringify(found));
  });
});
