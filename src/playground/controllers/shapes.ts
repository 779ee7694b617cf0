import type { ActionSet, Backup, BackupAction, BackupPolicy, BackupRepo, BackupSchedule, KubeObject, Parameter, Restore } from '../../kubeblocks/objects';
import type { EnvVar } from '../workloads/workload';

/** What the controllers read beyond what the editor shows. Every field may be absent. */

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface PodSelector extends LabelSelector {
  readonly strategy?: string;
  readonly fallbackLabelSelector?: LabelSelector;
  readonly useParentSelectedPods?: boolean;
}

export interface BackupTarget {
  readonly name?: string;
  readonly podSelector?: PodSelector;
  readonly connectionCredential?: { readonly secretName?: string; readonly usernameKey?: string; readonly passwordKey?: string };
  readonly serviceAccountName?: string;
  readonly selectedTargetPods?: readonly string[];
}

export interface Method {
  readonly name: string;
  readonly actionSetName?: string;
  readonly compatibleMethod?: string;
  readonly snapshotVolumes?: boolean;
  readonly targetVolumes?: {
    readonly volumes?: readonly string[];
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  };
  readonly env?: readonly EnvVar[];
  readonly target?: BackupTarget;
  readonly targets?: readonly BackupTarget[];
}

export interface Policy extends Omit<BackupPolicy, 'spec'> {
  readonly spec?: {
    readonly backupRepoName?: string;
    readonly backupMethods?: readonly Method[];
    readonly backoffLimit?: number;
    readonly pathPrefix?: string;
    readonly retentionPolicy?: string;
    readonly encryptionConfig?: { readonly algorithm?: string; readonly passPhraseSecretKeyRef?: { readonly name?: string; readonly key?: string } };
    readonly target?: BackupTarget;
    readonly targets?: readonly BackupTarget[];
  };
}

export interface JobAction {
  readonly image: string;
  readonly command: readonly string[];
}

export interface Hook {
  readonly job?: JobAction;
  readonly exec?: { readonly command: readonly string[]; readonly container?: string };
}

export interface Actions extends Omit<ActionSet, 'spec'> {
  readonly spec?: {
    readonly backupType?: string;
    readonly env?: readonly EnvVar[];
    readonly parametersSchema?: NonNullable<ActionSet['spec']>['parametersSchema'];
    readonly backup?: {
      readonly withParameters?: readonly string[];
      readonly backupData?: JobAction & {
        readonly runOnTargetPodNode?: boolean;
        readonly syncProgress?: { readonly enabled?: boolean; readonly intervalSeconds?: number };
      };
      readonly preBackup?: readonly Hook[];
      readonly postBackup?: readonly Hook[];
      readonly preDelete?: JobAction;
    };
    readonly restore?: {
      readonly withParameters?: readonly string[];
      readonly baseBackupRequired?: boolean;
      readonly prepareData?: JobAction;
      readonly postReady?: readonly Hook[];
    };
  };
}

export interface BackupSet extends Omit<Backup, 'status'> {
  readonly status?: Omit<NonNullable<Backup['status']>, 'backupMethod' | 'actions' | 'target' | 'targets'> & {
    readonly backupMethod?: Method;
    readonly actions?: readonly Action[];
    readonly target?: BackupTarget;
    readonly targets?: readonly BackupTarget[];
    readonly persistentVolumeClaimName?: string;
  };
}

export type Action = BackupAction & { readonly name: string; readonly objectRef?: { readonly apiVersion?: string } };

export interface Repo extends BackupRepo {
  readonly status?: NonNullable<BackupRepo['status']> & {
    readonly backupPVCName?: string;
    readonly toolConfigSecretName?: string;
    readonly generatedCSIDriverSecret?: { readonly name?: string; readonly namespace?: string };
    readonly generatedStorageClassName?: string;
  };
}

export interface Provider extends KubeObject {
  readonly spec?: {
    readonly csiDriverName?: string;
    readonly csiDriverSecretTemplate?: string;
    readonly storageClassTemplate?: string;
    readonly persistentVolumeClaimTemplate?: string;
    readonly datasafedConfigTemplate?: string;
    readonly parametersSchema?: {
      readonly openAPIV3Schema?: { readonly properties?: Readonly<Record<string, { readonly default?: unknown }>> };
      readonly credentialFields?: readonly string[];
    };
  };
  readonly status?: { readonly phase?: string };
}

export interface VolumeClaim {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly volumeClaimSpec: Readonly<Record<string, unknown>>;
  readonly volumeSource?: string;
  readonly mountPath?: string;
}

export interface ReadyTarget {
  readonly podSelector?: PodSelector;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

/** Of a backup of all pods: whose copy goes where. */
export interface RequiredPolicy {
  readonly dataRestorePolicy?: string;
  readonly sourceOfOneToMany?: { readonly targetPodName?: string };
}

export interface RestoreRequest extends Omit<Restore, 'spec'> {
  readonly spec?: {
    readonly backup?: { readonly name?: string; readonly namespace?: string; readonly sourceTargetName?: string };
    readonly restoreTime?: string;
    readonly backoffLimit?: number;
    readonly env?: readonly EnvVar[];
    readonly parameters?: readonly Parameter[];
    readonly containerResources?: object;
    readonly prepareDataConfig?: {
      readonly dataSourceRef?: { readonly mountPath?: string; readonly volumeSource?: string };
      readonly schedulingSpec?: object;
      readonly volumeClaims?: readonly VolumeClaim[];
      readonly volumeClaimsTemplate?: {
        readonly replicas: number;
        readonly startingIndex?: number;
        readonly templates: readonly VolumeClaim[];
      };
      readonly volumeClaimRestorePolicy?: string;
      readonly requiredPolicyForAllPodSelection?: RequiredPolicy;
    };
    readonly readyConfig?: {
      readonly jobAction?: { readonly target?: ReadyTarget; readonly requiredPolicyForAllPodSelection?: RequiredPolicy };
      readonly execAction?: { readonly target?: ReadyTarget };
      readonly connectionCredential?: { readonly secretName?: string };
    };
  };
}

export type Schedule = BackupSchedule;
