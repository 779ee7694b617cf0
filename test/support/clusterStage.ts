import { parseAllDocuments } from 'yaml';
import type { KubeBlocksLine } from '../../src/kubeblocks/kinds';
import type { AnyObject, KubeObject } from '../../src/kubeblocks/objects';
import type { Resource } from '../../src/kubeblocks/resource';
import type { Admission, SchemaAdmission } from '../../src/playground/admission/admission';
import { createAdmission } from '../../src/playground/admission/createAdmission';
import { loadCrds } from '../../src/playground/admission/loadCrds';
import { createClusterManager } from '../../src/playground/controllers/createClusterManager';
import { createDataProtection } from '../../src/playground/controllers/createDataProtection';
import { RESOURCES } from '../../src/playground/resources';
import { createClock, type RunningClock } from '../../src/playground/runtime/clock';
import { createWorld } from '../../src/playground/runtime/createWorld';
import { createFaults, type SwitchableFaults } from '../../src/playground/runtime/faults';
import { createManager } from '../../src/playground/runtime/manager';
import { createRandom } from '../../src/playground/runtime/random';
import { createAll, resourceOf } from '../../src/playground/samples/createAll';
import { readManifests } from '../../src/playground/samples/readManifests';
import { createObjectStore } from '../../src/playground/store/objectStore';
import type { ObjectStore, StoreEvent, World } from '../../src/playground/world';
import { createPodLogs } from '../../src/playground/workloads/podLogs';
import { createWorkloads } from '../../src/playground/workloads/createWorkloads';

export const NAMESPACE = 'playground';
export const NOW = Date.UTC(2026, 10, 23, 17, 0, 0);

/** An installed KubeBlocks, 1.0 unless another line is asked for, with all engines and no cluster, under full admission, on a clock that is stepped. */
export interface ClusterStage {
  readonly world: World;
  readonly store: ObjectStore;
  readonly clock: RunningClock;
  readonly faults: SwitchableFaults;
  /** Everything that was written since the stage was set, in order. */
  readonly changes: readonly StoreEvent[];
  /** Creates the objects of a YAML text; namespaced ones go to the playground's namespace unless they say otherwise. */
  create(yaml: string): AnyObject;
  get<T extends KubeObject = AnyObject>(resource: Resource, name: string): T | undefined;
  /** `Reason: message` of the events about one object. */
  events(kind: string, name: string): readonly string[];
  /** Advances until it holds, or fails after `limitMs` of playground time. */
  until(what: string, holds: () => boolean, limitMs?: number): void;
  /** The phase an object's status shows. */
  phase(resource: Resource, name: string): string | undefined;
}

/** Read once: parsing takes longer than most tests. */
let installed: readonly AnyObject[] | undefined;

export interface ClusterStageOptions {
  readonly seed?: number;
  readonly start?: number;
  /** 1.0 when absent; lines before it need a store of their own. */
  readonly line?: Exclude<KubeBlocksLine, '0.9'>;
  /** What stands between the stage's own admission and its store. */
  readonly admission?: (full: SchemaAdmission) => Admission;
}

export function createClusterStage({ seed = 1, start = NOW, line = '1.0', admission = (full) => full }: ClusterStageOptions = {}): ClusterStage {
  const clock = createClock({ start, speed: 0 });
  const random = createRandom(seed);
  const store = createObjectStore({ clock, random, admission: admission(createAdmission(loadCrds(line, 'schemas'))) });
  const faults = createFaults();
  const world = createWorld({ store, clock, random, faults, line });
  const logs = createPodLogs();
  logs.follow(world);
  createAll(store, (installed ??= [...readManifests('src/playground/samples/environment'), ...readManifests('src/playground/engines')]));
  const changes: StoreEvent[] = [];
  store.subscribe((event) => changes.push(event));
  createManager({
    world,
    controllers: [...createWorkloads(logs), ...createDataProtection(logs), ...createClusterManager()],
    onError: (error, controller, ref) => {
      throw new Error(`${controller} ${ref.name}: ${error instanceof Error ? String(error.stack) : String(error)}`);
    },
  }).start();

  const refFor = (resource: Resource, name: string) => (resource.namespaced ? { namespace: NAMESPACE, name } : { name });
  const stage: ClusterStage = {
    world,
    store,
    clock,
    faults,
    changes,
    create(yaml) {
      const created = [...parseAllDocuments(yaml)].map((document) => {
        const object = document.toJS() as AnyObject;
        const resource = resourceOf(object);
        const metadata = resource.namespaced ? { namespace: NAMESPACE, ...object.metadata } : object.metadata;
        return store.create(resource, { ...object, metadata });
      });
      return created[0]!;
    },
    get: (resource, name) => store.get(resource, refFor(resource, name)) as never,
    events(kind, name) {
      const about = store.list(RESOURCES.event, { namespace: NAMESPACE }).filter(({ involvedObject }) => {
        const { kind: ofKind, name: ofName } = involvedObject as { kind: string; name: string };
        return ofKind === kind && ofName === name;
      });
      return about.map(({ reason, message }) => `${String(reason)}: ${String(message)}`);
    },
    until(what, holds, limitMs = 120_000) {
      const deadline = clock.now() + limitMs;
      while (!holds()) {
        if (clock.now() >= deadline) throw new Error(`${what}: not within ${limitMs} ms of playground time`);
        clock.advance(100);
      }
    },
    phase: (resource, name) => (stage.get(resource, name)?.status as { phase?: string } | undefined)?.phase,
  };
  return stage;
}

/** A ready default repository. */
export function addRepository(stage: ClusterStage): void {
  for (const object of readManifests('src/playground/samples/clusters').filter(({ metadata }) =>
    ['object-store-credentials', 'main-store'].includes(metadata.name),
  )) {
    stage.store.create(resourceOf(object), object);
  }
  stage.until('the repository is ready', () => stage.phase(RESOURCES.backupRepo, 'main-store') === 'Ready');
}

/** A cluster of one engine as YAML, `more` being further lines of its spec. */
export function clusterYaml(name: string, engine: { readonly def: string; readonly component: string; readonly replicas?: number }, more = ''): string {
  return `
apiVersion: apps.kubeblocks.io/v1
kind: Cluster
metadata: {name: ${name}}
spec:
  terminationPolicy: Delete
  componentSpecs:
    - name: ${engine.component}
      componentDef: ${engine.def}
      replicas: ${engine.replicas ?? 2}
      volumeClaimTemplates:
        - {name: data, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 20Gi}}}}
${more}`;
}

export const MYSQL = { def: 'apecloud-mysql', component: 'mysql', replicas: 2 } as const;

/** Creates a cluster and waits until it runs. */
export function addCluster(stage: ClusterStage, yaml: string): AnyObject {
  const cluster = stage.create(yaml);
  const { name } = cluster.metadata;
  stage.until(`cluster ${name} runs`, () => stage.phase(RESOURCES.cluster, name) === 'Running');
  return stage.get(RESOURCES.cluster, name)!;
}

/** Takes a backup and waits until it is done. */
export function addBackup(stage: ClusterStage, name: string, policy: string, method: string): AnyObject {
  stage.create(`
apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Backup
metadata: {name: ${name}}
spec: {backupPolicyName: ${policy}, backupMethod: ${method}}
`);
  stage.until(`backup ${name} completes`, () => stage.phase(RESOURCES.backup, name) === 'Completed');
  return stage.get(RESOURCES.backup, name)!;
}
