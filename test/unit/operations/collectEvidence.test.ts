import assert from 'node:assert/strict';
import { diagnoseBackup, diagnoseRepository } from '../../../src/kubeblocks/diagnosis';
import { collectBackupEvidence, collectRepositoryEvidence } from '../../../src/operations/collectEvidence';
import { WORKLOADS } from '../../../src/operations/workloadKinds';
import { KINDS } from '../../../src/kubeblocks/kinds';
import { aBackup, aPolicy, aRepo, NAMESPACE } from '../../support/builders';
import type { TestDeps } from '../../support/operationDeps';
import { testDeps } from '../../support/operationDeps';

const labels = { 'dataprotection.kubeblocks.io/backup-name': 'b1' };
const backup = aBackup('b1', '09:00:00', { status: { phase: 'Failed', failureReason: 'there are failed actions' } });

function pod(name: string, phase: string, exitCode: number): { apiVersion: string; kind: string; metadata: { name: string; namespace: string; labels: typeof labels }; spec: unknown; status: unknown } {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: NAMESPACE, labels },
    spec: { containers: [{ name: 'backupdata' }, { name: 'manager' }] },
    status: { phase, containerStatuses: [{ name: 'backupdata', state: { terminated: { exitCode, reason: 'Error' } } }, { name: 'manager', state: { terminated: { exitCode: 0 } } }] },
  };
}

function setUp(): TestDeps {
  const deps = testDeps();
  deps.api.put(WORKLOADS.job, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'dp-backup-0', namespace: NAMESPACE, labels } });
  deps.api.put(WORKLOADS.pod, pod('a', 'Succeeded', 0), pod('b', 'Failed', 1), pod('c', 'Failed', 1), pod('d', 'Failed', 1));
  deps.api.put(WORKLOADS.event, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e', namespace: NAMESPACE },
    ...{ type: 'Warning', reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit', involvedObject: { kind: 'Job', name: 'dp-backup-0' } },
  });
  deps.api.logs.set(`${NAMESPACE}/b/backupdata`, 'export PGPASSWORD=hunter2\ndatasafed: no space left on device');
  return deps;
}

describe('collectBackupEvidence', () => {
  it('gathers the failed pods, their logs without credentials, and events', async () => {
    const evidence = await collectBackupEvidence(setUp(), backup);
    assert.deepEqual(evidence.pods.map(({ name }) => name), ['b', 'c', 'd']);
    assert.deepEqual(evidence.pods[0]?.logs, [{ container: 'backupdata', text: 'export PGPASSWORD=(redacted)\ndatasafed: no space left on device' }]);
    assert.deepEqual(evidence.events.map(({ reason }) => reason), ['BackoffLimitExceeded']);
    assert.equal(diagnoseBackup(backup, evidence)[0]?.code, 'noSpace');
  });

  it('says what it could not read and gives the rest', async () => {
    const deps = setUp();
    deps.api.failNext('log', 403, 'Forbidden', { times: 9, resource: WORKLOADS.pod });
    const evidence = await collectBackupEvidence(deps, backup);
    assert.deepEqual(evidence.missing.map(({ what }) => what), ['log of b/backupdata', 'log of c/backupdata', 'log of d/backupdata']);
    assert.equal(evidence.jobs.length, 1);
  });

  it('finds the namespace that is being deleted with a backup whose files can then not be removed', async () => {
    const deps = setUp();
    const going = { ...backup, metadata: { ...backup.metadata, deletionTimestamp: '2026-03-01T10:00:00Z' }, status: { phase: 'Deleting' } };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
    deps.api.put(WORKLOADS.namespace, namespace);
    assert.equal((await collectBackupEvidence(deps, going)).endingNamespace, undefined);
    deps.api.put(WORKLOADS.namespace, { ...namespace, metadata: { ...namespace.metadata, deletionTimestamp: '2026-03-01T10:00:00Z' } });
    const [cause] = diagnoseBackup(going, await collectBackupEvidence(deps, going));
    assert.deepEqual([cause?.code, cause?.certainty, cause?.evidence[0]?.source], ['namespaceEnding', 'sure', `namespace ${NAMESPACE}`]);
  });

  describe('with the database on a node that stopped', () => {
    const selected = { 'app.kubernetes.io/instance': 'shop', 'apps.kubeblocks.io/component-name': 'postgresql' };
    const stopped = (): TestDeps => {
      const deps = testDeps();
      const policy = aPolicy('shop-policy');
      deps.api.put(KINDS.backupPolicy, { ...policy, spec: { ...policy.spec, target: { podSelector: { matchLabels: { ...selected, 'kubeblocks.io/role': 'primary' } } } } } as typeof policy);
      const stuck = pod('shop-postgresql-0', 'Running', 0);
      deps.api.put(WORKLOADS.pod, { ...stuck, metadata: { ...stuck.metadata, labels: selected } });
      deps.api.put(WORKLOADS.event, {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: 'e1', namespace: NAMESPACE },
        ...{ type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready', involvedObject: { kind: 'Pod', name: 'shop-postgresql-0', namespace: NAMESPACE }, lastTimestamp: '2026-11-23T09:00:00Z' },
      });
      return deps;
    };

    it('looks at the pods of the database, of whatever role, where none was found to back up', async () => {
      const deps = stopped();
      deps.api.put(WORKLOADS.pod, pod('of-another', 'Failed', 1));
      const failed = aBackup('b2', '09:00:00', { spec: { backupPolicyName: 'shop-policy' }, status: { phase: 'Failed', failureReason: 'failed to get target pods by backup policy demo/shop-policy' } });
      const evidence = await collectBackupEvidence(deps, failed);
      assert.deepEqual([evidence.missing, evidence.pods.map(({ name, logs }) => [name, logs])], [[], [['shop-postgresql-0', []]]]);
      assert.deepEqual(diagnoseBackup(failed, evidence).map(({ code }) => code), ['nodeStopped', 'noTargetPod']);
    });

    const nowhere = [
      ['looks at them where a taint keeps its own pod from every node', '0/1 nodes are available: 1 node(s) had untolerated taint(s).', ['nodeStopped', 'unschedulable']],
      ['does not look at them where there is no room', '0/1 nodes are available: 1 Insufficient cpu.', ['unschedulable']],
    ] as const;
    for (const [title, message, codes] of nowhere) {
      it(title, async () => {
        const deps = stopped();
        const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
        deps.api.put(WORKLOADS.pod, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'dp-backup-0', namespace: NAMESPACE, labels }, status: { phase: 'Pending', conditions } } as Parameters<TestDeps['api']['put']>[1]);
        const waiting = aBackup('b1', '09:00:00', { spec: { backupPolicyName: 'shop-policy' }, status: { phase: 'Running' } });
        assert.deepEqual(diagnoseBackup(waiting, await collectBackupEvidence(deps, waiting)).map(({ code }) => code), codes);
      });
    }
  });

  describe('of a backup by volume snapshot', () => {
    const waiting = { ...backup, status: { phase: 'Running', actions: [{ name: 'createVolumeSnapshot-0', phase: 'Running' }] } };
    const snapshot = (name: string, status: unknown): Parameters<TestDeps['api']['put']>[1] => ({
      ...{ apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name, namespace: NAMESPACE, labels } },
      ...{ status },
    });

    it('has the snapshots that fail, without credentials', async () => {
      const deps = setUp();
      deps.api.put(
        WORKLOADS.volumeSnapshot,
        snapshot('b1-0-data', { readyToUse: false, error: { message: 'cannot log in with password=hunter2' } }),
        snapshot('b1-0-log', { readyToUse: true, error: { message: 'was mended' } }),
        snapshot('b1-0-new', {}),
      );
      const { snapshots } = await collectBackupEvidence(deps, waiting);
      assert.deepEqual(snapshots, [{ name: 'b1-0-data', error: 'cannot log in with password=(redacted)' }]);
      assert.deepEqual((await collectBackupEvidence(deps, { ...waiting, status: { phase: 'Completed' } })).snapshots, []);
    });

    it('says that they may not be read', async () => {
      const deps = setUp();
      const list = deps.api.listPages.bind(deps.api);
      deps.api.listPages = (resource, ...rest) => {
        if (resource.kind === 'VolumeSnapshot') {
          deps.api.failNext('list', 403, 'Forbidden', { resource });
        }
        return list(resource, ...rest);
      };
      assert.deepEqual((await collectBackupEvidence(deps, waiting)).missing.map(({ what }) => what), ['volume snapshots']);
    });
  });
});

describe('collectRepositoryEvidence', () => {
  const ofRepo = { 'dataprotection.kubeblocks.io/backup-repo-name': 's3-main' };

  it('gathers the job of the pre-check wherever it lies, and no worker of a backup in it', async () => {
    const deps = testDeps();
    const job = (name: string, namespace: string): Parameters<TestDeps['api']['put']>[1] => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace, labels: ofRepo } });
    deps.api.put(WORKLOADS.job, job('pre-check-1a2b3c4d-s3-main', 'kb-system'), job('dp-backup-0', NAMESPACE));
    const checking = pod('pre-check-1a2b3c4d-s3-main-x', 'Pending', 0);
    const waiting = { phase: 'Pending', containerStatuses: [{ name: 'backupdata', state: { waiting: { reason: 'ImagePullBackOff' } } }] };
    deps.api.put(WORKLOADS.pod, { ...checking, metadata: { ...checking.metadata, namespace: 'kb-system', labels: { ...labels, 'job-name': 'pre-check-1a2b3c4d-s3-main' } }, ...{ status: waiting } });
    deps.api.logs.set('kb-system/pre-check-1a2b3c4d-s3-main-x/backupdata', 'secret_access_key=hunter2');
    const evidence = await collectRepositoryEvidence(deps, aRepo('s3-main', 'PreChecking'));
    assert.deepEqual([evidence.jobs.map(({ name }) => name), evidence.pods.map(({ name }) => name), evidence.missing], [['pre-check-1a2b3c4d-s3-main'], ['pre-check-1a2b3c4d-s3-main-x'], []]);
    assert.doesNotMatch(JSON.stringify(evidence), /hunter2/);
    assert.equal(diagnoseRepository(aRepo('s3-main', 'PreChecking'), evidence)[0]?.code, 'imagePull');
  });

  it('says what may not be read', async () => {
    const deps = testDeps();
    deps.api.failNext('list', 403, 'Forbidden', { times: 9, resource: WORKLOADS.job });
    const { missing } = await collectRepositoryEvidence(deps, aRepo('s3-main', 'Failed'));
    assert.deepEqual(missing.map(({ what }) => what), ['events of BackupRepo s3-main', 'jobs']);
  });
});
