import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ControlPlane } from '../../cluster/lane/controlPlane';
import { installCrds, laneManifest } from '../../cluster/lane/install';
import { authorityOf } from '../../cluster/lane/laneFolder';
import { apiServer, controllerManager, kubeBlocks, scheduler, type LanePorts } from '../../cluster/lane/launches';
import { Programs, type Launch } from '../../cluster/lane/programs';
import { makeTokens } from '../../cluster/lane/users';
import { API_PORT, NODE_ADDRESS } from './addresses';
import { forwardToSocket, type Forward } from './forward';
import { nodeManifests } from './manifests';
import { makeNodeFolder, writeConfigurations, type NodeFolder } from './nodeFolder';
import type { NodeLane, NodeProgram } from './nodeLane';
import { containerd, coreDns, csiDriver, csiSidecars, kubelet, kubeProxy, objectStore, relay, type NodeBuilt } from './nodeLaunches';
import { objectStoreOf } from './objectStore';
import { ReachableNode, type NodeHandle } from './reachableNode';

export interface NodeStartOptions {
  /** How much is there: `pods`: a bare Kubernetes with a node; `kubeblocks`: also storage, KubeBlocks and two repositories. `kubeblocks` when absent. */
  readonly content?: 'pods' | 'kubeblocks';
  /** Told what is being done, with how long (ms) after the start. */
  readonly onStep?: (step: string, after: number) => void;
}

const PORTS: LanePorts = { etcd: 2379, etcdPeer: 2380, api: API_PORT, kubelet: 0 };
/** For Go programs: a seventh of their work is collecting garbage otherwise. Below a gibibyte each, memory is what this has. */
const LAZY_COLLECTOR = { GOGC: '400', GOMEMLIMIT: '1GiB' };
const REGISTRY = 'node-lane.invalid';

/** Starts a node of its own. Parts that are missing are made first, which takes many minutes. */
export async function startNode(options: NodeStartOptions = {}): Promise<NodeLane> {
  const { controlGroups, ensureNodeLane, groupOf } = await import('../../../scripts/setup/nodeLane.mjs');
  const parts = await ensureNodeLane();
  const folder = makeNodeFolder(parts.runs, { kubernetes: join(parts.clusterBin, 'kubernetes'), images: parts.images });
  const built = { clusterBin: parts.clusterBin, bin: parts.bin, tree: { path: parts.tree } };
  const group = groupOf(folder.path);
  writeFileSync(join(folder.path, 'control-groups'), controlGroups());
  const tokens = makeTokens();
  const secret = (): string => randomBytes(16).toString('hex');
  const objectStore = objectStoreOf({ accessKeyId: secret(), secretAccessKey: secret() });
  writeConfigurations(folder, built.tree, group, tokens, objectStore);
  const problems: Error[] = [];
  let fail: (death: Error) => void = () => undefined;
  const anyDeath = new Promise<never>((_, reject) => (fail = reject));
  anyDeath.catch(() => undefined);
  const onDeath = (death: Error): void => {
    problems.push(death);
    fail(death);
  };
  const guard = { program: '/bin/sh', args: [join(__dirname, 'guard.sh'), folder.path, group] };
  const programs = new Programs(folder.path, onDeath, guard, LAZY_COLLECTOR);
  const forward = await forwardToSocket(folder.apiSocket);
  const traces = { folder: folder.path, group, guard: programs.keeperPid ?? 0 };
  const handle = { port: forward.port, authority: authorityOf(folder), tokens, objectStore, traces, bin: built.bin };
  const lane = new RunningNode(handle, { built, crds: parts.crds, folder, forward, programs, problems });
  try {
    // What a program that ended would have done is not waited for.
    await Promise.race([lane.start(options), anyDeath]);
    return lane;
  } catch (error) {
    await lane.stop();
    throw error;
  }
}

interface Running {
  readonly built: NodeBuilt;
  readonly crds: string;
  readonly folder: NodeFolder;
  readonly forward: Forward;
  readonly programs: Programs;
  readonly problems: readonly Error[];
}

class RunningNode extends ReachableNode implements NodeLane {
  readonly handleFile: string;
  private readonly controlPlane: ControlPlane;

  constructor(
    handle: NodeHandle,
    private readonly running: Running,
  ) {
    super(handle);
    const { built: { clusterBin: bin }, folder, programs } = running;
    writeFileSync(this.kubeconfig, this.kubeconfigFor('administrator'), { mode: 0o600 });
    this.handleFile = join(folder.path, 'handle.json');
    writeFileSync(this.handleFile, JSON.stringify(handle), { mode: 0o600 });
    this.controlPlane = new ControlPlane({ bin, folder, ports: PORTS, programs, api: this.api, server: apiServer(bin, folder, PORTS, NODE_ADDRESS) });
  }

  get problems(): readonly Error[] {
    return this.running.problems;
  }

  async start({ content = 'kubeblocks', onStep }: NodeStartOptions): Promise<void> {
    const { built, crds, folder, programs } = this.running;
    const started = performance.now();
    const step = (name: string): void => onStep?.(name, performance.now() - started);
    programs.start(relay(folder));
    for (const launch of [containerd(built, folder), objectStore(built, folder)]) programs.start(launch);
    await this.controlPlane.start();
    step('API server ready');
    for (const launch of this.clients()) programs.start(launch);
    await Promise.all([content === 'pods' ? undefined : installCrds(this.api, crds), this.untilNodeReady(true)]);
    step('node Ready, CRDs served');
    if (content === 'pods') return;
    await this.create(...laneManifest('users'), ...laneManifest('kubeblocks'), ...nodeManifests('storage'));
    for (const launch of this.laterClients()) programs.start(launch);
    await this.install(...nodeManifests('repositories', this.objectStore));
    step('repositories Ready');
  }

  kill(program: NodeProgram): Promise<void> {
    return this.running.programs.kill(program);
  }

  restart(program: NodeProgram): void {
    const { built, folder, programs } = this.running;
    const launch = [containerd(built, folder), objectStore(built, folder), ...this.clients(), ...this.laterClients()].find(({ name }) => name === program);
    if (launch === undefined) throw new Error(`the lane has no program ${program}`);
    programs.start(launch);
  }

  logOf(program: string): string {
    return readFileSync(this.running.programs.logFile(program), 'utf8');
  }

  async stop(): Promise<void> {
    this.close();
    await this.running.programs.end();
    await this.running.forward.close();
  }

  private clients(): readonly Launch[] {
    const { built, folder } = this.running;
    const { clusterBin: bin } = built;
    return [controllerManager(bin, folder, true), scheduler(bin, folder), kubelet(built, folder), kubeProxy(built, folder), coreDns(built, folder), csiDriver(built, folder)];
  }

  /** Those that need the CRDs. */
  private laterClients(): readonly Launch[] {
    const { built, folder } = this.running;
    const env = { KUBEBLOCKS_TOOLS_IMAGE: `${REGISTRY}/kubeblocks-tools:1.0.2`, DATASAFED_IMAGE: `${REGISTRY}/datasafed:0.2.3`, DP_ENCRYPTION_KEY: 'node-lane' };
    return [...csiSidecars(built, folder), kubeBlocks('dataprotection', built.clusterBin, folder, env), kubeBlocks('manager', built.clusterBin, folder, env)];
  }
}
