import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyObject } from '../../../src/kubeblocks/objects';
import { startStandIns, type StandIns } from '../standins/startStandIns';
import type { ClusterLane } from './clusterLane';
import { ControlPlane } from './controlPlane';
import { freePorts } from './freePorts';
import { install, installCrds, laneManifest, engineManifests, storageProviders } from './install';
import { kubeconfigText } from './kubeconfigText';
import { LaneApi } from './laneApi';
import { authorityOf, makeLaneFolder, writeAccess, type LaneFolder } from './laneFolder';
import { makeNamespace, type LaneNamespace, type NamespaceOptions } from './laneNamespace';
import { controllerManager, kubeBlocks, kwok, scheduler, type LanePorts } from './launches';
import { ProgramEnded, Programs } from './programs';
import { removeNamespace } from './removeNamespace';
import { ResourcePaths } from './resourcePaths';
import { untilInstalled } from './untilInstalled';
import { makeTokens, type Tokens, type UserName } from './users';

export interface StartOptions {
  /**
   * How much is there: `server`: a bare Kubernetes; `crds`: with KubeBlocks' kinds and none of its controllers;
   * `kubeblocks`: also KubeBlocks, two repositories Ready and the engines. `kubeblocks` when absent.
   */
  readonly content?: 'server' | 'crds' | 'kubeblocks';
  /** Told what is being done, with how long (ms) after the start. */
  readonly onStep?: (step: string, after: number) => void;
}

/** How often another set of ports is tried when one was taken between looking and listening. */
const ATTEMPTS = 3;

/** Starts a cluster of its own. Programs that are missing are built first, which takes minutes. */
export async function startCluster(options: StartOptions = {}): Promise<ClusterLane> {
  const { ensureClusterPrograms } = await import('../../../scripts/setup/clusterPrograms.mjs');
  const built = await ensureClusterPrograms();
  for (let attempt = 1; ; attempt += 1) {
    const lane = new RunningLane(built, await freePorts(4), options);
    try {
      await lane.start();
      return lane;
    } catch (error) {
      await lane.stop();
      if (attempt === ATTEMPTS || !(error instanceof ProgramEnded && error.log.includes('address already in use'))) throw error;
    }
  }
}

interface Built {
  readonly bin: string;
  readonly crds: string;
  readonly stages: string;
}

class RunningLane implements ClusterLane {
  readonly problems: Error[] = [];
  readonly tokens: Tokens = makeTokens();
  readonly server: string;
  readonly authority: string;
  readonly api: LaneApi;
  private readonly folder: LaneFolder;
  private readonly programs: Programs;
  private readonly ports: LanePorts;
  private readonly controlPlane: ControlPlane;
  private readonly paths: ResourcePaths;
  private readonly apis = new Map<UserName, LaneApi>();
  private readonly namespaces = new Set<string>();
  private standIns: StandIns | undefined;
  private made = 0;

  constructor(
    private readonly built: Built,
    [etcd = 0, etcdPeer = 0, api = 0, kubelet = 0]: readonly number[],
    private readonly options: StartOptions,
  ) {
    this.ports = { etcd, etcdPeer, api, kubelet };
    this.server = `https://127.0.0.1:${api}`;
    this.folder = makeLaneFolder(built);
    this.programs = new Programs(this.folder.path, (death) => this.problems.push(death));
    writeAccess(this.folder, api, this.tokens);
    this.authority = authorityOf(this.folder);
    this.api = this.apiFor('administrator');
    this.paths = new ResourcePaths(this.api);
    this.controlPlane = new ControlPlane({ bin: built.bin, folder: this.folder, ports: this.ports, programs: this.programs, api: this.api });
  }

  async start(): Promise<void> {
    const started = performance.now();
    const step = (name: string): void => this.options.onStep?.(name, performance.now() - started);
    await this.controlPlane.start();
    step('API server ready');
    await this.fill(step);
  }

  get kubeconfig(): string {
    return this.folder.kubeconfig;
  }

  get clientCertificate(): ClusterLane['clientCertificate'] {
    const read = (kind: string): string => readFileSync(join(this.folder.certificates, `administrator.${kind}`), 'utf8');
    return { certificate: read('crt'), key: read('key') };
  }

  get pids(): readonly number[] {
    return this.programs.pidsOfAll;
  }

  kubeconfigFor(user: UserName, namespace?: string): string {
    const { server, authority, tokens } = this;
    return kubeconfigText({ server, authority, tokens, current: user, ...(namespace !== undefined && { namespace }) });
  }

  apiFor(user: UserName): LaneApi {
    const api = this.apis.get(user) ?? new LaneApi({ port: this.ports.api, authority: this.authority }, this.tokens[user]);
    this.apis.set(user, api);
    return api;
  }

  async namespace({ name = `test-${(this.made += 1)}`, ...options }: NamespaceOptions = {}): Promise<LaneNamespace> {
    this.namespaces.add(name);
    return makeNamespace(this, name, options);
  }

  create(...objects: readonly AnyObject[]): Promise<void> {
    return install(this.api, this.paths, objects);
  }

  failJob(...[match, log]: Parameters<ClusterLane['failJob']>): () => void {
    return this.running().jobs.decide(match, { does: 'fail', log });
  }

  hangJob(...[match, log]: Parameters<ClusterLane['hangJob']>): () => void {
    return this.running().jobs.decide(match, { does: 'hang', ...(log !== undefined && { log }) });
  }

  failSnapshot(...[match, message]: Parameters<ClusterLane['failSnapshot']>): () => void {
    return this.running().failSnapshot(match, message);
  }

  async reset(): Promise<void> {
    this.standIns?.forgetDecisions();
    const names = [...this.namespaces];
    this.namespaces.clear();
    await Promise.all(names.map((name) => removeNamespace(this.api, name)));
  }

  async restartApiServer(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.controlPlane.killApiServer();
    await meanwhile();
    await this.controlPlane.startApiServer();
    await this.restartClients();
  }

  /** The API server keeps old versions in a cache of its own, too, which only its end clears. */
  async compactEtcd(): Promise<void> {
    await this.controlPlane.compact();
    await this.restartApiServer();
  }

  async wipeEtcd(): Promise<void> {
    this.namespaces.clear();
    this.standIns?.stop();
    this.standIns = undefined;
    await Promise.all(this.clients().map(({ name }) => this.programs.kill(name)));
    await this.controlPlane.wipe();
    await this.fill(() => undefined);
  }

  async stop(): Promise<void> {
    this.standIns?.stop();
    for (const api of this.apis.values()) api.close();
    await this.programs.end();
  }

  /** Everything above an empty API server. */
  private async fill(step: (name: string) => void): Promise<void> {
    const [manager, planner, nodes, ...kubeBlocksPrograms] = this.clients();
    if (manager) this.programs.start(manager);
    if (planner) this.programs.start(planner);
    await this.create(...laneManifest('users'));
    if (this.options.content === 'server') return;
    await installCrds(this.api, this.built.crds);
    step('CRDs served');
    if (this.options.content === 'crds') return;
    if (nodes) this.programs.start(nodes);
    await this.create(...laneManifest('cluster'), ...laneManifest('kubeblocks'));
    this.standIns = startStandIns({ api: this.api, onProblem: (problem) => this.problems.push(problem) }, this.folder.podLogs);
    for (const program of kubeBlocksPrograms) this.programs.start(program);
    const contents = [...storageProviders(), ...laneManifest('repositories'), ...engineManifests()];
    await this.create(...contents);
    step('engines and repositories created');
    await untilInstalled(this.api, this.paths, contents);
    step('engines Available, repositories Ready');
  }

  /** Every program that talks to the API server, in the order they start. */
  private clients(): readonly ReturnType<typeof kwok>[] {
    const { bin } = this.built;
    const plain = [controllerManager(bin, this.folder), scheduler(bin, this.folder)];
    if (this.options.content === 'server' || this.options.content === 'crds') return plain;
    return [...plain, kwok(bin, this.folder, this.ports), kubeBlocks('dataprotection', bin, this.folder), kubeBlocks('manager', bin, this.folder)];
  }

  /** By themselves they would come back after up to a minute, which is their back-off. */
  private async restartClients(): Promise<void> {
    await Promise.all(
      this.clients().map(async (launch) => {
        await this.programs.kill(launch.name);
        this.programs.start(launch);
      }),
    );
  }

  private running(): StandIns {
    if (this.standIns === undefined) throw new Error('a bare server has no jobs');
    return this.standIns;
  }
}
