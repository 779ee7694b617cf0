import assert from 'node:assert/strict';
import { jsonCursor } from '../../../../src/manifest/assist/jsonCursor';
import { accepted, assistContext, completions, labels } from '../../../support/manifestCaret';
import { clusterFacts } from '../../../support/ruleFixtures';

const DP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\n';
const LIVE = clusterFacts(`${DP}kind: Backup
metadata: {name: full-1, namespace: shop, labels: {dataprotection.kubeblocks.io/backup-type: Full}}
status: {phase: Completed, backupMethod: {name: dump, actionSetName: dump}, targets: [{name: mysql}, {name: etcd}]}
---
${DP}kind: Backup
metadata: {name: broken, namespace: shop}
status: {phase: Failed}
---
${DP}kind: Backup
metadata: {name: log, namespace: shop, labels: {dataprotection.kubeblocks.io/backup-type: Continuous}}
status: {phase: Running, timeRange: {start: "2026-11-20T00:00:00Z", end: "2026-11-23T09:00:00Z"}}
---
${DP}kind: Backup
metadata: {name: other, namespace: elsewhere}
status: {phase: Completed}
---
${DP}kind: BackupPolicy
metadata: {name: orders, namespace: shop}
spec:
  backupMethods:
    - {name: dump, actionSetName: dump}
---
${DP}kind: ActionSet
metadata: {name: dump}
spec:
  backupType: Selective
  parametersSchema:
    openAPIV3Schema:
      type: object
      required: [database]
      properties:
        jobs: {type: integer, default: 4}
        database: {type: string}
        clean: {type: boolean}
        mode: {type: string, enum: [CONTINUE, FAIL]}
  backup: {withParameters: [jobs, database, clean]}
  restore: {withParameters: [jobs, mode]}
`);

function cluster(annotation: string): string {
  return `apiVersion: apps.kubeblocks.io/v1
kind: Cluster
metadata:
  name: again
  namespace: shop
  annotations:
    kubeblocks.io/restore-from-backup: ${annotation}
spec:
  componentSpecs:
    - name: mysql
      componentDef: mysql
    - name: etcd
      componentDef: etcd
`;
}

const on = (line: '0.7' | '1.0' | '1.1' | '1.2') => assistContext(line, [LIVE]);

describe('completion inside the restore annotation', () => {
  const KEYS = ['name', 'namespace', 'volumeRestorePolicy', 'restoreTime', 'connectionPassword', 'doReadyRestoreAfterClusterRunning', 'restoreEnv', 'restoreParameters', 'encryptedSystemAccounts'];
  const offers: readonly (readonly [what: string, annotation: string, labels: readonly string[]])[] = [
    ['components of this cluster', '\'{|}\'', ['mysql', 'etcd']],
    ['components in quotes', '\'{"m|"}\'', ['mysql', 'etcd']],
    ['components that are not there yet', '\'{"mysql":{"name":"full-1"},|}\'', ['etcd']],
    ['components that stand behind the cursor neither', '\'{|,"etcd":{}}\'', ['mysql']],
    ['keys of an entry', '\'{"mysql":{|}}\'', KEYS],
    ['keys of an entry that has some', '\'{"mysql":{"name":"x","|"}}\'', KEYS.slice(1)],
    ['keys before others', '\'{"mysql":{"|","namespace":"shop"}}\'', KEYS.filter((key) => key !== 'namespace')],
    ['keys in an open quote', '\'{"mysql":{"na|\'', KEYS],
    ['backups that can be restored', '\'{"mysql":{"name":"|"}}\'', ['full-1', 'log']],
    ['backups without quotes', '\'{"mysql":{"name":|}}\'', ['full-1', 'log']],
    ['backups of the namespace that stands there', '\'{"mysql":{"name":"|","namespace":"elsewhere"}}\'', ['other']],
    ['the namespace of the backup', '\'{"mysql":{"name":"other","namespace":"|"}}\'', ['elsewhere']],
    ['ways to restore volumes', '\'{"mysql":{"volumeRestorePolicy":"|"}}\'', ['Parallel', 'Serial']],
    ['true and false as texts', '\'{"mysql":{"doReadyRestoreAfterClusterRunning":"|"}}\'', ['false', 'true']],
    ['the end of the log', '\'{"mysql":{"name":"log","restoreTime":"|"}}\'', ['2026-11-23T09:00:00Z']],
    ['backups in double quotes', '"{\\"mysql\\":{\\"name\\":\\"|\\"}}"', ['full-1', 'log']],
    ['keys in folded text', '>-\n      {"mysql":{\n        "name":"full-1",\n        "|"}}', KEYS.slice(1)],
    ['nothing behind a value', '\'{"mysql":{"name":"full-1" |}}\'', []],
    ['nothing in a list', '\'{"mysql":[|]}\'', []],
    ['nothing deeper down', '\'{"mysql":{"name":{"a":"|"}}}\'', []],
  ];
  for (const [what, annotation, expected] of offers) it(`offers ${what}`, () => assert.deepEqual(labels(cluster(annotation), on('1.0')), expected));

  it('offers what the line reads', () => {
    assert.deepEqual(labels(cluster('\'{"mysql":{|}}\''), on('0.7')), ['name', 'namespace', 'volumeRestorePolicy', 'restoreTime', 'connectionPassword']);
    assert.deepEqual(labels(cluster('\'{"mysql":{"name":"|"}}\''), on('1.2')), []);
  });

  it('says where it knows a backup from', () => {
    assert.deepEqual(completions(cluster('\'{"mysql":{"name":"|"}}\''), on('1.0')).map(({ detail }) => detail), ['cluster kind-test', 'cluster kind-test']);
  });

  const texts: readonly (readonly [what: string, annotation: string, label: string, after: string])[] = [
    ['replaces what stands in the quotes', '\'{"mysql":{"name":"fu|ll-9"}}\'', 'full-1', '\'{"mysql":{"name":"full-1"}}\''],
    ['puts quotes around a value', '\'{"mysql":{"name":|}}\'', 'full-1', '\'{"mysql":{"name":"full-1"}}\''],
    ['escapes its quotes in a double-quoted text', '"{\\"mysql\\":{\\"name\\":|}}"', 'full-1', '"{\\"mysql\\":{\\"name\\":\\"full-1\\"}}"'],
    ['closes an open quote', '\'{"mysql":{"name":"fu|}}\'', 'full-1', '\'{"mysql":{"name":"full-1"}}\''],
    ['writes a key with its colon', '\'{"mysql":{"name":"full-1",|}}\'', 'namespace', '\'{"mysql":{"name":"full-1","namespace": }}\''],
    ['keeps the colon of a key', '\'{"mysql":{"nam|":"full-1"}}\'', 'name', '\'{"mysql":{"name":"full-1"}}\''],
    ['finishes a key without quotes', '\'{"mysql":{na|}}\'', 'name', '\'{"mysql":{"name": }}\''],
  ];
  for (const [what, annotation, label, after] of texts) it(what, () => assert.equal(accepted(cluster(annotation), label, on('1.0')), cluster(after)));

  it('reads any text without an exception', () => {
    const text = '{"a":{"b":"c\\"d","e":[1,{"f":true}],"g":null}} ,,::}}"open';
    for (let end = 0; end <= text.length; end += 1) for (let at = 0; at <= end; at += 1) jsonCursor(text.slice(0, end), at);
  });
});

describe('completion of action-set parameters', () => {
  const backup = (rest: string): string => `${DP}kind: Backup\nmetadata: {name: b, namespace: shop}\nspec:\n  backupPolicyName: orders\n  backupMethod: dump\n  parameters:\n${rest}`;
  const restore = (rest: string): string => `apiVersion: operations.kubeblocks.io/v1alpha1\nkind: OpsRequest\nmetadata: {name: r, namespace: shop}\nspec:\n  type: Restore\n  clusterName: again\n  restore:\n    backupName: full-1\n    parameters:\n${rest}`;
  const spec = (rest: string): string => `apiVersion: apps.kubeblocks.io/v1\nkind: Cluster\nmetadata: {name: again, namespace: shop}\nspec:\n  componentSpecs:\n    - name: mysql\n  restore:\n    source: {kind: Backup, name: full-1}\n    parameters:\n${rest}`;
  const own = (rest: string): string => `${DP}kind: ActionSet\nmetadata: {name: mine}\nspec:\n  parametersSchema:\n    openAPIV3Schema:\n      type: object\n      properties:\n        jobs: {type: integer}\n        tables: {type: string}\n  backup:\n    withParameters:\n${rest}`;
  const PREFIX = 'dataprotection.kubeblocks.io/';
  const offers: readonly (readonly [what: string, text: string, line: '1.0' | '1.2', labels: readonly string[]])[] = [
    ['names, required ones first', backup('    - name: |\n'), '1.0', ['database', 'jobs', 'clean']],
    ['names that are not given yet', backup('    - name: database\n      value: shop\n    - name: |\n'), '1.0', ['jobs', 'clean']],
    ['values of a boolean, as texts', backup('    - name: clean\n      value: |\n'), '1.0', ['true', 'false']],
    ['the default', backup('    - name: jobs\n      value: "|"\n'), '1.0', ['4']],
    ['names for a schedule', `${DP}kind: BackupSchedule\nmetadata: {name: s, namespace: shop}\nspec:\n  backupPolicyName: orders\n  schedules:\n    - backupMethod: dump\n      parameters:\n        - name: |\n`, '1.0', ['database', 'jobs', 'clean']],
    ['names for a request', `apiVersion: operations.kubeblocks.io/v1alpha1\nkind: OpsRequest\nmetadata: {name: r, namespace: shop}\nspec:\n  type: Backup\n  clusterName: orders\n  backup:\n    backupPolicyName: orders\n    backupMethod: dump\n    parameters:\n      - name: |\n`, '1.0', ['database', 'jobs', 'clean']],
    ['names for the restore of a request', restore('      - name: |\n'), '1.0', ['jobs', 'mode']],
    ['values of an enum', restore('      - name: mode\n        value: |\n'), '1.0', ['CONTINUE', 'FAIL']],
    ['names for a Restore', `${DP}kind: Restore\nmetadata: {name: r, namespace: shop}\nspec:\n  backup: {name: full-1, namespace: shop}\n  parameters:\n    - name: |\n`, '1.0', ['jobs', 'mode']],
    ['keys of a Cluster\'s restore', spec('      |\n'), '1.2', [`${PREFIX}source-target-name`, `${PREFIX}source-target-pod-name`, `${PREFIX}volume-restore-policy`, `${PREFIX}restore-env`, `${PREFIX}defer-post-ready-until-cluster-running`, 'jobs', 'mode']],
    ['targets of the backup', spec(`      ${PREFIX}source-target-name: |\n`), '1.2', ['mysql', 'etcd']],
    ['ways to restore volumes', spec(`      ${PREFIX}volume-restore-policy: |\n`), '1.2', ['Parallel', 'Serial']],
    ['values of a Cluster\'s restore', spec('      mode: |\n'), '1.2', ['CONTINUE', 'FAIL']],
    ['names of the schema for withParameters', own('      - |\n'), '1.0', ['jobs', 'tables']],
    ['names that the list does not have', own('      - jobs\n      - |\n'), '1.0', ['tables']],
    ['nothing for an unknown method', backup('    - name: |\n').replace('dump', 'gone'), '1.0', []],
  ];
  for (const [what, text, line, expected] of offers) it(`offers ${what}`, () => assert.deepEqual(labels(text, on(line)), expected));

  it('quotes a value that would be a number or a boolean', () => {
    assert.equal(accepted(backup('    - name: jobs\n      value: |\n'), '4', on('1.0')), backup('    - name: jobs\n      value: "4"\n'));
    assert.equal(accepted(backup('    - name: clean\n      value: |\n'), 'true', on('1.0')), backup('    - name: clean\n      value: "true"\n'));
  });

  it('says which action set takes it', () => {
    assert.equal(completions(backup('    - name: |\n'), on('1.0'))[0]?.detail, 'parameter of dump, cluster kind-test, required');
  });
});
