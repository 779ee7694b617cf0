import { RESOURCES } from '../resources';
import { edit, isDeleting, patchStatus, read, readAll } from '../runtime/edits';
import type { AnyObject } from '../../kubeblocks/objects';
import type { Controller, ObjectRef, World } from '../world';
import { ANNOTATION, FINALIZER, LABEL } from './names';
import type { BackupTarget, Policy } from './shapes';

const COMPONENT = 'backup-policy-controller';

/** Checks nothing but the names of `targets[]` (`controllers/dataprotection/backuppolicy_controller.go`). */
export const backupPolicyController: Controller = {
  name: 'backup-policy',
  watches: [{ resource: RESOURCES.backupPolicy }, { resource: RESOURCES.backupSchedule, keys: policyMadeWith }],
  reconcile(ref, world) {
    const policy = read<Policy>(world, RESOURCES.backupPolicy, ref);
    if (policy === undefined) return undefined;
    const { name } = policy.metadata;
    if (isDeleting(policy)) {
      world.event(policy, 'Normal', 'DeletingCR', `Deleting backuppolicy: ${name}`, COMPONENT);
      edit(world, RESOURCES.backupPolicy, policy, { removeFinalizer: FINALIZER });
      world.event(policy, 'Normal', 'DeletedCR', `Deleted backuppolicy: ${name}`, COMPONENT);
      return undefined;
    }
    const isNew = policy.status?.phase === undefined;
    const current = edit(world, RESOURCES.backupPolicy, policy, { addFinalizer: FINALIZER });
    const message = targetsFault(current);
    patchStatus(world, RESOURCES.backupPolicy, current, {
      phase: message === undefined ? 'Available' : 'Unavailable',
      message,
      observedGeneration: current.metadata.generation,
    });
    wakeSchedules(current, world);
    if (isNew && message === undefined) world.event(current, 'Normal', 'CreatedCR', `Created backuppolicy: ${name}`, COMPONENT);
    return undefined;
  },
};

/** A schedule that KubeBlocks made together with its policy. */
function policyMadeWith({ metadata, spec }: AnyObject): readonly ObjectRef[] {
  const { backupPolicyName } = (spec ?? {}) as { readonly backupPolicyName?: string };
  const isGenerated = metadata.ownerReferences?.some(({ kind }) => kind === 'Cluster') === true;
  return isGenerated && backupPolicyName !== undefined ? [{ namespace: metadata.namespace ?? '', name: backupPolicyName }] : [];
}

/** By an annotation, so that they are looked at again. */
function wakeSchedules({ metadata }: Policy, world: World): void {
  const labels = { [LABEL.backupPolicy]: metadata.name };
  for (const schedule of readAll<Policy>(world, RESOURCES.backupSchedule, { namespace: metadata.namespace ?? '', labels })) {
    if (schedule.metadata.ownerReferences?.some(({ kind }) => kind === 'Cluster') !== true) continue;
    edit(world, RESOURCES.backupSchedule, schedule, { annotations: { [ANNOTATION.reconcile]: metadata.resourceVersion } });
  }
}

function targetsFault({ spec }: Policy): string | undefined {
  const lists = [spec?.targets, ...(spec?.backupMethods ?? []).map(({ targets }) => targets)];
  return lists.map((targets) => namesFault(targets ?? [])).find((fault) => fault !== undefined);
}

function namesFault(targets: readonly BackupTarget[]): string | undefined {
  const names = targets.map(({ name }) => name ?? '');
  if (names.includes('')) return 'target name can not be empty when using "targets" field';
  if (new Set(names).size < names.length) return 'the target name can not be duplicated when using "targets" field';
  return undefined;
}
