/** Labels and annotations the controllers and clients agree on (`pkg/constant`, `pkg/dataprotection/types/constant.go`). */
export const LABELS = {
  instance: 'app.kubernetes.io/instance',
  managedBy: 'app.kubernetes.io/managed-by',
  component: 'apps.kubeblocks.io/component-name',
  sharding: 'apps.kubeblocks.io/sharding-name',
  /** On pods, and in the selectors of a policy's targets. */
  role: 'kubeblocks.io/role',
  /** On the workers of a backup: jobs, pods, volume snapshots. */
  backupName: 'dataprotection.kubeblocks.io/backup-name',
  backupPolicy: 'dataprotection.kubeblocks.io/backup-policy',
  backupType: 'dataprotection.kubeblocks.io/backup-type',
  clusterUid: 'dataprotection.kubeblocks.io/cluster-uid',
  backupSchedule: 'dataprotection.kubeblocks.io/backup-schedule',
  autoBackup: 'dataprotection.kubeblocks.io/autobackup',
  backupRepo: 'dataprotection.kubeblocks.io/backup-repo-name',
  opsName: 'operations.kubeblocks.io/ops-name',
} as const;

export const ANNOTATIONS = {
  defaultRepo: 'dataprotection.kubeblocks.io/is-default-repo',
  defaultPolicy: 'dataprotection.kubeblocks.io/is-default-policy',
  policyTemplate: 'apps.kubeblocks.io/backup-policy-template',
  /** Whatever it says, writing it has the object's controllers look at it. */
  reconcile: 'kubeblocks.io/reconcile',
  disableSync: 'dataprotection.kubeblocks.io/disable-sync-from-template',
  clusterSnapshot: 'kubeblocks.io/cluster-snapshot',
  encryptedAccounts: 'kubeblocks.io/encrypted-system-accounts',
  connectionPassword: 'dataprotection.kubeblocks.io/connection-password',
  restoreFromBackup: 'kubeblocks.io/restore-from-backup',
  lastApplied: 'kubectl.kubernetes.io/last-applied-configuration',
  skipBaseRestore: 'dataprotection.kubeblocks.io/skip-base-backup-restore-in-pitr',
} as const;

/** Keys of `spec.restore.parameters` of a Cluster (1.2) that are no parameters of the action set. */
export const RESTORE_PARAMETERS = {
  volumeRestorePolicy: 'dataprotection.kubeblocks.io/volume-restore-policy',
  deferPostReady: 'dataprotection.kubeblocks.io/defer-post-ready-until-cluster-running',
  env: 'dataprotection.kubeblocks.io/restore-env',
} as const;
