import type { Condition, RestoreAction } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { patchStatus, read, refOf, withCondition } from '../runtime/edits';
import { formatGoDuration } from '../runtime/goDuration';
import type { World } from '../world';
import type { RestoreRequest } from './shapes';

export const COMPONENT = 'restore-controller';

export type Stage = 'prepareData' | 'postReady';
type Status = NonNullable<RestoreRequest['status']>;

export function condition(world: World, type: string, isTrue: boolean, reason: string, message: string): Condition {
  return { type, status: isTrue ? 'True' : 'False', reason, message, lastTransitionTime: world.clock.timestamp() };
}

/** Writes the stage's condition and actions; only success is True (`SetRestoreStageCondition`). */
export function writeStage(
  restore: RestoreRequest,
  stage: Stage,
  change: { readonly reason: 'Processing' | 'Succeed' | 'Failed'; readonly message: string; readonly actions: readonly RestoreAction[] },
  world: World,
): RestoreRequest {
  const current = currentRestore(restore, world);
  const type = stage === 'prepareData' ? 'PrepareData' : 'PostReady';
  const actions = change.actions.length === 0 ? current.status?.actions : { ...current.status?.actions, [stage]: change.actions };
  return patchStatus(world, RESOURCES.restore, current, {
    conditions: withCondition(current.status?.conditions, condition(world, type, change.reason === 'Succeed', change.reason, change.message)),
    actions,
  });
}

export function endRestore(restore: RestoreRequest, phase: 'Completed' | 'Failed', world: World): void {
  const current = currentRestore(restore, world);
  const started = current.status?.startTimestamp;
  patchStatus(world, RESOURCES.restore, current, {
    phase,
    completionTimestamp: world.clock.timestamp(),
    ...(started === undefined ? {} : { duration: formatGoDuration(world.clock.now() - Date.parse(started)) }),
  } satisfies Partial<Status>);
}

export function currentRestore(restore: RestoreRequest, world: World): RestoreRequest {
  return read<RestoreRequest>(world, RESOURCES.restore, refOf(restore)) ?? restore;
}
