import { RESOURCES } from '../resources';
import { read } from '../runtime/edits';
import type { World } from '../world';
import { componentFullName, MANAGED_BY_KUBEBLOCKS } from './clusterNames';
import type { ComponentDefinition, ComponentRole, PlaygroundCluster, PlaygroundComponent } from './clusterShapes';
import { LABEL } from './names';

/** A Component with what its controller needs around it. */
export interface ComponentParts {
  readonly component: PlaygroundComponent;
  readonly definition: ComponentDefinition;
  readonly cluster: PlaygroundCluster;
  readonly namespace: string;
  /** Without the cluster's name: `mysql`, or `shard-x7k` for a shard. */
  readonly name: string;
  /** The name that policies and restore annotations use: the sharding's for a shard, else the component's. */
  readonly publicName: string;
  /** `<cluster>-<component>`. */
  readonly fullName: string;
}

/** Undefined while the Cluster or the definition is not there (yet, or any more). */
export function partsOf(component: PlaygroundComponent, world: World): ComponentParts | undefined {
  const { namespace = '', labels } = component.metadata;
  const name = labels?.[LABEL.component] ?? '';
  const cluster = read<PlaygroundCluster>(world, RESOURCES.cluster, { namespace, name: labels?.[LABEL.instance] ?? '' });
  const definition = read<ComponentDefinition>(world, RESOURCES.componentDefinition, { name: component.spec.compDef });
  if (cluster === undefined || definition === undefined) return undefined;
  const fullName = componentFullName(cluster.metadata.name, name);
  return { component, definition, cluster, namespace, name, publicName: labels?.[LABEL.sharding] ?? name, fullName };
}

/** The labels that select everything of one component. */
export function selectorLabels({ cluster, component, name }: ComponentParts): Readonly<Record<string, string>> {
  const sharding = component.metadata.labels?.[LABEL.sharding];
  return {
    [LABEL.instance]: cluster.metadata.name,
    [LABEL.managedBy]: MANAGED_BY_KUBEBLOCKS,
    [LABEL.component]: name,
    ...(sharding !== undefined && { [LABEL.sharding]: sharding }),
  };
}

/** Highest update priority first: the role that writes, then its followers. */
export function rolesByPriority({ spec }: ComponentDefinition): readonly ComponentRole[] {
  return [...(spec.roles ?? [])].sort((a, b) => (b.updatePriority ?? 0) - (a.updatePriority ?? 0));
}
