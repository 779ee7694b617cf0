import assert from 'node:assert/strict';
import { describeDiagnosis } from '../../../src/kubeblocks/describe/describeDiagnosis';
import { diagnoseBackup, diagnoseRepository } from '../../../src/kubeblocks/diagnosis';
import type { Evidence } from '../../../src/kubeblocks/evidence';
import { distinctLogs, NO_EVIDENCE } from '../../../src/kubeblocks/evidence';
import { aBackup, aRepo } from '../../support/builders';

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
  ];
  for (const [text, code] of texts) {
    it(`knows ${code} by "${text.slice(0, 40)}…"`, () => {
      const [cause] = diagnoseBackup(failed(text), NO_EVIDENCE);
      assert.deepEqual([cause?.code, cause?.certainty, cause?.evidence[0]?.text], [code, 'sure', text]);
    });
  }

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
    const { sections } = describeDiagnosis('b', 'failed', [], evidence, { now: 0, timeZone: 'UTC' });
    assert.deepEqual(sections.map(({ heading }) => heading), ['Log of a, b (the same in each), backupdata', 'Log of c, backupdata']);
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
