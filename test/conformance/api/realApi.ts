import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from './client';

export interface RealApi {
  /** For a client of another process. */
  readonly about: { readonly address: string; readonly ca: string };
  readonly client: Client;
  close(): Promise<void>;
}

/** The program of the cluster lane (etcd and the Kubernetes servers as subcommands), or where KUBERNETES_PROGRAM says. */
export function kubernetesProgram(root: string): string | undefined {
  const path = process.env.KUBERNETES_PROGRAM ?? join(root, '.tools', 'cluster', 'bin', 'kubernetes');
  return existsSync(path) ? path : undefined;
}

/** A real etcd, API server and controller manager of their own, in a folder that goes with them. */
export async function startRealApi(program: string): Promise<RealApi> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-api-'));
  const children: ChildProcess[] = [];
  const run = (name: string, ...args: readonly string[]): void => {
    children.push(spawn(program, [name, ...args], { cwd: folder, stdio: 'ignore' }));
  };
  const close = async (): Promise<void> => {
    await Promise.all(children.map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const made = spawnSync(program, ['certificates', folder], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`certificates: ${made.stderr}`);
    writeFileSync(join(folder, 'tokens.csv'), 'admin-token,admin,admin,"system:masters"\n');
    const [etcd = 0, peer = 0, port = 0, manager = 0] = await freePorts(4);
    run('etcd', '--data-dir=data', `--listen-client-urls=http://127.0.0.1:${etcd}`, `--advertise-client-urls=http://127.0.0.1:${etcd}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`, `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
      `--initial-cluster=default=http://127.0.0.1:${peer}`, '--unsafe-no-fsync');
    run('kube-apiserver', `--etcd-servers=http://127.0.0.1:${etcd}`, '--bind-address=127.0.0.1', `--secure-port=${port}`, '--advertise-address=10.255.255.1',
      '--endpoint-reconciler-type=none', '--tls-cert-file=server.crt', '--tls-private-key-file=server.key', '--token-auth-file=tokens.csv',
      '--authorization-mode=RBAC', '--service-account-issuer=https://kubernetes.default.svc', '--service-account-key-file=service-accounts.key',
      '--service-account-signing-key-file=service-accounts.key', '--service-cluster-ip-range=10.96.0.0/16', '--profiling=false');
    const address = `https://127.0.0.1:${port}`;
    const client = createClient(address, 'admin-token', readFileSync(join(folder, 'ca.crt'), 'utf8'));
    await untilReady(client);
    const kubeconfig = {
      apiVersion: 'v1', kind: 'Config', 'current-context': 'c',
      clusters: [{ name: 'c', cluster: { server: address, 'certificate-authority': join(folder, 'ca.crt') } }],
      users: [{ name: 'c', user: { token: 'admin-token' } }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
    };
    writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(kubeconfig));
    run('kube-controller-manager', '--kubeconfig=kubeconfig', '--bind-address=127.0.0.1', `--secure-port=${manager}`, '--leader-elect=false',
      '--service-account-private-key-file=service-accounts.key', '--controllers=namespace-controller,garbage-collector-controller');
    return { client, close, about: { address, ca: readFileSync(join(folder, 'ca.crt'), 'utf8') } };
  } catch (error) {
    await close();
    throw error;
  }
}

async function untilReady(client: Client): Promise<void> {
  for (let left = 240; ; left -= 1) {
    try {
      if ((await client.call('GET', '/readyz')).status === 200) return;
    } catch (error) {
      if (left === 0) throw error;
    }
    if (left === 0) throw new Error('the API server did not become ready');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    })),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
