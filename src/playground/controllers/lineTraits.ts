import type { World } from '../world';

/** In what the controllers of the lines differ. */
export interface LineTraits {
  /** By `Cluster.spec.restore` and a volume populator, in place of an annotation. */
  readonly restoresBySpec: boolean;
  /** Backups that go with a Cluster are data protection's to delete, and hold the Cluster until they are gone. */
  readonly backupsHoldClusters: boolean;
  /** A Cluster is marked with the version of the API it was made by. */
  readonly marksApiVersion: boolean;
  /** A Backup of no sharding says so in an empty label. */
  readonly labelsNoSharding: boolean;
  /** A repository without a capacity has one of 0 written into its spec. */
  readonly writesVolumeCapacity: boolean;
  /** The log of a failed job stays the reason of its action; elsewhere the job's own end takes its place. */
  readonly keepsLogOfFailure: boolean;
  /** An action names its Job, StatefulSet or VolumeSnapshot from its beginning on. */
  readonly namesWorkAtOnce: boolean;
  /** The status field of a Backup that says why it cannot be deleted. */
  readonly deletionFailureField: 'failureReason' | 'deletionFailureReason';
  /** Why a Backup failed, where its actions did. */
  readonly actionsFailed: string;
  /** A CronJob is its BackupSchedule's. */
  readonly ownsCronJobs: boolean;
  /** Where a storage provider is looked for last. */
  readonly lastProviderGroup: 'dataprotection.kubeblocks.io' | 'storage.kubeblocks.io';
  /** What an OpsRequest cannot do now is never tried again. */
  readonly operationsFailAtOnce: boolean;
}

const ONE: LineTraits = {
  marksApiVersion: true,
  keepsLogOfFailure: false,
  labelsNoSharding: false,
  restoresBySpec: false,
  backupsHoldClusters: false,
  writesVolumeCapacity: true,
  namesWorkAtOnce: false,
  deletionFailureField: 'failureReason',
  actionsFailed: 'there are failed actions, you can obtain the more informations in the status.actions',
  ownsCronJobs: true,
  lastProviderGroup: 'dataprotection.kubeblocks.io',
  operationsFailAtOnce: false,
};

const ZERO_NINE: LineTraits = { ...ONE, marksApiVersion: false, labelsNoSharding: true, keepsLogOfFailure: true, ownsCronJobs: false, lastProviderGroup: 'storage.kubeblocks.io' };

const ONE_TWO: LineTraits = {
  marksApiVersion: false,
  keepsLogOfFailure: false,
  labelsNoSharding: false,
  restoresBySpec: true,
  backupsHoldClusters: true,
  writesVolumeCapacity: false,
  namesWorkAtOnce: true,
  deletionFailureField: 'deletionFailureReason',
  actionsFailed: 'there are failed actions, you can obtain the more information in the status.actions',
  ownsCronJobs: true,
  lastProviderGroup: 'dataprotection.kubeblocks.io',
  operationsFailAtOnce: true,
};

/** Of the line the world speaks. */
export function traitsOf({ line }: Pick<World, 'line'>): LineTraits {
  if (line === '0.9') return ZERO_NINE;
  return line === '1.2' ? ONE_TWO : ONE;
}
