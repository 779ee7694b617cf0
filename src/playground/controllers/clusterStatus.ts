import type { Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { setStatus, withCondition } from '../runtime/edits';
import { isSame } from '../store/isSame';
import type { World } from '../world';
import { componentFullName } from './clusterNames';
import { componentsOf, type WantedComponent } from './clusterComponents';
import type { ComponentStatus, PlaygroundCluster, PlaygroundComponent } from './clusterShapes';
import { traitsOf } from './lineTraits';
import { clusterRestoreCondition } from './restoreProgress';

type ClusterStatus = NonNullable<PlaygroundCluster['status']>;

/** Writes phase, conditions and the phases of components, and tells of what changed (`transformer_cluster_status.go`). */
export function writeClusterStatus(cluster: PlaygroundCluster, wanted: readonly WantedComponent[], world: World): void {
  const before = cluster.status ?? {};
  const generation = cluster.metadata.generation ?? 1;
  const parts = statusOfParts(cluster, wanted, world);
  const phase = phaseOf([...parts.components.values(), ...parts.shardings.values()], before.phase);
  const next: ClusterStatus = {
    ...before,
    phase,
    observedGeneration: generation,
    components: Object.fromEntries(parts.components),
    ...(parts.shardings.size > 0 && { shardings: Object.fromEntries(parts.shardings) }),
    conditions: withRestore(cluster, conditionsFor(cluster, phase, world), world),
  };
  if (isSame(before, next)) return;
  const written = setStatus(world, RESOURCES.cluster, cluster, next);
  tellOfChanges(written, before, next, world);
}

interface Parts {
  readonly components: ReadonlyMap<string, ComponentStatus>;
  readonly shardings: ReadonlyMap<string, ComponentStatus>;
}

function statusOfParts(cluster: PlaygroundCluster, wanted: readonly WantedComponent[], world: World): Parts {
  const stored = new Map(componentsOf(cluster, world).map((component) => [component.metadata.name, component]));
  const isNew = cluster.status?.components === undefined;
  const statusOf = ({ name }: WantedComponent) =>
    componentStatus(stored.get(componentFullName(cluster.metadata.name, name)), cluster.metadata.generation ?? 1, isNew);
  const components = new Map(wanted.filter(({ sharding }) => sharding === undefined).map((want) => [want.name, statusOf(want)]));
  const shardings = new Map<string, ComponentStatus>();
  for (const want of wanted) {
    if (want.sharding === undefined) continue;
    const own = statusOf(want);
    const known = shardings.get(want.sharding);
    shardings.set(want.sharding, known === undefined || known.phase === 'Running' ? own : known);
  }
  return { components, shardings };
}

function componentStatus(component: PlaygroundComponent | undefined, generation: number, isNew: boolean): ComponentStatus {
  const phase = component?.status?.phase;
  return {
    ...(phase !== undefined && { phase }),
    ...(isNew && { message: { reason: 'the component to be created' } }),
    observedGeneration: generation,
    ...(phase === 'Running' && { upToDate: true }),
  };
}

function phaseOf(parts: readonly ComponentStatus[], before: string | undefined): string {
  const phases = new Set(parts.map(({ phase }) => phase ?? 'Creating'));
  const [only] = phases;
  if (phases.size === 1 && only === 'Running') return 'Running';
  if (phases.has('Failed')) return phases.size === 1 ? 'Failed' : 'Abnormal';
  return before === undefined || before === 'Creating' ? 'Creating' : 'Updating';
}

function conditionsFor(cluster: PlaygroundCluster, phase: string, world: World): readonly Condition[] {
  const { name, generation = 1 } = cluster.metadata;
  const at = world.clock.timestamp();
  const started: Condition = {
    type: 'ProvisioningStarted',
    status: 'True',
    reason: 'PreCheckSucceed',
    message: `The operator has started the provisioning of Cluster: ${name}`,
    lastTransitionTime: at,
    observedGeneration: generation,
  };
  const applied: Condition = {
    type: 'ApplyResources',
    status: 'True',
    reason: 'ApplyResourcesSucceed',
    message: 'Successfully applied for resources',
    lastTransitionTime: at,
    observedGeneration: generation,
  };
  const conditions = withCondition(withCondition(cluster.status?.conditions, started), applied);
  const ready = { type: 'Ready', lastTransitionTime: at };
  if (phase === 'Running') {
    return withCondition(conditions, { ...ready, status: 'True', reason: 'ClusterReady', message: `cluster ${name} is ready` });
  }
  if (!conditions.some(({ type }) => type === 'Ready')) return conditions;
  const message = `cluster ${name} is NOT ready, unavailable components: ${unavailable(cluster)}`;
  return withCondition(conditions, { ...ready, status: 'False', reason: 'ComponentsNotReady', message });
}

/** Of a Cluster that is restored by its spec. */
function withRestore(cluster: PlaygroundCluster, conditions: readonly Condition[], world: World): readonly Condition[] {
  const restore = traitsOf(world).restoresBySpec ? clusterRestoreCondition(cluster, componentsOf(cluster, world), world) : undefined;
  return restore === undefined ? conditions : withCondition(conditions, restore);
}

function unavailable({ status }: PlaygroundCluster): string {
  const parts = Object.entries({ ...status?.components, ...status?.shardings });
  return parts.flatMap(([name, { phase }]) => (phase === 'Running' ? [] : [name])).join(',');
}

function tellOfChanges(cluster: PlaygroundCluster, before: ClusterStatus, next: ClusterStatus, world: World): void {
  const { name } = cluster.metadata;
  if (before.conditions === undefined || before.phase === undefined) {
    world.event(cluster, 'Normal', 'PreCheckSucceed', `The operator has started the provisioning of Cluster: ${name}`, 'cluster-controller');
    world.event(cluster, 'Normal', 'ApplyResourcesSucceed', 'Successfully applied for resources', 'cluster-controller');
  }
  for (const [component, { phase }] of Object.entries(next.components ?? {})) {
    const previous = before.components?.[component]?.phase;
    if (phase === previous || phase === undefined || (phase === 'Creating' && previous === undefined)) continue;
    world.event(cluster, 'Normal', 'ClusterComponentPhaseTransition', `cluster component ${component} is ${phase}`, 'cluster-controller');
  }
  tellOfRestore(cluster, before, next, world);
  if (next.phase !== 'Running' || before.phase === 'Running') return;
  world.event(cluster, 'Normal', 'ClusterReady', `cluster ${name} is ready`, 'cluster-controller');
  world.event(cluster, 'Normal', 'Running', `Cluster: ${name} is ready, current phase is Running`, 'cluster-controller');
}

/** That it waits for its components to be created is said in the condition alone. */
function tellOfRestore(cluster: PlaygroundCluster, before: ClusterStatus, next: ClusterStatus, world: World): void {
  const restoreOf = ({ conditions }: ClusterStatus): Condition | undefined => conditions?.find(({ type }) => type === 'Restore');
  const [was, is] = [restoreOf(before), restoreOf(next)];
  if (is === undefined || was === undefined || was.message === is.message) return;
  world.event(cluster, is.status === 'False' ? 'Warning' : 'Normal', is.reason ?? '', is.message ?? '', 'cluster-controller');
}
