import { request } from 'node:http';
import { rmSync } from 'node:fs';
import type { LaneApi } from './laneApi';
import type { LaneFolder } from './laneFolder';
import { apiServer, etcd, type LanePorts } from './launches';
import type { Launch, ProgramEnded, Programs } from './programs';

/** How often (ms) a starting server is asked whether it is ready; there is nothing to watch yet. */
const PROBE = 50;
const READY_WITHIN = 120_000;

/** etcd and the API server over it. */
export class ControlPlane {
  constructor(
    private readonly parts: {
      readonly bin: string;
      readonly folder: LaneFolder;
      readonly ports: LanePorts;
      readonly programs: Programs;
      readonly api: LaneApi;
      /** The server's, where it is another than that of a cluster without kubelets. */
      readonly server?: Launch;
    },
  ) {}

  async start(): Promise<void> {
    const { bin, folder, ports, programs } = this.parts;
    programs.start(etcd(bin, folder, ports));
    await this.startApiServer();
  }

  async startApiServer(): Promise<void> {
    const { bin, folder, ports, programs, server: launch = apiServer(bin, folder, ports) } = this.parts;
    programs.start(launch);
    await this.untilReady(['etcd', launch.name]);
  }

  killApiServer(): Promise<void> {
    return this.parts.programs.kill('kube-apiserver');
  }

  /** Ends both, forgets every object, and starts both anew: resource versions begin again. */
  async wipe(): Promise<void> {
    await this.killApiServer();
    await this.parts.programs.kill('etcd');
    rmSync(this.parts.folder.etcdData, { recursive: true });
    await this.start();
  }

  /** Forgets every version but the newest of every object. Gives etcd's revision of that moment. */
  async compact(): Promise<string> {
    const range = await this.askEtcd<{ header: { revision: string } }>('/v3/kv/range', { key: Buffer.from('/').toString('base64') });
    const { revision } = range.header;
    await this.askEtcd('/v3/kv/compaction', { revision, physical: true });
    return revision;
  }

  private async untilReady(names: readonly string[]): Promise<void> {
    const deadline = Date.now() + READY_WITHIN;
    const failure = Promise.race(names.map((name) => this.parts.programs.untilItFails(name)));
    const ended = failure.catch((error: unknown) => error as ProgramEnded);
    for (;;) {
      const outcome = await Promise.race([this.isReady(), ended]);
      if (outcome === true) return;
      if (outcome instanceof Error) throw outcome;
      if (Date.now() > deadline) throw new Error(`kube-apiserver was not ready within ${READY_WITHIN / 1000} s`);
      await new Promise((resolve) => setTimeout(resolve, PROBE));
    }
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await this.parts.api.text('/readyz')) === 'ok';
    } catch {
      return false;
    }
  }

  private askEtcd<T>(path: string, body: object): Promise<T> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.parts.ports.etcd, path, method: 'POST' }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(JSON.parse(text) as T);
          else reject(new Error(`etcd ${path}: ${text}`));
        });
      });
      sent.once('error', reject);
      sent.end(JSON.stringify(body));
    });
  }
}
