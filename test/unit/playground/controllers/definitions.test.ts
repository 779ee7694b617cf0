import assert from 'node:assert/strict';
import type { ActionSet, BackupPolicy } from '../../../../src/kubeblocks/objects';
import { isPrefixOrRegexMatched } from '../../../../src/playground/controllers/backupPolicyTemplate';
import { parameterFault } from '../../../../src/playground/controllers/parameters';
import type { Actions } from '../../../../src/playground/controllers/shapes';
import { RESOURCES } from '../../../../src/playground/resources';
import { actionSet, backupPolicy } from '../../../support/dataProtectionSamples';
import { createStage } from '../../../support/playgroundWorld';

describe('an action set', () => {
  it('is Available when its parameters are in its schema, else Unavailable with the name', () => {
    const stage = createStage();
    stage.apply(RESOURCES.actionSet, actionSet('good', 'Full'));
    const bad = actionSet('bad', 'Full');
    stage.apply(RESOURCES.actionSet, { ...bad, spec: { ...bad.spec, restore: { ...bad.spec.restore, withParameters: ['nope'] } } });
    stage.clock.advance(100);
    const statusOf = (name: string) => stage.get<ActionSet>(RESOURCES.actionSet, name)?.status;
    assert.equal(statusOf('good')?.phase, 'Available');
    assert.equal(statusOf('bad')?.phase, 'Unavailable');
    assert.equal(statusOf('bad')?.message, 'fails to validate restore withParameters: parameter nope is not defined in the parametersSchema');
  });
});

describe('parameters', () => {
  const sample = actionSet('as', 'Full');
  const properties = { threads: { type: 'integer', minimum: 1 }, mode: { type: 'string', enum: ['fast', 'safe'] }, deep: { type: 'boolean' } };
  const actions: Actions = {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'ActionSet',
    metadata: { name: 'as' },
    spec: { ...sample.spec, parametersSchema: { openAPIV3Schema: { properties } }, backup: { withParameters: ['threads', 'mode', 'deep'] } },
  };
  const cases: readonly [string, string, string | undefined][] = [
    ['threads', '4', undefined],
    ['threads', 'four', 'covert "threads" failed: strconv.Atoi: parsing "four": invalid syntax'],
    ['threads', '0', 'threads: Invalid value: 0: threads in body should be greater than or equal to 1'],
    ['mode', 'fast', undefined],
    ['mode', 'slow', 'mode: Unsupported value: "slow": supported values: "fast", "safe"'],
    ['deep', 'true', undefined],
    ['deep', 'yes', 'covert "deep" failed: strconv.ParseBool: parsing "yes": invalid syntax'],
    ['nope', 'x', 'parameter nope is undeclared in withParameters of actionSet as'],
  ];
  for (const [name, value, fault] of cases) {
    it(`${name}=${value} is ${fault ?? 'taken'}`, () => {
      assert.equal(parameterFault(actions, [{ name, value }], 'backup'), fault);
    });
  }
});

describe('a backup policy', () => {
  it('is Available whatever it refers to, and Unavailable with two targets of one name', () => {
    const stage = createStage();
    stage.apply(RESOURCES.backupPolicy, backupPolicy({ backupRepoName: 'nosuch' }));
    const targets = [{ name: 'shard' }, { name: 'shard' }].map((target) => ({ ...target, podSelector: { matchLabels: { a: 'b' } } }));
    const spec = { ...backupPolicy().spec, target: undefined, targets };
    stage.apply(RESOURCES.backupPolicy, { metadata: { name: 'twice' }, spec });
    stage.clock.advance(100);
    const statusOf = (name: string) => stage.get<BackupPolicy>(RESOURCES.backupPolicy, name)?.status;
    assert.deepEqual(statusOf('mycluster-mysql-backup-policy'), { phase: 'Available', observedGeneration: 1 });
    assert.equal(statusOf('twice')?.phase, 'Unavailable');
    assert.equal(statusOf('twice')?.message, 'the target name can not be duplicated when using "targets" field');
    assert.deepEqual(stage.events('BackupPolicy', 'mycluster-mysql-backup-policy'), ['CreatedCR Created backuppolicy: mycluster-mysql-backup-policy']);
  });
});

describe('a backup policy template', () => {
  it('is labelled with the component definitions it is for, and names what it lacks', () => {
    const stage = createStage();
    stage.apply(RESOURCES.actionSet, actionSet('xtrabackup', 'Full'));
    stage.apply(RESOURCES.backupPolicyTemplate, {
      metadata: { name: 'mysql-template' },
      spec: {
        serviceKind: 'MySQL',
        compDefs: ['mysql-'],
        target: { role: 'leader' },
        backupMethods: [{ name: 'full', snapshotVolumes: false, actionSetName: 'later' }],
        schedules: [{ backupMethod: 'full', cronExpression: '0 1 * * *', enabled: true }],
      },
    });
    stage.apply(RESOURCES.componentDefinition, { metadata: { name: 'mysql-8.0' }, spec: { runtime: { containers: [{ name: 'mysql' }] } } });
    stage.clock.advance(100);
    const get = () => stage.get(RESOURCES.backupPolicyTemplate, 'mysql-template')!;
    assert.deepEqual(get().metadata.labels, { 'mysql-8.0': 'mysql-8.0' });
    assert.deepEqual(get().status, { phase: 'Unavailable', message: 'ActionSet "later" not found;', observedGeneration: 1 });
    stage.apply(RESOURCES.actionSet, actionSet('later', 'Full'));
    stage.clock.advance(100);
    assert.equal((get().status as { phase: string }).phase, 'Available');
  });

  it('matches by prefix or by regular expression', () => {
    assert.ok(isPrefixOrRegexMatched('mysql-8.0-1.0.2', 'mysql-8.0'));
    assert.ok(isPrefixOrRegexMatched('apecloud-mysql-1.1.0', '^apecloud-mysql.*$'));
    assert.ok(!isPrefixOrRegexMatched('postgresql-14', '^mysql'));
    assert.ok(!isPrefixOrRegexMatched('mysql', '('));
  });
});
