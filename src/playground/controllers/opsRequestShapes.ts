import type { Condition, KubeObject, Parameter } from '../../kubeblocks/objects';

export interface PlaygroundOpsRequest extends KubeObject {
  readonly spec: {
    readonly type: string;
    readonly clusterName?: string;
    readonly cancel?: boolean;
    readonly force?: boolean;
    readonly preConditionDeadlineSeconds?: number;
    readonly ttlSecondsAfterSucceed?: number;
    readonly ttlSecondsAfterUnsuccessfulCompletion?: number;
    readonly backup?: {
      readonly backupName?: string;
      readonly backupPolicyName?: string;
      readonly backupMethod?: string;
      readonly deletionPolicy?: string;
      readonly retentionPeriod?: string;
      readonly parentBackupName?: string;
      readonly parameters?: readonly Parameter[];
    };
    readonly restore?: {
      readonly backupName: string;
      readonly backupNamespace?: string;
      readonly restorePointInTime?: string;
      readonly env?: readonly unknown[];
      readonly parameters?: readonly Parameter[];
      readonly volumeRestorePolicy?: string;
      readonly deferPostReadyUntilClusterRunning?: boolean;
    };
  };
  readonly status?: {
    readonly phase?: string;
    readonly progress?: string;
    readonly clusterGeneration?: number;
    readonly startTimestamp?: string;
    readonly completionTimestamp?: string;
    readonly conditions?: readonly Condition[];
  };
}

/** Ends the OpsRequest with phase Failed. Any other error leaves it where it is, to be tried again. */
export class FatalOpsError extends Error {}

/** Tried again with the next reconcile; told as event DoActionFailed. */
export class RetriedOpsError extends Error {}
