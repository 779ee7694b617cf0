import type { KubeObject, SchedulePolicy } from '../../kubeblocks/objects';

/** The parts of a BackupPolicyTemplate that become a policy and a schedule. */

export interface TemplateTarget {
  readonly role?: string;
  readonly fallbackRole?: string;
  readonly account?: string;
  readonly strategy?: string;
  readonly useParentSelectedPods?: boolean;
  readonly containerPort?: unknown;
}

export interface MethodTemplate {
  readonly name: string;
  readonly actionSetName?: string;
  readonly compatibleMethod?: string;
  readonly snapshotVolumes?: boolean;
  readonly target?: TemplateTarget;
  readonly [field: string]: unknown;
}

export interface PolicyTemplate extends KubeObject {
  readonly spec: {
    readonly compDefs: readonly string[];
    readonly target?: TemplateTarget;
    readonly backupMethods: readonly MethodTemplate[];
    readonly schedules?: readonly SchedulePolicy[];
    readonly backoffLimit?: number;
    readonly retentionPolicy?: string;
  };
}

export interface BackupTarget {
  /** Of the shard. */
  readonly name?: string;
  readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>>; readonly [field: string]: unknown };
  readonly connectionCredential?: object;
  readonly containerPort?: unknown;
}
