import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import { ANNOTATIONS, LABELS } from '../../../../src/kubeblocks/labels';
import { SECRET } from '../../../../src/kubeblocks/repositoryPlan';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import type { WholePolicy } from '../../../../src/kubeblocks/wholeObjects';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, aLog, anIncremental, anInventory, aPolicy, aRepo, NAMESPACE, postgresActionSets, type Objects } from '../../../support/builders';
import { ApiError } from '../../../../src/kubernetes/api';
import { TestApp } from '../../../support/testApp';

const CHANGE = 'kubeblocksBackup.changePolicy';
const POLICY = aPolicy().metadata.name;
const REF: ObjectRef = { kind: 'backupPolicy', namespace: NAMESPACE, name: POLICY };
const PHRASE = 'correct horse battery';
const selector = { matchLabels: { [LABELS.instance]: 'orders-pg', [LABELS.role]: 'primary' }, strategy: 'Any' } as const;
const generated = { metadata: { annotations: { [ANNOTATIONS.policyTemplate]: 'postgresql-template' } } };

function policyWith(overrides: Parameters<typeof aPolicy>[1] = generated): WholePolicy {
  const policy = aPolicy(undefined, overrides);
  const methods = policy.spec?.backupMethods?.map((method) => (method.name === 'archive-wal' ? { ...method, target: { podSelector: selector } } : method));
  return { ...policy, spec: { ...policy.spec, target: { podSelector: selector }, ...(methods === undefined ? {} : { backupMethods: methods }) } };
}

function stage(policy = policyWith(), objects: Objects = {}): TestApp {
  const all: Objects = { clusters: [aCluster()], policies: [policy], repos: [aRepo()], actionSets: postgresActionSets(), ...objects };
  const test = new TestApp({ inventory: anInventory(all) });
  test.deps.api.put(KINDS.backupPolicy, policy);
  return test;
}

const policyOf = (test: TestApp): WholePolicy | undefined => test.deps.api.read(KINDS.backupPolicy, POLICY, NAMESPACE);
async function secretsOf(test: TestApp): Promise<readonly AnyObject[]> {
  const found: AnyObject[] = [];
  for await (const { items } of test.deps.api.listPages(SECRET, NAMESPACE)) found.push(...items);
  return found;
}

const notes = (test: TestApp): readonly string[] => test.prompts.picks.at(-1)?.choices.flatMap(({ icon, label }) => (['error', 'warning', 'info'].includes(icon ?? '') ? [label] : [])) ?? [];
const isCut = (test: TestApp): boolean => policyOf(test)?.metadata.annotations?.[ANNOTATIONS.disableSync] === 'true';

function encrypt(test: TestApp): TestApp {
  test.prompts.when(/^Change Policy/, 'Encryption').when(/^How backups are encrypted/, 'AES-256-CFB').when(/^New pass phrase/, PHRASE).when(/^The pass phrase once more/, PHRASE);
  return test;
}

describe('Change Policy', () => {
  it('encrypts with a pass phrase that goes into a Secret of its own and nowhere else', async () => {
    const test = encrypt(stage());
    await test.command(CHANGE, REF);
    const [secret] = await secretsOf(test);
    assert.deepEqual(policyOf(test)?.spec?.encryptionConfig, { algorithm: 'AES-256-CFB', passPhraseSecretKeyRef: { name: secret?.metadata.name, key: 'passPhrase' } });
    assert.deepEqual([secret?.['stringData'], secret?.metadata.ownerReferences], [{ passPhrase: PHRASE }, undefined]);
    assert.match(secret?.metadata.name ?? '', new RegExp(`^${POLICY}-encryption-\\d{14}$`));
    assert.equal(isCut(test), false);
    const everything = JSON.stringify([test.previews, test.prompts.picks, test.told, test.log]);
    assert.doesNotMatch(everything, new RegExp(PHRASE));
    assert.deepEqual(test.told, [[`Policy ${POLICY} is changed.`, 'Show']]);
  });

  describe('by a Secret that is there', () => {
    const put = (test: TestApp, name: string, data: Readonly<Record<string, string>>, owner?: string): void =>
      test.deps.api.put(SECRET, { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata: { name, namespace: NAMESPACE, ...(owner === undefined ? {} : { ownerReferences: [{ apiVersion: 'v1', kind: 'Cluster', name: owner, uid: 'u' }] }) }, data } as AnyObject);
    const bySecret = (test: TestApp): TestApp => {
      test.prompts.when(/^Change Policy/, 'Encryption').when(/^How backups are encrypted/, 'AES-128-CFB').when(/^Which pass phrase/, 'A Secret That Is There…');
      return test;
    };
    const leaving = (test: TestApp): TestApp => {
      test.prompts.when(/^Change Policy/, { leave: true });
      return test;
    };

    it('names the chosen key of the chosen Secret, and makes none', async () => {
      const test = bySecret(stage());
      put(test, 'phrases', { first: 'c2VjcmV0LXBocmFzZQ==', second: 'eA==' });
      put(test, 'other', { token: 'eQ==' });
      test.prompts.when(/^Secret with/, 'phrases').when(/^Key of Secret phrases/, 'second');
      await test.command(CHANGE, REF);
      assert.deepEqual(policyOf(test)?.spec?.encryptionConfig, { algorithm: 'AES-128-CFB', passPhraseSecretKeyRef: { name: 'phrases', key: 'second' } });
      assert.equal((await secretsOf(test)).length, 2);
      assert.doesNotMatch(JSON.stringify([test.previews, test.prompts.picks, test.told, test.log]), /c2VjcmV0LXBocmFzZQ|secret-phrase/);
      assert.ok(notes(test).some((note) => note.startsWith('Whoever loses the pass phrase loses the backups')));
    });

    it('says that the Secret is missing, keeps the answers, and goes on once it is there', async () => {
      const test = bySecret(stage());
      test.prompts.when(/^Secret with/, 'later').when(/^Key of Secret later/, 'phrase').when(/^Change Policy/, 'Go Back and Change It');
      leaving(test);
      await test.command(CHANGE, REF);
      const said = test.prompts.picks.flatMap(({ choices }) => choices.filter(({ icon }) => icon === 'error').map(({ label }) => label));
      assert.equal(said[0], `There is no Secret later in namespace ${NAMESPACE}: every backup with this policy would fail. Make it there first, or choose another.`);
      assert.equal(test.prompts.inputs.filter(({ title }) => title === 'Key of Secret later').at(-1)?.value, 'phrase');
      assert.equal(policyOf(test)?.spec?.encryptionConfig, undefined);
    });

    it('says that the key is missing, with those that are there', async () => {
      const test = leaving(bySecret(stage()));
      put(test, 'phrases', { second: 'eA==' });
      test.deps.api.failNext('list', 403, 'Forbidden', { resource: SECRET });
      test.prompts.when(/^Secret with/, 'phrases').when(/^Key of Secret phrases/, 'first key').when(/^Key of Secret phrases/, 'first');
      await test.command(CHANGE, REF);
      assert.match(test.offered()[0] ?? '', /^Secret phrases has no key first \(it has second\): every backup/);
    });

    it('says that it cannot know where Secrets may not be read, and that one goes with its owner', async () => {
      const test = bySecret(stage());
      put(test, 'hidden', { phrase: 'eA==' });
      test.deps.api.failNext('list', 403, 'Forbidden', { resource: SECRET });
      const { api } = test.deps;
      const get = api.get.bind(api);
      const refusing: typeof api.get = (resource, name, namespace) => (resource.kind === SECRET.kind ? Promise.reject(new ApiError('Forbidden', { status: 403, reason: 'Forbidden', verb: 'get' })) : get(resource, name, namespace));
      Object.assign(api, { get: refusing });
      test.prompts.when(/^Secret with/, 'hidden').when(/^Key of Secret hidden/, 'phrase');
      leaving(test);
      await test.command(CHANGE, REF);
      assert.ok(notes(test).some((note) => note.startsWith(`You may not read Secret hidden in namespace ${NAMESPACE}, so whether it has key phrase is not known`)), notes(test).join('\n'));

      const owned = leaving(bySecret(stage()));
      put(owned, 'account', { password: 'eA==' }, 'orders-pg');
      owned.prompts.when(/^Secret with/, 'account').when(/^Key of Secret account/, 'password');
      await owned.command(CHANGE, REF);
      assert.ok(notes(owned).some((note) => note.startsWith('Secret account is deleted with Cluster orders-pg, which owns it')), notes(owned).join('\n'));
    });
  });

  it('says what becomes of chains and of the log', async () => {
    const test = encrypt(stage(policyWith(), { backups: [aBackup('full'), anIncremental('inc', '10:00:00', 'full', 'full'), aLog('08:00:00', '12:00:00')] }));
    await test.command(CHANGE, REF);
    for (const expected of [/^Whoever loses the pass phrase loses the backups/, /^Incremental backups follow the backup that they build on/, /^The log backup takes it over at once/]) {
      assert.ok(notes(test).some((note) => expected.test(note)), `${String(expected)} in ${notes(test).join('\n')}`);
    }
  });

  it('leaves no Secret behind where the policy is refused, and says why without the pass phrase', async () => {
    const test = encrypt(stage());
    test.deps.api.failNext('patch', 403, 'Forbidden', { resource: KINDS.backupPolicy, dryRun: false, message: `Forbidden ${PHRASE}` });
    test.prompts.when(/^Change Policy/, `Change BackupPolicy ${POLICY}`).when(/^Change Policy/, { leave: true });
    await test.command(CHANGE, REF);
    assert.deepEqual(await secretsOf(test), []);
    assert.doesNotMatch(JSON.stringify([test.prompts.picks, test.log]), new RegExp(PHRASE));
  });

  it('asks for the pass phrase twice, long enough', async () => {
    const test = stage();
    test.prompts.when(/^Change Policy/, 'Encryption').when(/^How/, 'AES-256-CFB').when(/^New pass phrase/, 'short').when(/^New pass phrase/, PHRASE).when(/^The pass/, `${PHRASE}!`).when(/^The pass/, PHRASE);
    await test.command(CHANGE, REF);
    assert.deepEqual(test.prompts.refused.map((each) => each.slice(0, 20)), ['At least 12 characte', 'It is not the same a']);
    assert.equal((await secretsOf(test)).length, 1);
  });

  it('takes another pod, and cuts the policy loose only where its template would take it back', async () => {
    const test = stage();
    test.prompts.when(/^Change Policy/, 'Pods').when(/^Which pod/, 'secondary');
    await test.command(CHANGE, REF);
    assert.deepEqual([policyOf(test)?.spec?.target?.podSelector?.matchLabels?.[LABELS.role], isCut(test)], ['secondary', false]);

    const any = stage();
    any.prompts.when(/^Change Policy/, 'Pods').when(/^Which pod/, 'Any Role');
    await any.command(CHANGE, REF);
    assert.deepEqual([policyOf(any)?.spec?.target?.podSelector?.matchLabels?.[LABELS.role] ?? undefined, isCut(any)], [undefined, true]);
    assert.ok(notes(any).some((note) => note.includes('cut loose from it')));

    const method = stage();
    method.prompts.when(/^Change Policy/, 'Pods of archive-wal').when(/^Which pod/, 'secondary').when(/^How many pods/, 'Each of Them');
    await method.command(CHANGE, REF);
    const own = policyOf(method)?.spec?.backupMethods?.find(({ name }) => name === 'archive-wal')?.target?.podSelector;
    assert.deepEqual([own?.matchLabels?.[LABELS.role], own?.strategy, isCut(method)], ['secondary', 'All', true]);
    assert.equal(policyOf(method)?.spec?.target?.podSelector?.matchLabels?.[LABELS.role], 'primary');
  });

  it('keeps the newest backup, written so that it stays, and follows the template again', async () => {
    const test = stage();
    test.prompts.when(/^Change Policy/, 'Newest Backup');
    await test.command(CHANGE, REF);
    assert.deepEqual([policyOf(test)?.spec?.retentionPolicy, isCut(test)], ['retainLatestBackup', true]);

    const back = stage(policyWith({ metadata: { annotations: { ...generated.metadata.annotations, [ANNOTATIONS.disableSync]: 'true' } } }));
    back.prompts.when(/^Change Policy/, 'Follow the Template Again');
    await back.command(CHANGE, REF);
    assert.equal(isCut(back), false);
    assert.ok(notes(back).some((note) => note.includes('anew from the template')));

    const own = stage(policyWith({}));
    own.prompts.when(/^Change Policy/, 'Newest Backup');
    await own.command(CHANGE, REF);
    assert.deepEqual([policyOf(own)?.spec?.retentionPolicy, isCut(own)], ['retainLatestBackup', false]);
  });

  it('cannot be sent where nothing would change', async () => {
    const test = stage();
    test.prompts.when(/^Change Policy/, 'Encryption').when(/^How/, 'No Encryption').when(/^Change Policy/, { leave: true });
    await test.command(CHANGE, REF);
    assert.match(test.offered()[0] ?? '', /^It is so already/);
  });

  it('asks which policy from the palette, and sends the repository to its own command', async () => {
    const test = stage();
    test.prompts.when(/^Change Policy/, POLICY).when(/^Change Policy/, 'Repository…');
    await test.command(CHANGE);
    assert.deepEqual(test.ran, [['kubeblocksBackup.changePolicyRepository', REF]]);
  });
});
