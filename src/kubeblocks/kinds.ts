import type { Resource } from './resource';

const DATA_PROTECTION = 'dataprotection.kubeblocks.io';

function dataProtection(kind: string, plural: string, namespaced: boolean): Resource {
  return { group: DATA_PROTECTION, version: 'v1alpha1', kind, plural, namespaced };
}

/** The kinds this extension reads and writes, as the 1.x lines serve them, and one of Kubernetes' that backups need. */
export const KINDS = {
  cluster: { group: 'apps.kubeblocks.io', version: 'v1', kind: 'Cluster', plural: 'clusters', namespaced: true },
  backup: dataProtection('Backup', 'backups', true),
  backupPolicy: dataProtection('BackupPolicy', 'backuppolicies', true),
  backupSchedule: dataProtection('BackupSchedule', 'backupschedules', true),
  backupRepo: dataProtection('BackupRepo', 'backuprepos', false),
  actionSet: dataProtection('ActionSet', 'actionsets', false),
  storageProvider: dataProtection('StorageProvider', 'storageproviders', false),
  backupPolicyTemplate: dataProtection('BackupPolicyTemplate', 'backuppolicytemplates', false),
  restore: dataProtection('Restore', 'restores', true),
  opsRequest: {
    group: 'operations.kubeblocks.io',
    version: 'v1alpha1',
    kind: 'OpsRequest',
    plural: 'opsrequests',
    namespaced: true,
  },
  volumeSnapshotClass: { group: 'snapshot.storage.k8s.io', version: 'v1', kind: 'VolumeSnapshotClass', plural: 'volumesnapshotclasses', namespaced: false },
} as const satisfies Record<string, Resource>;

export type KindId = keyof typeof KINDS;

/** The KubeBlocks lines whose API shapes differ. */
export const LINES = ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'] as const;
export type KubeBlocksLine = (typeof LINES)[number];
