import assert from 'node:assert/strict';
import { accepted, assistContext, completions, labels } from '../../../support/manifestCaret';
import { clusterFacts } from '../../../support/ruleFixtures';

const DP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\n';
const BACKUP = `${DP}kind: Backup\nmetadata:\n  name: b\n  namespace: shop\nspec:\n`;
const POLICY = `---\n${DP}kind: BackupPolicy\nmetadata: {name: orders, namespace: shop}\nspec:\n  backupMethods:\n    - name: xtrabackup\n      actionSetName: xb\n    - name: binlog\n      actionSetName: log\n---\n${DP}kind: ActionSet\nmetadata: {name: log}\nspec: {backupType: Continuous}\n---\n${DP}kind: ActionSet\nmetadata: {name: xb}\nspec: {backupType: Full}\n`;
const CLUSTER = 'apiVersion: apps.kubeblocks.io/v1\nkind: Cluster\nmetadata: {name: pg, namespace: shop}\nspec:\n  clusterDef: postgresql\n  terminationPolicy: Delete\n  componentSpecs: [{name: postgresql, replicas: 2}]\n';

describe('completion offers what is right at the cursor', () => {
  const offers: readonly (readonly [what: string, text: string, labels: readonly string[]])[] = [
    ['fields, required ones first', `${BACKUP}  |\n`, ['backupMethod', 'backupPolicyName', 'deletionPolicy', 'parameters', 'parentBackupName', 'retentionPeriod']],
    ['fields that are not there yet', `${BACKUP}  backupPolicyName: p\n  |\n  backupMethod: m\n`, ['deletionPolicy', 'parameters', 'parentBackupName', 'retentionPeriod']],
    ['fields in a half-typed line', `${BACKUP}  backupPolicyName: p\n  backupMethod: m\n  ret|\n`, ['deletionPolicy', 'parameters', 'parentBackupName', 'retentionPeriod']],
    ['fields of the head', `${DP}kind: Backup\n|\n`, ['metadata', 'spec']],
    ['fields of metadata that people write', `${DP}kind: Backup\nmetadata:\n  |\n`, ['name', 'namespace', 'labels', 'annotations', 'generateName']],
    ['fields in braces', `${DP}kind: Backup\nspec: {backupPolicyName: p, |}\n`, ['backupMethod', 'deletionPolicy', 'parameters', 'parentBackupName', 'retentionPeriod']],
    ['fields of an item', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - |\n`, ['backupMethod', 'cronExpression', 'enabled', 'name', 'parameters', 'retentionPeriod']],
    ['fields of an item that has some', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - backupMethod: m\n      |\n      cronExpression: a\n`, ['enabled', 'name', 'parameters', 'retentionPeriod']],
    ['values of an enum', `${BACKUP}  deletionPolicy: |\n`, ['Delete', 'Retain']],
    ['values of an enum behind a colon', `${BACKUP}  deletionPolicy:|\n`, ['Delete', 'Retain']],
    ['booleans', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - enabled: |\n`, ['true', 'false']],
    ['methods that a Backup can ask for', `${BACKUP}  backupPolicyName: orders\n  backupMethod: |\n${POLICY}`, ['xtrabackup']],
    ['methods in quotes', `${BACKUP}  backupPolicyName: orders\n  backupMethod: "x|"\n${POLICY}`, ['xtrabackup']],
    ['methods in an open quote', `${BACKUP}  backupPolicyName: orders\n  backupMethod: "x|\n${POLICY}`, ['xtrabackup']],
    ['log methods for a schedule', `${DP}kind: BackupSchedule\nmetadata: {name: s, namespace: shop}\nspec:\n  backupPolicyName: orders\n  schedules:\n    - backupMethod: |\n${POLICY}`, ['xtrabackup', 'binlog']],
    ["methods of the engine's add-on, for a Cluster whose policies are not known", `${CLUSTER}  backup:\n    method: |\n`, ['pg-basebackup', 'volume-snapshot', 'wal-g']],
    ["log methods of the engine's add-on", `${CLUSTER}  backup:\n    method: wal-g\n    continuousMethod: |\n`, ['archive-wal', 'wal-g-archive']],
    ["methods of the engine's add-on by a component's definition", `${CLUSTER.replace(/ {2}clusterDef.*\n/, '').replace('replicas', 'componentDef: qdrant-1.0.0, replicas')}  backup:\n    method: |\n`, ['datafile']],
    ["methods of a Cluster's own policies before those", `${CLUSTER}  backup:\n    method: |\n${POLICY.replace('name: orders', 'name: orders, labels: {app.kubernetes.io/instance: pg}')}`, ['xtrabackup']],
    ["log methods of a Cluster's own policies", `${CLUSTER}  backup:\n    continuousMethod: |\n${POLICY.replace('name: orders', 'name: orders, labels: {app.kubernetes.io/instance: pg}')}`, ['binlog']],
    ['methods of the Cluster that a request is about', `apiVersion: operations.kubeblocks.io/v1alpha1\nkind: OpsRequest\nmetadata: {name: o, namespace: shop}\nspec:\n  clusterName: pg\n  type: Backup\n  backup:\n    backupMethod: |\n---\n${CLUSTER}`, ['pg-basebackup', 'pgdump', 'volume-snapshot', 'wal-g', 'wal-g-incremental']],
    ['methods of the policy that KubeBlocks will make for a Cluster', `${BACKUP}  backupPolicyName: pg-postgresql-backup-policy\n  backupMethod: |\n---\n${CLUSTER}`, ['pg-basebackup', 'pgdump', 'volume-snapshot', 'wal-g', 'wal-g-incremental']],
    ['no methods of a policy that nothing is known of', `${BACKUP}  backupPolicyName: other\n  backupMethod: |\n---\n${CLUSTER}`, []],
    ['policies', `${BACKUP}  backupPolicyName: |\n${POLICY}`, ['orders']],
    ['policies of this namespace only', `${BACKUP.replace('shop', 'other')}  backupPolicyName: |\n${POLICY}`, []],
    ['action sets of a method', `${DP}kind: BackupPolicy\nspec:\n  backupMethods:\n    - name: m\n      actionSetName: |\n${POLICY}`, ['log', 'xb']],
    ['methods of the same list to build on', `${DP}kind: BackupPolicy\nspec:\n  backupMethods:\n    - name: full\n    - name: inc\n      compatibleMethod: |\n`, ['full']],
    ['settings of the storage provider, without credentials', `${DP}kind: BackupRepo\nspec:\n  storageProviderRef: s3\n  config:\n    |\n`, ['region', 'bucket', 'endpoint', 'mountOptions', 'geesefsMemoryLimit', 'geesefsReadAheadLarge', 'insecure', 'noCheckBucket']],
    ['values of a setting', `${DP}kind: BackupRepo\nspec:\n  storageProviderRef: pvc\n  config:\n    accessMode: |\n`, ['ReadWriteOnce', 'ReadWriteMany', 'ReadWriteOncePod']],
    ['kinds of a group', 'apiVersion: storage.k8s.io/v1\nkind: |\n', []],
    ['nothing in a comment', `${BACKUP}  # |\n`, []],
    ['nothing in a block text', `${DP}kind: StorageProvider\nspec:\n  storageClassTemplate: >\n    a\n    |\n`, []],
    ['nothing of other kinds', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  |\n', []],
    ['nothing in a template', `${BACKUP}  {{ x }}\n  |\n`, []],
  ];
  for (const [what, text, expected] of offers) it(what, () => assert.deepEqual(labels(text), expected));

  it('says where it knows a name from', () => {
    const cluster = clusterFacts(`${DP}kind: BackupPolicy\nmetadata: {name: live, namespace: shop}\n`);
    const items = completions(`${BACKUP}  backupPolicyName: |\n${POLICY}`, assistContext('1.0', [cluster]));
    assert.deepEqual(items.map(({ label, detail }) => [label, detail]), [['orders', 'this file'], ['live', 'cluster kind-test']]);
  });

  it('offers kinds, backup kinds first, and the versions of a kind', () => {
    assert.deepEqual(labels('kind: |').slice(0, 3), ['Backup', 'BackupSchedule', 'BackupPolicy']);
    assert.deepEqual(labels('apiVersion: |\nkind: OpsRequest\n'), ['operations.kubeblocks.io/v1alpha1']);
    assert.deepEqual(labels('apiVersion: |\nkind: OpsRequest\n', assistContext('0.8')), ['apps.kubeblocks.io/v1alpha1']);
  });
});

describe('an accepted completion', () => {
  const texts: readonly (readonly [what: string, text: string, label: string, after: string])[] = [
    ['finishes a half-typed key', `${BACKUP}  ret|\n`, 'retentionPeriod', `${BACKUP}  retentionPeriod: \n`],
    ['keeps the value of a key', `${BACKUP}  ret|ent: 7d\n`, 'retentionPeriod', `${BACKUP}  retentionPeriod: 7d\n`],
    ['opens a list with its indentation', `${DP}kind: BackupSchedule\nspec:\n  sch|\n`, 'schedules', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - \n`],
    ['opens a map with its indentation', `${DP}kind: Backup\nme|\n`, 'metadata', `${DP}kind: Backup\nmetadata:\n  \n`],
    ['begins the first item where a list is wanted', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    ba|\n`, 'backupMethod', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - backupMethod: \n`],
    ['begins another item in the column of the dashes', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - backupMethod: m\n      cronExpression: a\n    |\n`, 'backupMethod', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - backupMethod: m\n      cronExpression: a\n    - backupMethod: \n`],
    ['begins an item between others', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - backupMethod: m\n    par|\n    - backupMethod: n\n`, 'parameters', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - backupMethod: m\n    - parameters:\n        - \n    - backupMethod: n\n`],
    ['replaces a value, and keeps the comment', `${BACKUP}  deletionPolicy: Del|ta # why\n`, 'Delete', `${BACKUP}  deletionPolicy: Delete # why\n`],
    ['puts a space behind a colon', `${BACKUP}  deletionPolicy:|\n`, 'Delete', `${BACKUP}  deletionPolicy: Delete\n`],
    ['stays in its quotes', `${BACKUP}  deletionPolicy: 'R|'\n`, 'Retain', `${BACKUP}  deletionPolicy: 'Retain'\n`],
    ['closes an open quote', `${BACKUP}  deletionPolicy: "R|\n`, 'Retain', `${BACKUP}  deletionPolicy: "Retain"\n`],
    ['stays in its braces', `${DP}kind: Backup\nspec: {deletionPolicy: R|, backupMethod: m}\n`, 'Retain', `${DP}kind: Backup\nspec: {deletionPolicy: Retain, backupMethod: m}\n`],
    ['writes a key in braces', `${DP}kind: Backup\nspec: {backupMethod: m, d|}\n`, 'deletionPolicy', `${DP}kind: Backup\nspec: {backupMethod: m, deletionPolicy: }\n`],
    ['quotes what would be an alias', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - cronExpression: |\n`, '*/30 * * * *', `${DP}kind: BackupSchedule\nspec:\n  schedules:\n    - cronExpression: "*/30 * * * *"\n`],
    ['keeps CRLF', `${BACKUP}  deletionPolicy: |\n`.replaceAll('\n', '\r\n'), 'Retain', `${BACKUP}  deletionPolicy: Retain\n`.replaceAll('\n', '\r\n')],
  ];
  for (const [what, text, label, after] of texts) it(what, () => assert.equal(accepted(text, label), after));
});
