import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyObject, Condition } from '../../../src/kubeblocks/objects';
import { ControlPlane } from '../../cluster/lane/controlPlane';
import { install, installCrds, laneManifest } from '../../cluster/lane/install';
import { kubeconfigText } from '../../cluster/lane/kubeconfigText';
import { LaneApi } from '../../cluster/lane/laneApi';
import { authorityOf } from '../../cluster/lane/laneFolder';
import { apiServer, controllerManager, kubeBlocks, scheduler, type LanePorts } from '../../cluster/lane/launches';
import { Programs, type Launch } from '../../cluster/lane/programs';
import { ResourcePaths } from '../../cluster/lane/resourcePaths';
import { untilInstalled } from '../../cluster/lane/untilInstalled';
import { untilObject } from '../../cluster/lane/untilObject';
import { makeTokens, type Tokens, type UserName } from '../../cluster/lane/users';
import { API_PORT, NODE_ADDRESS, NODE_NAME } from './addresses';
import { forwardToSocket, type Forward } from './forward';
import { nodeManifests } from './manifests';
import { makeNodeFolder, writeConfigurations, type NodeFolder } from './nodeFolder';
import type { NodeLane, NodeProgram } from './nodeLane';
import { containerd, coreDns, csiDriver, csiSidecars, kubelet, kubeProxy, objectStore, relay, type NodeBuilt } from './nodeLaunches';
import { outputOf } from './outputOf';
import { objectStoreOf, type ObjectStore } from './objectStore';

export interface NodeStartOptions {
  /** How much is there: `pods`: a bare Kubernetes with a node; `kubeblocks`: also storage, KubeBlocks and two repositories. `kubeblocks` when absent. */
  readonly content?: 'pods' | 'kubeblocks';
  /** Told what is being done, with how long (ms) after the start. */
  readonly onStep?: (step: string, after: number) => void;
}

const PORTS: LanePorts = { etcd: 2379, etcdPeer: 2380, api: API_PORT, kubelet: 0 };
/** How long (ms) a step of the start may take on a busy machine. */
const PATIENCE = 300_000;
const REGISTRY = 'node-lane.invalid';

/** Starts a node of its own. Parts that are missing are made first, which takes many minutes. */
export async function startNode(options: NodeStartOptions = {}): Promise<NodeLane> {
  const { ensureNodeLane, groupOf } = await import('../../../scripts/setup/nodeLane.mjs');
  const parts = await ensureNodeLane();
  const folder = makeNodeFolder(parts.runs, { kubernetes: join(parts.clusterBin, 'kubernetes'), images: parts.images });
  const built = { clusterBin: parts.clusterBin, bin: parts.bin, tree: { path: parts.tree } };
  const lane = new RunningNode(built, parts.crds, folder, groupOf(folder.path), await forwardToSocket(folder.apiSocket));
  try {
    await lane.start(options);
    return lane;
  } catch (error) {
    await lane.stop();
    throw error;
  }
}

class RunningNode implements NodeLane {
  readonly problems: Error[] = [];
  readonly server: string;
  readonly kubeconfig: string;
  readonly api: LaneApi;
  readonly objectStore: ObjectStore;
  private readonly tokens: Tokens = makeTokens();
  private readonly authority: string;
  private readonly apis = new Map<UserName, LaneApi>();
  private readonly programs: Programs;
  private readonly controlPlane: ControlPlane;
  private readonly paths: ResourcePaths;
  private made = 0;

  constructor(
    private readonly built: NodeBuilt,
    private readonly crds: string,
    private readonly folder: NodeFolder,
    private readonly group: string,
    private readonly forward: Forward,
  ) {
    const secret = (): string => randomBytes(16).toString('hex');
    this.objectStore = objectStoreOf({ accessKeyId: secret(), secretAccessKey: secret() });
    writeConfigurations(folder, built.tree, group, this.tokens, this.objectStore);
    this.authority = authorityOf(folder);
    this.server = `https://127.0.0.1:${forward.port}`;
    this.kubeconfig = join(folder.path, 'outside.kubeconfig');
    writeFileSync(this.kubeconfig, this.kubeconfigFor('administrator'), { mode: 0o600 });
    this.api = this.apiFor('administrator');
    this.paths = new ResourcePaths(this.api);
    const guard = { program: '/bin/sh', args: [join(__dirname, 'guard.sh'), folder.path, group] };
    this.programs = new Programs(folder.path, (death) => this.problems.push(death), guard);
    const { clusterBin: bin } = built;
    this.controlPlane = new ControlPlane({ bin, folder, ports: PORTS, programs: this.programs, api: this.api, server: apiServer(bin, folder, PORTS, NODE_ADDRESS) });
  }

  async start({ content = 'kubeblocks', onStep }: NodeStartOptions): Promise<void> {
    const started = performance.now();
    const step = (name: string): void => onStep?.(name, performance.now() - started);
    this.programs.start(relay(this.folder));
    for (const launch of [containerd(this.built, this.folder), objectStore(this.built, this.folder)]) this.programs.start(launch);
    await this.controlPlane.start();
    step('API server ready');
    for (const launch of this.clients()) this.programs.start(launch);
    await Promise.all([content === 'pods' ? undefined : installCrds(this.api, this.crds), this.untilNodeReady(true)]);
    step('node Ready, CRDs served');
    if (content === 'pods') return;
    await this.create(...laneManifest('users'), ...laneManifest('kubeblocks'), ...nodeManifests('storage'));
    for (const launch of this.laterClients()) this.programs.start(launch);
    await this.install(...nodeManifests('repositories', this.objectStore));
    step('repositories Ready');
  }

  get traces(): NodeLane['traces'] {
    return { folder: this.folder.path, group: this.group, guard: this.programs.keeperPid ?? 0 };
  }

  kubeconfigFor(user: UserName, namespace?: string): string {
    const { server, authority, tokens } = this;
    return kubeconfigText({ server, authority, tokens, current: user, ...(namespace !== undefined && { namespace }) });
  }

  apiFor(user: UserName): LaneApi {
    const api = this.apis.get(user) ?? new LaneApi({ port: this.forward.port, authority: this.authority }, this.tokens[user]);
    this.apis.set(user, api);
    return api;
  }

  async namespace(): Promise<string> {
    const name = `test-${(this.made += 1)}`;
    await this.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    return name;
  }

  create(...objects: readonly AnyObject[]): Promise<void> {
    return install(this.api, this.paths, objects);
  }

  async install(...objects: readonly AnyObject[]): Promise<void> {
    await this.create(...objects);
    await untilInstalled(this.api, this.paths, objects);
  }

  async untilNodeReady(isReady: boolean): Promise<void> {
    await untilObject(this.api, `/api/v1/nodes/${NODE_NAME}`, isReady ? 'Ready' : 'not Ready', (node) => isNodeReady(node) === isReady, PATIENCE);
  }

  run(program: string, ...args: readonly string[]): Promise<string> {
    return outputOf('nsenter', [`--target=${this.processOne()}`, '--mount', '--net', '--pid', '--uts', program, ...args]);
  }

  kubectl(args: readonly string[], input?: string): Promise<string> {
    return outputOf(join(this.built.bin, 'kubectl'), [`--kubeconfig=${this.kubeconfig}`, ...args], input);
  }

  kill(program: NodeProgram): Promise<void> {
    return this.programs.kill(program);
  }

  restart(program: NodeProgram): void {
    const launch = [containerd(this.built, this.folder), objectStore(this.built, this.folder), ...this.clients(), ...this.laterClients()].find(({ name }) => name === program);
    if (launch === undefined) throw new Error(`the lane has no program ${program}`);
    this.programs.start(launch);
  }

  logOf(program: string): string {
    return readFileSync(this.programs.logFile(program), 'utf8');
  }

  async stop(): Promise<void> {
    for (const api of this.apis.values()) api.close();
    await this.programs.end();
    await this.forward.close();
  }

  private clients(): readonly Launch[] {
    const { built, folder } = this;
    const { clusterBin: bin } = built;
    return [controllerManager(bin, folder, true), scheduler(bin, folder), kubelet(built, folder), kubeProxy(built, folder), coreDns(built, folder), csiDriver(built, folder)];
  }

  /** Those that need the CRDs. */
  private laterClients(): readonly Launch[] {
    const { built, folder } = this;
    const env = { KUBEBLOCKS_TOOLS_IMAGE: `${REGISTRY}/kubeblocks-tools:1.0.2`, DATASAFED_IMAGE: `${REGISTRY}/datasafed:0.2.3`, DP_ENCRYPTION_KEY: 'node-lane' };
    return [...csiSidecars(built, folder), kubeBlocks('dataprotection', built.clusterBin, folder, env), kubeBlocks('manager', built.clusterBin, folder, env)];
  }

  /** Of the lane's namespaces, as this process's own numbers it: the child of the guard's `unshare`. */
  private processOne(): string {
    const childOf = (pid: number | string): string => {
      const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
      if (child === undefined || child === '') throw new Error('the lane does not run');
      return child;
    };
    return childOf(childOf(this.traces.guard));
  }
}

function isNodeReady(node: AnyObject | undefined): boolean {
  const { conditions } = (node?.['status'] ?? {}) as { conditions?: readonly Condition[] };
  return (conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
}
