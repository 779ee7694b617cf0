import { join } from 'node:path';
import type { AnyObject, KubeObject } from '../../src/kubeblocks/objects';
import { apiVersionOf, type Resource } from '../../src/kubeblocks/resource';
import type { Admission } from '../../src/playground/admission/admission';
import { createAdmission } from '../../src/playground/admission/createAdmission';
import { loadCrds } from '../../src/playground/admission/loadCrds';
import { createClock, type RunningClock } from '../../src/playground/runtime/clock';
import { createFaults, type SwitchableFaults } from '../../src/playground/runtime/faults';
import { createManager } from '../../src/playground/runtime/manager';
import { createRandom } from '../../src/playground/runtime/random';
import { createWorld } from '../../src/playground/runtime/createWorld';
import { createObjectStore } from '../../src/playground/store/objectStore';
import { createDataProtection } from '../../src/playground/controllers/createDataProtection';
import { RESOURCES } from '../../src/playground/resources';
import { createPodLogs, type PodLogs } from '../../src/playground/workloads/podLogs';
import { createWorkloads } from '../../src/playground/workloads/createWorkloads';
import type { ObjectRef, StoreEvent, World } from '../../src/playground/world';

/** The schemas of the line that the stories were recorded on: what they would refuse or prune fails a story. */
const ADMISSION = strict(createAdmission(loadCrds('1.0', join(__dirname, '../../schemas'))));

export const START = Date.UTC(2026, 10, 23, 18, 0, 0);

export interface Stage {
  readonly world: World;
  readonly clock: RunningClock;
  readonly faults: SwitchableFaults;
  readonly logs: PodLogs;
  /** Everything that was written, in order. */
  readonly changes: readonly StoreEvent[];
  apply(resource: Resource, object: Partial<AnyObject> & { metadata: AnyObject['metadata'] }): AnyObject;
  get<T extends KubeObject = AnyObject>(resource: Resource, name: string, namespace?: string): T | undefined;
  delete(resource: Resource, name: string): void;
  /** `Reason message` of the events about one object, in order, without repetitions. */
  events(kind: string, name: string): readonly string[];
  /** Advances until it holds, or fails after `limitMs` of playground time. */
  until(what: string, holds: () => boolean, limitMs?: number): void;
}

/** A playground's world on a stepped clock, with the data-protection controllers and the workloads running. */
export function createStage(options: { seed?: number; start?: number } = {}): Stage {
  const clock = createClock({ start: options.start ?? START, speed: 0 });
  const random = createRandom(options.seed ?? 1);
  const store = createObjectStore({ clock, random, admission: ADMISSION });
  const faults = createFaults();
  const world = createWorld({ store, clock, random, faults });
  const logs = createPodLogs();
  const changes: StoreEvent[] = [];
  store.subscribe((event) => changes.push(event));
  logs.follow(world);
  for (const name of ['demo', 'kb-system', 'default']) {
    store.create(RESOURCES.namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  createManager({
    world,
    controllers: [...createWorkloads(logs), ...createDataProtection(logs)],
    onError: (error, controller, ref) => {
      throw new Error(`${controller} ${ref.namespace ?? ''}/${ref.name}: ${error instanceof Error ? String(error.stack) : String(error)}`);
    },
  }).start();

  const refFor = (resource: Resource, name: string, namespace = 'demo'): ObjectRef => (resource.namespaced ? { namespace, name } : { name });

  return {
    world,
    clock,
    faults,
    logs,
    changes,
    apply(resource, object) {
      const { namespace = 'demo' } = object.metadata;
      const metadata = resource.namespaced ? { ...object.metadata, namespace } : object.metadata;
      return store.create(resource, { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind, metadata });
    },
    get: (resource, name, namespace) => store.get(resource, refFor(resource, name, namespace)) as never,
    delete: (resource, name) => store.delete(resource, refFor(resource, name)),
    events(kind, name) {
      const texts = changes
        .filter(({ resource, object }) => resource === RESOURCES.event && isAbout(object, kind, name))
        .map(({ object }) => `${String(object.reason)} ${String(object.message)}`);
      return [...new Set(texts)];
    },
    until(what, holds, limitMs = 120_000) {
      const deadline = clock.now() + limitMs;
      while (!holds()) {
        if (clock.now() >= deadline) throw new Error(`${what}: not within ${limitMs} ms of playground time`);
        clock.advance(250);
      }
    },
  };
}

function isAbout(event: AnyObject, kind: string, name: string): boolean {
  const about = event.involvedObject as { kind?: string; name?: string };
  return about.kind === kind && about.name === name;
}

/** The values a field went through, in order, as a watcher sees them. */
export function history<T>(stage: Stage, resource: Resource, name: string, read: (object: AnyObject) => T): readonly T[] {
  const values = stage.changes
    .filter((change) => change.resource.plural === resource.plural && change.object.metadata.name === name)
    .map(({ object }) => read(object));
  return values.filter((value, index) => index === 0 || JSON.stringify(value) !== JSON.stringify(values[index - 1]));
}

/** Fails where a field would be pruned, which a real API server does in silence. */
function strict(admission: Admission): Admission {
  return {
    admit(resource, object, options) {
      const admitted = admission.admit(resource, object, options);
      if (admitted.unknownFields.length > 0) {
        throw new Error(`${resource.kind}/${object.metadata.name}: unknown fields ${admitted.unknownFields.join(', ')}`);
      }
      return admitted;
    },
  };
}
