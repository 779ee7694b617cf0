import type { Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { read } from '../runtime/edits';
import type { World } from '../world';
import type { PlaygroundCluster, PlaygroundComponent } from './clusterShapes';
import type { ComponentParts } from './componentParts';
import { claimCondition, type PopulatedClaim } from './populatorClaim';

/** The condition `Restore` of a Component, from its claims'; undefined where nothing is restored. */
export function componentRestoreCondition({ component, cluster, namespace, fullName }: ComponentParts, world: World): Condition | undefined {
  if (cluster.spec.restore === undefined) return undefined;
  const before = component.status?.conditions?.find(({ type }) => type === 'Restore');
  if (before !== undefined && before.status !== 'Unknown') return before;
  const templates = component.spec.volumeClaimTemplates ?? [];
  if (templates.length === 0) return condition('True', 'No restore PVCs are required', world);
  const names = Array.from({ length: component.spec.replicas }, (_, ordinal) => templates.map(({ name }) => `${name}-${fullName}-${String(ordinal)}`)).flat();
  const claims = names.map((name) => [name, read<PopulatedClaim>(world, RESOURCES.persistentVolumeClaim, { namespace, name })] as const);
  for (const [name, claim] of claims) {
    const outcome = claim && claimCondition(claim, 'Restore');
    if (outcome?.status === 'False') return condition('False', `PVC ${name} restore failed: ${outcome.message ?? ''}`, world);
  }
  const missing = claims.flatMap(([name, claim]) => (claim === undefined ? [name] : []));
  if (missing.length > 0) return condition('Unknown', `Waiting for restore PVCs to be created: ${missing.join(',')}`, world);
  const isDone = claims.every(([, claim]) => claim !== undefined && claimCondition(claim, 'Restore')?.status === 'True');
  return isDone ? condition('True', 'All initial restore PVCs have completed', world) : condition('Unknown', 'Waiting for initial restore PVCs to complete', world);
}

/** The condition `Restore` of a Cluster, from its Components'; it is final once it is True or False. */
export function clusterRestoreCondition({ spec, status }: PlaygroundCluster, components: readonly PlaygroundComponent[], world: World): Condition | undefined {
  if (spec.restore === undefined) return undefined;
  const before = status?.conditions?.find(({ type }) => type === 'Restore');
  if (before !== undefined && before.status !== 'Unknown') return before;
  if (before === undefined) return condition('Unknown', 'Waiting for initial restore components to be created', world);
  const outcomes = components.map((component) => [component.metadata.name, component.status?.conditions?.find(({ type }) => type === 'Restore')] as const);
  const failed = outcomes.find(([, outcome]) => outcome?.status === 'False');
  if (failed !== undefined) return condition('False', `Component ${failed[0]} restore failed: ${failed[1]?.message ?? ''}`, world);
  const isDone = outcomes.length > 0 && outcomes.every(([, outcome]) => outcome?.status === 'True');
  return isDone
    ? condition('True', 'All initial restore components have completed', world)
    : condition('Unknown', 'Waiting for initial restore components to complete', world);
}

const REASON = { True: 'RestoreCompleted', False: 'RestoreFailed', Unknown: 'RestoreRunning' } as const;

function condition(status: keyof typeof REASON, message: string, world: World): Condition {
  return { type: 'Restore', status, reason: REASON[status], message, lastTransitionTime: world.clock.timestamp() };
}
