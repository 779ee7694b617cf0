import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { BackupRepo } from '../../../src/kubeblocks/objects';
import { planRepository, SECRET, type RepositoryPlan, type RepositoryRequest } from '../../../src/kubeblocks/repositoryPlan';
import { providerOption } from '../../../src/kubeblocks/storageProviderOptions';
import { AppError } from '../../../src/operations/appError';
import { isUnknownOutcome } from '../../../src/operations/createOnce';
import { createRepository, tryRepository } from '../../../src/operations/createRepository';
import { followRepository } from '../../../src/operations/followRepository';
import { Submissions } from '../../../src/operations/submissions';
import { anInventory, aRepo, aStorageProvider } from '../../support/builders';
import { testDeps, type TestDeps } from '../../support/operationDeps';

const VALUES = { accessKeyId: 'the-key', secretAccessKey: 'the+secret/value' };

function plan(choice: Partial<RepositoryRequest> = {}): RepositoryPlan {
  return planRepository(anInventory(), {
    name: 'store',
    provider: providerOption(aStorageProvider()),
    accessMethod: 'Tool',
    parameters: { bucket: 'backups', endpoint: 'https://objects.example', ...VALUES },
    secretNamespace: 'kb-system',
    reclaimPolicy: 'Retain',
    isDefault: false,
    ...choice,
  });
}

const writes = ({ api }: TestDeps): string[] => api.calls.filter(({ verb }) => verb !== 'get').map(({ verb, kind, dryRun }) => `${dryRun ? 'try ' : ''}${verb} ${kind}`);
const secretOf = ({ api }: TestDeps) => api.read(SECRET, 'store-credentials', 'kb-system');
const repoOf = ({ api }: TestDeps) => api.read(KINDS.backupRepo, 'store') as BackupRepo | undefined;

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error: unknown = await promise.then(() => undefined, (reason: unknown) => reason);
  assert.ok(error instanceof AppError);
  return error;
}

describe('createRepository', () => {
  it('asks about both without storing, then makes the Secret and the repository, and binds them', async () => {
    const deps = testDeps();
    assert.equal((await tryRepository(deps, plan())).accepted, true);
    assert.deepEqual([secretOf(deps), repoOf(deps)], [undefined, undefined]);
    const repo = await createRepository(deps, new Submissions(deps), plan());
    assert.deepEqual(writes(deps), ['try create Secret', 'try create BackupRepo', 'create Secret', 'create BackupRepo', 'patch Secret']);
    assert.deepEqual(secretOf(deps)?.metadata.ownerReferences, [{ apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'BackupRepo', name: 'store', uid: repo.metadata.uid }]);
    assert.deepEqual(secretOf(deps)?.['stringData'], VALUES);
  });

  it('says which of the two would be refused', async () => {
    const deps = testDeps();
    deps.api.failNext('create', 403, 'Forbidden', { resource: SECRET, dryRun: true });
    const refused = await tryRepository(deps, plan());
    assert.match(refused.accepted ? '' : refused.error.message, /^Secret store-credentials would not be accepted: you may not create secrets/);
    assert.deepEqual(writes(deps), ['try create Secret']);
  });

  it('makes one of each on a double click, and finds them after a lost answer', async () => {
    const deps = testDeps();
    const submissions = new Submissions(deps);
    deps.api.failNext('create', 0, 'ECONNRESET', { afterwards: true });
    const [first, second] = await Promise.all([createRepository(deps, submissions, plan()), createRepository(deps, submissions, plan())]);
    assert.equal(first, second);
    assert.deepEqual(writes(deps), ['create Secret', 'create Secret', 'create BackupRepo', 'patch Secret']);
    assert.equal((await createRepository(deps, submissions, plan())).metadata.uid, first.metadata.uid);
  });

  it('removes the Secret again when the repository is refused', async () => {
    const deps = testDeps();
    deps.api.put(KINDS.backupRepo, aRepo('store'));
    const error = await failureOf(createRepository(deps, new Submissions(deps), plan()));
    assert.equal(error.reason, 'nameTaken');
    assert.equal(secretOf(deps), undefined);
  });

  it('says what is left where the Secret cannot be removed', async () => {
    const deps = testDeps();
    deps.api.put(KINDS.backupRepo, aRepo('store'));
    deps.api.failNext('delete', 403, 'Forbidden', { resource: SECRET });
    const error = await failureOf(createRepository(deps, new Submissions(deps), plan()));
    assert.match(error.message, /Choose another name\. The Secret store-credentials that was made for it stays in namespace kb-system, as it could not be removed: you may not delete secrets/);
  });

  it('keeps the Secret while nobody knows whether the repository was made, and finds out when asked again', async () => {
    const deps = testDeps();
    const submissions = new Submissions(deps);
    const { api } = deps;
    const create = api.create.bind(api);
    let lost = 4;
    api.create = async (resource, object, options) => {
      if (resource.kind === 'BackupRepo' && lost > 0) {
        lost -= 1;
        deps.api.failNext('create', 0, 'ECONNRESET', { afterwards: lost === 0 });
      }
      return create(resource, object, options);
    };
    const error = await failureOf(createRepository(deps, submissions, plan()));
    assert.ok(isUnknownOutcome(error.cause));
    assert.notEqual(secretOf(deps), undefined);
    await createRepository(deps, submissions, plan());
    assert.notEqual(repoOf(deps), undefined);
    assert.equal(writes(deps).filter((call) => call === 'delete Secret').length, 0);
  });

  it('repeats no credential that a server throws back, neither to the person nor to the log', async () => {
    const encoded = Buffer.from(VALUES.secretAccessKey).toString('base64');
    for (const message of [`denied: ${VALUES.secretAccessKey} of ${VALUES.accessKeyId}`, `data: ${encoded} is weak`]) {
      const deps = testDeps();
      deps.api.failNext('create', 422, 'Invalid', { message, times: 9, causes: [{ field: 'stringData', message }] });
      const refused = await tryRepository(deps, plan());
      const error = await failureOf(createRepository(deps, new Submissions(deps), plan()));
      const said = [refused.accepted ? '' : refused.error.message, error.message, (error.cause as Error).message, JSON.stringify(error.cause), JSON.stringify(deps.logger)];
      assert.match(error.message, /\(redacted\)/);
      for (const text of said) {
        assert.ok(![...Object.values(VALUES), encoded].some((value) => text.includes(value)), text);
      }
    }
  });

  it('sends nothing that its own rules refuse', async () => {
    const deps = testDeps();
    await assert.rejects(createRepository(deps, new Submissions(deps), plan({ pathPrefix: '/x' })), /^AppError: Repository store was not created: A path prefix/);
    assert.deepEqual(deps.api.calls, []);
  });

  it('changes a repository that failed: what is not wanted any more goes, the Secret has the new values', async () => {
    const deps = testDeps();
    const existing = await createRepository(deps, new Submissions(deps), plan({ isDefault: true, parameters: { ...plan().repo.spec?.config, ...VALUES, region: 'wrong' } }));
    const changed = plan({ existing, parameters: { bucket: 'other', endpoint: 'https://objects.example', ...VALUES, accessKeyId: 'new-key' } });
    assert.equal((await tryRepository(deps, changed)).accepted, true);
    await createRepository(deps, new Submissions(deps), changed);
    assert.deepEqual(repoOf(deps)?.spec?.config, { bucket: 'other', endpoint: 'https://objects.example', region: null });
    assert.equal(repoOf(deps)?.metadata.annotations?.['dataprotection.kubeblocks.io/is-default-repo'], null);
    assert.deepEqual(secretOf(deps)?.['stringData'], { ...VALUES, accessKeyId: 'new-key' });
  });
});

describe('followRepository', () => {
  const failed = (at: string): BackupRepo => aRepo('store', 'Failed', { status: { phase: 'Failed', conditions: [{ type: 'PreCheckPassed', status: 'False', reason: 'PreCheckFailed', message: 'no', lastTransitionTime: at }] } });

  it('waits for the end of the check, and tells what is checked', async () => {
    const states = [aRepo('store', ''), aRepo('store', 'Failed'), aRepo('store', 'PreChecking', { status: { phase: 'PreChecking', conditions: [{ type: 'PreCheckPassed', status: 'Unknown' }] } }), aRepo('store')];
    const deps = testDeps((pause) => deps.api.put(KINDS.backupRepo, states[pause]!));
    deps.api.put(KINDS.backupRepo, states[0]!);
    const said: string[] = [];
    const outcome = await followRepository(deps, aRepo('store'), { onProgress: ({ message }) => said.push(message) });
    assert.equal(outcome.kind, 'ready');
    assert.deepEqual(said, ['checking provider and settings', 'checking provider and settings', 'writing to the storage, reading it back']);
  });

  it('does not take the failure from before a change for its answer, until it stays', async () => {
    const deps = testDeps((pause) => pause === 3 && deps.api.put(KINDS.backupRepo, failed('2026-11-23T12:11:00Z')));
    deps.api.put(KINDS.backupRepo, failed('2026-11-23T12:10:00Z'));
    assert.equal((await followRepository(deps, aRepo('store'), { before: failed('2026-11-23T12:10:00Z') })).kind, 'failed');
    assert.equal(deps.pauses.length, 3);
    const same = testDeps();
    same.api.put(KINDS.backupRepo, failed('2026-11-23T12:10:00Z'));
    assert.equal((await followRepository(same, aRepo('store'), { before: failed('2026-11-23T12:10:00Z') })).kind, 'failed');
    assert.equal(same.pauses.length, 9);
  });

  it('ends with a deletion, and with the person who waits', async () => {
    const deps = testDeps();
    assert.equal((await followRepository(deps, aRepo('store'))).kind, 'deleted');
    deps.api.put(KINDS.backupRepo, aRepo('store', '', { metadata: { uid: 'another' } }));
    assert.equal((await followRepository(deps, aRepo('store', '', { metadata: { uid: 'first' } }))).kind, 'deleted');
    deps.api.put(KINDS.backupRepo, aRepo('store', ''));
    assert.equal((await followRepository(deps, aRepo('store'), { signal: AbortSignal.abort() })).kind, 'stoppedWaiting');
  });
});
