import type { AnyObject, Restore } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, isDeleting, read, readAll, refOf, remove } from '../runtime/edits';
import { StatusError, type Controller, type ObjectRef, type World } from '../world';
import { traitsOf } from './lineTraits';
import { FINALIZER, LABEL } from './names';
import { claimCondition, isFilledFromBackup, isPopulated, writeClaimConditions, type PopulatedClaim } from './populatorClaim';
import { planOf, type PopulatorPlan } from './populatorPlan';
import { followPostReady } from './populatorPostReady';
import { executionRestore, stagingClaim, stagingName } from './populatorObjects';
import { INTENT } from './restoreIntent';

const COMPONENT = 'volume-populator-controller';
const RETRY_MS = 5_000;
const STARTED = { true: 'Populator started', false: 'Provisioning PVC without data restore' } as const;
const ENDED = { true: 'Populator finished', false: 'PVC provisioned without data restore' } as const;

/**
 * Fills the claims of a restored cluster by way of a claim beside each (`volumepopulator_controller.go`, of the 1.2
 * line): restores into that, or leaves it empty where the backup has nothing for it, and hands its volume over.
 */
export const volumePopulator: Controller = {
  name: 'volumePopulator',
  watches: [
    { resource: RESOURCES.persistentVolumeClaim, keys: claimFor },
    { resource: RESOURCES.restore, keys: claimsOfRestore },
    { resource: RESOURCES.component, keys: claimsOfComponent },
  ],
  reconcile(ref, world) {
    const claim = read<PopulatedClaim>(world, RESOURCES.persistentVolumeClaim, ref);
    if (!traitsOf(world).restoresBySpec || claim === undefined || !isFilledFromBackup(claim) || claim.spec?.dataSourceRef?.kind !== 'Backup') return undefined;
    if (isDeleting(claim)) {
      edit(world, RESOURCES.persistentVolumeClaim, claim, { removeFinalizer: FINALIZER });
      return undefined;
    }
    const outcome = claimCondition(claim, 'Restore')?.status;
    return outcome === 'True' || outcome === 'False' ? undefined : populate(claim, world);
  },
};

/** The claim itself, or the one that a staging claim stands in for. */
function claimFor(claim: AnyObject, world: World): readonly ObjectRef[] {
  const { namespace = '', name } = claim.metadata;
  if (!name.startsWith(stagingName(''))) return [refOf(claim)];
  return readAll(world, RESOURCES.persistentVolumeClaim, { namespace }).filter(({ metadata }) => stagingName(metadata.uid ?? '') === name).map(refOf);
}

function claimsOfRestore({ metadata }: AnyObject, world: World): readonly ObjectRef[] {
  const namespace = metadata.namespace ?? '';
  return (metadata.ownerReferences ?? []).flatMap(({ kind, name }) => {
    if (kind === 'PersistentVolumeClaim') return [{ namespace, name }];
    const component = kind === 'Component' ? world.store.get(RESOURCES.component, { namespace, name }) : undefined;
    return component === undefined ? [] : claimsOfComponent(component, world);
  });
}

function claimsOfComponent({ metadata }: AnyObject, world: World): readonly ObjectRef[] {
  const { [LABEL.instance]: instance = '', [LABEL.component]: component = '' } = metadata.labels ?? {};
  const options = { namespace: metadata.namespace ?? '', labels: { [LABEL.instance]: instance, [LABEL.component]: component } };
  return readAll(world, RESOURCES.persistentVolumeClaim, options)
    .filter(({ metadata: own }) => own.annotations?.[INTENT.sourceName] !== undefined)
    .map(refOf);
}

function populate(claim: PopulatedClaim, world: World): { requeueAfterMs: number } | undefined {
  const plan = planOf(claim, world);
  if (plan === undefined) return retry(claim, `Backup.dataprotection.kubeblocks.io "${claim.spec?.dataSourceRef?.name ?? ''}" not found`, world);
  if (isPopulated(claim)) {
    finish(claim, plan, world);
    return undefined;
  }
  begin(claim, plan, world);
  if (claim.status?.phase === 'Bound') {
    handOver(claim, plan, world);
    return undefined;
  }
  try {
    fill(claim, plan, world);
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return retry(claim, error.message, world);
  }
}

function retry(claim: PopulatedClaim, message: string, world: World): { requeueAfterMs: number } {
  world.event(claim, 'Warning', 'ReconcileFailed', `Reconciling failed, error: ${message}`, COMPONENT);
  return { requeueAfterMs: RETRY_MS };
}

function begin(claim: PopulatedClaim, { fillsVolume }: PopulatorPlan, world: World): void {
  if (claimCondition(claim, 'Populating') !== undefined) return;
  edit(world, RESOURCES.persistentVolumeClaim, claim, { addFinalizer: FINALIZER });
  const message = STARTED[`${fillsVolume}`];
  writeClaimConditions(claim, ['Populating', 'Restore'], 'Processing', message, world);
  world.event(claim, 'Normal', 'StartToVolumePopulate', message, COMPONENT);
}

/** Makes the claim beside it and what fills that; once it is full, its volume becomes the claim's own. */
function fill(claim: PopulatedClaim, plan: PopulatorPlan, world: World): void {
  const namespace = claim.metadata.namespace ?? '';
  const ref = { namespace, name: stagingName(claim.metadata.uid ?? '') };
  const staging = read<PopulatedClaim>(world, RESOURCES.persistentVolumeClaim, ref);
  if (staging === undefined) world.store.create(RESOURCES.persistentVolumeClaim, stagingClaim(claim, plan));
  if (plan.fillsVolume) {
    const restore = read<Restore>(world, RESOURCES.restore, ref);
    if (restore === undefined) world.store.create(RESOURCES.restore, executionRestore(claim, plan));
    if (restore?.status?.phase === 'Failed') {
      const message = `execution restore ${namespace}/${ref.name} failed`;
      world.event(claim, 'Warning', 'VolumePopulateFailed', message, COMPONENT);
      writeClaimConditions(claim, ['Populating', 'Restore'], 'Failed', message, world);
    }
    if (restore?.status?.phase !== 'Completed') return;
  }
  if (staging?.status?.phase === 'Bound') takeVolume(claim, staging, world);
}

/** The volume is told whose it is now; the provisioner binds the claim to it. */
function takeVolume(claim: PopulatedClaim, staging: PopulatedClaim, world: World): void {
  const volumeName = staging.spec?.volumeName ?? '';
  const { namespace, name, uid } = claim.metadata;
  const volume = world.store.get(RESOURCES.persistentVolume, { name: volumeName });
  if (volume === undefined || claim.spec?.volumeName === volumeName) return;
  edit(world, RESOURCES.persistentVolume, volume, { spec: { claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid } } });
  edit(world, RESOURCES.persistentVolumeClaim, claim, { spec: { volumeName } });
}

function handOver(claim: PopulatedClaim, { fillsVolume }: PopulatorPlan, world: World): void {
  remove(world, RESOURCES.persistentVolumeClaim, { namespace: claim.metadata.namespace ?? '', name: stagingName(claim.metadata.uid ?? '') });
  edit(world, RESOURCES.persistentVolumeClaim, claim, { removeFinalizer: FINALIZER });
  const message = ENDED[`${fillsVolume}`];
  world.event(claim, 'Normal', 'VolumePopulateSucceed', message, COMPONENT);
  writeClaimConditions(claim, ['Populating'], fillsVolume ? 'Succeed' : 'Provisioned', message, world);
}

/** A claim's restore is over with what runs in the database afterwards. */
function finish(claim: PopulatedClaim, plan: PopulatorPlan, world: World): void {
  const step = followPostReady(claim, plan, world);
  if (step === 'waiting') return;
  if (step === 'done') writeClaimConditions(claim, ['Restore'], plan.fillsVolume ? 'Succeed' : 'Provisioned', ENDED[`${plan.fillsVolume}`], world);
  else writeClaimConditions(claim, ['Restore'], 'Failed', step.failed, world);
}
