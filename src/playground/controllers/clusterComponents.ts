import { RESOURCES } from '../resources';
import { controllerOf, edit, readAll } from '../runtime/edits';
import type { World } from '../world';
import type { ResolvedCluster } from './clusterDefinitions';
import {
  APPS_ANNOTATION,
  APPS_API_VERSION,
  APPS_LABEL,
  CLUSTER_FINALIZER,
  componentFullName,
  MANAGED_BY_KUBEBLOCKS,
} from './clusterNames';
import type { ComponentTemplate, PlaygroundCluster, PlaygroundComponent } from './clusterShapes';
import { ANNOTATION, LABEL } from './names';

/** One Component that a Cluster wants: of a component spec, or one shard of a sharding. */
export interface WantedComponent {
  /** Without the cluster's name. */
  readonly name: string;
  readonly sharding?: string;
  readonly spec: ComponentTemplate;
}

const SHARD_SUFFIX_LENGTH = 3;
/** What a Component takes over from its place in the Cluster. */
const TAKEN_OVER = [
  'serviceVersion',
  'labels',
  'annotations',
  'env',
  'replicas',
  'resources',
  'volumeClaimTemplates',
  'systemAccounts',
  'podUpdatePolicy',
  'schedulingPolicy',
  'stop',
] as const;

/** Shards keep the names they have; new ones get a random suffix, as `pkg/controller/sharding` gives it. */
export function wantedComponents(cluster: PlaygroundCluster, resolved: ResolvedCluster, world: World): readonly WantedComponent[] {
  const components = resolved.components.map(({ name, ...spec }) => ({ name, spec }));
  const shards = resolved.shardings.flatMap((sharding) =>
    shardNames(cluster, sharding.name, sharding.shards ?? 1, world).map((name) => ({
      name,
      sharding: sharding.name,
      spec: sharding.template,
    })),
  );
  return [...components, ...shards];
}

function shardNames(cluster: PlaygroundCluster, sharding: string, count: number, world: World): readonly string[] {
  const known = componentsOf(cluster, world)
    .filter(({ metadata }) => metadata.labels?.[LABEL.sharding] === sharding)
    .map(({ metadata }) => metadata.name.slice(cluster.metadata.name.length + 1));
  const missing = Math.max(0, count - known.length);
  return [...known.slice(0, count), ...Array.from({ length: missing }, () => `${sharding}-${world.random.suffix(SHARD_SUFFIX_LENGTH)}`)];
}

export function componentsOf(cluster: PlaygroundCluster, world: World): readonly PlaygroundComponent[] {
  const { namespace = '', name } = cluster.metadata;
  return readAll<PlaygroundComponent>(world, RESOURCES.component, { namespace, labels: { [LABEL.instance]: name } });
}

/** Creates what is missing (a shard with its annotations), brings the rest up to the Cluster's spec and takes away what it no longer names. */
export function applyComponents(
  cluster: PlaygroundCluster,
  wanted: readonly WantedComponent[],
  shards: ReadonlyMap<string, Readonly<Record<string, string>>>,
  world: World,
): void {
  const { namespace = '', name: clusterName } = cluster.metadata;
  const existing = new Map(componentsOf(cluster, world).map((component) => [component.metadata.name, component]));
  for (const want of wanted) {
    const name = componentFullName(clusterName, want.name);
    const component = existing.get(name);
    existing.delete(name);
    if (component === undefined) world.store.create(RESOURCES.component, newComponent(cluster, want, shards.get(want.name)));
    else edit(world, RESOURCES.component, component, { spec: componentSpec(cluster, want) });
  }
  for (const name of existing.keys()) world.store.delete(RESOURCES.component, { namespace, name });
}

function newComponent(cluster: PlaygroundCluster, want: WantedComponent, ofShard: Readonly<Record<string, string>> = {}) {
  const { namespace = '', name, uid = '', generation, annotations } = cluster.metadata;
  const { [ANNOTATION.restoreFromBackup]: restore, [APPS_ANNOTATION.apiVersion]: apiVersion, [APPS_ANNOTATION.legacyConfig]: legacyConfig } = annotations ?? {};
  return {
    apiVersion: APPS_API_VERSION,
    kind: 'Component',
    metadata: {
      name: componentFullName(name, want.name),
      namespace,
      labels: {
        [APPS_LABEL.definition]: want.spec.componentDef ?? '',
        [LABEL.instance]: name,
        [LABEL.managedBy]: MANAGED_BY_KUBEBLOCKS,
        [LABEL.component]: want.name,
        ...(want.sharding !== undefined && { [LABEL.sharding]: want.sharding }),
      },
      annotations: {
        [APPS_ANNOTATION.clusterUid]: uid,
        ...(apiVersion !== undefined && { [APPS_ANNOTATION.apiVersion]: APPS_API_VERSION }),
        ...(legacyConfig !== undefined && { [APPS_ANNOTATION.legacyConfig]: legacyConfig }),
        [APPS_ANNOTATION.generation]: String(generation ?? 1),
        ...(restore !== undefined && legacyConfig === undefined && { [ANNOTATION.restoreFromBackup]: restore }),
        ...ofShard,
      },
      finalizers: [CLUSTER_FINALIZER],
      ownerReferences: [controllerOf(cluster)],
    },
    spec: componentSpec(cluster, want),
  };
}

function componentSpec(cluster: PlaygroundCluster, { spec }: WantedComponent): object {
  const taken = TAKEN_OVER.flatMap((field) => (spec[field] === undefined ? [] : [[field, spec[field]] as const]));
  return {
    compDef: spec.componentDef,
    ...(Object.fromEntries(taken) as object),
    terminationPolicy: cluster.spec.terminationPolicy ?? 'Delete',
  };
}
