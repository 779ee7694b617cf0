import type { Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { patchStatus, read, refOf, withCondition } from '../runtime/edits';
import type { World } from '../world';
import type { Repo } from './shapes';

/** Writes one condition, as the controller does: each in a write of its own. */
export function setCondition(
  repo: Repo,
  type: string,
  { status, reason, message = '' }: { readonly status: string; readonly reason: string; readonly message?: string },
  world: World,
): void {
  const { status: known, metadata } = currentRepo(repo, world);
  const condition: Condition = {
    type,
    status,
    reason,
    message,
    lastTransitionTime: world.clock.timestamp(),
    observedGeneration: metadata.generation ?? 1,
  };
  patchStatus(world, RESOURCES.backupRepo, repo, { conditions: withCondition(known?.conditions, condition) });
}

/** The repository as it is stored now. */
export function currentRepo(repo: Repo, world: World): Repo {
  return read<Repo>(world, RESOURCES.backupRepo, refOf(repo)) ?? repo;
}
