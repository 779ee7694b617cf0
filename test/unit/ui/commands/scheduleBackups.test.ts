import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import { LABELS } from '../../../../src/kubeblocks/labels';
import type { ActionSet, Backup, BackupSchedule, Cluster, SchedulePolicy } from '../../../../src/kubeblocks/objects';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, aLog, anInventory, aPolicy, aRepo, aSchedule, NAMESPACE, type Objects, postgresActionSets } from '../../../support/builders';
import { TestApp, type TestAppOptions } from '../../../support/testApp';

const SCHEDULE = 'kubeblocksBackup.scheduleBackups';
const CLUSTER: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };
const SCHEDULE_REF: ObjectRef = { kind: 'backupSchedule', namespace: NAMESPACE, name: aSchedule([]).metadata.name };
const full: SchedulePolicy = { name: 'full', backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' };
const log: SchedulePolicy = { name: 'log', backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: false, retentionPeriod: '8d' };

function stage(more: Objects = {}, options: TestAppOptions = {}): TestApp {
  const objects: Objects = { clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets(), schedules: [aSchedule([full, log])], backups: [aBackup('last')], ...more };
  const test = new TestApp({ inventory: anInventory(objects), ...options });
  test.deps.api.put(KINDS.backupSchedule, ...(objects.schedules ?? []));
  test.deps.api.put(KINDS.cluster, ...(objects.clusters ?? []));
  return test;
}

const stored = (test: TestApp): readonly SchedulePolicy[] | undefined => (test.deps.api.read(KINDS.backupSchedule, aSchedule([]).metadata.name, NAMESPACE) as BackupSchedule | undefined)?.spec?.schedules;

describe('Schedule Backups', () => {
  it('asks how, when and for how long, shows what comes of it, and changes the schedule', async () => {
    const test = stage();
    test.prompts.when(/^When/, /daily 01:30/).when(/^How long/, '14d');
    await test.command(SCHEDULE, CLUSTER);
    assert.deepEqual(test.prompts.asked, [
      'Schedule Backups: orders-pg (1 of 2)',
      'When pg-basebackup runs (2 of 5)',
      'How long to keep each copy (3 of 5)',
      'Further settings of pg-basebackup (4 of 5)',
      'Schedule Backups: pg-basebackup (5 of 5)',
    ]);
    assert.deepEqual(stored(test), [{ ...full, cronExpression: '30 1 * * *', retentionPeriod: '14d' }, log]);
    const [accept] = test.prompts.picks.at(-1)?.choices ?? [];
    assert.equal(accept?.label, `Change BackupSchedule ${aSchedule([]).metadata.name}`);
    assert.match(accept.detail ?? '', /^Written to the BackupSchedule/);
    const notes = test.prompts.picks.at(-1)?.choices.filter(({ icon }) => icon === 'info').map(({ label }) => label) ?? [];
    assert.deepEqual(notes.slice(0, 2), ['Next run 2026-11-24 02:30:00 (01:30:00 UTC).', 'Keeps about 14 copies, 213 GiB.']);
    assert.match(notes[2] ?? '', /^The first expires /);
    assert.match(test.previews[0]?.text ?? '', /\nmetadata:\n {2}name: \S+\n {2}namespace: \S+\n$/);
    assert.doesNotMatch(test.previews[0]?.text ?? '', /status:|labels:/);
    assert.match(test.prompts.told[0]?.message ?? '', /^pg-basebackup of orders-pg is on and runs next /);
  });

  it('shows of a typed expression when it runs, and does not take one that cannot', async () => {
    const test = stage();
    test.prompts.when(/^When/, 'Type a Cron Expression…').when(/^When/, '0 99 * * *').when(/^When/, '15 4 * * *');
    await test.command(SCHEDULE, CLUSTER);
    assert.match(test.prompts.refused[0] ?? '', /"0 99 \* \* \*" is no cron expression that runs/);
    const explain = test.prompts.inputs.find(({ title }) => title.startsWith('When'))?.explain;
    assert.match(explain?.('0 18 * * *') ?? '', /^Next: 2026-11-23 19:00:00 \(18:00:00 UTC\), .*, 2026-11-27 19:00:00\. Your clock’s hour changes with daylight-saving time\.$/);
    assert.equal(stored(test)?.[0]?.cronExpression, '15 4 * * *');
  });

  it('says who else starts in that minute', async () => {
    const other = aSchedule([full], { metadata: { name: 'other' }, spec: { backupPolicyName: 'other', schedules: [full] } });
    const test = stage({ schedules: [aSchedule([full, log]), other] });
    test.prompts.when(/^When/, 'Type a Cron Expression…');
    await test.command(SCHEDULE, CLUSTER);
    assert.match(test.prompts.inputs[0]?.explain?.('0 18 * * *') ?? '', / Another schedule starts in that minute\.$/);
  });

  it('writes to the Cluster where the Cluster decides, and says so', async () => {
    const cluster = aCluster('orders-pg', { spec: { backup: { method: 'pg-basebackup', enabled: false } } });
    const test = stage({ clusters: [cluster] });
    test.prompts.when(/^When/, /daily 01:30/);
    await test.command(SCHEDULE, CLUSTER);
    assert.deepEqual(test.deps.api.read(KINDS.cluster, 'orders-pg', NAMESPACE)?.['spec'], {
      ...cluster.spec,
      backup: { method: 'pg-basebackup', enabled: true, cronExpression: '30 1 * * *', retentionPeriod: '7d' },
    });
    assert.match(test.prompts.picks.at(-1)?.choices[0]?.detail ?? '', /^Written to the Cluster/);
    assert.match(test.previews[0]?.text ?? '', /\nspec:\n {2}backup:\n {4}method: pg-basebackup\n {4}enabled: true\n[^]*$/);
  });

  it('offers a way back where the controller would undo it', async () => {
    const cluster = aCluster('orders-pg', { spec: { backup: { method: 'pg-basebackup', enabled: true } } });
    const test = stage({ clusters: [cluster] });
    test.prompts.when(/^Schedule Backups: orders-pg/, 'volume-snapshot').when(/^Schedule Backups: volume-snapshot/, { leave: true });
    await test.command(SCHEDULE, CLUSTER);
    assert.match(test.prompts.picks.at(-1)?.choices[0]?.label ?? '', /switches volume-snapshot off again/);
    assert.deepEqual(stored(test), [full, log]);
  });

  it('does nothing in a read-only context', async () => {
    const test = stage({}, { rules: { readOnlyContexts: ['kind-prod'] } });
    await test.command(SCHEDULE, CLUSTER);
    assert.deepEqual([test.prompts.asked, stored(test)], [[], [full, log]]);
  });
});

describe('The further settings of a schedule', () => {
  const dump: SchedulePolicy = { name: 'dump', backupMethod: 'pgdump', cronExpression: '0 3 * * *', enabled: true, retentionPeriod: '7d' };
  const pgdump: ActionSet = {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'ActionSet',
    metadata: { name: 'pgdump' },
    spec: {
      backupType: 'Selective',
      backup: { withParameters: ['database', 'jobs'] },
      parametersSchema: { openAPIV3Schema: { required: ['database'], properties: { database: { type: 'string', description: 'Which database' }, jobs: { type: 'integer', minimum: 1, default: 2 }, unused: { type: 'string' } } } },
    },
  };
  const policy = aPolicy();
  const dumping: Objects = {
    policies: [{ ...policy, spec: { ...policy.spec, backupMethods: [...(policy.spec?.backupMethods ?? []), { name: 'pgdump', actionSetName: 'pgdump' }] } }],
    actionSets: [...postgresActionSets(), pgdump],
    schedules: [aSchedule([full, dump, log])],
  };
  const spec = (test: TestApp): BackupSchedule['spec'] => (test.deps.api.read(KINDS.backupSchedule, aSchedule([]).metadata.name, NAMESPACE) as BackupSchedule | undefined)?.spec;
  const settings = (test: TestApp): readonly string[] => test.prompts.picks.filter(({ title }) => title.startsWith('Further')).at(-1)?.choices.map(({ label, description = '' }) => `${label}: ${description}`) ?? [];

  it('are one step that can be passed by, and leave everything as it is', async () => {
    const test = stage();
    await test.command(SCHEDULE, CLUSTER);
    assert.deepEqual(settings(test), ['Go On: with the settings below', 'Starting deadline: none']);
    assert.deepEqual(spec(test), aSchedule([full, log]).spec);
  });

  it('set the starting deadline of the whole schedule, and say that it is so', async () => {
    const test = stage();
    test.prompts.when(/^Further/, 'Starting deadline').when(/^Starting deadline/, '0').when(/^Starting deadline/, '30');
    await test.command(SCHEDULE, CLUSTER);
    assert.deepEqual(test.prompts.refused, ['"0" is no number of minutes from 1 to 1440. Leave it empty for no deadline.']);
    assert.equal(spec(test)?.startingDeadlineMinutes, 30);
    assert.deepEqual(settings(test), ['Go On: with the settings below', 'Starting deadline: 30 min']);
    const [note] = test.prompts.picks.at(-1)?.choices.filter(({ icon }) => icon === 'info') ?? [];
    assert.equal(note?.label, `The starting deadline holds for all 2 lines of BackupSchedule ${aSchedule([]).metadata.name}.`);
  });

  it('take the starting deadline away again', async () => {
    const now = aSchedule([full, log]);
    const test = stage({ schedules: [{ ...now, spec: { ...now.spec, startingDeadlineMinutes: 10 } }] });
    test.prompts.when(/^Further/, 'Starting deadline').when(/^Starting deadline/, '');
    await test.command(SCHEDULE, CLUSTER);
    assert.equal(spec(test)?.startingDeadlineMinutes ?? undefined, undefined);
  });

  it('are the parameters that the action set takes of a backup: a needed one is a question of its own', async () => {
    const test = stage(dumping);
    test.prompts.when(/^Schedule Backups: orders-pg/, 'pgdump').when(/^Parameter database/, '').when(/^Parameter database/, 'orders').when(/^Further/, 'jobs').when(/^Parameter jobs/, '0').when(/^Parameter jobs/, '4');
    await test.command(SCHEDULE, CLUSTER);
    assert.deepEqual(test.prompts.refused, ['database is needed.', '0 is below the minimum of 1.']);
    assert.deepEqual(settings(test), ['Go On: with the settings below', 'Starting deadline: none', 'jobs: 4']);
    assert.deepEqual(stored(test)?.[1]?.parameters, [{ name: 'database', value: 'orders' }, { name: 'jobs', value: '4' }]);
  });

  it('are shown as a line has them, and go when they are emptied', async () => {
    const given = { ...dump, parameters: [{ name: 'database', value: 'orders' }, { name: 'jobs', value: '4' }] };
    const test = stage({ ...dumping, schedules: [aSchedule([full, given, log])] });
    test.prompts.when(/^Further/, 'jobs').when(/^Parameter jobs/, '');
    await test.command(SCHEDULE, { node: { id: 'x', label: 'dump', target: SCHEDULE_REF, scheduleLine: 'dump' } });
    assert.deepEqual([test.prompts.inputs.find(({ title }) => title === 'Parameter database')?.value, stored(test)?.[1]?.parameters], ['orders', [{ name: 'database', value: 'orders' }]]);
  });

  it('have no parameters where a schedule cannot carry them', async () => {
    const test = new TestApp({ inventory: { ...anInventory({ clusters: [aCluster()], repos: [aRepo()], ...dumping }), line: '0.8' } });
    test.prompts.when(/^Schedule Backups: orders-pg/, 'pgdump').when(/^Schedule Backups: pgdump/, { leave: true });
    await test.command(SCHEDULE, CLUSTER);
    assert.deepEqual(settings(test), ['Go On: with the settings below', 'Starting deadline: none']);
  });

  it('go to the BackupSchedule where the Cluster decides about the rest, before the Cluster is changed', async () => {
    const cluster = aCluster('orders-pg', { spec: { backup: { method: 'pg-basebackup', enabled: true, cronExpression: '0 18 * * *', retentionPeriod: '7d' } } });
    const test = stage({ clusters: [cluster] });
    test.prompts.when(/^When/, /daily 01:30/).when(/^Further/, 'Starting deadline').when(/^Starting deadline/, '30');
    await test.command(SCHEDULE, CLUSTER);
    assert.match(test.prompts.picks.at(-1)?.choices[0]?.detail ?? '', /^Written to the Cluster, .* deadline and parameters to \S+, where they stay/);
    assert.deepEqual(test.deps.api.calls.filter(({ verb, dryRun }) => verb === 'patch' && !dryRun).map(({ kind }) => kind), ['BackupSchedule', 'Cluster']);
    assert.deepEqual([spec(test)?.startingDeadlineMinutes, spec(test)?.schedules], [30, [full, log]]);
    assert.equal((test.deps.api.read(KINDS.cluster, 'orders-pg', NAMESPACE) as Cluster | undefined)?.spec?.backup?.cronExpression, '30 1 * * *');
  });
});

describe('Turning on and off', () => {
  it('turns the log backup on, and off again with what that costs', async () => {
    const test = stage();
    await test.command('kubeblocksBackup.turnLogBackupOn', CLUSTER);
    assert.equal(stored(test)?.[1]?.enabled, true);
    assert.equal(test.prompts.told[0]?.message, 'archive-wal of orders-pg is on: archiving starts now.');
    const on = stage({ schedules: [aSchedule([full, { ...log, enabled: true }])] });
    await on.command('kubeblocksBackup.turnLogBackupOff', CLUSTER);
    assert.equal(stored(on)?.[1]?.enabled, false);
    assert.match(on.prompts.picks.at(-1)?.choices.map(({ label }) => label).join() ?? '', /Archiving stops/);
  });

  it('says where there is nothing to turn off', async () => {
    const test = stage();
    await test.command('kubeblocksBackup.turnLogBackupOff', CLUSTER);
    assert.match(test.prompts.told[0]?.message ?? '', /There is no method to choose/);
  });

  it('turns a schedule off', async () => {
    const test = stage();
    await test.command('kubeblocksBackup.turnScheduleOff', CLUSTER);
    assert.equal(stored(test)?.[0]?.enabled, false);
  });
});

describe('Run Now', () => {
  const RUN = 'kubeblocksBackup.runScheduleNow';
  const weekly: SchedulePolicy = { ...full, name: 'weekly', cronExpression: '0 3 * * 0', retentionPeriod: '3mo' };
  const made = (test: TestApp): Backup['spec'] => (test.deps.api.read(KINDS.backup, test.deps.api.calls.find(({ verb, dryRun }) => verb === 'create' && !dryRun)?.name ?? '', NAMESPACE) as Backup | undefined)?.spec;
  const completing = (objects: Objects): TestApp => {
    const test: TestApp = stage(objects, { onPause: () => test.stopWaiting.abort() });
    return test;
  };

  it('makes the backup of the line it is called on, kept as long as the line says', async () => {
    const test = completing({ schedules: [aSchedule([full, weekly, log])] });
    await test.command(RUN, { node: { id: 'x', label: 'weekly', target: SCHEDULE_REF, scheduleLine: 'weekly' } });
    assert.deepEqual(test.prompts.asked.map((title) => title.replace(/ \(.*/, '')), ['Back Up orders-pg']);
    assert.deepEqual(made(test), { backupPolicyName: aPolicy().metadata.name, backupMethod: 'pg-basebackup', deletionPolicy: 'Delete', retentionPeriod: '3mo' });
  });

  it('asks for the line, and offers no log backup', async () => {
    const test = completing({ schedules: [aSchedule([full, weekly, log])] });
    test.prompts.when(/^Run Now/, 'pg-basebackup (weekly)');
    await test.command(RUN, CLUSTER);
    assert.deepEqual(test.prompts.picks[0]?.choices.map(({ label }) => label), ['pg-basebackup (full)', 'pg-basebackup (weekly)']);
    assert.equal(made(test)?.retentionPeriod, '3mo');
  });
});

describe('A line of a schedule', () => {
  it('is the one that is changed, where the method has several', async () => {
    const weekly: SchedulePolicy = { ...full, name: 'weekly', cronExpression: '0 3 * * 0' };
    const test = stage({ schedules: [aSchedule([full, weekly])] });
    test.prompts.when(/^When/, /daily 01:30/);
    await test.command(SCHEDULE, { node: { id: 'x', label: 'weekly', target: SCHEDULE_REF, scheduleLine: 'weekly' } });
    assert.deepEqual(stored(test), [full, { ...weekly, cronExpression: '30 1 * * *' }]);
  });

  it('stays in the schedule the command was called on', async () => {
    const own = aSchedule([{ ...full, name: 'own' }], { metadata: { name: 'own' } });
    const test = stage({ schedules: [aSchedule([full, log]), own] });
    test.prompts.when(/^When/, /daily 01:30/);
    await test.command(SCHEDULE, { ...SCHEDULE_REF, name: 'own' });
    assert.deepEqual([stored(test), (test.deps.api.read(KINDS.backupSchedule, 'own', NAMESPACE) as BackupSchedule | undefined)?.spec?.schedules?.[0]?.cronExpression], [[full, log], '30 1 * * *']);
  });
});

describe('Diagnose of a log backup', () => {
  const ended = aLog('08:00:00', '09:00:00', { metadata: { labels: { [LABELS.backupSchedule]: SCHEDULE_REF.name, [LABELS.backupType]: 'Continuous' } }, status: { phase: 'Completed' } });
  const ref: ObjectRef = { kind: 'backup', namespace: NAMESPACE, name: ended.metadata.name };

  it('says that its schedule is off, and offers to turn it on', async () => {
    const test = stage({ backups: [ended] });
    await test.command('kubeblocksBackup.diagnose', ref);
    assert.match(test.prompts.told[0]?.message ?? '', /^Log backup \S+ archives nothing: archive-wal is off in schedule \S+\. Turn it on/);
    assert.deepEqual(test.prompts.told[0]?.actions.map((action) => ('command' in action ? [action.label, action.command, action.arguments] : [])), [['Turn Log Backup On…', 'kubeblocksBackup.turnLogBackupOn', [SCHEDULE_REF]]]);
  });

  it('says nothing of it where it is on', async () => {
    const test = stage({ backups: [ended], schedules: [aSchedule([full, { ...log, enabled: true }])] });
    await test.command('kubeblocksBackup.diagnose', ref);
    assert.deepEqual(test.prompts.told, []);
  });
});
