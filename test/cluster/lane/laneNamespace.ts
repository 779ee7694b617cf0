import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { ClusterEngine } from './laneClusters';
import { componentOf, laneCluster } from './laneClusters';
import type { ClusterLane } from './clusterLane';
import { namespaceState } from './namespaceState';
import { untilObject } from './untilObject';

export interface NamespaceOptions {
  /** One that no other test uses when absent. */
  readonly name?: string;
  /** Which database runs in it; `false`: none. PostgreSQL when absent. */
  readonly engine?: ClusterEngine | false;
  /** Whether the user `developer` may work in it. */
  readonly admitDeveloper?: boolean;
}

/** One namespace of a test, with its database. */
export interface LaneNamespace {
  readonly name: string;
  /** Of its database: `db`. */
  readonly cluster: string;
  /** The backup policy that KubeBlocks made for the database. */
  readonly policy: string;
  readonly schedule: string;
  /** Jobs of this namespace whose name matches fail with that log. */
  failJob(name: RegExp, log: string): () => void;
  hangJob(name: RegExp, log?: string): () => void;
  get<T = AnyObject>(plural: DataProtectionPlural, name: string): Promise<T>;
  /** Resolves once the object is as wanted, told by a watch. */
  until<T = AnyObject>(plural: DataProtectionPlural, name: string, what: string, wanted: (object: T) => boolean): Promise<T>;
  untilGone(plural: DataProtectionPlural, name: string): Promise<void>;
}

const COLLECTIONS = {
  backups: 'dataprotection.kubeblocks.io/v1alpha1',
  backuppolicies: 'dataprotection.kubeblocks.io/v1alpha1',
  backupschedules: 'dataprotection.kubeblocks.io/v1alpha1',
  restores: 'dataprotection.kubeblocks.io/v1alpha1',
  clusters: 'apps.kubeblocks.io/v1',
  opsrequests: 'operations.kubeblocks.io/v1alpha1',
  jobs: 'batch/v1',
  cronjobs: 'batch/v1',
  volumesnapshots: 'snapshot.storage.k8s.io/v1',
} as const;

export type DataProtectionPlural = keyof typeof COLLECTIONS;

export async function makeNamespace(lane: ClusterLane, name: string, { engine = 'postgresql', admitDeveloper = false }: Omit<NamespaceOptions, 'name'>): Promise<LaneNamespace> {
  await lane.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  if (admitDeveloper) await lane.create(developerBinding(name));
  const made = new MadeNamespace(lane, name, engine === false ? undefined : engine);
  if (engine !== false) {
    await lane.create(laneCluster(engine, name));
    await made.untilReady();
  }
  return made;
}

class MadeNamespace implements LaneNamespace {
  readonly cluster = 'db';
  readonly policy: string;
  readonly schedule: string;

  constructor(
    private readonly lane: ClusterLane,
    readonly name: string,
    engine: ClusterEngine | undefined,
  ) {
    const component = engine === undefined ? 'none' : componentOf(engine);
    this.policy = `db-${component}-backup-policy`;
    this.schedule = `db-${component}-backup-schedule`;
  }

  async untilReady(): Promise<void> {
    try {
      await this.until<Phased>('clusters', this.cluster, 'Running', ({ status }) => status?.phase === 'Running');
      await this.until<Phased>('backuppolicies', this.policy, 'Available', ({ status }) => status?.phase === 'Available');
    } catch (error) {
      throw new Error(`${String(error)}\nIn ${this.name}:\n${await namespaceState(this.lane.api, this.name)}`, { cause: error });
    }
  }

  failJob(name: RegExp, log: string): () => void {
    return this.lane.failJob({ namespace: this.name, name }, log);
  }

  hangJob(name: RegExp, log?: string): () => void {
    return this.lane.hangJob({ namespace: this.name, name }, log);
  }

  get<T = AnyObject>(plural: DataProtectionPlural, name: string): Promise<T> {
    return this.lane.api.get<T>(this.path(plural, name));
  }

  async until<T = AnyObject>(plural: DataProtectionPlural, name: string, what: string, wanted: (object: T) => boolean): Promise<T> {
    const object = await untilObject(this.lane.api, this.path(plural, name), what, (each) => each !== undefined && wanted(each as T));
    return object as T;
  }

  async untilGone(plural: DataProtectionPlural, name: string): Promise<void> {
    await untilObject(this.lane.api, this.path(plural, name), 'gone', (object) => object === undefined);
  }

  private path(plural: DataProtectionPlural, name: string): string {
    return `/apis/${COLLECTIONS[plural]}/namespaces/${this.name}/${plural}/${name}`;
  }
}

interface Phased {
  readonly status?: { readonly phase?: string };
}

function developerBinding(namespace: string): AnyObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'cluster-lane-developer', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-lane-developer' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'developer' }],
  };
}
