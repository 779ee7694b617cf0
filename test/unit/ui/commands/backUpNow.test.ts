import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import { LABELS } from '../../../../src/kubeblocks/labels';
import type { Backup, BackupSchedule, OpsRequest } from '../../../../src/kubeblocks/objects';
import { WORKLOADS } from '../../../../src/operations/workloadKinds';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, anActionSet, anIncremental, anInventory, aPolicy, aRepo, aSchedule, NAMESPACE, type Objects, postgresActionSets } from '../../../support/builders';
import { TestApp, type TestAppOptions } from '../../../support/testApp';

const BACK_UP = 'kubeblocksBackup.backUpNow';
const CLUSTER: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };
const NAME = 'orders-pg-20261123-1310';

const objects: Objects = { clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets() };

/** The extension on a cluster with these objects, where every backup completes while it is followed. */
function stage(more: Objects = {}, options: TestAppOptions = {}): TestApp {
  const test: TestApp = new TestApp({
    inventory: anInventory({ ...objects, ...more }),
    onPause: () => end(test, { phase: 'Completed', totalSize: '2048' }),
    ...options,
  });
  return test;
}

function end(test: TestApp, status: Backup['status']): void {
  for (const backup of stored(test)) {
    test.deps.api.put(KINDS.backup, { ...backup, ...(status === undefined ? {} : { status }) });
  }
}

function stored(test: TestApp): readonly Backup[] {
  const names = test.deps.api.calls.filter(({ verb, kind, dryRun }) => verb === 'create' && kind === 'Backup' && !dryRun).map(({ name }) => name);
  return [...new Set(names)].flatMap((name) => (test.deps.api.read(KINDS.backup, name, NAMESPACE) as Backup | undefined) ?? []);
}

describe('Back Up Now by OpsRequest', () => {
  const asked = (test: TestApp): OpsRequest | undefined => test.deps.api.read(KINDS.opsRequest, NAME, NAMESPACE);
  /** KubeBlocks at work: makes the backup on the second look, or does what it is told. */
  const byRequest = (status?: OpsRequest['status']): TestApp => {
    const test: TestApp = new TestApp({
      inventory: anInventory(objects),
      backUpAs: 'OpsRequest',
      onPause: (pause) => {
        const ops = asked(test);
        if (ops === undefined) return;
        if (status !== undefined) test.deps.api.put(KINDS.opsRequest, { ...ops, status } as OpsRequest);
        else if (pause > 1) test.deps.api.put(KINDS.backup, { ...aBackup(NAME), status: { phase: 'Completed', totalSize: '2048' } } as Backup);
      },
    });
    return test;
  };

  it('creates the request, and follows the backup that KubeBlocks makes', async () => {
    const test = byRequest();
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(asked(test)?.spec, { type: 'Backup', clusterName: 'orders-pg', backup: { backupName: NAME, backupPolicyName: aPolicy().metadata.name, backupMethod: 'pg-basebackup', deletionPolicy: 'Delete', retentionPeriod: '7d' } });
    assert.match(test.told.at(-1)?.[0] ?? '', /^Backup \S+ is complete/);
    assert.deepEqual(stored(test), []);
  });

  for (const [what, status, why] of [
    ['fails', { phase: 'Failed', conditions: [{ type: 'Validated', status: 'False', reason: 'ClusterNotFound', message: 'cluster "x" not found' }] }, /made no backup: cluster "x" not found/],
    ['stays in Creating for ever', { phase: 'Creating' }, /made no backup: it is still Creating\. KubeBlocks leaves a request there/],
  ] as const) {
    it(`says so where the request ${what}`, async () => {
      const test = byRequest(status);
      await test.command(BACK_UP, CLUSTER);
      assert.match(test.told.at(-1)?.[0] ?? '', why);
    });
  }
});

describe('Back Up Now asks', () => {
  it('on a cluster, only how, under which name, for how long and what becomes of the data', async () => {
    const test = stage();
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.prompts.asked, [
      'Method for orders-pg (1 of 5)',
      'Name of the backup set (2 of 5)',
      'How long to keep it (3 of 5)',
      'When the backup set is deleted (4 of 5)',
      'Back Up orders-pg (5 of 5)',
    ]);
  });

  it('from the palette, for the cluster first', async () => {
    const test = stage({ clusters: [aCluster(), aCluster('other')] });
    test.prompts.when(/^Back Up Now$/, 'orders-pg');
    await test.command(BACK_UP);
    assert.match(test.prompts.asked[0] ?? '', /^Back Up Now \(1 of \d\)$/);
    assert.deepEqual(test.prompts.asked.slice(1, 3), ['Method for orders-pg (2 of 6)', 'Name of the backup set (3 of 6)']);
    assert.equal(stored(test).length, 1);
  });

  const mysql = aPolicy('orders-pg-proxy-backup-policy', { metadata: { labels: { 'apps.kubeblocks.io/component-name': 'proxy' } } });
  const POSTGRES = 'orders-pg-postgresql-backup-policy';

  it('for the policy where there are several', async () => {
    const test = stage({ policies: [aPolicy(), mysql] });
    test.prompts.when(/^Back Up orders-pg$/, mysql.metadata.name);
    await test.command(BACK_UP, CLUSTER);
    assert.equal(test.prompts.asked[0], 'Back Up orders-pg (1 of 6)');
    assert.equal(stored(test)[0]?.spec?.backupPolicyName, mysql.metadata.name);
  });

  it('how, with all that speaks for and against each method of the live policy', async () => {
    const repo = aRepo('s3-main', 'Ready');
    const test = stage({ repos: [repo], backups: [aBackup('full-1', '09:12:44')] });
    await test.command(BACK_UP, CLUSTER);
    const method = test.prompts.picks.find(({ title }) => title.startsWith('Method'));
    assert.deepEqual(method?.choices.map(({ label, description, detail, icon }) => [label, description, detail, icon]), [
      ['pg-basebackup', 'full · to s3-main · recommended', 'action set postgresql-basebackup · last 2 h ago · 15.2 GiB · in 0 s', 'archive'],
      ['wal-g-incremental', 'incremental · to s3-main', 'action set postgresql-incremental · not used yet · smaller; is restored with all that it builds on', 'archive'],
      ['volume-snapshot', 'snapshot · snapshots in the cluster', 'not used yet · usually the fastest; lives in the same storage as the database', 'archive'],
      ['archive-wal', 'log backup · to s3-main · runs by schedule only', 'action set postgresql-archive-wal · not used yet', 'circle-slash'],
    ]);
  });

  it('for no policy on a component that has its own, or on the policy itself', async () => {
    const test = stage({ policies: [mysql, aPolicy()] });
    await test.command(BACK_UP, { node: { id: 'n', label: 'postgresql', target: CLUSTER, component: 'postgresql' } });
    assert.equal(test.prompts.asked[0], 'Method for orders-pg (1 of 5)');
    await test.command(BACK_UP, { kind: 'backupPolicy', namespace: NAMESPACE, name: mysql.metadata.name });
    assert.equal(test.prompts.asked[5], 'Method for orders-pg (1 of 5)');
    assert.deepEqual([test.deps.api.read(KINDS.backup, NAME, NAMESPACE)].map((backup) => (backup as Backup).spec?.backupPolicyName), [POSTGRES]);
    assert.deepEqual(test.told.slice(0, 1), [[`Backup ${NAME} is complete: 2 KiB.`, 'Show']]);
  });

  it('what an incremental backup builds on, and for each parameter of the method', async () => {
    const incremental = anActionSet('postgresql-incremental', 'Incremental', {
      spec: {
        backupType: 'Incremental',
        parametersSchema: { openAPIV3Schema: { properties: { threads: { type: 'integer', minimum: 1 }, note: { type: 'string' } }, required: ['threads'] } },
        backup: { withParameters: ['threads', 'note'] },
      },
    });
    const backups = [aBackup('full-1', '09:12:44'), anIncremental('inc-1', '10:00:00', 'full-1', 'full-1')];
    const test = stage({ backups, actionSets: [...postgresActionSets().slice(0, 2), incremental] });
    test.prompts.when(/^Method/, 'wal-g-incremental').when(/build|Parent|Base/i, 'full-1').when(/threads/, 'many').when(/threads/, '0').when(/threads/, '4');
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.prompts.asked.map((title) => title.replace(/^.* (?=\()/, '')).slice(0, 3), ['(1 of 5)', '(2 of 8)', '(3 of 8)']);
    assert.deepEqual(test.prompts.refused, ['"many" is no whole number.', '0 is below the minimum of 1.']);
    const [made] = stored(test);
    assert.equal(made?.spec?.parentBackupName, 'full-1');
    assert.deepEqual(made.spec.parameters, [{ name: 'threads', value: '4' }]);
  });

  it('lets KubeBlocks choose the parent unless one is chosen', async () => {
    const test = stage({ backups: [aBackup('full-1', '09:12:44')] });
    test.prompts.when(/^Method/, 'wal-g-incremental');
    await test.command(BACK_UP, CLUSTER);
    assert.equal(stored(test)[0]?.spec?.parentBackupName, undefined);
  });

  it('again from where one goes back to, with every answer kept', async () => {
    const test = stage();
    test.prompts
      .when(/^Method/, 'volume-snapshot')
      .when(/^Name/, 'before-upgrade')
      .when(/keep/, '3d')
      .when(/^When/, 'Keep the data')
      .when(/^Back Up/, 'Go Back and Change It')
      .when(/^When/, { back: true })
      .when(/keep/, { back: true })
      .when(/^Name/, { back: true });
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(
      test.prompts.asked.map((title) => /\d/.exec(title)?.[0]),
      ['1', '2', '3', '4', '5', '4', '3', '2', '1', '2', '3', '4', '5'],
    );
    assert.deepEqual(stored(test).map(({ metadata, spec }) => [metadata.name, spec]), [
      ['before-upgrade', { backupPolicyName: POSTGRES, backupMethod: 'volume-snapshot', deletionPolicy: 'Retain', retentionPeriod: '3d' }],
    ]);
  });

  it('cannot be gone back from its first question, and creates nothing when it is left', async () => {
    const test = stage();
    test.prompts.when(/^Method/, { leave: true });
    await test.command(BACK_UP, CLUSTER);
    assert.equal(test.prompts.picks[0]?.position?.canGoBack, false);
    assert.deepEqual([test.deps.api.calls, test.told], [[], []]);
  });

  it('another method where the chosen one cannot be used, and offers what it builds on', async () => {
    const test = stage();
    test.prompts.when(/^Method/, 'wal-g-incremental').when(/cannot be used now/, /^Use pg-basebackup/);
    await test.command(BACK_UP, CLUSTER);
    assert.equal(test.prompts.picks[1]?.placeholder, 'needs a completed pg-basebackup backup first');
    assert.equal(stored(test)[0]?.spec?.backupMethod, 'pg-basebackup');
  });

  const name = 'orders-pg-backup-schedule';
  const scheduled = (enabled: boolean): BackupSchedule => aSchedule([{ backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled }], { metadata: { name } });
  const managed = aCluster('orders-pg', { spec: { backup: { enabled: true, pitrEnabled: false } } });
  const off = 'archive-wal runs by schedule only. Once turned on, it archives until it is turned off.';
  const turnOn = ['kubeblocksBackup.turnLogBackupOn', { kind: 'backupPolicy', namespace: NAMESPACE, name: POSTGRES }];
  const logs: readonly (readonly [string, Objects, string, string, readonly unknown[]])[] = [
    ['runs already', { schedules: [scheduled(true)] }, `archive-wal runs all the time, by schedule ${name}. There is nothing to start by hand.`, `Show the YAML of schedule ${name}`, ['kubeblocksBackup.showYaml', { kind: 'backupSchedule', namespace: NAMESPACE, name }]],
    ['is off', { schedules: [scheduled(false)] }, off, 'Turn Log Backup On…', turnOn],
    ['is off by the cluster', { clusters: [managed], schedules: [scheduled(false)] }, off, 'Turn Log Backup On…', turnOn],
    ['is in no schedule', {}, off, 'Turn Log Backup On…', turnOn],
  ];
  for (const [what, more, message, label, command] of logs) {
    it(`nothing more of a log backup, but says how one is had where it ${what}`, async () => {
      const test = stage(more);
      test.prompts.when(/^Method/, 'archive-wal').when(/cannot be used now/, label);
      await test.command(BACK_UP, CLUSTER);
      assert.equal(test.prompts.picks.at(-1)?.placeholder, message);
      assert.deepEqual(test.ran, [command]);
    });
  }

  it('says what keeping the data means', async () => {
    const test = stage();
    await test.command(BACK_UP, CLUSTER);
    const keep = test.prompts.picks.find(({ title }) => title.startsWith('When'))?.choices[1];
    assert.equal(keep?.detail, 'The backup set cannot be deleted either, until its deletion policy is changed to Delete.');
  });

  it('again for the method after an explanation that one turns away from', async () => {
    const test = stage();
    test.prompts.when(/^Method/, 'archive-wal').when(/cannot be used now/, { back: true }).when(/^Method/, 'archive-wal').when(/cannot be used now/, 'Choose another method');
    await test.command(BACK_UP, CLUSTER);
    const methods = test.prompts.asked.filter((title) => title.startsWith('Method'));
    assert.deepEqual(methods.length, 3);
    assert.deepEqual(test.prompts.picks[1]?.choices.map(({ label }) => label), ['Turn Log Backup On…', 'Choose another method']);
  });

  const cures: readonly (readonly [string, Objects, string, readonly unknown[]])[] = [
    ['a repository that is not ready', { repos: [aRepo('s3-main', 'Failed')] }, 'Find out why s3-main is not ready', ['kubeblocksBackup.diagnose', { kind: 'backupRepo', name: 's3-main' }]],
    ['a repository that is gone', { repos: [] }, 'Look at the repositories', ['kubeblocksBackup.repositories.focus']],
  ];
  for (const [what, more, label, command] of cures) {
    it(`nothing more when the cure of ${what} is chosen`, async () => {
      const test = stage(more);
      test.prompts.when(/^Method/, 'pg-basebackup').when(/cannot be used now/, label);
      await test.command(BACK_UP, CLUSTER);
      assert.deepEqual(test.ran, [command]);
      assert.deepEqual([stored(test), test.told], [[], []]);
    });
  }

  it('nothing of a cluster without a policy, but says so', async () => {
    const test = stage({ policies: [] });
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.told, [['orders-pg cannot be backed up: it has no backup policy. Its engine’s add-on brings no backup methods, or the policy was deleted.', 'Show Log']]);
  });

  it('nothing where there is no cluster, but says so', async () => {
    const test = stage({ clusters: [] });
    await test.command(BACK_UP);
    assert.deepEqual([test.prompts.asked, test.told], [[], [['There is no cluster to choose: kind-prod has none.', 'Show Log']]]);
  });
});

describe('Back Up Now judges', () => {
  const names: readonly (readonly [string, string])[] = [
    ['', 'A name is needed.'],
    ['Orders', 'The name contains "O"; only lower-case letters, digits, "-" and "." are allowed.'],
    ['orders-', 'Each part of the name must begin and end with a letter or a digit.'],
    ['x'.repeat(64), 'The name has 64 characters; at most 63 are allowed.'],
    ['taken', 'A backup named taken exists in payments. Choose another name.'],
  ];
  it('the name as it is typed', async () => {
    const test = stage({ backups: [aBackup('taken')] });
    names.forEach(([text]) => test.prompts.when(/^Name/, text));
    test.prompts.when(/^Name/, ' good ');
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.prompts.refused, names.map(([, problem]) => problem));
    assert.equal(stored(test)[0]?.metadata.name, 'good');
  });

  it('the time to keep it as it is typed, and says what it means', async () => {
    const test = stage();
    test.prompts.when(/keep/, '7').when(/keep/, 'ever').when(/keep/, '');
    await test.command(BACK_UP, CLUSTER);
    assert.equal(test.prompts.refused.length, 2);
    assert.match(test.prompts.refused[0] ?? '', /^"7" is no retention period\./);
    assert.equal(stored(test)[0]?.spec?.retentionPeriod, undefined);
    const explain = test.prompts.inputs.find(({ title }) => /keep/.test(title))?.explain;
    assert.deepEqual([explain?.(''), explain?.('7d')], ['Is kept until somebody deletes it', 'Expires 2026-11-30 13:10:04 (12:10:04 UTC)']);
  });

  it('the plan, and does not let an error be submitted', async () => {
    const test = stage();
    test.prompts.when(/^Method/, 'pg-basebackup').when(/^Back Up/, 'Show the YAML Beside').when(/^Back Up/, { leave: true });
    const asked = test.prompts.pick.bind(test.prompts);
    test.prompts.pick = (request) => {
      if (request.title.startsWith('When')) {
        test.session?.become({ repos: anInventory({ repos: [aRepo('s3-main', 'Failed')] }).repos });
      }
      return asked(request);
    };
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.offered(), ['pg-basebackup cannot be used: repository s3-main is failed.', 'Go Back and Change It', 'Show the YAML Beside']);
    assert.deepEqual(test.deps.api.calls, []);
    assert.equal(test.previews.length, 2);
  });

  it('and says what it will do before it does', async () => {
    const test = stage();
    await test.command(BACK_UP, CLUSTER);
    const [accept] = test.prompts.picks.at(-1)?.choices ?? [];
    assert.deepEqual([accept?.label, accept?.description, accept?.detail], [
      `Create Backup ${NAME}`,
      'the server accepts it (dry run)',
      `Expires 2026-11-30 13:10:04, in payments (kind-prod).`,
    ]);
    assert.match(test.previews[0]?.text ?? '', /kind: Backup\n/);
    assert.deepEqual(test.deps.api.calls.filter(({ verb }) => verb === 'create').map(({ dryRun }) => dryRun), [true, false]);
  });

  it('by what the cluster refuses in the dry run, field by field, and can be tried again', async () => {
    const test = stage();
    test.deps.api.failNext('create', 422, 'Invalid', { dryRun: true, causes: [{ field: 'spec.backupMethod', message: 'Required value' }, { field: 'spec.x', message: 'unknown' }] });
    test.prompts.when(/^Back Up/, 'Try Again');
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.offered(1), [
      `Backup ${NAME} would not be accepted`,
      'Go Back and Change It',
      'Try Again',
      'Show the YAML Beside',
    ]);
    assert.match(test.firstLine(1), /the cluster refuses it\. spec\.backupMethod: Required value; spec\.x: unknown$/);
    assert.equal(test.prompts.picks.at(-2)?.placeholder, 'Nothing was created. Your answers are kept.');
    assert.equal(stored(test).length, 1);
  });
});

describe('Back Up Now creates', () => {
  it('one backup, although the answer to its creation was lost', async () => {
    const test = stage();
    test.deps.api.failNext('create', 0, 'ECONNRESET', { dryRun: false, afterwards: true });
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(stored(test).map(({ metadata }) => metadata.name), [NAME]);
    assert.deepEqual(test.told, [[`Backup ${NAME} is complete: 2 KiB.`, 'Show']]);
  });

  it('one backup when the connection broke for good after it was stored, and one tries again', async () => {
    const test = stage();
    test.deps.api.failNext('create', 0, 'ECONNRESET', { dryRun: false, afterwards: true });
    test.deps.api.failNext('create', 0, 'ECONNREFUSED', { dryRun: false, times: 3 });
    test.prompts.when(/^Back Up/, /^Create Backup/).when(/^Back Up/, 'Try Again');
    await test.command(BACK_UP, CLUSTER);
    assert.equal(test.prompts.picks.at(-1)?.placeholder, 'It is not known whether it was created. Try again to find out; nothing is created twice. Your answers are kept.');
    assert.deepEqual(stored(test).map(({ metadata }) => metadata.name), [NAME]);
    assert.deepEqual(test.told, [[`Backup ${NAME} is complete: 2 KiB.`, 'Show']]);
  });

  it('with everything typed kept after the connection broke before it was stored', async () => {
    const test = stage();
    test.deps.api.failNext('create', 0, 'ECONNREFUSED', { dryRun: false, times: 4 });
    test.prompts.when(/^Name/, 'typed').when(/^Back Up/, /^Create Backup/).when(/^Back Up/, 'Try Again');
    await test.command(BACK_UP, CLUSTER);
    assert.match(test.firstLine(), /^Backup typed could not be created: the cluster cannot be reached \(ECONNREFUSED\)/);
    assert.deepEqual(stored(test).map(({ metadata }) => metadata.name), ['typed']);
  });

  it('anew under the same name after the first was deleted', async () => {
    const test = stage();
    test.prompts.when(/^Name/, 'again').when(/^Name/, 'again');
    await test.command(BACK_UP, CLUSTER);
    test.deps.api.remove(KINDS.backup, 'again', NAMESPACE);
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.told, [['Backup again is complete: 2 KiB.', 'Show'], ['Backup again is complete: 2 KiB.', 'Show']]);
    assert.notEqual(test.deps.api.read(KINDS.backup, 'again', NAMESPACE), undefined);
  });

  it('nothing without the right, and shows which one is missing', async () => {
    const test = stage();
    test.deps.api.failNext('create', 403, 'Forbidden', { resource: KINDS.backup });
    test.prompts.when(/^Back Up/, 'Copy the Rule to Ask For').when(/^Back Up/, { leave: true });
    await test.command(BACK_UP, CLUSTER);
    assert.match(test.firstLine(1), /you may not create backups\.dataprotection\.kubeblocks\.io in namespace payments\. Ask an administrator/);
    assert.equal(stored(test).length, 0);
    const [[command, argument] = []] = test.ran;
    assert.equal(command, 'kubeblocksBackup.copyPermissionRule');
    assert.match((argument as { manifest: string }).manifest, /kind: Role\b/);
  });

  it('nothing when the name was taken meanwhile, and lets another be typed', async () => {
    const test = stage();
    test.prompts.when(/^Back Up/, /^Create Backup/).when(/^Back Up/, 'Go Back and Change It').when(/^When/, 'Delete the data too').when(/^When/, { back: true }).when(/keep/, '7d').when(/keep/, { back: true }).when(/^Name/, 'first').when(/^Name/, 'second');
    test.prompts.leaveBusy = undefined;
    test.deps.api.put(KINDS.backup, aBackup('other'));
    test.deps.api.failNext('create', 409, 'AlreadyExists', { dryRun: false });
    test.deps.api.put(KINDS.backup, aBackup('first-of-others'));
    const create = test.deps.api.create.bind(test.deps.api);
    test.deps.api.create = (resource, object, options) => {
      if (object.metadata.name === 'first' && options?.dryRun !== true) {
        test.deps.api.put(KINDS.backup, aBackup('first'));
      }
      return create(resource, object, options);
    };
    await test.command(BACK_UP, CLUSTER);
    assert.ok(test.prompts.picks.some(({ choices }) => choices.some(({ label, detail }) => label === 'Backup first could not be created' && detail === 'a Backup of this name exists in payments. Choose another name.')));
    assert.notEqual(test.deps.api.read(KINDS.backup, 'second', NAMESPACE), undefined);
  });

  it('goes on when the person leaves while it is being created, and says how it ended', async () => {
    const test = stage();
    test.prompts.leaveBusy = /Creating/;
    await test.command(BACK_UP, CLUSTER);
    assert.equal(stored(test).length, 1);
    assert.deepEqual(test.told, [[`Backup ${NAME} is complete: 2 KiB.`, 'Show']]);
  });

  it('says it when it failed after the person left', async () => {
    const test = stage();
    test.prompts.leaveBusy = /Creating/;
    test.deps.api.failNext('create', 403, 'Forbidden', { dryRun: false, resource: KINDS.backup });
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.told.map(([, ...buttons]) => buttons), [['Copy the Rule to Ask For', 'Show Log']]);
  });

  it('one backup when the answer is lost after the person left, and one tries again an hour later', async () => {
    const test = stage();
    test.prompts.leaveBusy = /Creating/;
    test.deps.api.failNext('create', 0, 'ECONNRESET', { dryRun: false, afterwards: true });
    test.deps.api.failNext('create', 0, 'ECONNREFUSED', { dryRun: false, times: 7 });
    await test.command(BACK_UP, CLUSTER);
    assert.match(test.told[0]?.[0] ?? '', /could not be created: .*It may have been created all the same; trying again finds it, and creates nothing twice\.$/);
    await test.press('Try Again');
    assert.deepEqual(test.told.map(([, button]) => button), ['Try Again', 'Try Again']);
    await test.deps.clock.sleep(3_600_000);
    await test.press('Try Again');
    assert.deepEqual(stored(test).map(({ metadata }) => metadata.name), [NAME]);
    assert.deepEqual(test.told.at(-1), [`Backup ${NAME} is complete: 2 KiB.`, 'Show']);
    assert.equal(test.prompts.asked.filter((title) => title.startsWith('Method')).length, 1);
  });

  it('another backup meanwhile, whatever became of one whose answer was lost', async () => {
    const test = stage();
    test.prompts.leaveBusy = /Creating/;
    test.deps.api.failNext('create', 0, 'ECONNREFUSED', { dryRun: false, times: 4 });
    test.prompts.when(/^Name/, 'first').when(/^Name/, 'second');
    await test.command(BACK_UP, CLUSTER);
    await test.command(BACK_UP, CLUSTER);
    await test.press('Try Again');
    assert.deepEqual(stored(test).map(({ metadata }) => metadata.name).sort(), ['first', 'second']);
  });

  it('nothing when the person leaves while the server is asked', async () => {
    const test = stage();
    test.prompts.leaveBusy = /Asking/;
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual([stored(test), test.told], [[], []]);
  });

  it('nothing in another cluster, when the connection was switched during the questions', async () => {
    const test = new TestApp({ inventory: anInventory(objects), contexts: ['kind-prod', 'other'] });
    const asked = test.prompts.input.bind(test.prompts);
    test.prompts.input = async (request) => {
      if (test.session?.context !== 'other') {
        await test.active.reopen('other');
      }
      return asked(request);
    };
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.told, [['This was begun in kind-prod, but other is connected now. Nothing was changed; start again.', 'Show Log']]);
    assert.deepEqual(test.deps.api.calls, []);
  });

  it('one backup of two clicks on the same cluster', async () => {
    const test = stage();
    await Promise.all([test.command(BACK_UP, CLUSTER), test.command(BACK_UP, CLUSTER)]);
    assert.equal(stored(test).length, 1);
    assert.ok(test.prompts.asked.includes('(focus)'));
  });
});

describe('Following a backup', () => {
  const outcomes: readonly (readonly [string, (test: TestApp) => void, readonly string[]])[] = [
    ['is complete', (test) => end(test, { phase: 'Completed' }), [`Backup ${NAME} is complete.`, 'Show']],
    ['failed', (test) => end(test, { phase: 'Failed', failureReason: 'no space left' }), [`Backup ${NAME} failed: no space left`, 'Diagnose', 'Show Log']],
    ['was deleted', (test) => test.deps.api.remove(KINDS.backup, NAME, NAMESPACE), [`Backup ${NAME} was deleted before it ended. Nothing is left to do here.`]],
  ];
  for (const [what, happen, told] of outcomes) {
    it(`says that it ${what}`, async () => {
      const test: TestApp = stage({}, { onPause: () => happen(test) });
      await test.command(BACK_UP, CLUSTER);
      assert.deepEqual(test.told, [told]);
      assert.deepEqual(test.progress.slice(0, 2), [`Backup ${NAME} (“Cancel” only stops waiting)`, 'waiting for KubeBlocks']);
    });
  }

  it('says that it does not get on while its volume snapshot fails', async () => {
    const test: TestApp = stage({}, { onPause: () => end(test, { phase: 'Running', actions: [{ name: 'createVolumeSnapshot-0', phase: 'Running' }] }) });
    const metadata = { name: 's', namespace: NAMESPACE, labels: { [LABELS.backupName]: NAME } };
    const failing = { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata, status: { error: { message: 'quota reached' } } };
    test.deps.api.put(WORKLOADS.volumeSnapshot, failing);
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.told, [[`Backup ${NAME} does not get on: volume snapshot s fails: quota reached. It goes on trying for ever; mend the storage, or delete it.`, 'Diagnose']]);
  });

  it('points its buttons at the backup', async () => {
    const test: TestApp = stage({}, { onPause: () => end(test, { phase: 'Failed' }) });
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.prompts.told[0]?.actions[0], { label: 'Diagnose', command: 'kubeblocksBackup.diagnose', arguments: [{ kind: 'backup', namespace: NAMESPACE, name: NAME }] });
  });

  it('leaves the backup alone when one stops waiting', async () => {
    const test: TestApp = stage({}, { onPause: () => test.stopWaiting.abort() });
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual([stored(test).length, test.told], [1, [[`Nobody waits for backup ${NAME} any more; it goes on in the cluster.`, 'Show']]]);
    assert.ok(test.deps.api.calls.every(({ verb }) => verb !== 'delete'));
  });

  it('waits out a lost connection, and says so', async () => {
    const test: TestApp = stage({}, { onPause: (pause) => pause > 2 && end(test, { phase: 'Completed' }) });
    test.deps.api.failNext('get', 0, 'ECONNRESET', { times: 2 });
    await test.command(BACK_UP, CLUSTER);
    assert.ok(test.progress.includes('connection lost, waiting for it') && test.progress.includes('connected again'));
    assert.equal(test.told[0]?.[0], `Backup ${NAME} is complete.`);
  });

  it('offers no second backup when it may not be followed any more', async () => {
    const test: TestApp = stage();
    test.deps.api.failNext('get', 401, 'Unauthorized');
    await test.command(BACK_UP, CLUSTER);
    assert.deepEqual(test.told.map(([, ...buttons]) => buttons), [['Show Log']]);
  });
});
