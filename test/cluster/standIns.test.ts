import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { AnyObject, Backup } from '../../src/kubeblocks/objects';
import { findOnPath } from '../../scripts/setup/browser.mjs';
import type { ClusterLane } from './lane/clusterLane';
import type { LaneNamespace } from './lane/laneNamespace';
import { untilObject } from './lane/untilObject';
import { untilSome } from './lane/untilSome';
import { decide } from './standins/decisions';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';
import { startLog } from './support/startLog';

const KUBECTL = findOnPath(['kubectl']);

describe('the stand-ins of the cluster lane', () => {
  let lane: ClusterLane;
  let space: LaneNamespace;
  before(async () => {
    lane = await sharedCluster();
    space = await lane.namespace();
  });

  const backUp = (name: string, backupMethod = 'pg-basebackup'): Promise<void> =>
    lane.create({
      apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
      kind: 'Backup',
      metadata: { name, namespace: space.name },
      spec: { backupPolicyName: space.policy, backupMethod },
    });
  const untilPhase = (name: string, phase: string): Promise<Backup> => space.until<Backup>('backups', name, phase, ({ status }) => status?.phase === phase);
  /** The pod of a backup's job, once its log can be read. */
  const podOf = async (backup: string, phase: string): Promise<string> => {
    const job = (await space.until<Backup>('backups', backup, 'its job is known', ({ status }) => status?.actions?.[0]?.objectRef?.name !== undefined)).status?.actions?.[0]?.objectRef?.name ?? '';
    const pods = `/api/v1/namespaces/${space.name}/pods?labelSelector=${encodeURIComponent(`batch.kubernetes.io/job-name=${job}`)}`;
    const pod = (await untilSome(lane.api, pods, phase, (object) => (object['status'] as { phase?: string }).phase === phase)).metadata.name;
    await untilObject(lane.api, `/apis/kwok.x-k8s.io/v1alpha1/namespaces/${space.name}/logs/${pod}`, 'there', (object) => object !== undefined);
    return pod;
  };

  it('let a job hang with a log that the API gives, until it is told to go on', async () => {
    const goOn = space.hangJob(/hanging/, 'copied 12 of 40 GiB\nstill copying');
    await backUp('hanging');
    const pod = await podOf('hanging', 'Running');
    const log = `/api/v1/namespaces/${space.name}/pods/${pod}/log?container=backupdata`;
    assert.equal(await lane.api.text(log), 'copied 12 of 40 GiB\nstill copying\n');
    assert.equal(await lane.api.text(`${log}&tailLines=1`), 'still copying\n');
    assert.equal((await space.get<Backup>('backups', 'hanging')).status?.phase, 'Running');
    goOn();
    await untilPhase('hanging', 'Completed');
  });

  it(KUBECTL === undefined ? 'let a job fail (not run: kubectl is not on the PATH)' : 'let a job fail with a log that kubectl shows', async function () {
    if (KUBECTL === undefined) return this.skip();
    const heal = space.failJob(/failing/, 'pg_basebackup: error: no space left on device');
    await backUp('failing');
    const pod = await podOf('failing', 'Failed');
    const shown = execFileSync(KUBECTL, ['logs', pod, '--namespace', space.name, '--container', 'backupdata', '--kubeconfig', lane.kubeconfig], { encoding: 'utf8' });
    assert.equal(shown, 'pg_basebackup: error: no space left on device\n');
    await untilPhase('failing', 'Failed');
    heal();
  });

  it('act by decisions of another process, as long as they lie in the cluster', async () => {
    const takeBack = await decide(lane.apiFor('administrator'), space.name, 'job', { match: 'outside', does: 'failJob', text: 'decided elsewhere' });
    await backUp('outside');
    const pod = await podOf('outside', 'Failed');
    assert.equal(await lane.api.text(`/api/v1/namespaces/${space.name}/pods/${pod}/log?container=backupdata`), 'decided elsewhere\n');
    await takeBack();
    await untilPhase('outside', 'Completed');
    const snapshots = await decide(lane.api, space.name, 'snapshot', { match: '.', does: 'failSnapshot', text: 'quota exceeded' });
    await backUp('outside-snapshot', 'volume-snapshot');
    await untilSome(lane.api, `/apis/snapshot.storage.k8s.io/v1/namespaces/${space.name}/volumesnapshots`, 'failing', (object) => (object['status'] as { error?: { message?: string } } | undefined)?.error?.message === 'quota exceeded');
    await snapshots();
  });

  it('create the Backup of a schedule with the rights of its pod, as its CronJob has it', async () => {
    await lane.api.patch(`/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${space.name}/backupschedules/${space.schedule}`, {
      spec: { schedules: [{ backupMethod: 'pg-basebackup', enabled: true, cronExpression: '0 3 1 1 *', retentionPeriod: '7d' }] },
    });
    const cronJob = await untilSome(lane.api, `/apis/batch/v1/namespaces/${space.name}/cronjobs`, 'there', () => true);
    const { jobTemplate } = cronJob['spec'] as { jobTemplate: { metadata: object; spec: object } };
    await lane.create({ apiVersion: 'batch/v1', kind: 'Job', metadata: { ...jobTemplate.metadata, name: 'now', namespace: space.name }, spec: jobTemplate.spec });
    const selector = encodeURIComponent('dataprotection.kubeblocks.io/autobackup=true');
    const isCompleted = (object: AnyObject): boolean => (object as Backup).status?.phase === 'Completed';
    const made: Backup = await untilSome(lane.api, `/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${space.name}/backups?labelSelector=${selector}`, 'Completed', isCompleted);
    assert.deepEqual([made.spec?.backupMethod, made.spec?.retentionPeriod], ['pg-basebackup', '7d']);
    assert.equal(made.metadata.labels?.['dataprotection.kubeblocks.io/backup-schedule'], space.schedule);
  });

  it('move the range of a log backup on', async () => {
    const product = new Product(lane, space.name);
    const log = await startLog(product, space, 'archive-wal');
    product.dispose();
    const { status: first } = await space.get<Backup>('backups', log);
    const later = await space.until<Backup>('backups', log, 'its range goes on', ({ status }) => (status?.timeRange?.end ?? '') > (first?.timeRange?.end ?? ''));
    assert.equal(later.status?.timeRange?.start, first?.timeRange?.start);
    assert.ok(Number(later.status?.totalSize) > Number(first?.totalSize));
  });
});
