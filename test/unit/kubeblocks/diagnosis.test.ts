import assert from 'node:assert/strict';
import { describeDiagnosis } from '../../../src/kubeblocks/describe/describeDiagnosis';
import { clusterSubject } from '../../../src/kubeblocks/describe/diagnosisSubjects';
import { diagnoseBackup, diagnoseConditions, diagnoseRepository } from '../../../src/kubeblocks/diagnosis';
import { CAUSES } from '../../../src/kubeblocks/causes/causes';
import type { Evidence } from '../../../src/kubeblocks/evidence';
import { distinctLogs, NO_EVIDENCE } from '../../../src/kubeblocks/evidence';
import { aBackup, aCluster, aRepo } from '../../support/builders';

function failed(failureReason: string): ReturnType<typeof aBackup> {
  return aBackup('b', '09:00:00', { status: { phase: 'Failed', failureReason } });
}

function withLog(text: string): Evidence {
  return { ...NO_EVIDENCE, pods: [{ name: 'dp-backup-0', phase: 'Failed', reasons: [], logs: [{ container: 'backupdata', text }] }] };
}

describe('diagnoseBackup', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['datasafed: write /backup/x: no space left on device', 'noSpace'],
    ['NoSuchBucket: The specified bucket does not exist', 'bucketMissing'],
    ['NodeNotReady: Node is not ready', 'nodeStopped'],
    ['Error: /base.tar.zst: object not found', 'backupFilesMissing'],
    ['NoSuchKey: The specified key does not exist.', 'backupFilesMissing'],
    ['pg_basebackup: error: could not read COPY data: server closed the connection unexpectedly', 'databaseEnded'],
    ['pg_basebackup: error: COPY stream ended before last file was finished', 'databaseEnded'],
    ['mariabackup: Lost connection to server during query', 'databaseEnded'],
    ['AccessDenied: Access Denied status code: 403', 'credentials'],
    ['FATAL: password authentication failed for user "kb"', 'databaseAccess'],
    ['dial tcp: lookup minio.kb.svc: no such host', 'storageUnreachable'],
    ['backupMethod: nope not found', 'methodMissing'],
    ['BackupPolicy.dataprotection.kubeblocks.io "nopolicy" not found', 'policyMissing'],
    ['backup repo norepo not found', 'repositoryMissing'],
    ['multiple default BackupRepo found, both a and b are default', 'repositoryMissing'],
    ['continuous backup is only allowed to be created by backupSchedule', 'continuousByHand'],
    ['failed to parse retention period 7days, invalid duration provided', 'retention'],
    ['fails to validate parameters with actionset x: parameter y is undeclared in withParameters of actionSet x', 'parameters'],
    ['failed to find a valid parent backup for backup demo/bad-inc: current backup expects 1 shards', 'parentMissing'],
    ['failed to get target pods by backup policy demo/p', 'noTargetPod'],
    ['cannot find any VolumeSnapshotClass of csi x', 'snapshotClass'],
    // What people met, as their reports quote it.
    ['backup method volume-snapshot is not in backup policy demo/redis-shard-backup-policy', 'methodMissing'],
    ['Timeout waiting for archiving to be enabled', 'archivingOff'],
    ['no default BackupRepo found', 'repositoryMissing'],
    ['NoSuchBucket: The specified bucket does not exist: postgres', 'bucketMissing'],
    ['AccessDenied: not entitled', 'bucketCheck'],
    ['BucketAlreadyExists: The requested bucket name is not available', 'bucketCheck'],
    ['AuthorizationHeaderMalformed: unexpected scope 20251203/x/us-east-1/s3', 'region'],
    ["can't create /backup/precheck.txt: Permission denied", 'writeRefused'],
    ['dial tcp: lookup minio.efault.svc.cluster.local: no such host', 'storageUnreachable'],
    ['FATAL: invalid value for parameter "recovery_target_time": "2024-08-01T10:00:00Z"', 'restoreTimeText'],
    ['invalid spec.restoreTime', 'restoreTimeText'],
    ['restore time out of the range for backup "redis-aof"', 'restoreTime'],
    ['restore-to-time is out of time range', 'restoreTime'],
    ['can not found latest base backup based on backupPolicy p', 'restoreTime'],
    ['can not found latest full or incremental backup based on backupPolicy p and specified restoreTime t', 'restoreTime'],
    ['unify incremental and continuous restore job is not supported', 'restoreTime'],
    ['backup namespace not found in restore annotation', 'crossNamespace'],
    ['PVC data can not restore Backup from namespace prod without restore intent', 'crossNamespace'],
    ['no kind is registered for the type v1.InstanceSet in scheme', 'crossNamespace'],
    ['metadata.labels: Invalid value: "x": must be no more than 63 characters', 'nameTooLong'],
    ['clusters.apps.kubeblocks.io "orders" already exists', 'nameTaken'],
    ['volume snapshot is not enabled', 'snapshotClass'],
    ['not found any backup policy for cluster orders', 'noPolicy'],
    ['cluster orders has multiple default backup policies', 'severalPolicies'],
    ['json: cannot unmarshal bool into Go value of type string', 'restoreAnnotation'],
    ['ActionSet.dataprotection.kubeblocks.io "mysql-xtrabackup" not found', 'actionSetMissing'],
    ['BackupTool "x" not found', 'actionSetMissing'],
    ['can not find any volume by targetVolumes [/data] on pod orders-0', 'targetVolumes'],
    ['no matches for kind "CronJob" in version "batch/v1"', 'kindMissing'],
    ['MountVolume.SetUp failed for volume "data": mount failed', 'volumeMount'],
    ['Multi-Attach error for volume "pvc-1"', 'volumeMount'],
    ['PVC provisioned without data restore', 'emptyRestore'],
    ['backup job is delayed because restore is in progress', 'restoreInProgress'],
    // What the controllers say.
    ['backup method x should specify snapshotVolumes or actionSetName', 'methodIncomplete'],
    ['backupMethod "x" is missing an ActionSet name', 'methodIncomplete'],
    ['backupMethod "x" not found in the spec.backupMethods', 'methodMissing'],
    ['phase of backupPolicy "p" is Unavailable', 'policyMissing'],
    ['parent backup type is Continuous, but only full and incremental backup are supported', 'parentMissing'],
    ["backupRepo for incremental backup can't be empty", 'repositoryMissing'],
    ['schedule backup cannot specify parent backup', 'parentNamed'],
    ['parent backup demo/full policy is not consistent', 'parentMissing'],
    ['encryptionConfig.passPhraseSecretKeyRef if empty', 'encryption'],
    ["secret (demo/key) doesn't contain key pass", 'encryption'],
    ['unsupported backup type Differential', 'actionSetBroken'],
    ['action dump has no exec or job', 'actionSetBroken'],
    ['action dump should have only one of exec or job', 'actionSetBroken'],
    ['targetVolumes is required for snapshotVolumes', 'targetVolumes'],
    ['fails to validate parameters of backupMethod x', 'parameters'],
    ['parameter x is not defined in the parametersSchema', 'parameters'],
    ['schedule name full is duplicated', 'scheduleDuplicate'],
    ['end of range (25) above maximum (23): 25', 'cron'],
    ['expected exactly 5 fields, found 6: [0 0 18 * * *]', 'cron'],
    ['cannot use TZ or CRON_TZ in schedule, use timeZone field instead', 'cron'],
    ['target name can not be empty when using "targets" field', 'policyTargets'],
    ['failed to find default backup method', 'methodUnnamed'],
    ['backup method x is not supported, please check cluster orders', 'methodMissing'],
    ['backup gone not found in namespace demo', 'backupMissing'],
    ['backup status is Running, only Completed backup can be used to restore', 'backupUnfinished'],
    ['phase of backup "b" is not completed', 'backupUnfinished'],
    ['requiredPolicyForAllPodSelection can not be empty when the pod selection strategy of the source target is All', 'podSelection'],
    ['backup target shard-1 does not exist', 'restoreTarget'],
    ['multiple backup targets match PVC data-orders-0', 'restoreTarget'],
    ['the source targets count of the backup must be equal to or less than the count of the shard components', 'restoreTarget'],
    ['invalid volume restore policy "Fast"', 'restoreSettings'],
    ['invalid restore env parameter', 'restoreSettings'],
    ['spec.restore can not be empty', 'restoreSettings'],
    ['ActionSet x has no restore actions (neither prepareData nor postReady)', 'noActions'],
    ['backup "b" has no backup repository', 'snapshotRepository'],
    ['Cluster.apps.kubeblocks.io "x" is invalid: spec.restore: Invalid value: restore is immutable', 'immutable'],
    ['some backups still refer to this repo', 'repositoryInUse'],
    ['DatasafedConfigTemplate is empty', 'storageProvider'],
    ['can not delete the backup if deletionPolicy is Retain', 'retained'],
    ['jobs.batch "x" is forbidden: unable to create new content in namespace demo because it is being terminated', 'namespaceEnding'],
    ['deletion backup files job "x" failed, you can delete it to re-delete the backup files', 'deletionFailed'],
    ['pods "dp-backup" is forbidden: violates PodSecurity "restricted:latest"', 'podRefused'],
    ['jobs.batch is forbidden: User "system:serviceaccount:kb-system:kb" cannot create resource', 'controllerForbidden'],
    ['storageclass.storage.k8s.io "fast" not found', 'storageClass'],
  ];
  for (const [text, code] of texts) {
    it(`knows ${code} by "${text.slice(0, 40)}…"`, () => {
      const [cause] = diagnoseBackup(failed(text), NO_EVIDENCE);
      assert.deepEqual([cause?.code, cause?.certainty, cause?.evidence[0]?.text], [code, 'sure', text]);
    });
  }

  it('has a text for every known cause, or a sign that stands for it', () => {
    const bySign = ['logOff', 'logSilent', 'pathStyle', 'repositoryPreparation', 'scheduleBackupsFail', 'scheduleMissed'];
    const elsewhere = ['suspended', 'outOfMemory', 'evicted', 'imagePull', 'unschedulable', 'snapshotFailed', 'storageDriver', 'credentialSecret'];
    assert.deepEqual(CAUSES.map(({ code }) => code).toSorted(), [...new Set([...texts.map(([, code]) => code), ...bySign, ...elsewhere])].toSorted());
    assert.deepEqual(CAUSES.filter(({ pattern }) => pattern === undefined).map(({ code }) => code).toSorted(), bySign);
  });

  it('says of every cause what it means and what to do', () => {
    for (const { title, means, todo } of CAUSES) {
      for (const text of [title(), means(), ...todo()]) assert.match(text, /^[A-Z].*\.$/);
    }
  });

  it('takes the word of the status over that of a log, and a log over an event', () => {
    const evidence: Evidence = {
      ...withLog('dial tcp 10.0.0.1:9000: connection refused\nretrying'),
      events: [{ at: 0, warning: true, reason: 'Failed', message: 'ErrImagePull', count: 1, object: 'Pod p' }],
    };
    assert.deepEqual(diagnoseBackup(failed('no space left on device'), evidence).map(({ code, certainty }) => `${code} ${certainty}`), [
      'noSpace sure',
      'storageUnreachable likely',
      'imagePull possible',
    ]);
  });

  it('looks into the pods when the status only points at its actions', () => {
    const evidence: Evidence = { ...NO_EVIDENCE, pods: [{ name: 'p', phase: 'Failed', reasons: ['backupdata: OOMKilled (exit 137)'], logs: [] }] };
    assert.equal(diagnoseBackup(failed('there are failed actions, you can obtain the more information in the status.actions'), evidence)[0]?.code, 'outOfMemory');
  });

  it('takes no container that the kubelet lost sight of for one that ran out of memory', () => {
    const reasons = ['Evicted: Pod ephemeral local storage usage exceeds the total limit of containers 20Mi.', 'backupdata: ContainerStatusUnknown (exit 137) The container could not be located when the pod was terminated'];
    assert.deepEqual(diagnoseBackup(failed('strange'), { ...NO_EVIDENCE, pods: [{ name: 'p', phase: 'Failed', reasons, logs: [] }] }).map(({ code }) => code), ['evicted']);
  });

  it('takes no container that was killed with its evicted pod for one that ran out of memory, but one that the kernel ended', () => {
    const evicted = 'Evicted: Pod ephemeral local storage usage exceeds the total limit of containers 20Mi.';
    const codes = (...reasons: readonly string[]): readonly string[] => diagnoseBackup(failed('strange'), { ...NO_EVIDENCE, pods: [{ name: 'p', phase: 'Failed', reasons, logs: [] }] }).map(({ code }) => code);
    assert.deepEqual(codes(evicted, 'backupdata: Error (exit 137)', 'manager: Error (exit 137)'), ['evicted']);
    assert.deepEqual(codes(evicted, 'backupdata: OOMKilled (exit 137)'), ['outOfMemory', 'evicted']);
    assert.deepEqual(codes('backupdata: Error (exit 137)'), ['outOfMemory']);
  });

  describe('with a pod that found no node at first', () => {
    const event = (reason: string, at: number, message = ''): Evidence['events'][number] => ({ at, warning: reason !== 'Scheduled', reason, message, count: 1, object: 'Pod p' });
    const waited = event('FailedScheduling', 1, '0/3 nodes are available: 3 Insufficient memory.');
    const codes = (evidence: Partial<Evidence>): readonly string[] => diagnoseBackup(failed('strange'), { ...NO_EVIDENCE, ...evidence }).map(({ code }) => code);
    const ran = { name: 'p', phase: 'Failed', reasons: ['backupdata: Error (exit 1)'], logs: [] };

    it('names it while the pod still waits', () => {
      assert.deepEqual(codes({ events: [waited], pods: [{ ...ran, phase: 'Pending', reasons: [] }] }), ['unschedulable']);
    });

    it('does not once it was scheduled, or ran', () => {
      assert.deepEqual(codes({ events: [waited, event('Scheduled', 2)] }), ['unknown']);
      assert.deepEqual(codes({ events: [waited], pods: [ran] }), ['unknown']);
      assert.deepEqual(codes({ events: [waited], pods: [{ ...ran, phase: 'Running', reasons: [] }] }), ['unknown']);
    });

    it('names the real cause instead', () => {
      assert.deepEqual(codes({ events: [waited, event('Scheduled', 2), event('BackOff', 3, 'dial tcp 10.0.0.1:9000: connection refused')] }), ['storageUnreachable']);
    });

    it('names it when it waits again, or another pod does', () => {
      assert.deepEqual(codes({ events: [event('Scheduled', 0), waited] }), ['unschedulable']);
      assert.deepEqual(codes({ events: [waited], pods: [{ ...ran, name: 'q' }] }), ['unschedulable']);
    });
  });

  describe('with a failing volume snapshot', () => {
    const running = aBackup('b', '09:00:00', { status: { phase: 'Running' } });
    const withError = (error: string): Evidence => ({ ...NO_EVIDENCE, snapshots: [{ name: 'b-0-data', error }] });

    it('says what the driver says, and that it does not end by itself', () => {
      const [cause] = diagnoseBackup(running, withError('rpc error: code = Internal desc = quota of snapshots reached'));
      assert.deepEqual([cause?.code, cause?.certainty], ['snapshotFailed', 'sure']);
      assert.match(cause?.evidence[0]?.text ?? '', /quota of snapshots reached/);
    });

    it('names what is known to be behind it first', () => {
      assert.deepEqual(diagnoseBackup(running, withError('rpc error: no space left on device')).map(({ code }) => code), ['noSpace', 'snapshotFailed']);
    });
  });

  it('says what several pods logged alike once, and names them', () => {
    const pod = (name: string, text: string): Evidence['pods'][number] => ({ name, phase: 'Failed', reasons: [], logs: [{ container: 'backupdata', text }] });
    const evidence: Evidence = { ...NO_EVIDENCE, pods: [pod('a', 'no space left on device\n'), pod('b', 'no space left on device'), pod('c', 'else'), pod('d', '')] };
    assert.deepEqual(distinctLogs(evidence).map(({ pods, text }) => [pods.join(), text.trim()]), [['a,b', 'no space left on device'], ['c', 'else']]);
    assert.deepEqual(diagnoseBackup(failed('strange'), evidence)[0]?.evidence, [{ source: 'log backupdata of a, b', text: 'no space left on device' }]);
    const told = describeDiagnosis({ name: 'b', state: 'underway', question: '', pace: undefined, moments: [{ at: 0, what: 'created' }], status: [] }, [], { ...evidence, events: [{ at: 1000, warning: true, reason: 'BackOff', message: 'again', count: 2, object: 'Pod a' }] }, { now: 0, timeZone: 'Asia/Kolkata' }, () => undefined);
    assert.deepEqual(told.sections.find(({ heading }) => heading === 'What happened'), {
      kind: 'table',
      heading: 'What happened',
      columns: ['When', 'What'],
      rows: [['1970-01-01 05:30:00 (00:00:00 UTC)', 'b: created'], ['1970-01-01 05:30:01 (00:00:01 UTC)', 'Pod a: BackOff: again (×2)']],
    });
    assert.deepEqual(told.sections.find(({ heading }) => heading === 'Pods'), { kind: 'list', heading: 'Pods', items: ['a', 'b', 'c', 'd'].map((name) => `${name}: Failed`) });
    const { sections } = describeDiagnosis({ name: 'b', state: 'underway', question: '', pace: undefined, moments: [], status: [] }, [], evidence, { now: 0, timeZone: 'UTC' }, () => undefined);
    assert.deepEqual(sections.map(({ heading }) => heading), ['No known cause', 'Pods', 'Log of a, b (the same in each), backupdata', 'Log of c, backupdata']);
  });

  it('shows what failed of a cluster that is still being restored, when it knows no cause', () => {
    const cluster = aCluster('copy', { status: { phase: 'Creating' } });
    const signs = [{ source: 'restore copy-prepare', text: 'strange words' }];
    const subject = clusterSubject(cluster, { now: 0, timeZone: 'UTC' }, { restores: [], hasTrouble: true });
    const { sections } = describeDiagnosis(subject, diagnoseConditions(cluster, NO_EVIDENCE, signs), NO_EVIDENCE, { now: 0, timeZone: 'UTC' }, () => undefined);
    assert.equal(sections[0]?.heading, '1. The cause is not one of the known ones.');
    assert.match(JSON.stringify(sections[0]), /restore copy-prepare.*strange words/);
  });

  it('says so when it knows none, and shows what there is', () => {
    const [cause] = diagnoseBackup(failed('strange'), withLog('first\nlast words'));
    assert.deepEqual([cause?.code, cause?.evidence.map(({ text }) => text)], ['unknown', ['strange', 'last words']]);
  });
});

describe('diagnoseRepository', () => {
  it('reads the pre-check\'s message', () => {
    const repo = aRepo('s3', 'Failed', { status: { phase: 'Failed', conditions: [{ type: 'PreCheckPassed', status: 'False', reason: 'PreCheckFailed', message: 'log:\nInvalidAccessKeyId: no such key' }] } });
    assert.deepEqual(diagnoseRepository(repo, NO_EVIDENCE).map(({ code, evidence }) => [code, evidence[0]?.text]), [['credentials', 'InvalidAccessKeyId: no such key']]);
  });
});
