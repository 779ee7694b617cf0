import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { BackupRepo, KubeObject } from '../../../../src/kubeblocks/objects';
import { SECRET } from '../../../../src/kubeblocks/repositoryPlan';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { anInventory, aRepo, aStorageProvider, aVolumeProvider, at } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const ROTATE = 'kubeblocksBackup.rotateCredentials';
const REF: ObjectRef = { kind: 'backupRepo', name: 's3-main' };
const credential = { name: 's3-main-credentials', namespace: 'kb-system' };
const checked = (time: string, ok = true): NonNullable<BackupRepo['status']> => ({
  phase: ok ? 'Ready' : 'Failed',
  conditions: [{ type: 'PreCheckPassed', status: ok ? 'True' : 'False', reason: ok ? 'PreCheckPassed' : 'PreCheckFailed', message: 'InvalidAccessKeyId: not known', lastTransitionTime: at(time) }],
});
const repo = aRepo('s3-main', 'Ready', { spec: { storageProviderRef: 's3-compatible', accessMethod: 'Tool', credential }, status: checked('08:00:00') });
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: credential, data: {} } as KubeObject;

/** The check that the controller makes ends so. */
function stage(after: BackupRepo['status'] = checked('12:00:00'), repos: readonly BackupRepo[] = [repo]): TestApp {
  let pauses = 0;
  const test: TestApp = new TestApp({
    inventory: anInventory({ repos, storageProviders: [aStorageProvider(), aVolumeProvider()] }),
    onPause: () => {
      pauses += 1;
      if (pauses === 3) test.deps.api.put(KINDS.backupRepo, { ...repo, status: after } as BackupRepo);
    },
  });
  test.deps.api.put(KINDS.backupRepo, ...repos);
  test.deps.api.put(SECRET, secret);
  return test;
}

const stored = (test: TestApp): unknown => test.deps.api.read(SECRET, credential.name, credential.namespace)?.['stringData'];
const words = (test: TestApp): string => JSON.stringify([test.prompts.told, test.log.lines, test.previews, test.prompts.picks]);

describe('Rotate Credentials', () => {
  it('writes those that were typed, and follows the new check, not the old result', async () => {
    const test = stage();
    test.prompts.when(/^New accessKeyId/, 'NEWKEY').when(/^New secretAccessKey/, 'hidden-word');
    await test.command(ROTATE, REF);
    assert.deepEqual(stored(test), { accessKeyId: 'NEWKEY', secretAccessKey: 'hidden-word' });
    assert.deepEqual(test.prompts.inputs.map(({ password }) => password), [true, true]);
    assert.deepEqual(test.told, [['Repository s3-main is ready.', 'Show']]);
    assert.doesNotMatch(words(test), /NEWKEY|hidden-word/);
    assert.ok(test.progress.length > 1, 'the ready of before is no answer');
  });

  it('leaves alone what was left empty', async () => {
    const test = stage();
    test.prompts.when(/^New secretAccessKey/, 'hidden-word');
    await test.command(ROTATE, REF);
    assert.deepEqual(stored(test), { secretAccessKey: 'hidden-word' });
  });

  it('writes nothing where nothing was typed', async () => {
    const test = stage();
    test.prompts.when(/^Rotate/, { leave: true });
    await test.command(ROTATE, REF);
    assert.equal(test.offered()[0], 'No credential was typed: nothing would change.');
    assert.equal(stored(test), undefined);
  });

  it('explains a check that fails, and asks again with the answers kept', async () => {
    const test = stage(checked('12:00:00', false));
    test.prompts.when(/^New accessKeyId/, 'WRONGKEY');
    await test.command(ROTATE, REF);
    assert.match(test.told[0]?.[0] ?? '', /^Repository s3-main failed its check: The storage refuses the repository's credentials\./);
    await test.press('Change and Try Again');
    const [first, ...others] = test.prompts.inputs.slice(2);
    assert.deepEqual([first?.value, others.length > 0], ['WRONGKEY', true]);
  });

  it('says what else uses that Secret', async () => {
    const other = aRepo('archive', 'Ready', { spec: { storageProviderRef: 's3-compatible', credential } });
    const test = stage(undefined, [repo, other]);
    test.prompts.when(/^New accessKeyId/, 'NEWKEY');
    await test.command(ROTATE, REF);
    assert.ok(test.prompts.picks.some(({ choices }) => choices.some(({ label }) => /same Secret, and get the new ones: archive\./.test(label))));
  });

  it('keeps a credential out of the refusal that repeats it', async () => {
    const test = stage();
    test.deps.api.failNext('patch', 422, 'Invalid', { message: 'cannot take NEWKEY', dryRun: true });
    test.prompts.when(/^New accessKeyId/, 'NEWKEY').when(/^Rotate/, { leave: true });
    await test.command(ROTATE, REF);
    assert.match(test.firstLine(), /would not be accepted/);
    assert.doesNotMatch(words(test), /NEWKEY/);
  });

  it('offers none that has no credentials, and says why', async () => {
    const test = stage(undefined, [aRepo('volume', 'Ready', { spec: { storageProviderRef: 'pvc' } })]);
    await test.command(ROTATE, { kind: 'backupRepo', name: 'volume' });
    assert.match(test.told[0]?.[0] ?? '', /^Repository volume names no Secret/);
    await test.command(ROTATE);
    assert.match(test.told[1]?.[0] ?? '', /^There is no repository to choose/);
  });
});
