import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { BackupRepo } from '../../../../src/kubeblocks/objects';
import { SECRET } from '../../../../src/kubeblocks/repositoryPlan';
import { aBackup, anInventory, aPolicy, aRepo, aStorageProvider, aVolumeProvider, type Objects } from '../../../support/builders';
import { TestApp, type TestAppOptions } from '../../../support/testApp';

const CREATE = 'kubeblocksBackup.createRepository';
const KEY = 'AK-of-the-person';
const SECRET_KEY = 'sk/of+the-person';
const DEFAULT = { metadata: { annotations: { 'dataprotection.kubeblocks.io/is-default-repo': 'true' } } };
const LOG = 'Logs from the pre-check job:\n  NoSuchBucket: The specified bucket does not exist: bakcups';

function stage(objects: Objects = {}, options: TestAppOptions = {}): TestApp {
  const all: Objects = { storageProviders: [aStorageProvider(), aVolumeProvider()], ...objects };
  const test = new TestApp({ inventory: anInventory(all), ...options });
  test.deps.api.put(KINDS.backupRepo, ...(objects.repos ?? []));
  return test;
}

/** Answers for an S3 repository. */
function answered(test: TestApp): TestApp {
  test.prompts.when(/^Create Repository/, 's3-compatible').when(/^Name of/, 'store').when(/bucket$/, 'bakcups').when(/endpoint$/, 'https://objects.example').when(/accessKeyId$/, KEY).when(/secretAccessKey$/, SECRET_KEY);
  return test;
}

/** The controller's word, as soon as somebody waits for it. */
function checked(phase: string, message = LOG): NonNullable<TestAppOptions['onPause']> {
  const conditions = phase === 'Ready' ? [] : [{ type: 'PreCheckPassed', status: 'False', reason: 'PreCheckFailed', message, lastTransitionTime: '2026-11-23T12:11:00Z' }];
  return () => stages.forEach((test) => put(test, { phase, conditions }));
}
const stages = new Set<TestApp>();
function put(test: TestApp, status: BackupRepo['status']): void {
  const repo = stored(test);
  if (repo !== undefined && status !== undefined) {
    const seen: BackupRepo = { ...repo, status };
    test.deps.api.put(KINDS.backupRepo, seen);
  }
}

const stored = (test: TestApp): BackupRepo | undefined => test.deps.api.read(KINDS.backupRepo, 'store');
const secret = (test: TestApp) => test.deps.api.read(SECRET, 'store-credentials', 'kb-system');

/** Everything a person, a log, a document or a setting got to see, but for what is typed. */
function seen(test: TestApp): string {
  const { told, picks, inputs, asked, refused, confirmed } = test.prompts;
  return JSON.stringify([told, picks.map(({ title, placeholder, choices }) => [title, placeholder, choices.map(({ label, description, detail }) => [label, description, detail])]), inputs.map(({ title, prompt, placeholder }) => [title, prompt, placeholder]), asked, refused, confirmed, test.previews, test.log, test.progress, test.remembered, test.copied]);
}

describe('Create Repository', () => {
  afterEach(() => stages.clear());

  it('asks for what the provider needs, shows both manifests, creates both and follows the check to its end', async () => {
    const test = answered(stage({}, { onPause: checked('Ready') }));
    stages.add(test);
    await test.command(CREATE);
    assert.deepEqual(test.prompts.asked, [
      'Create Repository (1 of 6)',
      'How backups reach s3-compatible (2 of 13)',
      'Name of the repository (3 of 13)',
      'Parameter bucket (4 of 13)',
      'Parameter endpoint (5 of 13)',
      'Parameter accessKeyId (6 of 13)',
      'Parameter secretAccessKey (7 of 13)',
      'Further settings of s3-compatible (8 of 13)',
      'Namespace of the Secret (9 of 13)',
      'Folder within the storage (10 of 13)',
      'When a claim is deleted (11 of 13)',
      'Default repository (12 of 13)',
      'Repository store (13 of 13)',
    ]);
    assert.deepEqual(stored(test)?.spec, {
      storageProviderRef: 's3-compatible',
      accessMethod: 'Tool',
      pvReclaimPolicy: 'Retain',
      config: { bucket: 'bakcups', endpoint: 'https://objects.example' },
      credential: { name: 'store-credentials', namespace: 'kb-system' },
    });
    assert.equal(stored(test)?.metadata.annotations?.['dataprotection.kubeblocks.io/is-default-repo'], 'true');
    assert.deepEqual(secret(test)?.['stringData'], { accessKeyId: KEY, secretAccessKey: SECRET_KEY });
    assert.deepEqual(test.told, [['Repository store is ready.', 'Show']]);
  });

  it('types credentials behind dots, and shows, logs and remembers them nowhere', async () => {
    const memory = { followed: undefined as unknown };
    const test = answered(stage({}, { onPause: checked('Failed'), memory }));
    stages.add(test);
    await test.command(CREATE);
    assert.deepEqual(test.prompts.inputs.filter(({ password }) => password === true).map(({ title }) => title), ['Parameter accessKeyId', 'Parameter secretAccessKey']);
    assert.match(test.previews[0]?.text ?? '', /kind: Secret\n[\s\S]*accessKeyId: \(redacted\)[\s\S]*---\n[\s\S]*kind: BackupRepo/);
    const everything = seen(test) + JSON.stringify(memory);
    assert.ok(!everything.includes(KEY) && !everything.includes(SECRET_KEY));
  });

  it('explains a failed check, and tries again at the likely setting with every answer kept', async () => {
    const test = answered(stage({}, { onPause: (pause) => checked(pause === 1 ? 'Failed' : 'Ready')(pause) }));
    stages.add(test);
    await test.command(CREATE);
    assert.deepEqual(test.told, [
      ['Repository store failed its check: The bucket of the repository does not exist. Create the bucket, or correct the name in the repository. (NoSuchBucket: The specified bucket does not exist: bakcups)', 'Change and Try Again', 'Diagnose'],
    ]);
    test.prompts.asked.length = 0;
    test.prompts.when(/bucket$/, 'backups');
    await test.press('Change and Try Again');
    assert.equal(test.prompts.asked[0], 'Parameter bucket (1 of 9)');
    assert.ok(!test.prompts.asked.some((title) => /^(Create Repository|Name of|How backups|Namespace)/.test(title)));
    assert.deepEqual(stored(test)?.spec?.config, { bucket: 'backups', endpoint: 'https://objects.example' });
    assert.deepEqual(secret(test)?.['stringData'], { accessKeyId: KEY, secretAccessKey: SECRET_KEY });
    assert.deepEqual(test.told.at(-1), ['Repository store is ready.', 'Show']);
    assert.equal(test.deps.api.calls.filter(({ verb, kind, dryRun }) => verb === 'create' && kind === 'BackupRepo' && !dryRun).length, 1);
  });

  const suspects: readonly (readonly [string, string])[] = [
    ['InvalidAccessKeyId: status code: 403', 'Parameter accessKeyId (3 of 9)'],
    ['AccessDenied: not entitled', 'Parameter noCheckBucket (5 of 9)'],
  ];
  for (const [message, question] of suspects) {
    it(`begins again with ${question} after ${message}`, async () => {
      const test = answered(stage({}, { onPause: checked('Failed', message) }));
      stages.add(test);
      await test.command(CREATE);
      test.prompts.asked.length = 0;
      test.prompts.when(/^Parameter/, { leave: true });
      await test.press('Change and Try Again');
      assert.deepEqual(test.prompts.asked, [question]);
      assert.equal(test.told.length, 1);
    });
  }

  it('offers the further settings together, and asks for one that is chosen', async () => {
    const test = answered(stage({}, { onPause: checked('Ready') }));
    stages.add(test);
    test.prompts.when(/^Further/, 'noCheckBucket').when(/noCheckBucket$/, 'true');
    await test.command(CREATE);
    const [before, after] = test.prompts.picks.filter(({ title }) => title.startsWith('Further')).map(({ choices }) => choices.map(({ label, description }) => `${label}: ${description ?? ''}`));
    assert.deepEqual(before, ['Go On: with the settings below', 'region: left out', 'noCheckBucket: false (default)']);
    assert.equal(after?.[2], 'noCheckBucket: true');
    assert.equal(stored(test)?.spec?.config?.['noCheckBucket'], 'true');
  });

  it('asks for a size where it is mounted, and for no credentials where there are none', async () => {
    const test = stage({}, { onPause: checked('Ready') });
    stages.add(test);
    test.prompts.when(/^Create Repository/, 'pvc').when(/^Name of/, 'store').when(/^Size/, '0').when(/^Size/, '20Gi');
    await test.command(CREATE);
    assert.match(test.prompts.refused[0] ?? '', /above zero/);
    assert.deepEqual(stored(test)?.spec, { storageProviderRef: 'pvc', accessMethod: 'Mount', pvReclaimPolicy: 'Retain', volumeCapacity: '20Gi' });
    assert.equal(test.deps.api.calls.some(({ kind }) => kind === 'Secret'), false);
  });

  it('refuses a second default in the review, with the reason, and keeps the answers', async () => {
    const test = answered(stage({ repos: [aRepo('first', 'Ready', DEFAULT)] }, { onPause: checked('Ready') }));
    stages.add(test);
    test.prompts.when(/^Default/, 'Make It the Default').when(/^Default/, 'Not the Default');
    await test.command(CREATE);
    const reviews = test.prompts.picks.filter(({ title }) => title === 'Repository store');
    assert.match(reviews[0]?.choices[0]?.label ?? '', /^Repository first is the default already\./);
    assert.equal(reviews.length, 2);
    assert.equal(stored(test)?.metadata.annotations?.['dataprotection.kubeblocks.io/is-default-repo'], undefined);
    assert.equal(test.prompts.inputs.filter(({ title }) => title.endsWith('bucket')).length, 1);
  });

  it('keeps the answers where the server refuses, creates nothing, and leaves no Secret', async () => {
    const test = answered(stage());
    test.deps.api.failNext('create', 403, 'Forbidden', { resource: SECRET, dryRun: true });
    test.prompts.when(/^Repository store/, { leave: true });
    await test.command(CREATE);
    assert.match(test.firstLine(), /^Secret store-credentials would not be accepted: you may not create secrets/);
    assert.deepEqual([stored(test), secret(test), test.told], [undefined, undefined, []]);
  });

  it('goes on waiting after a reload of the window, without the credentials', async () => {
    const repo = aRepo('store', 'PreChecking');
    const memory = { followed: [{ kind: 'repository', context: 'kind-prod', namespace: '', name: 'store' }] };
    const test = stage({ repos: [repo] }, { onPause: checked('Failed'), memory });
    stages.add(test);
    await test.active.reopen();
    await Promise.all(test.resumed);
    assert.deepEqual(test.told.map(([, ...buttons]) => buttons), [['Diagnose']]);
    assert.deepEqual(memory.followed, []);
  });

  it('does nothing in a read-only context, and says why where there is no provider', async () => {
    const readOnly = stage({}, { rules: { readOnlyContexts: ['kind-prod'] } });
    await readOnly.command(CREATE);
    assert.deepEqual(readOnly.prompts.asked, []);
    const none = stage({ storageProviders: [] });
    await none.command(CREATE);
    assert.match(none.told[0]?.[0] ?? '', /^There is no storage provider to choose/);
  });
});

describe('The default repository', () => {
  const annotation = (test: TestApp, name: string) => test.deps.api.read(KINDS.backupRepo, name)?.metadata.annotations?.['dataprotection.kubeblocks.io/is-default-repo'];

  it('is set and unset, and a second one is refused by what the cluster has now', async () => {
    const test = stage({ repos: [aRepo('first', 'Ready', DEFAULT), aRepo('second')] });
    await test.command('kubeblocksBackup.setDefaultRepository', { kind: 'backupRepo', name: 'second' });
    assert.match(test.told[0]?.[0] ?? '', /^Repository second was not made the default: Repository first is the default already\..*Unset first/);
    await test.command('kubeblocksBackup.unsetDefaultRepository');
    assert.match(test.told[1]?.[0] ?? '', /^first is the default no more\./);
    await test.command('kubeblocksBackup.setDefaultRepository', { kind: 'backupRepo', name: 'second' });
    assert.deepEqual([annotation(test, 'first'), annotation(test, 'second')], [null, 'true']);
  });
});

describe('Delete Repository', () => {
  const DELETE = 'kubeblocksBackup.deleteRepository';
  const inStore = aBackup('last', '09:12:44', { metadata: { labels: { 'dataprotection.kubeblocks.io/backup-repo-name': 'store' } }, status: { phase: 'Completed', backupRepoName: 'store' } });

  it('is refused while backups are in it, with their names', async () => {
    const test = stage({ repos: [aRepo('store')] });
    test.deps.api.put(KINDS.backup, inStore);
    await test.command(DELETE);
    assert.match(test.told[0]?.[0] ?? '', /^Repository store was not deleted: backups are in it \(payments\/last\)/);
    assert.deepEqual([test.prompts.confirmed, stored(test) === undefined], [[], false]);
  });

  it('asks by name and context, says which policies name it, and deletes on the person’s word', async () => {
    const policy = aPolicy();
    const test = stage({ repos: [aRepo('store', 'Ready', DEFAULT)], policies: [{ ...policy, spec: { ...policy.spec, backupRepoName: 'store' } }] });
    test.prompts.agree = false;
    await test.command(DELETE);
    assert.notEqual(stored(test), undefined);
    assert.equal(test.prompts.confirmed[0]?.message, 'Delete repository store?');
    assert.match(test.prompts.confirmed[0].detail, /^Context kind-prod, the whole cluster\.[\s\S]*payments\/orders-pg-postgresql-backup-policy[\s\S]*It is the default/);
    test.prompts.agree = true;
    await test.command(DELETE);
    assert.equal(stored(test), undefined);
  });
});
