import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyObject, Condition } from '../../../src/kubeblocks/objects';
import { install } from '../../cluster/lane/install';
import { kubeconfigText } from '../../cluster/lane/kubeconfigText';
import { LaneApi } from '../../cluster/lane/laneApi';
import { ResourcePaths } from '../../cluster/lane/resourcePaths';
import { untilInstalled } from '../../cluster/lane/untilInstalled';
import { untilObject } from '../../cluster/lane/untilObject';
import type { Tokens, UserName } from '../../cluster/lane/users';
import { NODE_NAME } from './addresses';
import type { NodeTraces, ReachedNode } from './nodeLane';
import type { ObjectStore } from './objectStore';
import { outputOf } from './outputOf';

/** What reaches a lane from any process of this machine. It holds the lane's secrets, and is worth nothing once that has ended. */
export interface NodeHandle {
  /** Of the API server, on 127.0.0.1. */
  readonly port: number;
  /** PEM. */
  readonly authority: string;
  readonly tokens: Tokens;
  readonly objectStore: ObjectStore;
  readonly traces: NodeTraces;
  /** The folder of the lane's own programs. */
  readonly bin: string;
}

/** How long (ms) a step may take on a busy machine. */
export const PATIENCE = 300_000;

/** A lane that runs, whoever started it. */
export class ReachableNode implements ReachedNode {
  readonly server: string;
  readonly kubeconfig: string;
  readonly api: LaneApi;
  private readonly apis = new Map<UserName, LaneApi>();
  protected readonly paths: ResourcePaths;

  constructor(private readonly handle: NodeHandle) {
    this.server = `https://127.0.0.1:${handle.port}`;
    this.kubeconfig = join(handle.traces.folder, 'outside.kubeconfig');
    this.api = this.apiFor('administrator');
    this.paths = new ResourcePaths(this.api);
  }

  get objectStore(): ObjectStore {
    return this.handle.objectStore;
  }

  get traces(): NodeTraces {
    return this.handle.traces;
  }

  kubeconfigFor(user: UserName, namespace?: string): string {
    const { server, handle: { authority, tokens } } = this;
    return kubeconfigText({ server, authority, tokens, current: user, ...(namespace !== undefined && { namespace }) });
  }

  apiFor(user: UserName): LaneApi {
    const { port, authority, tokens } = this.handle;
    const api = this.apis.get(user) ?? new LaneApi({ port, authority }, tokens[user]);
    this.apis.set(user, api);
    return api;
  }

  async namespace(): Promise<string> {
    const name = `test-${randomUUID().slice(0, 8)}`;
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
    // What it remembers of a server ends with that, and lies not in the home folder.
    return outputOf(join(this.handle.bin, 'kubectl'), [`--kubeconfig=${this.kubeconfig}`, `--cache-dir=${join(this.traces.folder, 'kubectl-cache')}`, ...args], input);
  }

  /** Lets go of the API server. */
  close(): void {
    for (const api of this.apis.values()) api.close();
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
