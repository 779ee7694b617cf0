import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clusterReach } from '../../src/kubeblocks/clusterReach';
import { LABELS } from '../../src/kubeblocks/labels';
import type { AnyObject, Cluster } from '../../src/kubeblocks/objects';
import type { ClusterLane } from './lane/clusterLane';
import { CLUSTER_ENGINES } from './lane/laneClusters';
import { LaneApiError } from './lane/laneApi';
import type { LaneNamespace } from './lane/laneNamespace';
import { namespaceHolders } from './lane/namespaceHolders';
import { startCluster } from './lane/startCluster';
import { untilObject } from './lane/untilObject';
import type { UserName } from './lane/users';
import { ahead } from './support/ahead';
import { sharedCluster } from './support/sharedCluster';

const BACKUPS = 'apis/dataprotection.kubeblocks.io/v1alpha1';

describe('the cluster lane', () => {
  let lane: ClusterLane;
  before(async () => (lane = await sharedCluster()));

  it('forgets namespaces, also those with backups, and decisions on reset', async () => {
    const own = await lane.namespace();
    await lane.create(aBackup(own.name, 'copied'), aBackup(own.name, 'retained', { deletionPolicy: 'Retain' }));
    for (const name of ['copied', 'retained']) await own.until<Phased>('backups', name, 'Completed', ({ status }) => status?.phase === 'Completed');
    lane.failJob({ name: /./ }, 'never');
    await lane.reset();
    await assert.rejects(lane.api.get(`/api/v1/namespaces/${own.name}`), (error) => error instanceof LaneApiError && error.status === 404);
    const next = await lane.namespace();
    await lane.create(aBackup(next.name, 'after-reset'));
    await next.until<Phased>('backups', 'after-reset', 'Completed', ({ status }) => status?.phase === 'Completed');
  });

  it('says what holds a namespace that was deleted before its backups', async () => {
    const own = await lane.namespace();
    const { name } = own;
    await lane.create(aBackup(name, 'left'));
    await own.until<Phased>('backups', 'left', 'Completed', ({ status }) => status?.phase === 'Completed');
    const path = `/api/v1/namespaces/${name}`;
    await lane.api.delete(path);
    await untilObject(lane.api, path, 'held', (namespace) => JSON.stringify(namespace?.['status'] ?? {}).includes('has finalizers remaining'));
    const told = await namespaceHolders(lane.api, name);
    assert.match(told, /^Some content in the namespace has finalizers remaining: .*dataprotection\.kubeblocks\.io\/finalizer in \d/m);
    assert.match(told, /^backups left: deleted 20\S+Z, finalizers dataprotection\.kubeblocks\.io\/finalizer$/m);
    await lane.api.patch(`/${BACKUPS}/namespaces/${name}/backups/left`, { metadata: { finalizers: null } });
    await untilObject(lane.api, path, 'gone', (namespace) => namespace === undefined);
  });

  it('is the Kubernetes and the KubeBlocks that are pinned', async () => {
    const version = await lane.api.get<{ gitVersion: string }>('/version');
    assert.equal(version.gitVersion, 'v1.34.4');
    const crd = await lane.api.get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/backups.dataprotection.kubeblocks.io');
    assert.equal(crd.metadata.annotations?.['controller-gen.kubebuilder.io/version'], 'v0.14.0');
  });

  describe('as the playground defines it, with a policy made by KubeBlocks,', () => {
    let running: (engine: string) => Promise<LaneNamespace>;
    before(() => (running = ahead(new Map(CLUSTER_ENGINES.map((engine) => [engine, () => lane.namespace({ engine })])), CLUSTER_ENGINES.length)));

    for (const engine of CLUSTER_ENGINES) {
      it(`runs ${engine}`, async () => {
        const space = await running(engine);
        const policy = await space.get<{ status?: { phase?: string } }>('backuppolicies', space.policy);
        assert.equal(policy.status?.phase, 'Available');
      });

      it(`serves ${engine} where the definitions say, with its accounts in the Secrets that are named`, async () => {
        const { name, cluster } = await running(engine);
        const [own, definitions, services, secrets] = await Promise.all([
          lane.api.get<Cluster>(`/apis/apps.kubeblocks.io/v1/namespaces/${name}/clusters/${cluster}`),
          lane.api.list('/apis/apps.kubeblocks.io/v1/componentdefinitions'),
          lane.api.list(`/api/v1/namespaces/${name}/services?labelSelector=${LABELS.instance}%3D${cluster}`),
          lane.api.list(`/api/v1/namespaces/${name}/secrets?labelSelector=apps.kubeblocks.io%2Fsystem-account`),
        ]);
        const { accounts, endpoints } = clusterReach(own, undefined, definitions);
        const addresses = (list: typeof endpoints): readonly string[] => list.map(({ address }) => address).sort();
        assert.deepEqual(addresses(endpoints), addresses(clusterReach(own, services, []).endpoints));
        assert.ok(endpoints.length > 0);
        assert.deepEqual(accounts.map(({ secret }) => secret).sort(), secrets.map(({ metadata }) => metadata.name).sort());
      });
    }
  });

  it('lets each user do what was promised and no more', async () => {
    const { name } = await lane.namespace({ engine: false, admitDeveloper: true });
    const other = await lane.namespace({ engine: false });
    const rights = await Promise.all(
      (['administrator', 'viewer', 'developer', 'nobody'] as const).map(async (user) => ({
        user,
        lists: await may(lane, user, `/${BACKUPS}/backups`),
        listsAdmitted: await may(lane, user, `/${BACKUPS}/namespaces/${name}/backups`),
        listsOther: await may(lane, user, `/${BACKUPS}/namespaces/${other.name}/backups`),
        readsSecrets: await may(lane, user, `/api/v1/namespaces/${name}/secrets`),
      })),
    );
    assert.deepEqual(rights, [
      { user: 'administrator', lists: true, listsAdmitted: true, listsOther: true, readsSecrets: true },
      { user: 'viewer', lists: true, listsAdmitted: true, listsOther: true, readsSecrets: false },
      { user: 'developer', lists: false, listsAdmitted: true, listsOther: false, readsSecrets: false },
      { user: 'nobody', lists: false, listsAdmitted: false, listsOther: false, readsSecrets: false },
    ]);
  });

  it('refuses a request without a token', async () => {
    const response = await requestStatus(lane, '/api');
    assert.equal(response, 403);
  });
});

describe('a bare server of the cluster lane', () => {
  let lane: ClusterLane;
  beforeEach(async () => (lane = await startCluster({ content: 'server' })));
  afterEach(async () => lane.stop());

  it('comes back on the same port, with its objects, after a crash', async () => {
    const { name } = await lane.namespace({ engine: false });
    await lane.restartApiServer(async () => {
      await assert.rejects(lane.api.get('/api'), /ECONNREFUSED|ECONNRESET|socket hang up/);
    });
    assert.equal((await lane.api.get(`/api/v1/namespaces/${name}`)).metadata.name, name);
  });

  it('answers 410 to a continued list whose version was compacted away', async () => {
    for (let index = 0; index < 3; index += 1) await lane.namespace({ engine: false });
    const page = await lane.api.get<{ metadata: { continue: string } }>('/api/v1/namespaces?limit=2');
    await lane.namespace({ engine: false });
    await lane.compactEtcd();
    const next = lane.api.get(`/api/v1/namespaces?limit=2&continue=${encodeURIComponent(page.metadata.continue)}`);
    await assert.rejects(next, (error) => error instanceof LaneApiError && error.status === 410 && error.reason === 'Expired');
  });

  it('ends a watch from a version that was compacted away with 410', async () => {
    const { metadata } = await lane.api.get<{ metadata: { resourceVersion: string } }>('/api/v1/namespaces');
    await lane.namespace({ engine: false });
    await lane.compactEtcd();
    const watched = await lane.api.text(`/api/v1/namespaces?watch=1&resourceVersion=${metadata.resourceVersion}`);
    const { type, object } = JSON.parse(watched) as { type: string; object: { code: number; reason: string } };
    assert.deepEqual([type, object.code, object.reason], ['ERROR', 410, 'Expired']);
  });

  it('begins again with other objects when its data is wiped', async () => {
    const { name } = await lane.namespace({ engine: false });
    const before = await lane.api.get('/api/v1/namespaces/default');
    await lane.wipeEtcd();
    const now = await lane.api.get('/api/v1/namespaces/default');
    assert.notEqual(now.metadata.uid, before.metadata.uid);
    await assert.rejects(lane.api.get(`/api/v1/namespaces/${name}`), (error) => error instanceof LaneApiError && error.status === 404);
  });

  it('leaves no process and no file behind when it is stopped', async () => {
    const { pids, kubeconfig } = lane;
    assert.ok(pids.length >= 4 && pids.every(isAlive));
    await lane.stop();
    assert.deepEqual(pids.filter(isAlive), []);
    assert.equal(existsSync(dirname(kubeconfig)), false);
  });

  it('runs beside another one that sees nothing of it', async () => {
    const other = await startCluster({ content: 'server' });
    try {
      const { name } = await lane.namespace({ name: 'only-here', engine: false });
      await assert.rejects(other.api.get(`/api/v1/namespaces/${name}`), (error) => error instanceof LaneApiError && error.status === 404);
    } finally {
      await other.stop();
    }
  });
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
  it(`a cluster ends with its process after ${signal}`, async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'support', 'startAndWait.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const { pids, folder } = await new Promise<{ pids: number[]; folder: string }>((resolve, reject) => {
      child.stdout.once('data', (line: Buffer) => resolve(JSON.parse(line.toString()) as { pids: number[]; folder: string }));
      child.once('exit', (code) => reject(new Error(`it ended with ${String(code)}`)));
    });
    assert.ok(pids.every(isAlive));
    child.kill(signal);
    await until(() => !existsSync(folder) && !pids.some(isAlive));
  });
}

it('a program ends with its keeper, though nobody is left to end it', async function () {
  if (process.platform !== 'linux' || spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status !== 0) {
    process.stdout.write('  not run: it needs setpriv of util-linux\n');
    this.skip();
  }
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'support', 'keepSleeping.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { program, keeper, folder } = JSON.parse(line.toString()) as { program: number; keeper: number; folder: string };
  assert.ok(isAlive(program));
  // Stopped, it cannot see its keeper die and end the rest.
  child.kill('SIGSTOP');
  process.kill(keeper, 'SIGKILL');
  child.kill('SIGKILL');
  await until(() => !isRunning(program));
  rmSync(dirname(folder), { recursive: true, force: true });
});

interface Phased {
  readonly status?: { readonly phase?: string };
}

function aBackup(namespace: string, name: string, spec: object = {}): AnyObject {
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Backup',
    metadata: { name, namespace },
    spec: { backupPolicyName: 'db-postgresql-backup-policy', backupMethod: 'pg-basebackup', ...spec },
  };
}

async function may(lane: ClusterLane, user: UserName, path: string): Promise<boolean> {
  try {
    await lane.apiFor(user).get(path);
    return true;
  } catch (error) {
    if (error instanceof LaneApiError && error.status === 403) return false;
    throw error;
  }
}

async function requestStatus(lane: ClusterLane, path: string): Promise<number> {
  const { request } = await import('node:https');
  return new Promise((resolve, reject) => {
    const sent = request(`${lane.server}${path}`, { ca: lane.authority }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end();
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Not even waiting to be buried: an orphan is left to process 1. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The other process is no child of this one: there is nothing to wait on. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
