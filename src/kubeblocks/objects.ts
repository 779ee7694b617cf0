/** Plain shapes of the Kubernetes objects read here. Every field may be absent: objects come from other people. */

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly generateName?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  /** RFC 3339, seconds, UTC. */
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** An object whose remaining fields are not known here. */
export interface AnyObject extends KubeObject {
  readonly [field: string]: unknown;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly observedGeneration?: number;
}

export interface TimeRange {
  readonly start?: string;
  readonly end?: string;
  readonly timeZone?: string;
}

export interface Parameter {
  readonly name: string;
  readonly value: string;
}

export interface BackupAction {
  readonly name?: string;
  readonly phase?: string;
  readonly actionType?: string;
  readonly targetPodName?: string;
  readonly objectRef?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
  readonly startTimestamp?: string;
  readonly completionTimestamp?: string;
  readonly failureReason?: string;
  readonly totalSize?: string;
  readonly timeRange?: TimeRange;
  readonly availableReplicas?: number;
  readonly volumeSnapshots?: readonly {
    readonly name?: string;
    readonly volumeName?: string;
    readonly contentName?: string;
    readonly size?: string;
  }[];
}

export interface BackupMethod {
  readonly name: string;
  readonly actionSetName?: string;
  readonly compatibleMethod?: string;
  readonly snapshotVolumes?: boolean;
  readonly targetVolumes?: { readonly volumes?: readonly string[] };
}

/** What a backup was made of. A single target may have no name. */
export interface BackupTarget {
  readonly name?: string;
  readonly podSelector?: { readonly strategy?: string };
}

export interface Backup extends KubeObject {
  readonly spec?: {
    readonly backupPolicyName?: string;
    readonly backupMethod?: string;
    readonly deletionPolicy?: string;
    readonly retentionPeriod?: string;
    readonly parentBackupName?: string;
    readonly parameters?: readonly Parameter[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly failureReason?: string;
    readonly deletionFailureReason?: string;
    readonly startTimestamp?: string;
    readonly completionTimestamp?: string;
    readonly expiration?: string;
    readonly duration?: string;
    readonly totalSize?: string;
    readonly timeRange?: TimeRange;
    readonly backupRepoName?: string;
    readonly backupMethod?: BackupMethod;
    readonly parentBackupName?: string;
    readonly baseBackupName?: string;
    readonly path?: string;
    readonly target?: BackupTarget;
    readonly targets?: readonly BackupTarget[];
    readonly actions?: readonly BackupAction[];
  };
}

export interface BackupPolicy extends KubeObject {
  readonly spec?: {
    readonly backupRepoName?: string;
    readonly backupMethods?: readonly BackupMethod[];
    readonly retentionPolicy?: string;
    readonly target?: { readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> } };
    readonly targets?: readonly BackupTarget[];
  };
  readonly status?: { readonly phase?: string; readonly message?: string; readonly observedGeneration?: number };
}

export interface SchedulePolicy {
  readonly name?: string;
  readonly backupMethod: string;
  readonly cronExpression: string;
  readonly enabled?: boolean;
  readonly retentionPeriod?: string;
  readonly parameters?: readonly Parameter[];
}

export interface BackupSchedule extends KubeObject {
  readonly spec?: {
    readonly backupPolicyName?: string;
    readonly startingDeadlineMinutes?: number;
    readonly schedules?: readonly SchedulePolicy[];
  };
  readonly status?: { readonly phase?: string; readonly failureReason?: string; readonly observedGeneration?: number };
}

export interface BackupRepo extends KubeObject {
  readonly spec?: {
    readonly storageProviderRef?: string;
    readonly accessMethod?: string;
    readonly pvReclaimPolicy?: string;
    readonly volumeCapacity?: string | number;
    readonly config?: Readonly<Record<string, string>>;
    readonly credential?: { readonly name?: string; readonly namespace?: string };
    readonly pathPrefix?: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly isDefault?: boolean;
    readonly conditions?: readonly Condition[];
    readonly observedGeneration?: number;
  };
}

/** The part of JSON Schema that `parametersSchema.openAPIV3Schema` uses. */
export interface ParametersSchema {
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<
    Record<
      string,
      {
        readonly type?: string;
        readonly description?: string;
        readonly default?: unknown;
        readonly enum?: readonly unknown[];
        readonly items?: { readonly type?: string };
        readonly minimum?: number;
        readonly maximum?: number;
        readonly pattern?: string;
      }
    >
  >;
}

export interface ActionSet extends KubeObject {
  readonly spec?: {
    readonly backupType?: string;
    readonly parametersSchema?: { readonly openAPIV3Schema?: ParametersSchema };
    readonly backup?: { readonly withParameters?: readonly string[] };
    readonly restore?: {
      readonly withParameters?: readonly string[];
      readonly baseBackupRequired?: boolean;
      /** Present (any value) when the action set restores volumes. */
      readonly prepareData?: unknown;
      readonly postReady?: readonly unknown[];
    };
  };
  readonly status?: { readonly phase?: string; readonly message?: string };
}

/** Kubernetes' own: how a storage driver takes snapshots. */
export interface VolumeSnapshotClass extends KubeObject {
  readonly driver?: string;
}

export interface StorageProvider extends KubeObject {
  readonly spec?: {
    readonly csiDriverName?: string;
    /** Either of the two is present (any value) when repositories can be mounted. */
    readonly storageClassTemplate?: unknown;
    readonly persistentVolumeClaimTemplate?: unknown;
    /** Present (any value) when the backup tool can reach the storage by itself. */
    readonly datasafedConfigTemplate?: unknown;
    readonly parametersSchema?: {
      readonly openAPIV3Schema?: ParametersSchema;
      readonly credentialFields?: readonly string[];
    };
  };
  readonly status?: { readonly phase?: string; readonly conditions?: readonly Condition[] };
}

export interface RestoreAction {
  readonly name?: string;
  readonly backupName?: string;
  /** `Job/<name>`. */
  readonly objectKey?: string;
  readonly status?: string;
  readonly message?: string;
  readonly startTime?: string;
  readonly endTime?: string;
}

export interface Restore extends KubeObject {
  readonly spec?: {
    readonly backup?: { readonly name?: string; readonly namespace?: string };
    readonly restoreTime?: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly startTimestamp?: string;
    readonly completionTimestamp?: string;
    readonly duration?: string;
    readonly conditions?: readonly Condition[];
    readonly actions?: {
      readonly prepareData?: readonly RestoreAction[];
      readonly postReady?: readonly RestoreAction[];
    };
  };
}

export interface ComponentSpec {
  readonly name?: string;
  readonly componentDef?: string;
  readonly serviceVersion?: string;
  readonly replicas?: number;
  readonly tls?: boolean;
  readonly offlineInstances?: readonly string[];
}

export interface Cluster extends KubeObject {
  readonly spec?: {
    readonly clusterDef?: string;
    readonly topology?: string;
    readonly terminationPolicy?: string;
    readonly services?: readonly { readonly spec?: { readonly type?: string } }[];
    readonly componentSpecs?: readonly ComponentSpec[];
    readonly shardings?: readonly { readonly name?: string; readonly template?: ComponentSpec }[];
    readonly backup?: {
      readonly enabled?: boolean;
      readonly method?: string;
      readonly cronExpression?: string;
      readonly retentionPeriod?: string;
      readonly repoName?: string;
      readonly pitrEnabled?: boolean;
      readonly continuousMethod?: string;
      readonly incrementalBackupEnabled?: boolean;
      readonly incrementalCronExpression?: string;
    };
    readonly restore?: unknown;
  };
  readonly status?: {
    readonly phase?: string;
    readonly message?: string;
    readonly conditions?: readonly Condition[];
    readonly components?: Readonly<Record<string, { readonly phase?: string; readonly message?: unknown }>>;
    readonly shardings?: Readonly<Record<string, { readonly phase?: string; readonly message?: unknown }>>;
  };
}

export interface OpsRequest extends KubeObject {
  readonly spec?: {
    readonly type?: string;
    readonly clusterName?: string;
    readonly backup?: { readonly backupName?: string; readonly backupMethod?: string };
    readonly restore?: {
      readonly backupName?: string;
      readonly backupNamespace?: string;
      readonly restorePointInTime?: string;
    };
  };
  readonly status?: {
    readonly phase?: string;
    readonly progress?: string;
    readonly startTimestamp?: string;
    readonly completionTimestamp?: string;
    readonly conditions?: readonly Condition[];
  };
}
