import type { ActionSet, BackupMethod, BackupPolicy, BackupTarget } from './objects';

/** What the inventory does not keep: these were read from the API for themselves. */
export interface WholeTarget extends BackupTarget {
  readonly podSelector?: { readonly strategy?: string; readonly matchLabels?: Readonly<Record<string, string>> };
}

export interface WholeMethod extends BackupMethod {
  readonly target?: WholeTarget;
  readonly targets?: readonly WholeTarget[];
}

export interface WholePolicy extends BackupPolicy {
  readonly spec?: Omit<NonNullable<BackupPolicy['spec']>, 'backupMethods' | 'target' | 'targets'> & {
    readonly target?: WholeTarget;
    readonly targets?: readonly WholeTarget[];
    readonly backupMethods?: readonly WholeMethod[];
    readonly pathPrefix?: string;
    readonly backoffLimit?: number;
    readonly encryptionConfig?: EncryptionConfig;
  };
}

export interface EncryptionConfig {
  readonly algorithm?: string;
  readonly passPhraseSecretKeyRef?: { readonly name?: string; readonly key?: string };
}

/** A job of its own, or a command in the database's pod. */
export interface WholeAction {
  readonly job?: WholeJob;
  readonly exec?: { readonly container?: string };
}

export interface WholeJob {
  readonly image?: string;
  readonly runOnTargetPodNode?: boolean;
}

export interface WholeActionSet extends ActionSet {
  readonly spec?: NonNullable<ActionSet['spec']> & {
    readonly backup?: {
      readonly preBackup?: readonly WholeAction[];
      readonly backupData?: WholeJob;
      readonly postBackup?: readonly WholeAction[];
      readonly preDelete?: WholeJob;
    };
    readonly restore?: { readonly prepareData?: WholeJob; readonly postReady?: readonly WholeAction[] };
  };
}
