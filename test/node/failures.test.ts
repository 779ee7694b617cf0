import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AnyObject, Backup, BackupPolicy, BackupRepo } from '../../src/kubeblocks/objects';
import { loadBackup } from '../../src/operations/restore';
import { diagnoseObject, type Diagnosed } from '../../src/ui/documents/diagnosis';
import type { ObjectRef } from '../../src/ui/objectRef';
import { untilObject } from '../cluster/lane/untilObject';
import { untilSome } from '../cluster/lane/untilSome';
import { Product } from '../cluster/support/product';
import type { NodeLane, NodeProgram } from './lane/nodeLane';
import { databaseOf } from './support/databases';
import { Journey } from './support/journey';
import { ownNode } from './support/sharedNode';

const DP = '/apis/dataprotection.kubeblocks.io/v1alpha1';
/** How long (ms) a failure may take to show on a busy machine. */
const PATIENCE = 300_000;

describe('a repository that fails on the real node is explained by', () => {
  let lane: NodeLane;
  let product: Product;
  before(async () => {
    lane = await ownNode();
    product = new Product(lane, 'kb-system');
    await product.until('the repositories', ({ repos }) => repos.state.state === 'ready');
  });
  after(() => product.dispose());

  const cases: readonly { readonly what: string; readonly code: string; readonly config: object; readonly secretAccessKey?: string }[] = [
    { what: 'a wrong key', code: 'credentials', config: { bucket: 'wrong-key' }, secretAccessKey: 'not-the-key' },
    { what: 'a bucket that is not there', code: 'bucketMissing', config: { bucket: 'not-there', noCheckBucket: 'true' } },
    { what: 'an address where nothing listens', code: 'storageUnreachable', config: { bucket: 'unreachable', endpoint: 'http://10.200.0.1:9' } },
    { what: 'a name that nobody knows', code: 'storageUnreachable', config: { bucket: 'unreachable', endpoint: 'http://objects.invalid:9' } },
  ];
  for (const [index, { what, code, config, secretAccessKey }] of cases.entries()) {
    it(what, async () => {
      const name = `failing-${index}`;
      await lane.create(...repository(lane, name, { config, ...(secretAccessKey !== undefined && { secretAccessKey }) }));
      await untilObject(lane.api, `${DP}/backuprepos/${name}`, 'Failed', (repo) => (repo as BackupRepo | undefined)?.status?.phase === 'Failed', PATIENCE);
      assertFirst(await diagnosed(product, { kind: 'backupRepo', name }), code);
    });
  }
});

describe('what fails with a database on the real node is explained by', () => {
  let lane: NodeLane;
  let journey: Journey;
  let product: Product;
  let namespace: string;
  before(async () => {
    lane = await ownNode();
    journey = await Journey.start(lane, databaseOf('postgresql'));
    ({ product, namespace } = journey);
  });
  after(() => journey.end());

  it('the bucket that was deleted after the backup', async () => {
    await lane.create(...repository(lane, 'doomed', { config: { bucket: 'doomed' } }));
    await untilObject(lane.api, `${DP}/backuprepos/doomed`, 'Ready', (repo) => (repo as BackupRepo | undefined)?.status?.phase === 'Ready', PATIENCE);
    await ownPolicy('doomed', { backupRepoName: 'doomed' });
    const backup = await product.completed('doomed', { method: 'base-backup', name: 'in-doomed' });
    await removeBucket(lane, 'doomed');

    const plan = product.planRestore({ backup: await loadBackup(product.deps, namespace, backup.metadata.name), targetName: 'from-nothing' });
    assert.deepEqual(plan.findings.filter(({ severity }) => severity === 'error'), []);
    const outcome = await product.restore(plan);
    assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
    assertFirst(await diagnosed(product, { kind: 'cluster', name: 'from-nothing', namespace }), 'backupFilesMissing');
  });

  it('an image that is not there', async () => {
    await ownAction('no-image', (action) => ({ ...action, image: 'node-lane.invalid/nowhere:1' }));
    const path = await startBackup('no-image', 'no-image');
    await untilPod('no-image', ({ status }) => (status?.containerStatuses ?? []).some(({ state }) => /Image/.test(state?.waiting?.reason ?? '')));
    assertFirst(await diagnosed(product, { kind: 'backup', name: 'no-image', namespace }), 'imagePull');
    await lane.api.delete(path);
  });

  it('a repository whose volume is full', async () => {
    await lane.create({
      apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
      kind: 'BackupRepo',
      metadata: { name: 'small' },
      spec: { storageProviderRef: 'pvc', accessMethod: 'Mount', pvReclaimPolicy: 'Delete', volumeCapacity: '20Mi', config: { storageClassName: 'lane-disk', accessMode: 'ReadWriteOnce' } },
    });
    await untilObject(lane.api, `${DP}/backuprepos/small`, 'Ready', (repo) => (repo as BackupRepo | undefined)?.status?.phase === 'Ready', PATIENCE);
    await ownPolicy('small', { backupRepoName: 'small' });
    // What cannot be packed into less.
    await journey.source.run(`PGPASSWORD="$POSTGRES_PASSWORD" psql --host=127.0.0.1 --username=postgres --quiet --command="create table noise as select gen_random_uuid() from generate_series(1, 2000000)"`);
    await startBackup('full', 'small', 'base-backup');
    await untilFailed('full');
    assertFirst(await diagnosed(product, { kind: 'backup', name: 'full', namespace }), 'noSpace');
    await journey.source.run(`PGPASSWORD="$POSTGRES_PASSWORD" psql --host=127.0.0.1 --username=postgres --quiet --command="drop table noise"`);
  });

  it('a snapshot class that is missing', async () => {
    const path = '/apis/snapshot.storage.k8s.io/v1/volumesnapshotclasses/lane-snapshots';
    const { metadata: { name, annotations }, ...rest } = await lane.api.get(path);
    await lane.api.delete(path);
    try {
      await startBackup('no-class', journey.policy, 'volume-snapshot');
      const settled = await untilObject(lane.api, backupPath('no-class'), 'failed, or with a snapshot that fails', (backup) => isFailed(backup) || backup !== undefined, PATIENCE);
      assert.ok(settled);
      await untilDiagnosed('no-class', 'snapshotClass');
    } finally {
      await lane.create({ ...rest, metadata: { name, annotations } } as AnyObject);
    }
  });

  it('a pod that the kubelet evicted', async () => {
    await ownAction('evicted', (action) => ({ ...action, command: ['bash', '-c', 'dd if=/dev/zero of=/var/tmp/much bs=1M count=200; sleep 600'] }), {
      runtimeSettings: { resources: { limits: { 'ephemeral-storage': '20Mi' }, requests: { 'ephemeral-storage': '1Mi' } } },
    });
    await startBackup('evicted', 'evicted');
    await untilPod('evicted', ({ status }) => status?.reason === 'Evicted');
    assertFirst(await diagnosed(product, { kind: 'backup', name: 'evicted', namespace }), 'evicted');
  });

  it('the database that was killed in the middle of the backup', async () => {
    // So slow that it is in the middle for long enough.
    await ownAction('killed', (action) => ({ ...action, command: action.command?.map((line) => line.replace('pg_basebackup ', 'pg_basebackup --max-rate=1M --verbose ')) ?? [] }), {}, { backoffLimit: 0 });
    // On a busy machine a database may have missed the probe that makes its pod a target.
    const pod = await untilPrimary();
    await startBackup('killed', 'killed');
    await untilObject(lane.api, backupPath('killed'), 'Running', (backup) => (backup as Backup | undefined)?.status?.phase === 'Running', PATIENCE);
    await journey.source.run(`until PGPASSWORD="$POSTGRES_PASSWORD" psql --host=127.0.0.1 --username=postgres --tuples-only --no-align --command='select backup_streamed from pg_stat_progress_basebackup' | grep --quiet '^[1-9]'; do sleep 0.2; done`);
    await lane.kubectl(['--namespace', namespace, 'delete', 'pod', `${journey.clusterName}-postgresql-0`, '--grace-period=0', '--force']);
    await untilFailed('killed');
    assertFirst(await diagnosed(product, { kind: 'backup', name: 'killed', namespace }), 'databaseEnded');
    // The cluster may still be called Running when its pod is gone already.
    await untilPrimary(pod);
  });

  it('a wrong password in the Secret of the account', async () => {
    const secret = `/api/v1/namespaces/${namespace}/secrets/${journey.clusterName}-postgresql-account-postgres`;
    const { data } = await lane.api.get<{ data: Readonly<Record<string, string>> }>(secret);
    await lane.api.patch(secret, { data: { password: Buffer.from('not-the-password').toString('base64') } });
    try {
      await startBackup('refused', journey.policy, 'base-backup');
      await untilFailed('refused');
      assertFirst(await diagnosed(product, { kind: 'backup', name: 'refused', namespace }), 'databaseAccess');
    } finally {
      await lane.api.patch(secret, { data });
    }
  });

  it('nothing, when the controllers are restarted in the middle: backup and restore come to their end', async () => {
    const { ledger } = journey.source;
    await startBackup('restarted', journey.policy, 'base-backup');
    await restart('dataprotection');
    const backup = (await untilObject(lane.api, backupPath('restarted'), 'Completed', (each) => (each as Backup | undefined)?.status?.phase === 'Completed', PATIENCE)) as Backup | undefined;
    assert.ok(backup);
    const restoring = journey.restore({ backup });
    await untilSome(lane.api, `${DP}/namespaces/${namespace}/restores`, 'under way', ({ status }) => (status as { phase?: string } | undefined)?.phase === 'Running');
    await restart('dataprotection');
    await restart('manager');
    const { restored, target } = await restoring;
    await journey.assertHolds(restored, [ledger.digest()]);
    await journey.remove(target);
  });

  it('a node that has stopped', async () => {
    await lane.kill('kubelet');
    try {
      await lane.untilNodeReady(false);
      await startBackup('no-node', journey.policy, 'base-backup');
      await untilDiagnosed('no-node', 'nodeStopped');
    } finally {
      lane.restart('kubelet');
      await lane.untilNodeReady(true);
    }
  });

  async function restart(program: NodeProgram): Promise<void> {
    await lane.kill(program);
    lane.restart(program);
  }

  function backupPath(name: string): string {
    return `${DP}/namespaces/${namespace}/backups/${name}`;
  }

  /** A policy beside KubeBlocks' own, which it would write over. */
  async function ownPolicy(name: string, change: object): Promise<void> {
    const { spec } = await lane.api.get<BackupPolicy>(`${DP}/namespaces/${namespace}/backuppolicies/${journey.policy}`);
    await lane.create({ apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'BackupPolicy', metadata: { name, namespace }, spec: { ...spec, ...change } });
    await untilObject(lane.api, `${DP}/namespaces/${namespace}/backuppolicies/${name}`, 'Available', (policy) => (policy as BackupPolicy | undefined)?.status?.phase === 'Available', PATIENCE);
  }

  /** An action set like that of the base backup but for its action, with a policy that has it as its method. */
  async function ownAction(name: string, change: (action: Action) => Action, method: object = {}, policy: object = {}): Promise<void> {
    const { spec } = await lane.api.get<{ spec: { backup: { backupData: Action } } }>(`${DP}/actionsets/postgresql-base-backup`);
    const backupData = change(spec.backup.backupData);
    await lane.install({ apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'ActionSet', metadata: { name }, spec: { ...spec, backup: { backupData } } });
    await ownPolicy(name, { backupMethods: [{ name, actionSetName: name, targetVolumes: { volumeMounts: [{ name: 'data', mountPath: '/data' }] }, ...method }], ...policy });
  }

  /** Gives its path. */
  async function startBackup(name: string, policy: string, method = name): Promise<string> {
    await lane.create({
      apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
      kind: 'Backup',
      metadata: { name, namespace, labels: { test: randomUUID() } },
      spec: { backupPolicyName: policy, backupMethod: method, deletionPolicy: 'Delete' },
    });
    return backupPath(name);
  }

  /** Resolves once the database's pod, another one than `before`, is what KubeBlocks backs up from. Gives the pod's uid. */
  async function untilPrimary(before?: string): Promise<string | undefined> {
    const path = `/api/v1/namespaces/${namespace}/pods/${journey.clusterName}-postgresql-0`;
    const pod = await untilObject(lane.api, path, 'the primary, and Ready', (each) => each?.metadata.uid !== before && isTarget(each), PATIENCE);
    return pod?.metadata.uid;
  }

  async function untilFailed(name: string): Promise<void> {
    await untilObject(lane.api, backupPath(name), 'Failed', isFailed, PATIENCE);
  }

  /** Of the jobs of a backup: one that is so. */
  async function untilPod(backup: string, isSo: (pod: Pod) => boolean): Promise<void> {
    const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(`dataprotection.kubeblocks.io/backup-name=${backup}`)}`;
    const ending = new AbortController();
    const late = setTimeout(() => ending.abort(), PATIENCE);
    let found = false;
    await lane.api.watch(path, { onEvent: ({ object }) => {
      if (!isSo(object)) return;
      found = true;
      ending.abort();
    } }, ending.signal);
    clearTimeout(late);
    assert.ok(found, `no pod of ${backup} ever was as wanted`);
  }

  /** Asks again until the first cause is this one: what happens around a backup that only waits, nothing tells. */
  async function untilDiagnosed(name: string, code: string): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    let last = await diagnosed(product, { kind: 'backup', name, namespace });
    while (last.causes[0]?.code !== code && Date.now() < deadline) {
      await journey.pause(1000);
      last = await diagnosed(product, { kind: 'backup', name, namespace });
    }
    assertFirst(last, code);
  }
});

interface Action {
  readonly image?: string;
  readonly command?: readonly string[];
}

interface Pod extends AnyObject {
  readonly status?: {
    readonly reason?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly state?: { readonly waiting?: { readonly reason?: string } } }[];
  };
}

async function diagnosed(product: Product, ref: ObjectRef): Promise<Diagnosed> {
  const { deps, session, submissions } = product;
  const found = await diagnoseObject({ ...deps, session, submissions }, ref, { now: Date.now(), timeZone: 'UTC' });
  assert.ok(found);
  return found;
}

function assertFirst({ causes, report }: Diagnosed, code: string): void {
  assert.equal(causes[0]?.code, code, `${causes.map((cause) => `${cause.code} (${cause.certainty})`).join(', ')}\n${report}`);
}

function isTarget(pod: AnyObject | undefined): boolean {
  const { metadata, status } = (pod ?? {}) as Partial<Pod>;
  return metadata?.labels?.['kubeblocks.io/role'] === 'primary' && (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');
}

function isFailed(backup: AnyObject | undefined): boolean {
  return (backup as Backup | undefined)?.status?.phase === 'Failed';
}

function repository({ objectStore }: NodeLane, name: string, { config, secretAccessKey = objectStore.secretAccessKey }: { readonly config: object; readonly secretAccessKey?: string }): readonly AnyObject[] {
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: `${name}-credentials`, namespace: 'kb-system' }, stringData: { accessKeyId: objectStore.accessKeyId, secretAccessKey } },
    {
      apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
      kind: 'BackupRepo',
      metadata: { name },
      spec: {
        storageProviderRef: 's3-compatible',
        accessMethod: 'Tool',
        pvReclaimPolicy: 'Retain',
        config: { endpoint: objectStore.endpoint, ...config },
        credential: { name: `${name}-credentials`, namespace: 'kb-system' },
      },
    },
  ];
}

const WEED = join(__dirname, '..', '..', '.tools', 'node-lane', 'bin', 'weed');

/** As its owner would, with everything in it. */
async function removeBucket(lane: NodeLane, bucket: string): Promise<void> {
  await lane.run('sh', '-c', `echo 's3.bucket.delete -name ${bucket}' | "$0" shell -master=10.200.0.1:9333 -filer=10.200.0.1:8888`, WEED);
}
