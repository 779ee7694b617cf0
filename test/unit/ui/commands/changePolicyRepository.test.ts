import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { BackupPolicy, Cluster } from '../../../../src/kubeblocks/objects';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, aLog, anIncremental, anInventory, aPolicy, aRepo, NAMESPACE, postgresActionSets, type Objects } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const CHANGE = 'kubeblocksBackup.changePolicyRepository';
const POLICY = aPolicy().metadata.name;
const REF: ObjectRef = { kind: 'backupPolicy', namespace: NAMESPACE, name: POLICY };
const governed = aCluster('orders-pg', { spec: { ...aCluster().spec, backup: { repoName: 's3-main' } } });

function stage(objects: Objects = {}): TestApp {
  const all: Objects = { clusters: [aCluster()], policies: [aPolicy()], repos: [aRepo(), aRepo('offsite'), aRepo('broken', 'Failed')], actionSets: postgresActionSets(), ...objects };
  const test = new TestApp({ inventory: anInventory(all) });
  test.deps.api.put(KINDS.backupPolicy, ...(all.policies ?? []));
  test.deps.api.put(KINDS.cluster, ...(all.clusters ?? []));
  return test;
}

const policyRepo = (test: TestApp): unknown => (test.deps.api.read(KINDS.backupPolicy, POLICY, NAMESPACE) as BackupPolicy | undefined)?.spec?.backupRepoName;
const clusterRepo = (test: TestApp): unknown => (test.deps.api.read(KINDS.cluster, 'orders-pg', NAMESPACE) as Cluster | undefined)?.spec?.backup?.repoName;
const notes = (test: TestApp): readonly string[] => test.prompts.picks.at(-1)?.choices.flatMap(({ icon, label }) => (['error', 'warning', 'info'].includes(icon ?? '') ? [label] : [])) ?? [];
const choose = async (test: TestApp, repository: string, ref: ObjectRef | undefined = REF): Promise<void> => {
  test.prompts.when(/^Change Repository/, repository);
  await test.command(CHANGE, ref);
};

describe('Change Repository of Policy', () => {
  it('writes to the policy where it stays', async () => {
    const test = stage();
    await choose(test, 'offsite');
    assert.equal(policyRepo(test), 'offsite');
    assert.match(test.previews[0]?.text ?? '', /spec:\n {2}backupRepoName: offsite\n/);
    assert.deepEqual(notes(test), ['Backup sets that exist stay where they are.']);
    assert.deepEqual(test.told, [[`The backups of ${POLICY} go to offsite from now on.`]]);
  });

  it('writes to the Cluster where that overwrites its policies', async () => {
    const test = stage({ clusters: [governed] });
    await choose(test, 'offsite');
    assert.deepEqual([clusterRepo(test), policyRepo(test)], ['offsite', 's3-main']);
    assert.match(test.prompts.picks.at(-1)?.choices[0]?.detail ?? '', /^Written to the Cluster, which overwrites its policies/);
  });

  it('takes the repository out for the default one, unless the Cluster names one', async () => {
    const test = stage();
    await choose(test, 'The Default One');
    assert.equal(policyRepo(test), null);
    const other = stage({ clusters: [governed] });
    other.prompts.when(/^Change Repository/, 'The Default One').when(/^Change Repository/, { leave: true });
    await other.command(CHANGE, REF);
    assert.match(other.offered()[0] ?? '', /^Cluster orders-pg names its repository/);
  });

  it('says what will fail there, and what stays', async () => {
    const test = stage({ backups: [aBackup('full'), anIncremental('inc', '10:00:00', 'full', 'full'), aLog('08:00:00', '12:00:00')] });
    await choose(test, 'broken');
    for (const expected of [/^Repository broken is failed: backups fail until it is ready\./, /^Incremental backups fail until a full one was made there/, /^The log backup stays in the repository it is in/]) {
      assert.ok(notes(test).some((note) => expected.test(note)), `${String(expected)} in ${notes(test).join('\n')}`);
    }
  });

  it('cannot be sent where it is so already', async () => {
    const test = stage();
    test.prompts.when(/^Change Repository/, 's3-main').when(/^Change Repository/, { leave: true });
    await test.command(CHANGE, REF);
    assert.match(test.offered()[0] ?? '', /go there already\.$/);
  });

  it('asks which policy without one, and keeps the answers when the server refuses', async () => {
    const test = stage();
    test.deps.api.failNext('patch', 403, 'Forbidden', { resource: KINDS.backupPolicy });
    test.prompts.when(/^Change Repository/, POLICY).when(/^Change Repository/, 'offsite').when(/^Change Repository/, 'Go Back and Change It').when(/^Change Repository/, { leave: true });
    await test.command(CHANGE);
    const asked = test.prompts.picks.filter(({ choices }) => choices.some(({ label }) => label === 'The Default One'));
    assert.equal(asked[1]?.choices.find(({ value }) => asked[1]?.active?.(value) === true)?.label, 'offsite');
    assert.equal(policyRepo(test), 's3-main');
  });
});
