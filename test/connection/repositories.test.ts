import assert from 'node:assert/strict';
import path from 'node:path';
import type { AnyObject, BackupRepo } from '../../src/kubeblocks/objects';
import { PLAYGROUND_CONTEXT } from '../../src/playground/kubeconfig';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { RESOURCES } from '../../src/playground/resources';
import { PlaygroundApp } from '../support/playgroundApp';

const ROOT = path.resolve(__dirname, '../..');
const KEY = 'AK-of-the-person';
const SECRET_KEY = 'sk-of-the-person';
const CREATE = 'kubeblocksBackup.createRepository';

const answersFor = (name: string) =>
  [
    [/^Create Repository/, 's3-compatible'],
    [/^Name of/, name],
    [/bucket$/, 'bakcups'],
    [/endpoint$/, 'https://objects.example'],
    [/accessKeyId$/, KEY],
    [/secretAccessKey$/, SECRET_KEY],
  ] as const;

describe('A repository, from the first question to its checked end', function () {
  this.timeout(60_000);
  let playground: Playground;
  let app: PlaygroundApp;
  const stop = new AbortController();

  before(async () => {
    const folders = { schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground') };
    playground = await createPlayground({ ...folders, line: '1.0', speed: 60 });
    app = new PlaygroundApp(playground, PLAYGROUND_CONTEXT, stop.signal);
  });
  after(async () => {
    stop.abort();
    app.dispose();
    await playground.close();
  });

  const create = (name: string): Promise<string> => app.outcomeOf(CREATE, undefined, (prompts) => answersFor(name).forEach(([question, answer]) => prompts.when(question, answer)));
  const repo = (name: string) => playground.store.get(RESOURCES.backupRepo, { name }) as BackupRepo | undefined;
  const secret = (name: string) => playground.store.get(RESOURCES.secret, { namespace: 'kb-system', name: `${name}-credentials` }) as (AnyObject & { readonly data?: Readonly<Record<string, string>> }) | undefined;
  const decoded = (name: string) => Object.fromEntries(Object.entries(secret(name)?.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));

  it('becomes ready, with its credentials in a Secret that is its own', async () => {
    assert.equal(await create('archive'), 'info: Repository archive is ready. [Show]');
    assert.equal(repo('archive')?.status?.phase, 'Ready');
    assert.deepEqual(decoded('archive'), { accessKeyId: KEY, secretAccessKey: SECRET_KEY });
    assert.deepEqual(secret('archive')?.metadata.ownerReferences?.map(({ kind, name, uid }) => [kind, name, uid]), [['BackupRepo', 'archive', repo('archive')?.metadata.uid]]);
  });

  it('is explained where its check fails, and is ready after the change', async () => {
    playground.faults.turnOn('repo-precheck-fails', { target: 'offline', detail: 'NoSuchBucket: The specified bucket does not exist: bakcups' });
    assert.match(
      await create('offline'),
      /^error: Repository offline failed its check: The bucket of the repository does not exist\. Create the bucket, or correct the name in the repository\. \(.*NoSuchBucket.*\) \[Change and Try Again, Diagnose\]$/,
    );
    assert.equal(repo('offline')?.status?.phase, 'Failed');
    playground.faults.turnOff('repo-precheck-fails');
    const { prompts } = app;
    prompts.asked.length = 0;
    prompts.when(/bucket$/, 'backups');
    await press(app, 'Change and Try Again');
    assert.match(prompts.asked[0] ?? '', /^Parameter bucket \(1 of/);
    assert.equal(prompts.told.at(-1)?.message, 'Repository offline is ready.');
    assert.equal(repo('offline')?.spec?.config?.['bucket'], 'backups');
    assert.deepEqual(decoded('offline'), { accessKeyId: KEY, secretAccessKey: SECRET_KEY });
  });

  it('leaves no Secret where the server refuses the repository', async () => {
    playground.faults.turnOn('api-403', { target: 'create backuprepos' });
    assert.match(await create('refused'), /^refused in the question: BackupRepo refused would not be accepted: you may not create backuprepos\.dataprotection\.kubeblocks\.io in this cluster/);
    playground.faults.turnOff('api-403');
    assert.deepEqual([repo('refused'), secret('refused')], [undefined, undefined]);
  });

  it('is deleted with the Secret that was made for it', async () => {
    app.prompts.agree = true;
    await app.lines();
    assert.equal(await app.outcomeOf('kubeblocksBackup.deleteRepository'), 'deletes');
    await until(() => repo('archive') === undefined && secret('archive') === undefined);
  });

  it('had its credentials nowhere in the log', () => {
    const text = JSON.stringify(app.log);
    assert.ok(!text.includes(KEY) && !text.includes(SECRET_KEY));
    assert.deepEqual(app.log.errors, []);
  });
});

async function press(app: PlaygroundApp, button: string): Promise<void> {
  const action = app.prompts.told.flatMap(({ actions }) => actions.filter(({ label }) => label === button)).at(-1);
  assert.ok(action !== undefined && 'run' in action);
  await action.run();
}

/** Waits for what the controllers do next: each look gives the event loop to the playground. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
