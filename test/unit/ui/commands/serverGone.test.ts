import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import { LABELS } from '../../../../src/kubeblocks/labels';
import type { AnyObject, Backup, BackupPolicy, BackupSchedule, KubeObject, SchedulePolicy } from '../../../../src/kubeblocks/objects';
import { SECRET } from '../../../../src/kubeblocks/repositoryPlan';
import type { CommandId } from '../../../../src/ui/commands/commandIds';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, anInventory, aPolicy, aRepo, aSchedule, aStorageProvider, NAMESPACE, postgresActionSets, type Objects } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const POLICY = aPolicy().metadata.name;
const SCHEDULE = aSchedule([]).metadata.name;
const PHRASE = 'correct horse battery';
const full: SchedulePolicy = { name: 'full', backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' };
const log: SchedulePolicy = { name: 'log', backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: false, retentionPeriod: '8d' };
const credential = { name: 'store-credentials', namespace: 'kb-system' };
const store = aRepo('s3-main', 'Ready', { spec: { storageProviderRef: 's3-compatible', accessMethod: 'Tool', credential } });
const cluster: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };
const policy: ObjectRef = { kind: 'backupPolicy', namespace: NAMESPACE, name: POLICY };

function stage(): TestApp {
  const objects: Objects = {
    clusters: [aCluster()],
    policies: [aPolicy()],
    repos: [store, aRepo('offsite')],
    actionSets: postgresActionSets(),
    schedules: [aSchedule([full, log])],
    backups: [aBackup('last')],
    storageProviders: [aStorageProvider()],
  };
  const test: TestApp = new TestApp({ inventory: anInventory(objects), onPause: () => test.stopWaiting.abort() });
  const { api } = test.deps;
  api.put(KINDS.cluster, ...(objects.clusters ?? []));
  api.put(KINDS.backupPolicy, ...(objects.policies ?? []));
  api.put(KINDS.backupRepo, ...(objects.repos ?? []));
  api.put(KINDS.backupSchedule, ...(objects.schedules ?? []));
  api.put(KINDS.backup, ...(objects.backups ?? []));
  api.put(SECRET, { apiVersion: 'v1', kind: 'Secret', metadata: credential, data: {} } as KubeObject);
  return test;
}

interface Case {
  readonly command: CommandId;
  readonly ref: ObjectRef;
  /** What is typed and chosen; each answer once, so that what is asked again has to have been kept. */
  readonly answers: readonly (readonly [title: RegExp, answer: string])[];
  readonly review: RegExp;
  readonly accept: RegExp;
  readonly verb: 'create' | 'patch';
  /** What is so in the end, and only then. */
  readonly done: (test: TestApp) => unknown;
  readonly expected: unknown;
  /** The first of them is carried out when its answer is lost, the one that is looked at is not. */
  readonly severalWrites?: true;
}

const read = <T>(test: TestApp, kind: keyof typeof KINDS, name: string): T | undefined => test.deps.api.read(KINDS[kind], name, NAMESPACE) as T | undefined;
const lines = (test: TestApp): BackupSchedule['spec'] => read<BackupSchedule>(test, 'backupSchedule', SCHEDULE)?.spec;
const made = (test: TestApp): number => [...new Set(test.deps.api.calls.flatMap(({ verb, kind, dryRun, name }) => (verb === 'create' && kind === 'Backup' && !dryRun ? [name] : [])))].filter((name) => read(test, 'backup', name) !== undefined).length;

const CASES: readonly Case[] = [
  { command: 'kubeblocksBackup.scheduleBackups', ref: cluster, answers: [[/^When/, 'Type a Cron Expression…'], [/^When/, '15 4 * * *'], [/^How long/, '14d'], [/^Further/, 'Starting deadline'], [/^Starting deadline/, '30']], review: /^Schedule Backups: pg-basebackup/, accept: /^Change BackupSchedule/, verb: 'patch', done: (test) => [lines(test)?.schedules?.[0]?.cronExpression, lines(test)?.startingDeadlineMinutes], expected: ['15 4 * * *', 30] },
  { command: 'kubeblocksBackup.turnScheduleOff', ref: cluster, answers: [], review: /^Turn Schedule Off: pg-basebackup/, accept: /^Change BackupSchedule/, verb: 'patch', done: (test) => lines(test)?.schedules?.[0]?.enabled, expected: false },
  { command: 'kubeblocksBackup.turnLogBackupOn', ref: cluster, answers: [], review: /^Turn Log Backup On: archive-wal/, accept: /^Change BackupSchedule/, verb: 'patch', done: (test) => lines(test)?.schedules?.[1]?.enabled, expected: true },
  { command: 'kubeblocksBackup.changePolicy', ref: policy, answers: [[/^Change Policy/, 'Encryption'], [/^How backups/, 'AES-256-CFB'], [/^New pass phrase/, PHRASE], [/^The pass phrase/, PHRASE]], review: /^Change Policy/, accept: /^Change BackupPolicy/, verb: 'patch', done: (test) => (read<AnyObject>(test, 'backupPolicy', POLICY)?.['spec'] as { readonly encryptionConfig?: { readonly algorithm?: string } }).encryptionConfig?.algorithm, expected: 'AES-256-CFB' },
  { command: 'kubeblocksBackup.changePolicyRepository', ref: policy, answers: [[/^Change Repository/, 'offsite']], review: /^Change Repository/, accept: /^Change BackupPolicy/, verb: 'patch', done: (test) => read<BackupPolicy>(test, 'backupPolicy', POLICY)?.spec?.backupRepoName, expected: 'offsite' },
  { command: 'kubeblocksBackup.changeRetention', ref: { kind: 'backup', namespace: NAMESPACE, name: 'last' }, answers: [[/^How long/, '30d']], review: /^Change Retention/, accept: /^Change Backup last/, verb: 'patch', done: (test) => read<Backup>(test, 'backup', 'last')?.spec?.retentionPeriod, expected: '30d', severalWrites: true },
  { command: 'kubeblocksBackup.rotateCredentials', ref: { kind: 'backupRepo', name: 's3-main' }, answers: [[/^New accessKeyId/, 'NEWKEY']], review: /^Rotate Credentials/, accept: /^Change Secret/, verb: 'patch', done: (test) => (test.deps.api.read(SECRET, credential.name, credential.namespace)?.['stringData'] as { readonly accessKeyId?: string } | undefined)?.accessKeyId, expected: 'NEWKEY' },
  { command: 'kubeblocksBackup.mendSchedule', ref: { kind: 'backupSchedule', namespace: NAMESPACE, name: SCHEDULE }, answers: [[/^Mend/, 'Let KubeBlocks Write It Again']], review: /^Mend/, accept: /^Let KubeBlocks Write \S+ Again/, verb: 'patch', done: (test) => Object.keys(read<BackupSchedule>(test, 'backupSchedule', SCHEDULE)?.metadata.annotations ?? {}).length, expected: 1 },
  { command: 'kubeblocksBackup.runScheduleNow', ref: { kind: 'backupSchedule', namespace: NAMESPACE, name: SCHEDULE }, answers: [], review: /^Back Up orders-pg/, accept: /^Create Backup/, verb: 'create', done: made, expected: 1 },
];

/**
 * The last step of a command meets a server that is gone: nothing was written, or it was and nobody heard of it. What is created
 * is looked up by its name when its answer is lost, so that nobody learns of it (`backUpNow.test.ts`).
 */
describe('A server that is gone when something is written', () => {
  for (const afterwards of [false, true]) {
    for (const { command, ref, answers, review, accept, verb, done, expected, severalWrites } of CASES.filter(({ verb }) => !(afterwards && verb === 'create'))) {
      it(`${afterwards ? 'after writing it' : 'before writing it'}: ${command.replace('kubeblocksBackup.', '')} says so, keeps the answers, and does it once when tried again`, async () => {
        const test = stage();
        const before = done(test);
        // More often than is tried by itself.
        test.deps.api.failNext(verb, 0, 'ECONNREFUSED', { dryRun: false, afterwards, times: verb === 'create' ? 4 : 1 });
        for (const [title, answer] of answers) test.prompts.when(title, answer);
        test.prompts.when(review, accept).when(review, 'Try Again');
        const seen: unknown[] = [];
        const pick = test.prompts.pick.bind(test.prompts);
        Object.assign(test.prompts, {
          pick: (request: Parameters<typeof pick>[0]) => {
            if (request.choices[0]?.icon === 'error') seen.push(done(test));
            return pick(request);
          },
        });
        await test.command(command, ref);
        const refusals = test.prompts.picks.flatMap(({ choices: [first] }) => (first?.icon === 'error' ? [`${first.label}: ${first.detail ?? ''}`] : []));
        assert.equal(refusals.length, 1, `${JSON.stringify(test.prompts.asked)} ${JSON.stringify(test.told)}`);
        assert.match(refusals[0] ?? '', /cannot be reached \(ECONNREFUSED\)/);
        assert.deepEqual(done(test), expected);
        assert.deepEqual(seen, [severalWrites !== true && afterwards ? expected : before]);
        assert.doesNotMatch(JSON.stringify([test.prompts.picks, test.told, test.log]), new RegExp(`${PHRASE}|NEWKEY`));
      });
    }
  }

  it('leaves at most the Secret of a pass phrase, which trying again finds', async () => {
    const test = stage();
    test.deps.api.failNext('patch', 0, 'ECONNREFUSED', { dryRun: false });
    test.prompts.when(/^Change Policy/, 'Encryption').when(/^How backups/, 'AES-256-CFB').when(/^New pass phrase/, PHRASE).when(/^The pass phrase/, PHRASE).when(/^Change Policy/, /^Change BackupPolicy/).when(/^Change Policy/, 'Try Again');
    await test.command('kubeblocksBackup.changePolicy', policy);
    const secrets: KubeObject[] = [];
    for await (const { items } of test.deps.api.listPages(SECRET, NAMESPACE)) secrets.push(...items);
    assert.equal(secrets.filter(({ metadata: { labels, name } }) => labels?.[LABELS.instance] === undefined && name.startsWith(POLICY)).length, 1);
  });
});

