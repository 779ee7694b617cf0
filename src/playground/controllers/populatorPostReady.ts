import type { Restore } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { read, readAll } from '../runtime/edits';
import type { World } from '../world';
import { componentFullName } from './clusterNames';
import type { PlaygroundComponent } from './clusterShapes';
import { partsOf } from './componentParts';
import { readyConfigOf } from './componentRestoreObjects';
import { Failure } from './failure';
import { LABEL } from './names';
import { isPopulated, type PopulatedClaim } from './populatorClaim';
import { componentLabels, restoreOf } from './populatorObjects';
import type { PopulatorPlan } from './populatorPlan';
import { INTENT } from './restoreIntent';
import { restoreSets } from './restoreSets';

export type PostReadyStep = 'done' | 'waiting' | { readonly failed: string };

/** What has to run in the restored component, once for all its claims and not before it is Running. */
export function followPostReady(claim: PopulatedClaim, plan: PopulatorPlan, world: World): PostReadyStep {
  if (!hasPostReady(claim, plan, world)) return 'done';
  const component = componentOf(claim, world);
  const parts = component === undefined ? undefined : partsOf(component, world);
  if (component === undefined || parts === undefined || plan.target === undefined) return 'waiting';
  if (!mayBegin(component, plan, parts.cluster.status?.phase, world)) return 'waiting';
  const { name: componentName, namespace = '', uid = '', labels = {} } = component.metadata;
  const name = `restore-${uid}-post-ready`;
  const restore = read<Restore>(world, RESOURCES.restore, { namespace, name });
  if (restore === undefined) {
    const { apiVersion, kind } = component;
    const owner = { apiVersion, kind, name: componentName, uid };
    const config = { readyConfig: readyConfigOf(parts, plan.backup) };
    world.store.create(RESOURCES.restore, restoreOf(plan, { name, namespace, labels: componentLabels(labels), owner, config }));
    return 'waiting';
  }
  if (restore.status?.phase === 'Failed') return { failed: `postReady restore ${namespace}/${name} failed` };
  return restore.status?.phase === 'Completed' ? 'done' : 'waiting';
}

function hasPostReady({ metadata }: PopulatedClaim, { backup, target, pitr }: PopulatorPlan, world: World): boolean {
  const { name, namespace = '' } = backup.metadata;
  const spec = { backup: { name, namespace, sourceTargetName: target?.name ?? '' }, ...(pitr !== undefined && { restoreTime: pitr }) };
  try {
    const sets = restoreSets({ apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Restore', metadata: { name: metadata.name }, spec }, world);
    return sets.some(({ actionSet }) => (actionSet?.spec?.restore?.postReady ?? []).length > 0);
  } catch (error) {
    // What cannot be restored has failed already, or was never tried where the claim stays empty.
    if (error instanceof Failure) return false;
    throw error;
  }
}

function componentOf({ metadata }: PopulatedClaim, world: World): PlaygroundComponent | undefined {
  const { [LABEL.instance]: instance = '', [LABEL.component]: component = '' } = metadata.labels ?? {};
  return read<PlaygroundComponent>(world, RESOURCES.component, { namespace: metadata.namespace ?? '', name: componentFullName(instance, component) });
}

function mayBegin({ metadata, status }: PlaygroundComponent, { options }: PopulatorPlan, clusterPhase: string | undefined, world: World): boolean {
  if (status?.phase !== 'Running' || (options.defersPostReady && clusterPhase !== 'Running')) return false;
  const { [LABEL.instance]: instance = '', [LABEL.component]: component = '' } = metadata.labels ?? {};
  const labels = { [LABEL.instance]: instance, [LABEL.component]: component };
  return readAll<PopulatedClaim>(world, RESOURCES.persistentVolumeClaim, { namespace: metadata.namespace ?? '', labels })
    .filter(({ metadata: own }) => own.annotations?.[INTENT.sourceName] !== undefined)
    .every(isPopulated);
}
