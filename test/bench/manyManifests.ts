/** The first line of the field that is typed in: a Backup's retention. */
export const TYPED = 'retentionPeriod: 7d';

/** A text of so many right manifests, of eight kinds in turn: about 30 lines and 850 bytes each. */
export function manyManifests(count: number): string {
  return Array.from({ length: count }, (_, index) => (KINDS[index % KINDS.length] ?? backup)(index)).join('');
}

type Write = (index: number) => string;

const head = (apiVersion: string, kind: string, name: string, isNamespaced = true): string =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${isNamespaced ? '  namespace: shop\n' : ''}  labels:\n    app.kubernetes.io/name: orders\n    app.kubernetes.io/managed-by: platform-team\n    team: storefront\n  annotations:\n    example.com/owner: the people who keep the orders of the shop\n    example.com/ticket: "4711"\n`;
const dataProtection = 'dataprotection.kubeblocks.io/v1alpha1';
const padding = (lines: number): string => Array.from({ length: lines }, (_, line) => `  # ${line}: what this is for, as somebody wrote down\n`).join('');

const backup: Write = (index) => `${head(dataProtection, 'Backup', `backup-${index}`)}spec:\n${padding(8)}  backupPolicyName: policy-${index - (index % 8) + 1}\n  backupMethod: full\n  deletionPolicy: Delete\n  ${TYPED}\n`;

const policy: Write = (index) => `${head(dataProtection, 'BackupPolicy', `policy-${index}`)}spec:\n  backupRepoName: repo-${index - (index % 8) + 3}\n  pathPrefix: /orders\n  target:\n    podSelector:\n      strategy: Any\n      matchLabels:\n        app.kubernetes.io/instance: orders\n  backupMethods:\n    - name: full\n      actionSetName: action-${index - (index % 8) + 5}\n      targetVolumes:\n        volumeMounts:\n          - name: data\n            mountPath: /var/lib/data\n`;

const schedule: Write = (index) => `${head(dataProtection, 'BackupSchedule', `schedule-${index}`)}spec:\n${padding(6)}  backupPolicyName: policy-${index - (index % 8) + 1}\n  startingDeadlineMinutes: 30\n  schedules:\n    - name: nightly\n      backupMethod: full\n      enabled: true\n      cronExpression: 0 18 * * *\n      retentionPeriod: 14d\n`;

const repository: Write = (index) => `${head(dataProtection, 'BackupRepo', `repo-${index}`, false)}spec:\n${padding(7)}  storageProviderRef: s3\n  accessMethod: Tool\n  pvReclaimPolicy: Retain\n  config:\n    bucket: orders-backups-${index}\n    region: eu-central-1\n  credential:\n    name: repo-credential\n    namespace: shop\n`;

const restore: Write = (index) => `${head(dataProtection, 'Restore', `restore-${index}`)}spec:\n${padding(5)}  backup:\n    name: backup-${index - (index % 8)}\n    namespace: shop\n  prepareDataConfig:\n    volumeClaimRestorePolicy: Parallel\n    volumeClaims:\n      - metadata:\n          name: data-restored\n        volumeSource: data\n        mountPath: /var/lib/data\n        volumeClaimSpec:\n          accessModes: [ReadWriteOnce]\n          resources: {requests: {storage: 20Gi}}\n`;

const actionSet: Write = (index) => `${head(dataProtection, 'ActionSet', `action-${index}`, false)}spec:\n  backupType: Full\n  env:\n    - name: DATA_DIR\n      value: /var/lib/data\n  backup:\n    backupData:\n      image: registry.example.com/tools:1.0\n      runOnTargetPodNode: false\n      command:\n        - sh\n        - -c\n        - |\n          set -e\n          tar -C "$DATA_DIR" -cf - . | datasafed push - "/backup.tar"\n  restore:\n    prepareData:\n      image: registry.example.com/tools:1.0\n      command: [sh, -c, datasafed pull /backup.tar - | tar -C "$DATA_DIR" -xf -]\n`;

const cluster: Write = (index) => `${head('apps.kubeblocks.io/v1', 'Cluster', `orders-${index}`)}spec:\n  terminationPolicy: Delete\n  clusterDef: postgresql\n  topology: replication\n  componentSpecs:\n    - name: postgresql\n      serviceVersion: 16.4.0\n      replicas: 2\n      resources:\n        limits: {cpu: "1", memory: 1Gi}\n        requests: {cpu: "1", memory: 1Gi}\n      volumeClaimTemplates:\n        - name: data\n          spec:\n            accessModes: [ReadWriteOnce]\n            resources: {requests: {storage: 20Gi}}\n`;

const operation: Write = (index) => `${head('operations.kubeblocks.io/v1alpha1', 'OpsRequest', `operation-${index}`)}spec:\n${padding(8)}  clusterName: orders-${index - (index % 8) + 6}\n  type: Backup\n  backup:\n    backupName: by-hand-${index}\n    backupPolicyName: policy-${index - (index % 8) + 1}\n    backupMethod: full\n    deletionPolicy: Delete\n    retentionPeriod: 7d\n`;

const KINDS: readonly Write[] = [backup, policy, schedule, repository, restore, actionSet, cluster, operation];
