import * as l10n from '@vscode/l10n';
import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Dialect } from '../dialect';

/** A whole manifest for a task, on the lines where it works. */
export interface ManifestSnippet {
  readonly name: () => string;
  readonly about: () => string;
  readonly lines: readonly KubeBlocksLine[];
  /** With `${1:name}` where something is to be filled in. */
  readonly body: (dialect: Dialect) => string;
}

const OPS_LINES: readonly KubeBlocksLine[] = ['0.9', '1.0', '1.1', '1.2'];

const DATA_PROTECTION = 'dataprotection.kubeblocks.io/v1alpha1';

function head(apiVersion: string, kind: string, name: string, namespaced = true): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${namespaced ? '  namespace: ${2:default}\n' : ''}spec:\n`;
}

function opsHead(dialect: Dialect, name: string): string {
  return head(dialect.versionsOf('OpsRequest')[0] ?? 'operations.kubeblocks.io/v1alpha1', 'OpsRequest', name);
}

/** A Cluster of one component, with more in its metadata and its spec. */
function cluster(dialect: Dialect, metadata: string, spec: string): string {
  const version = dialect.line === '0.9' ? 'apps.kubeblocks.io/v1alpha1' : 'apps.kubeblocks.io/v1';
  return `${head(version, 'Cluster', '${1:new-cluster}').replace('spec:\n', `${metadata}spec:\n`)}  terminationPolicy: Delete
${spec}  componentSpecs:
    - name: \${5:component}
      componentDef: \${6:component-definition}
      replicas: \${7:1}
      volumeClaimTemplates:
        - name: data
          spec:
            accessModes:
              - ReadWriteOnce
            resources:
              requests:
                storage: \${8:20Gi}
`;
}

function repository(provider: string, config: string): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: \${1:backup-repo}-credentials
  namespace: \${2:kb-system}
stringData:
  accessKeyId: \${3:ACCESS_KEY_ID}
  secretAccessKey: \${4:SECRET_ACCESS_KEY}
---
${head(DATA_PROTECTION, 'BackupRepo', '${1:backup-repo}', false)}  storageProviderRef: ${provider}
  accessMethod: Tool
  pvReclaimPolicy: Retain
  config:
    bucket: \${5:my-backups}
${config}  credential:
    name: \${1:backup-repo}-credentials
    namespace: \${2:kb-system}
`;
}

export const MANIFEST_SNIPPETS: readonly ManifestSnippet[] = [
  {
    name: () => l10n.t('Backup'),
    about: () => l10n.t('One backup, now, by a method of a policy.'),
    lines: LINES,
    body: () => `${head(DATA_PROTECTION, 'Backup', '${1:cluster-backup}')}  backupPolicyName: \${3:cluster-component-backup-policy}\n  backupMethod: \${4:method}\n  deletionPolicy: \${5|Delete,Retain|}\n  retentionPeriod: \${6:7d}\n`,
  },
  {
    name: () => l10n.t('Scheduled backup'),
    about: () => l10n.t('A full backup every day (UTC), kept for a week.'),
    lines: LINES,
    body: () => `${head(DATA_PROTECTION, 'BackupSchedule', '${1:cluster-backup-schedule}')}  backupPolicyName: \${3:cluster-component-backup-policy}
  schedules:
    - backupMethod: \${4:full-method}
      enabled: true
      cronExpression: "\${5:0 18 * * *}"
      retentionPeriod: \${6:7d}
`,
  },
  {
    name: () => l10n.t('Scheduled full and incremental backups'),
    about: () => l10n.t('A full backup every week, and what changed since on the other days (UTC). An incremental lives no longer than the full one it builds on.'),
    lines: ['1.0', '1.1', '1.2'],
    body: () => `${head(DATA_PROTECTION, 'BackupSchedule', '${1:cluster-backup-schedule}')}  backupPolicyName: \${3:cluster-component-backup-policy}
  schedules:
    - backupMethod: \${4:full-method}
      enabled: true
      cronExpression: "\${5:0 18 * * 0}"
      retentionPeriod: \${6:15d}
    - backupMethod: \${7:incremental-method}
      enabled: true
      cronExpression: "\${8:0 18 * * 1-6}"
      retentionPeriod: \${6:15d}
`,
  },
  {
    name: () => l10n.t('Scheduled backup with point-in-time recovery'),
    about: () => l10n.t('A full backup every day, and the log all the time, for a restore to any moment between.'),
    lines: LINES,
    body: () => `${head(DATA_PROTECTION, 'BackupSchedule', '${1:cluster-backup-schedule}')}  backupPolicyName: \${3:cluster-component-backup-policy}
  schedules:
    - backupMethod: \${4:full-method}
      enabled: true
      cronExpression: "\${5:0 18 * * *}"
      retentionPeriod: \${6:7d}
    - backupMethod: \${7:log-method}
      enabled: true
      cronExpression: "*/30 * * * *"
      retentionPeriod: \${8:8d}
`,
  },
  {
    name: () => l10n.t('Backup policy'),
    about: () => l10n.t('What is backed up of a component, and how.'),
    lines: LINES,
    body: () => `${head(DATA_PROTECTION, 'BackupPolicy', '${1:cluster-backup-policy}')}  backupRepoName: \${3:backup-repo}
  target:
    podSelector:
      strategy: \${4|Any,All|}
      matchLabels:
        app.kubernetes.io/instance: \${5:cluster}
  backupMethods:
    - name: \${6:full}
      actionSetName: \${7:action-set}
      targetVolumes:
        volumeMounts:
          - name: \${8:data}
            mountPath: \${9:/data}
`,
  },
  {
    name: () => l10n.t('S3 repository with its Secret'),
    about: () => l10n.t('Where backups go: a bucket of S3, with its credentials in a Secret.'),
    lines: LINES,
    body: () => repository('s3', '    region: ${6:us-east-1}\n'),
  },
  {
    name: () => l10n.t('MinIO repository with its Secret'),
    about: () => l10n.t('Where backups go: a bucket of MinIO, with its credentials in a Secret.'),
    lines: LINES,
    body: () => repository('minio', '    endpoint: ${6:http://minio.minio.svc:9000}\n'),
  },
  {
    name: () => l10n.t('Volume repository'),
    about: () => l10n.t('Where backups go: a volume of a storage class.'),
    lines: ['0.8', '0.9', '1.0', '1.1', '1.2'],
    body: () => `${head(DATA_PROTECTION, 'BackupRepo', '${1:backup-repo}', false)}  storageProviderRef: pvc\n  accessMethod: Mount\n  pvReclaimPolicy: Retain\n  volumeCapacity: \${3:100Gi}\n  config:\n    storageClassName: \${4:standard}\n    accessMode: ReadWriteMany\n`,
  },
  {
    name: () => l10n.t('Backup by an operation'),
    about: () => l10n.t('An OpsRequest that makes a backup.'),
    lines: OPS_LINES,
    body: (dialect) => `${opsHead(dialect, '${1:cluster-backup}')}  clusterName: \${3:cluster}\n  type: Backup\n  backup:\n    backupName: \${4:cluster-backup}\n    backupPolicyName: \${5:cluster-component-backup-policy}\n    backupMethod: \${6:method}\n    deletionPolicy: \${7|Delete,Retain|}\n    retentionPeriod: \${8:7d}\n`,
  },
  {
    name: () => l10n.t('Restore a backup into a new cluster'),
    about: () => l10n.t('An OpsRequest that makes a new cluster from a backup.'),
    lines: OPS_LINES,
    body: (dialect) => `${opsHead(dialect, '${1:cluster-restore}')}  clusterName: \${3:new-cluster}\n  type: Restore\n  restore:\n    backupName: \${4:backup}\n`,
  },
  {
    name: () => l10n.t('Restore to a point in time'),
    about: () => l10n.t('An OpsRequest that makes a new cluster as the old one was at a moment (UTC). The backup is the log: the method of type Continuous.'),
    lines: OPS_LINES,
    body: (dialect) => `${opsHead(dialect, '${1:cluster-restore}')}  clusterName: \${3:new-cluster}\n  type: Restore\n  restore:\n    backupName: \${4:log-backup}\n    restorePointInTime: "\${5:2026-01-31T18:00:00Z}"\n`,
  },
  {
    name: () => l10n.t('Cluster restored to a point in time'),
    about: () => l10n.t('A new Cluster that starts from a backup. Fill in the components as in the old cluster.'),
    lines: ['1.2'],
    body: () => `${head('apps.kubeblocks.io/v1', 'Cluster', '${1:new-cluster}')}  terminationPolicy: Delete
  restore:
    source:
      apiGroup: dataprotection.kubeblocks.io
      kind: Backup
      name: \${3:backup}
    pitr: "\${4:2026-01-31T18:00:00Z}"
    parameters:
      dataprotection.kubeblocks.io/source-target-name: \${5:component}
  componentSpecs:
    - name: \${5:component}
      componentDef: \${6:component-definition}
      replicas: \${7:1}
      volumeClaimTemplates:
        - name: data
          spec:
            accessModes:
              - ReadWriteOnce
            resources:
              requests:
                storage: \${8:20Gi}
`,
  },
  {
    name: () => l10n.t('Cluster restored from a backup'),
    about: () => l10n.t('A new Cluster that starts from a backup, asked for by annotation. Fill in the components as in the old cluster.'),
    lines: ['0.9', '1.0', '1.1'],
    body: (dialect) => cluster(dialect, `  annotations:\n    kubeblocks.io/restore-from-backup: '{"\${5:component}":{"name":"\${3:backup}","namespace":"\${2:default}","volumeRestorePolicy":"Parallel"}}'\n`, ''),
  },
  {
    name: () => l10n.t('Cluster restored to a point in time by annotation'),
    about: () => l10n.t('A new Cluster as the old one was at a moment (UTC). The backup is the log: the method of type Continuous. Fill in the components as in the old cluster.'),
    lines: ['0.9', '1.0', '1.1'],
    body: (dialect) => cluster(dialect, `  annotations:\n    kubeblocks.io/restore-from-backup: '{"\${5:component}":{"name":"\${3:log-backup}","namespace":"\${2:default}","restoreTime":"\${4:2026-01-31T18:00:00Z}","volumeRestorePolicy":"Parallel"}}'\n`, ''),
  },
  {
    name: () => l10n.t('Cluster with scheduled backups'),
    about: () => l10n.t('A new Cluster that is backed up every day (UTC), with the log all the time where the engine has one.'),
    lines: ['0.9', '1.0', '1.1', '1.2'],
    body: (dialect) => cluster(dialect, '', '  backup:\n    enabled: true\n    method: ${3:full-method}\n    cronExpression: "${4:0 18 * * *}"\n    retentionPeriod: ${9:7d}\n    pitrEnabled: ${10|true,false|}\n'),
  },
  {
    name: () => l10n.t('Restore of volumes'),
    about: () => l10n.t('A Restore: new volumes with the data of a backup, without a Cluster around them.'),
    lines: LINES,
    body: () => `${head(DATA_PROTECTION, 'Restore', '${1:cluster-restore}')}  backup:
    name: \${3:backup}
    namespace: \${2:default}
  prepareDataConfig:
    volumeClaimRestorePolicy: \${4|Parallel,Serial|}
    volumeClaims:
      - metadata:
          name: \${5:data-restored-0}
        volumeSource: \${6:data}
        mountPath: \${7:/data}
        volumeClaimSpec:
          accessModes:
            - ReadWriteOnce
          resources:
            requests:
              storage: \${8:20Gi}
`,
  },
  {
    name: () => l10n.t('Backup policy template'),
    about: () => l10n.t('What the policies and schedules of new clusters are made from.'),
    lines: ['1.0', '1.1', '1.2'],
    body: () => `${head(DATA_PROTECTION, 'BackupPolicyTemplate', '${1:engine-backup-policy-template}', false)}  serviceKind: \${2:PostgreSQL}
  compDefs:
    - \${3:component-definition}
  backupMethods:
    - name: \${4:full}
      actionSetName: \${5:action-set}
      targetVolumes:
        volumeMounts:
          - name: \${6:data}
            mountPath: \${7:/data}
      target:
        role: \${8:secondary}
        fallbackRole: \${9:primary}
  schedules:
    - backupMethod: \${4:full}
      enabled: true
      cronExpression: "\${10:0 18 * * *}"
      retentionPeriod: \${11:7d}
`,
  },
  {
    name: () => l10n.t('Backup policy template'),
    about: () => l10n.t('What the policies and schedules of new clusters are made from.'),
    lines: ['0.7', '0.8', '0.9'],
    body: () => `${head('apps.kubeblocks.io/v1alpha1', 'BackupPolicyTemplate', '${1:engine-backup-policy-template}', false)}  clusterDefinitionRef: \${2:cluster-definition}
  backupPolicies:
    - componentDefRef: \${3:component}
      backupMethods:
        - name: \${4:full}
          actionSetName: \${5:action-set}
          targetVolumes:
            volumeMounts:
              - name: \${6:data}
                mountPath: \${7:/data}
      schedules:
        - backupMethod: \${4:full}
          enabled: true
          cronExpression: "\${8:0 18 * * *}"
          retentionPeriod: \${9:7d}
`,
  },
  {
    name: () => l10n.t('Storage provider'),
    about: () => l10n.t('A kind of place for backups, that repositories name: what it asks for, and how it is reached.'),
    lines: LINES,
    body: (dialect) => `${head(dialect.versionsOf('StorageProvider')[0] ?? DATA_PROTECTION, 'StorageProvider', '${1:object-store}', false)}  datasafedConfigTemplate: |
    [storage]
    type = s3
    provider = Other
    env_auth = false
    access_key_id = {{ index .Parameters "accessKeyId" }}
    secret_access_key = {{ index .Parameters "secretAccessKey" }}
    endpoint = {{ index .Parameters "endpoint" }}
    root = {{ index .Parameters "bucket" }}
  parametersSchema:
    openAPIV3Schema:
      type: object
      properties:
        endpoint:
          type: string
          description: \${2:address of the object store}
        bucket:
          type: string
        accessKeyId:
          type: string
        secretAccessKey:
          type: string
      required:
        - endpoint
        - bucket
        - accessKeyId
        - secretAccessKey
    credentialFields:
      - accessKeyId
      - secretAccessKey
`,
  },
  {
    name: () => l10n.t('Action set'),
    about: () => l10n.t('The commands that back an engine up and restore it.'),
    lines: LINES,
    body: () => `${head(DATA_PROTECTION, 'ActionSet', '${1:action-set}', false)}  backupType: \${3|Full,Incremental,Continuous,Selective|}
  backup:
    backupData:
      image: \${4:image}
      runOnTargetPodNode: false
      command:
        - sh
        - -c
        - \${5:backup.sh}
  restore:
    prepareData:
      image: \${4:image}
      command:
        - sh
        - -c
        - \${6:restore.sh}
`,
  },
];
