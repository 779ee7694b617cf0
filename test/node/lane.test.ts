import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { AnyObject, KubeObject } from '../../src/kubeblocks/objects';
import { untilObject } from '../cluster/lane/untilObject';
import type { NodeTraces, ReachedNode } from './lane/nodeLane';
import { sharedNode } from './support/sharedNode';

const IMAGE = 'node-lane.invalid/postgresql:15';

describe('the node lane', () => {
  let lane: ReachedNode;
  let namespace: string;
  before(async () => {
    lane = await sharedNode();
    namespace = await lane.namespace();
  });

  it('is the Kubernetes that is pinned, on one node that is Ready', async () => {
    const { gitVersion } = await lane.api.get<{ gitVersion: string }>('/version');
    const nodes = await lane.api.list('/api/v1/nodes');
    const info = nodes.map(({ status }) => (status as { nodeInfo: { kubeletVersion: string; containerRuntimeVersion: string } }).nodeInfo);
    assert.deepEqual([gitVersion, ...info.map(({ kubeletVersion }) => kubeletVersion)], ['v1.34.4', 'v1.34.4']);
    assert.match(info[0]?.containerRuntimeVersion ?? '', /^containerd:\/\/1\.6\./);
    await lane.untilNodeReady(true);
  });

  it('runs a pod, whose log is read, and which finds services by their names', async () => {
    await lane.create(podOf(namespace, 'says', 'getent hosts kubernetes.default.svc.cluster.local && curl --silent --insecure https://kubernetes.default.svc/version'));
    await untilPhase(lane, namespace, 'says', 'Succeeded');
    const log = await lane.api.text(`/api/v1/namespaces/${namespace}/pods/says/log`);
    assert.match(log, /^10\.96\.0\.1 +kubernetes\.default\.svc\.cluster\.local\n/);
    assert.match(log, /"gitVersion": "v1\.34\.4"/);
  });

  it('keeps a volume when its pod goes, and its content at an instant in a snapshot', async () => {
    await lane.create(claimOf(namespace, 'kept'), podOf(namespace, 'writes', 'echo first > /data/file && sync', 'kept'));
    await untilPhase(lane, namespace, 'writes', 'Succeeded');
    await removePod(lane, namespace, 'writes');

    await lane.create(snapshotOf(namespace, 'instant', 'kept'));
    const snapshot = `/apis/snapshot.storage.k8s.io/v1/namespaces/${namespace}/volumesnapshots/instant`;
    await untilObject(lane.api, snapshot, 'ready', (each) => (each?.['status'] as { readyToUse?: boolean } | undefined)?.readyToUse === true);
    await lane.create(podOf(namespace, 'appends', 'cat /data/file && echo second >> /data/file && sync', 'kept'));
    await untilPhase(lane, namespace, 'appends', 'Succeeded');
    assert.equal(await logOf(lane, namespace, 'appends'), 'first\n');

    const source = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'instant' };
    await lane.create(claimOf(namespace, 'restored', { dataSource: source }), podOf(namespace, 'reads', 'cat /data/file; df --output=size /data | tail -n 1', 'restored'));
    await untilPhase(lane, namespace, 'reads', 'Succeeded');
    const [content, size] = (await logOf(lane, namespace, 'reads')).split('\n');
    assert.equal(content, 'first');
    assert.ok(Number(size) > 50_000 && Number(size) < 66_000, `a volume of 64 MiB has ${size ?? 'no'} KiB`);
  });

  it('gives a volume no more room than was asked for', async () => {
    await lane.create(claimOf(namespace, 'small'), podOf(namespace, 'fills', 'dd if=/dev/zero of=/data/file bs=1M count=200 2>&1; df --output=avail /data | tail -n 1', 'small'));
    await untilPhase(lane, namespace, 'fills', 'Succeeded');
    assert.match(await logOf(lane, namespace, 'fills'), /No space left on device/);
  });

  it('has a repository in the object store and one on a volume, Ready by their own check', async () => {
    const repositories = await lane.api.list('/apis/dataprotection.kubeblocks.io/v1alpha1/backuprepos');
    const told = repositories.map(({ metadata, spec, status }) => [metadata.name, (spec as { accessMethod: string }).accessMethod, (status as { phase: string }).phase]);
    assert.deepEqual(told, [
      ['object-store', 'Tool', 'Ready'],
      ['volume-store', 'Mount', 'Ready'],
    ]);
  });

  it('is reached on loopback alone, and there only at its API server', async () => {
    const outside = ['address', 'route'].map((what) => spawnSync('ip', [what], { encoding: 'utf8' }).stdout).join('');
    assert.doesNotMatch(outside, /\b10\.(?:200|210|96)\./);
    const authority = readFileSync(join(lane.traces.folder, 'certificates', 'ca.crt'), 'utf8');
    // Whatever may answer at these addresses elsewhere, it is not this server.
    for (const host of ['10.200.0.1', '10.96.0.1']) assert.equal(await greets(host, 6443, authority), false);
    const port = Number(new URL(lane.server).port);
    assert.equal(await greets('127.0.0.1', port, authority), true);
    assert.deepEqual(listenersOf(process.pid).filter((each) => each.port === port).map(({ address }) => address), ['127.0.0.1']);
    assert.match(await lane.run('ip', '-brief', 'address'), /^node0\S* +UP +10\.200\.0\.1\/24/m);
  });
});

describe('the end of a node', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    it(`ends with its process after ${signal}, and leaves nothing`, async () => {
      const { child, traces } = await startElsewhere();
      child.kill(signal);
      await until(() => !existsSync(traces.folder) && !existsSync(`/proc/${traces.guard}`));
      assert.deepEqual(leftOf(traces), []);
    });
  }

  it('leaves, where its guard is killed with its process, no process, mount or namespace, and is cleaned away by the next', async () => {
    const { child, traces } = await startElsewhere();
    // Stopped, it cannot see its guard die and end the rest.
    child.kill('SIGSTOP');
    process.kill(traces.guard, 'SIGKILL');
    child.kill('SIGKILL');
    await until(() => processesOf(traces.folder).length === 0);
    assert.equal(existsSync(traces.folder), true);
    const { cleanNodeLanes } = await import('../../scripts/setup/nodeLane.mjs');
    await cleanNodeLanes();
    assert.equal(existsSync(traces.folder), false);
    assert.deepEqual(leftOf(traces), []);
  });
});

async function startElsewhere(): Promise<{ readonly child: ReturnType<typeof spawn>; readonly traces: NodeTraces }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'support', 'startAndWait.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${String(code)}`)))])) as [Buffer];
  return { child, traces: JSON.parse(line.toString()) as NodeTraces };
}

/** What a lane may not leave: processes, mounts, loop devices, control groups. */
function leftOf({ folder, group }: NodeTraces): readonly string[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n').filter((line) => line.includes(folder));
  const loops = spawnSync('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'], { encoding: 'utf8' }).stdout.split('\n').filter((line) => line.includes(folder));
  const groups = ['/sys/fs/cgroup', ...readdirSync('/sys/fs/cgroup').map((name) => join('/sys/fs/cgroup', name))].map((each) => join(each, group)).filter(existsSync);
  return [...processesOf(folder), ...mounts, ...loops, ...groups];
}

/** Command lines that name a folder, of this process's own namespace and those below it. */
function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(folder));
}

/** Addresses of version 4 that somebody of a process's network namespace listens on. */
function listenersOf(pid: number): readonly { readonly address: string; readonly port: number }[] {
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === '0A')
    .map(([, local = '']) => {
      const [address = '', port = ''] = local.split(':');
      return { address: address.match(/../g)?.reverse().map((byte) => Number.parseInt(byte, 16)).join('.') ?? '', port: Number.parseInt(port, 16) };
    });
}

/** Whether a server that this authority vouches for is there. */
function greets(host: string, port: number, authority: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, ca: authority, servername: 'kubernetes', timeout: 3000 });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}

function podOf(namespace: string, name: string, script: string, claim?: string): AnyObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'main', image: IMAGE, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script], volumeMounts: claim === undefined ? [] : [{ name: 'data', mountPath: '/data' }] }],
      volumes: claim === undefined ? [] : [{ name: 'data', persistentVolumeClaim: { claimName: claim } }],
    },
  };
}

function claimOf(namespace: string, name: string, spec: object = {}): AnyObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '64Mi' } }, ...spec },
  };
}

function snapshotOf(namespace: string, name: string, claim: string): AnyObject {
  return { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', metadata: { name, namespace }, spec: { source: { persistentVolumeClaimName: claim } } };
}

async function untilPhase(lane: ReachedNode, namespace: string, name: string, phase: string): Promise<void> {
  await untilObject(lane.api, `/api/v1/namespaces/${namespace}/pods/${name}`, phase, (pod) => phaseOf(pod) === phase, 300_000);
}

async function removePod(lane: ReachedNode, namespace: string, name: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  await lane.api.delete(path);
  await untilObject(lane.api, path, 'gone', (pod) => pod === undefined, 300_000);
}

function logOf(lane: ReachedNode, namespace: string, name: string): Promise<string> {
  return lane.api.text(`/api/v1/namespaces/${namespace}/pods/${name}/log`);
}

function phaseOf(pod: KubeObject | undefined): string | undefined {
  return (pod as { status?: { phase?: string } } | undefined)?.status?.phase;
}

/** The other process is no child of this one: there is nothing to wait on. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}
