import { RESOURCES } from '../resources';
import { read, readAll } from '../runtime/edits';
import type { World } from '../world';
import type {
  ClusterComponentSpec,
  ClusterDefinition,
  ClusterShardingSpec,
  ClusterTopology,
  ComponentDefinition,
  ComponentTemplate,
  PlaygroundCluster,
  ShardingDefinition,
} from './clusterShapes';

/** What a Cluster asks for, with every definition and service version decided. */
export interface ResolvedCluster {
  readonly components: readonly ClusterComponentSpec[];
  readonly shardings: readonly ClusterShardingSpec[];
}

/** A Cluster that names what is not there; the message is the controller's own. */
export class UnresolvedCluster extends Error {}

/** Prefix or unanchored regular expression (`pkg/controller/component` PrefixOrRegexMatched). */
export function matchesDefinition(name: string, pattern: string): boolean {
  if (name.startsWith(pattern)) return true;
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return false;
  }
}

/** `transformer_cluster_normalization.go`: topology first, then the newest definition that serves the wanted version. */
export function resolveCluster(cluster: PlaygroundCluster, world: World): ResolvedCluster {
  const topology = topologyOf(cluster, world);
  const components = withTopology(cluster.spec.componentSpecs ?? [], topology).map((spec) => resolveComponent(spec, world));
  const shardings = shardingsWithTopology(cluster.spec.shardings ?? [], topology).map((sharding) =>
    resolveSharding(sharding, world),
  );
  return { components, shardings };
}

function topologyOf({ spec }: PlaygroundCluster, world: World): ClusterTopology | undefined {
  if (spec.clusterDef === undefined || spec.clusterDef === '') return undefined;
  const definition = read<ClusterDefinition>(world, RESOURCES.clusterDefinition, { name: spec.clusterDef });
  if (definition === undefined) {
    throw new UnresolvedCluster(`ClusterDefinition.apps.kubeblocks.io "${spec.clusterDef}" not found`);
  }
  const topologies = definition.spec.topologies ?? [];
  const wanted = spec.topology ?? '';
  const found = wanted === '' ? topologies.find((topology) => topology.default === true) : topologies.find(({ name }) => name === wanted);
  if (found === undefined) {
    throw new UnresolvedCluster(`specified cluster topology not found: ${wanted}`);
  }
  return found;
}

function withTopology(specs: readonly ClusterComponentSpec[], topology: ClusterTopology | undefined): readonly ClusterComponentSpec[] {
  if (topology === undefined) return specs;
  return (topology.components ?? []).map(({ name, compDef }) => {
    const given = specs.find((spec) => spec.name === name);
    const componentDef = given?.componentDef ?? '';
    return { replicas: 1, ...given, name, componentDef: componentDef === '' ? compDef : componentDef };
  });
}

function shardingsWithTopology(
  shardings: readonly ClusterShardingSpec[],
  topology: ClusterTopology | undefined,
): readonly ClusterShardingSpec[] {
  if (topology === undefined) return shardings;
  return (topology.shardings ?? []).flatMap(({ name, shardingDef }) => {
    const given = shardings.find((sharding) => sharding.name === name);
    return given === undefined ? [] : [{ ...given, shardingDef: given.shardingDef ?? shardingDef }];
  });
}

function resolveComponent<T extends ComponentTemplate>(spec: T, world: World): T {
  const definition = findDefinition(spec.componentDef ?? '', spec.serviceVersion ?? '', world);
  const serviceVersion = spec.serviceVersion ?? definition.spec.serviceVersion;
  return { ...spec, componentDef: definition.metadata.name, ...(serviceVersion !== undefined && { serviceVersion }) };
}

function resolveSharding(sharding: ClusterShardingSpec, world: World): ClusterShardingSpec {
  const definition = newestNamed(readAll<ShardingDefinition>(world, RESOURCES.shardingDefinition), sharding.shardingDef ?? '');
  const given = sharding.template.componentDef ?? '';
  const componentDef = given === '' ? (definition?.spec.template.compDef ?? '') : given;
  const template = resolveComponent({ ...sharding.template, componentDef }, world);
  return { ...sharding, template, ...(definition !== undefined && { shardingDef: definition.metadata.name }) };
}

function findDefinition(pattern: string, serviceVersion: string, world: World): ComponentDefinition {
  const served = readAll<ComponentDefinition>(world, RESOURCES.componentDefinition).filter(
    ({ spec }) => serviceVersion === '' || spec.serviceVersion === undefined || spec.serviceVersion === serviceVersion,
  );
  const found = pattern === '' ? undefined : newestNamed(served, pattern);
  if (found === undefined) {
    throw new UnresolvedCluster(
      `no matched component definition found with componentDef "${pattern}" and serviceVersion "${serviceVersion}"`,
    );
  }
  return found;
}

/** The exact name where there is one, else the last in order of those that match. */
function newestNamed<T extends { readonly metadata: { readonly name: string } }>(objects: readonly T[], pattern: string): T | undefined {
  if (pattern === '') return undefined;
  const exact = objects.find(({ metadata }) => metadata.name === pattern);
  if (exact !== undefined) return exact;
  return objects
    .filter(({ metadata }) => matchesDefinition(metadata.name, pattern))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? 1 : -1))[0];
}
