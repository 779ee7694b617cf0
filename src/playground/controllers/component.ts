import type { AnyObject, Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, isDeleting, read, refOf, remove, setStatus, withCondition } from '../runtime/edits';
import { isSame } from '../store/isSame';
import type { Controller, ObjectRef, World } from '../world';
import { APPS_LABEL, CLUSTER_FINALIZER, COMPONENT_FINALIZER, componentFullName } from './clusterNames';
import type { PlaygroundComponent } from './clusterShapes';
import { ensureAccounts, releaseAccounts } from './componentAccounts';
import { ensureInstances } from './componentInstances';
import { partsOf, selectorLabels, type ComponentParts } from './componentParts';
import { postReady, prepareData, restoreEntryOf } from './componentRestore';
import type { RestoreEntry } from './componentRestoreEntry';
import { traitsOf } from './lineTraits';
import { LABEL } from './names';
import { componentRestoreCondition } from './restoreProgress';

const RETRY_MS = 30_000;
/** The last stage was seen to begin well after the component ran, and after an OpsRequest had called it a success. */
const POST_READY_AFTER_MS = 1_500;
const WATCHED = [RESOURCES.pod, RESOURCES.persistentVolumeClaim, RESOURCES.restore];

/** Brings up one component: accounts, restored volumes, pods, and the restore's last stage (`controllers/apps/component`). */
export const componentController: Controller = {
  name: 'component',
  watches: [
    { resource: RESOURCES.component },
    { resource: RESOURCES.cluster, keys: componentsOfCluster },
    ...WATCHED.map((resource) => ({ resource, keys: componentOf })),
  ],
  reconcile(ref, world) {
    const component = read<PlaygroundComponent>(world, RESOURCES.component, ref);
    if (component === undefined) return undefined;
    if (isDeleting(component)) {
      deleteComponent(component, world);
      return undefined;
    }
    const prepared = edit(world, RESOURCES.component, component, {
      addFinalizer: COMPONENT_FINALIZER,
      labels: { [APPS_LABEL.definitionName]: component.spec.compDef },
    });
    const parts = partsOf(prepared, world);
    return parts === undefined ? undefined : provision(parts, world);
  },
};

/** What carries the labels of a component belongs to it. */
function componentOf({ metadata }: AnyObject): readonly ObjectRef[] {
  const { [LABEL.instance]: cluster, [LABEL.component]: component } = metadata.labels ?? {};
  if (cluster === undefined || component === undefined || metadata.namespace === undefined) return [];
  return [{ namespace: metadata.namespace, name: componentFullName(cluster, component) }];
}

function componentsOfCluster({ metadata }: AnyObject, world: World): readonly ObjectRef[] {
  const options = { namespace: metadata.namespace ?? '', labels: { [LABEL.instance]: metadata.name } };
  return world.store.list(RESOURCES.component, options).map(refOf);
}

function provision(parts: ComponentParts, world: World): { requeueAfterMs: number } | undefined {
  if (traitsOf(world).restoresBySpec) return provisionBySpec(parts, world);
  const entry = restoreEntryOf(parts);
  const accountError = ensureAccounts(parts, entry, world);
  if (accountError !== undefined) {
    world.event(parts.component, 'Warning', 'Warning', accountError, 'component-controller');
    writeStatus(parts, undefined, world);
    return { requeueAfterMs: RETRY_MS };
  }
  const isRunning = parts.component.status?.phase === 'Running';
  const prepared = entry === undefined || isRunning ? 'done' : prepareData(parts, entry, world);
  if (prepared !== 'done') {
    writeStatus(parts, undefined, world);
    return prepared === 'stuck' ? { requeueAfterMs: RETRY_MS } : undefined;
  }
  const allReady = ensureInstances(parts, world);
  writeStatus(parts, phaseOf(parts, allReady), world);
  if (entry === undefined || !isRunning) return undefined;
  const tooEarly = POST_READY_AFTER_MS - (world.clock.now() - availableSince(parts));
  if (tooEarly > 0) return { requeueAfterMs: tooEarly };
  return postReady(parts, entry, world) === 'stuck' ? { requeueAfterMs: RETRY_MS } : undefined;
}

/** Of the 1.2 line: claims are filled by the volume populator, and the component only tells how far that is. */
function provisionBySpec(parts: ComponentParts, world: World): { requeueAfterMs: number } | undefined {
  const accountError = ensureAccounts(parts, accountSource(parts, world), world);
  if (accountError !== undefined) {
    world.event(parts.component, 'Warning', 'Warning', accountError, 'component-controller');
    writeStatus(parts, undefined, world);
    return { requeueAfterMs: RETRY_MS };
  }
  const allReady = ensureInstances(parts, world);
  writeStatus(parts, isUpdating(parts) ? 'Updating' : phaseOf(parts, allReady), world);
  return undefined;
}

/** A change of a Running component's spec asks nothing of its pods here, and is over once the Cluster has told of it. */
function isUpdating({ component, cluster, name, publicName }: ComponentParts): boolean {
  const { phase, observedGeneration } = component.status ?? {};
  if (phase === 'Running') return observedGeneration !== component.metadata.generation;
  const told = cluster.status?.components?.[name] ?? cluster.status?.shardings?.[publicName];
  return phase === 'Updating' && told?.phase !== 'Updating';
}

/** Where the passwords come from; a backup that is not there gives none. */
function accountSource({ cluster, namespace }: ComponentParts, world: World): RestoreEntry | undefined {
  const { source } = cluster.spec.restore ?? {};
  if (source === undefined) return undefined;
  const ref = { namespace: source.namespace ?? namespace, name: source.name };
  return world.store.get(RESOURCES.backup, ref) === undefined ? undefined : ref;
}

function availableSince({ component }: ComponentParts): number {
  const condition = component.status?.conditions?.find(({ type }) => type === 'Available');
  return Date.parse(condition?.lastTransitionTime ?? '') || 0;
}

function phaseOf({ component }: ComponentParts, allReady: boolean): string {
  if (allReady) return 'Running';
  const before = component.status?.phase;
  return before === undefined || before === 'Creating' ? 'Creating' : 'Updating';
}

/** Without a phase (a restore is at work, or cannot begin) only the start is told. */
function writeStatus(parts: ComponentParts, phase: string | undefined, world: World): void {
  const { component, fullName } = parts;
  const before = component.status ?? {};
  const generation = component.metadata.generation ?? 1;
  const at = world.clock.timestamp();
  const started: Condition = {
    type: 'ProvisioningStarted',
    status: 'True',
    reason: 'PreCheckSucceed',
    message: `The operator has started the provisioning of Cluster: ${fullName}`,
    lastTransitionTime: at,
    observedGeneration: generation,
  };
  const restore = traitsOf(world).restoresBySpec ? componentRestoreCondition(parts, world) : undefined;
  const provisioning = withCondition(before.conditions, started);
  const conditions = restore === undefined ? provisioning : withCondition(provisioning, restore);
  const next =
    phase === undefined
      ? { ...before, conditions }
      : { ...before, phase, observedGeneration: generation, conditions: withCondition(conditions, available(phase, generation, at)) };
  if (isSame(before, next)) return;
  setStatus(world, RESOURCES.component, component, next);
  if (phase === undefined || phase === before.phase) return;
  world.event(component, 'Normal', 'ComponentPhaseTransition', `component is ${phase}`, 'component-controller');
  const reason = phase === 'Running' ? 'Available' : 'Unavailable';
  world.event(component, 'Normal', reason, `the component phase is ${phase}`, 'component-controller');
}

function available(phase: string, observedGeneration: number, lastTransitionTime: string): Condition {
  const isRunning = phase === 'Running';
  return {
    type: 'Available',
    status: isRunning ? 'True' : 'False',
    reason: isRunning ? 'Available' : 'Unavailable',
    message: `the component phase is ${phase}`,
    lastTransitionTime,
    observedGeneration,
  };
}

/** Pods first, then claims, then the Component; the rest goes with its owner. */
function deleteComponent(component: PlaygroundComponent, world: World): void {
  const { namespace = '', labels } = component.metadata;
  if (component.metadata.finalizers === undefined) return;
  const own = { [LABEL.instance]: labels?.[LABEL.instance] ?? '', [LABEL.component]: labels?.[LABEL.component] ?? '' };
  const parts = partsOf(component, world);
  const selector = parts === undefined ? own : selectorLabels(parts);
  setStatus(world, RESOURCES.component, component, { ...component.status, phase: 'Deleting' });
  for (const resource of [RESOURCES.pod, RESOURCES.persistentVolumeClaim]) {
    for (const { metadata } of world.store.list(resource, { namespace, labels: selector })) {
      remove(world, resource, { namespace, name: metadata.name });
    }
  }
  releaseAccounts(namespace, own, world);
  const rest = edit(world, RESOURCES.component, component, { removeFinalizer: CLUSTER_FINALIZER });
  edit(world, RESOURCES.component, rest, { removeFinalizer: COMPONENT_FINALIZER });
}
