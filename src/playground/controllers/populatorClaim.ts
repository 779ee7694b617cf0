import type { Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { patchStatus, read, withCondition } from '../runtime/edits';
import type { PersistentVolumeClaim } from '../workloads/workload';
import type { World } from '../world';
import type { DataSource } from './clusterShapes';
import { BACKUP_GROUP } from './restoreIntent';

/** A claim with what a restore writes on it. */
export interface PopulatedClaim extends Omit<PersistentVolumeClaim, 'spec' | 'status'> {
  readonly spec?: NonNullable<PersistentVolumeClaim['spec']> & { readonly dataSourceRef?: DataSource };
  readonly status?: NonNullable<PersistentVolumeClaim['status']> & { readonly conditions?: readonly Condition[] };
}

export type ClaimReason = 'Processing' | 'Succeed' | 'Provisioned' | 'Failed';

/** Whether the claim is to be filled from a Backup; any other provisioner leaves it alone. */
export function isFilledFromBackup({ spec }: Pick<PopulatedClaim, 'spec'>): boolean {
  return spec?.dataSourceRef?.apiGroup === BACKUP_GROUP;
}

/** What the claim says of its filling (`Populating`) and of the whole restore (`Restore`). */
export function claimCondition({ status }: PopulatedClaim, type: 'Populating' | 'Restore'): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

/** Whether its volume is there, with data or without. */
export function isPopulated(claim: PopulatedClaim): boolean {
  const reason = claimCondition(claim, 'Populating')?.reason;
  return reason === 'Succeed' || reason === 'Provisioned';
}

export function writeClaimConditions(claim: PopulatedClaim, types: readonly ('Populating' | 'Restore')[], reason: ClaimReason, message: string, world: World): void {
  const { namespace = '', name } = claim.metadata;
  const current = read<PopulatedClaim>(world, RESOURCES.persistentVolumeClaim, { namespace, name }) ?? claim;
  const conditions = types.reduce<readonly Condition[]>(
    (known, type) => withCondition(known, { type, status: statusOf(type, reason), reason, message, lastTransitionTime: world.clock.timestamp() }),
    current.status?.conditions ?? [],
  );
  patchStatus(world, RESOURCES.persistentVolumeClaim, current, { conditions });
}

/** `Populating` is True whatever came of it. */
function statusOf(type: 'Populating' | 'Restore', reason: ClaimReason): string {
  if (type === 'Populating' || reason === 'Succeed' || reason === 'Provisioned') return 'True';
  return reason === 'Failed' ? 'False' : 'Unknown';
}
