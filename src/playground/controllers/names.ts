/** Labels, annotations and names that KubeBlocks' data-protection controllers give (`pkg/dataprotection/types`). */
export const FINALIZER = 'dataprotection.kubeblocks.io/finalizer';

export const LABEL = {
  instance: 'app.kubernetes.io/instance',
  managedBy: 'app.kubernetes.io/managed-by',
  component: 'apps.kubeblocks.io/component-name',
  sharding: 'apps.kubeblocks.io/sharding-name',
  role: 'kubeblocks.io/role',
  backupPolicy: 'dataprotection.kubeblocks.io/backup-policy',
  backupType: 'dataprotection.kubeblocks.io/backup-type',
  backupMethod: 'dataprotection.kubeblocks.io/backup-method',
  backupSchedule: 'dataprotection.kubeblocks.io/backup-schedule',
  backupName: 'dataprotection.kubeblocks.io/backup-name',
  autoBackup: 'dataprotection.kubeblocks.io/autobackup',
  clusterUid: 'dataprotection.kubeblocks.io/cluster-uid',
  repoName: 'dataprotection.kubeblocks.io/backup-repo-name',
  waitRepo: 'dataprotection.kubeblocks.io/wait-repo-preparation',
  toolConfig: 'dataprotection.kubeblocks.io/is-tool-config',
  restore: 'dataprotection.kubeblocks.io/restore',
} as const;

export const ANNOTATION = {
  defaultRepo: 'dataprotection.kubeblocks.io/is-default-repo',
  repoDigest: 'dataprotection.kubeblocks.io/backup-repo-digest',
  needUpdateToolConfig: 'dataprotection.kubeblocks.io/need-update-tool-config',
  clusterSnapshot: 'kubeblocks.io/cluster-snapshot',
  encryptedAccounts: 'kubeblocks.io/encrypted-system-accounts',
  reconcile: 'kubeblocks.io/reconcile',
  restoreFromBackup: 'kubeblocks.io/restore-from-backup',
  skipReconciliation: 'dataprotection.kubeblocks.io/skip-reconciliation',
  skipRestorationCheck: 'dataprotection.kubeblocks.io/skip-restoration-check',
} as const;

export const MANAGED_BY = 'kubeblocks-dataprotection';
/** Where the KubeBlocks operator runs: pre-checks, CSI Secrets and exec jobs live there. */
export const OPERATOR_NAMESPACE = 'kb-system';
export const WORKER_SERVICE_ACCOUNT = 'kubeblocks-dataprotection-worker';
export const EXEC_WORKER_SERVICE_ACCOUNT = 'kubeblocks-dataprotection-exec-worker';
export const TOOLS_IMAGE = 'docker.io/apecloud/kubeblocks-tools:1.0.2';
export const DATASAFED_IMAGE = 'docker.io/apecloud/datasafed:0.2.3';

const LONGEST_NAME = 63;

/** `cutName` of the controllers: the first 63 characters. */
export function cutName(name: string): string {
  return name.slice(0, LONGEST_NAME).replace(/-+$/, '');
}

/** The restore controller's way to shorten: 57 characters, a dash, the last five (`pkg/dataprotection/restore/utils.go`). */
export function cutRestoreJobName(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, 57)}-${name.slice(-5)}`;
}

/** The first eight characters of a UID, as derived names carry it. */
export function shortUid(object: { readonly metadata: { readonly uid?: string } }): string {
  return (object.metadata.uid ?? '').slice(0, 8);
}
