import { RESOURCES } from '../resources';
import { edit, isDeleting, patchStatus, read } from '../runtime/edits';
import type { Controller, World } from '../world';
import { notFound } from './failure';
import { FINALIZER } from './names';
import type { Actions, BackupSet } from './shapes';

/** Available when its `withParameters` are in its schema (`controllers/dataprotection/actionset_controller.go`). */
export const actionSetController: Controller = {
  name: 'action-set',
  watches: [{ resource: RESOURCES.actionSet }],
  reconcile(ref, world) {
    const actionSet = read<Actions>(world, RESOURCES.actionSet, ref);
    if (actionSet === undefined) return undefined;
    if (isDeleting(actionSet)) {
      edit(world, RESOURCES.actionSet, actionSet, { removeFinalizer: FINALIZER });
      return undefined;
    }
    const current = edit(world, RESOURCES.actionSet, actionSet, { addFinalizer: FINALIZER });
    const message = faultOf(current);
    patchStatus(world, RESOURCES.actionSet, current, {
      phase: message === undefined ? 'Available' : 'Unavailable',
      message,
      observedGeneration: current.metadata.generation,
    });
    return undefined;
  },
};

function faultOf({ spec }: Actions): string | undefined {
  const backup = undeclared(spec, spec?.backup?.withParameters);
  if (backup !== undefined) return `fails to validate backup withParameters: ${backup}`;
  const restore = undeclared(spec, spec?.restore?.withParameters);
  return restore === undefined ? undefined : `fails to validate restore withParameters: ${restore}`;
}

function undeclared(spec: Actions['spec'], names: readonly string[] = []): string | undefined {
  if (names.length === 0) return undefined;
  const properties = spec?.parametersSchema?.openAPIV3Schema?.properties;
  if (properties === undefined) return 'the parametersSchema is invalid';
  const unknown = names.find((name) => properties[name] === undefined);
  return unknown === undefined ? undefined : `parameter ${unknown} is not defined in the parametersSchema`;
}

/** The action set of a backup's method, if it names one and it is there. */
export function actionSetOf(backup: BackupSet, world: World): Actions | undefined {
  const name = backup.status?.backupMethod?.actionSetName ?? '';
  return name === '' ? undefined : read<Actions>(world, RESOURCES.actionSet, { name });
}

/** @throws Failure worded as the API server words a missing object. */
export function actionSetOrFailure(name: string, world: World): Actions {
  const actionSet = read<Actions>(world, RESOURCES.actionSet, { name });
  if (actionSet === undefined) throw notFound('ActionSet', name);
  return actionSet;
}
