import assert from 'node:assert/strict';
import { diagnoseBackup, diagnoseRepository } from '../../../src/kubeblocks/diagnosis';
import type { Evidence } from '../../../src/kubeblocks/evidence';
import { NO_EVIDENCE } from '../../../src/kubeblocks/evidence';
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
    ['fails to validate parameters with actionset x: some parameters are undeclared in withParameters of actionSet x', 'parameters'],
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
