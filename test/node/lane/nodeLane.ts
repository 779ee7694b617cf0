import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { LaneApi } from '../../cluster/lane/laneApi';
import type { UserName } from '../../cluster/lane/users';
import type { ObjectStore } from './objectStore';

/** A program of the lane that a test may end and start again. */
export type NodeProgram = 'kubelet' | 'containerd' | 'dataprotection' | 'manager' | 'csi' | 'csi-provisioner' | 'csi-snapshotter' | 'snapshot-controller' | 'object-store';

/** Everything a lane made outside of its namespaces, and the process that guards it. */
export interface NodeTraces {
  readonly folder: string;
  readonly group: string;
  readonly guard: number;
}

/** A running node as every process of this machine may use it: everything but its programs, which are its maker's. */
export interface ReachedNode {
  /** `https://127.0.0.1:port`. */
  readonly server: string;
  /** A file with a context for every user, named like the user; the administrator's is current. */
  readonly kubeconfig: string;
  /** The administrator's. */
  readonly api: LaneApi;
  readonly objectStore: ObjectStore;

  /** Another kubeconfig for the same cluster, as text. */
  kubeconfigFor(user: UserName, namespace?: string): string;
  apiFor(user: UserName): LaneApi;
  /** A new namespace that no other test uses. Gives its name. */
  namespace(): Promise<string>;
  /** Creates objects in order. */
  create(...objects: readonly AnyObject[]): Promise<void>;
  /** Creates objects in order, and waits until the controllers have taken those that they judge. */
  install(...objects: readonly AnyObject[]): Promise<void>;
  /** Runs Kubernetes' own client as the administrator, `exec` in a pod for example. Rejects with what it said when its status is not 0. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** Resolves when the node's condition Ready is true, or is not any more. */
  untilNodeReady(isReady: boolean): Promise<void>;
  /** Runs a program inside of the lane's namespaces to its end. Rejects with what it said when its status is not 0. */
  run(program: string, ...args: readonly string[]): Promise<string>;
  readonly traces: NodeTraces;
}

/**
 * A running Kubernetes with one real node, real volumes, an object store and KubeBlocks 1.0.2, made for tests. Everything
 * of it lives in namespaces of its own; only its API server is reached from outside, on 127.0.0.1.
 */
export interface NodeLane extends ReachedNode {
  /** Programs that ended although nobody ended them. Empty in a healthy run. */
  readonly problems: readonly Error[];
  /** For other processes: a file with what `ReachableNode` is made of (`NodeHandle`). */
  readonly handleFile: string;

  /** Ends a program as a crash would. */
  kill(program: NodeProgram): Promise<void>;
  /** Starts it again. */
  restart(program: NodeProgram): void;
  /** What a program wrote so far. */
  logOf(program: string): string;
  /** Ends every process and removes every mount, namespace, control group and file. */
  stop(): Promise<void>;
}
