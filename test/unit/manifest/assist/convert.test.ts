import assert from 'node:assert/strict';
import { convert } from '../../../../src/manifest/assist/convert';
import { applyEdits } from '../../../../src/manifest/assist/textEdit';
import type { KubeBlocksLine } from '../../../../src/kubeblocks/kinds';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile } from '../../../../src/manifest/manifestFile';
import { dialectOf } from '../../../support/manifestDialect';

const OLD = 'apiVersion: apps.kubeblocks.io/v1alpha1\n';
const NEW = 'apiVersion: apps.kubeblocks.io/v1\n';
const CLUSTER = 'kind: Cluster\nmetadata:\n  name: orders # ours\nspec:\n';
const TEMPLATE = 'kind: BackupPolicyTemplate\nmetadata:\n  name: orders\nspec:\n';

interface Converted {
  readonly what: string;
  readonly from: KubeBlocksLine;
  readonly to: KubeBlocksLine;
  readonly text: string;
  readonly after: string;
  /** Messages of what is left, as far as they are looked at. */
  readonly open?: readonly RegExp[];
}

const component = (fields: string): string => `  componentSpecs:\n    # the database\n    - name: mysql\n      replicas: 1\n${fields}`;
const cluster = (apiVersion: string, fields: string, policy = 'Delete'): string => `${apiVersion}${CLUSTER}  terminationPolicy: ${policy}\n${fields}`;

const CASES: readonly Converted[] = [
  { what: 'takes Halt for DoNotTerminate', from: '0.9', to: '1.2', text: cluster(OLD, component('      componentDef: mysql-8.0\n'), 'Halt # keep'), after: cluster(NEW, component('      componentDef: mysql-8.0\n'), 'DoNotTerminate # keep') },
  { what: 'does so on 1.0, which serves both versions', from: '0.9', to: '1.0', text: cluster(OLD, component('      componentDef: mysql-8.0\n'), 'Halt'), after: cluster(NEW, component('      componentDef: mysql-8.0\n'), 'DoNotTerminate') },
  { what: 'calls a definition so that has the name of the part', from: '0.9', to: '1.0', text: cluster(OLD, `  clusterDefinitionRef: postgresql\n${component('      componentDefRef: postgresql # why\n')}`), after: cluster(NEW, `  clusterDef: postgresql\n${component('      componentDef: postgresql # why\n')}`) },
  { what: 'takes the name of the ClusterDefinition where that is it', from: '0.9', to: '1.0', text: cluster(OLD, `  clusterDefinitionRef: apecloud-mysql\n${component('      componentDefRef: mysql\n')}`), after: cluster(NEW, `  clusterDef: apecloud-mysql\n${component('      componentDef: apecloud-mysql\n')}`) },
  { what: 'takes a reference out that the definition has overtaken', from: '0.9', to: '1.2', text: cluster(OLD, component('      componentDefRef: mysql\n      componentDef: apecloud-mysql\n')), after: cluster(NEW, component('      componentDef: apecloud-mysql\n')) },
  { what: 'keeps the version that is served where a definition cannot be told', from: '0.9', to: '1.0', text: cluster(OLD, component('      componentDefRef: engine\n')), after: cluster(OLD, component('      componentDefRef: engine\n')) },
  { what: 'says what is left where the version is gone', from: '0.9', to: '1.2', text: cluster(OLD, component('      componentDefRef: engine\n')), after: cluster(NEW, component('      componentDefRef: engine\n')), open: [/componentDef names a ComponentDefinition/] },
  { what: 'turns monitor over, and takes out what is gone', from: '0.9', to: '1.2', text: cluster(OLD, component('      componentDef: mysql-8.0\n      monitor: true\n      enabledLogs: [error]\n      updateStrategy: Serial\n')), after: cluster(NEW, component('      componentDef: mysql-8.0\n      disableExporter: false\n')) },
  { what: 'and back', from: '1.0', to: '0.8', text: cluster(NEW, component('      componentDef: mysql-8.0\n      disableExporter: true\n')), after: cluster(OLD, component('      componentDef: mysql-8.0\n      monitor: false\n')) },
  {
    what: 'converts the template of a sharding',
    from: '0.9',
    to: '1.2',
    text: cluster(OLD, '  shardingSpecs:\n    - name: shard\n      shards: 3\n      template:\n        name: redis\n        componentDef: redis-cluster-7\n        replicas: 2\n        monitor: false\n'),
    after: cluster(NEW, '  shardings:\n    - name: shard\n      shards: 3\n      template:\n        name: redis\n        componentDef: redis-cluster-7\n        replicas: 2\n        disableExporter: true\n'),
  },
  {
    what: 'makes a scheduling policy of tolerations and affinity, those of spec for components without',
    from: '0.8',
    to: '1.2',
    text: cluster(OLD, `${component('      componentDef: mysql-8.0\n      tolerations:\n        - key: disk\n          operator: Exists\n')}    - name: proxy\n      replicas: 1\n      componentDef: proxysql\n  # spread\n  affinity:\n    podAntiAffinity: Required\n    topologyKeys: [kubernetes.io/hostname]\n    nodeLabels: {zone: "a,b"}\n  tolerations:\n    - key: db\n`),
    after: cluster(
      NEW,
      `${component('      componentDef: mysql-8.0\n')}${policyOf('mysql', 'key: disk', 'operator: Exists')}    - name: proxy\n      replicas: 1\n      componentDef: proxysql\n${policyOf('proxy', 'key: db')}  # spread\n`,
    ),
  },
  { what: 'leaves an affinity that one policy cannot say', from: '0.9', to: '1.0', text: cluster(OLD, `${component('      componentDef: mysql-8.0\n')}  affinity:\n    tenancy: DedicatedNode\n`), after: cluster(OLD, `${component('      componentDef: mysql-8.0\n')}  affinity:\n    tenancy: DedicatedNode\n`) },
  {
    what: 'takes the one policy of a template out of its list, with comments and scripts as they are',
    from: '0.9',
    to: '1.0',
    text: `${OLD}${TEMPLATE}  clusterDefinitionRef: mysql\n  backupPolicies: # one\n    # nightly\n    - componentDefs:\n        - mysql-8.0\n      # copies\n      backupMethods:\n        - name: full # the files\n          snapshotVolumes: false\n          actionSetName: mysql\n          env:\n            - name: SCRIPT\n              value: |\n                set -e\n                  exit 0\n  # the end\n`,
    after: `apiVersion: dataprotection.kubeblocks.io/v1alpha1\n${TEMPLATE}  # one\n  # nightly\n  compDefs:\n    - mysql-8.0\n  # copies\n  backupMethods:\n    - name: full # the files\n      snapshotVolumes: false\n      actionSetName: mysql\n      env:\n        - name: SCRIPT\n          value: |\n            set -e\n              exit 0\n  # the end\n`,
  },
  {
    what: 'leaves a template of two policies to a person',
    from: '0.9',
    to: '1.0',
    text: `${OLD}${TEMPLATE}  backupPolicies:\n    - backupMethods: [{name: full, actionSetName: a}]\n    - backupMethods: [{name: full, actionSetName: b}]\n`,
    after: `apiVersion: dataprotection.kubeblocks.io/v1alpha1\n${TEMPLATE}  backupPolicies:\n    - backupMethods: [{name: full, actionSetName: a}]\n    - backupMethods: [{name: full, actionSetName: b}]\n`,
    open: [/backupMethods is missing/, /A template holds one policy/],
  },
  {
    what: 'renames the fields of a restore request from 0.8 to 1.2',
    from: '0.8',
    to: '1.2',
    text: `${OLD}kind: OpsRequest\nmetadata: {name: back}\nspec:\n  type: Restore\n  clusterRef: new\n  ttlSecondsBeforeAbort: 60\n  restoreSpec:\n    backupName: b # the log\n    restoreTimeStr: 2026-11-23T09:58:00Z\n`,
    after: `apiVersion: operations.kubeblocks.io/v1alpha1\nkind: OpsRequest\nmetadata: {name: back}\nspec:\n  type: Restore\n  clusterName: new\n  preConditionDeadlineSeconds: 60\n  restore:\n    backupName: b # the log\n    restorePointInTime: 2026-11-23T09:58:00Z\n`,
  },
];

function policyOf(name: string, ...toleration: readonly string[]): string {
  const selector = (column: string): string => `${column}matchLabels:\n${column}  app.kubernetes.io/instance: orders\n${column}  apps.kubeblocks.io/component-name: ${name}\n`;
  const column = '        ';
  return [
    '      schedulingPolicy:\n',
    `${column}affinity:\n${column}  nodeAffinity:\n${column}    requiredDuringSchedulingIgnoredDuringExecution:\n${column}      nodeSelectorTerms:\n${column}        - matchExpressions:\n${column}            - key: zone\n${column}              operator: In\n${column}              values:\n${column}                - a\n${column}                - b\n`,
    `${column}  podAntiAffinity:\n${column}    requiredDuringSchedulingIgnoredDuringExecution:\n${column}      - labelSelector:\n${selector(`${column}          `)}${column}        topologyKey: kubernetes.io/hostname\n`,
    `${column}topologySpreadConstraints:\n${column}  - maxSkew: 1\n${column}    whenUnsatisfiable: DoNotSchedule\n${column}    topologyKey: kubernetes.io/hostname\n${column}    labelSelector:\n${selector(`${column}      `)}`,
    `${column}tolerations:\n${column}  - ${toleration.join(`\n${column}    `)}\n`,
  ].join('');
}

describe('converting a file from one line to another', () => {
  for (const { what, from, to, text, after, open = [] } of CASES) {
    it(`${what} (${from} to ${to})`, () => {
      for (const inLines of [(lines: string): string => lines, (lines: string): string => lines.replaceAll('\n', '\r\n')]) {
        const file = readFile(inLines(text));
        const converted = convert(file, dialectOf(from), dialectOf(to), []);
        assert.equal(converted.text, inLines(after));
        assert.equal(applyEdits(file.text, converted.edits), converted.text);
        assert.equal(converted.open.length, open.length, converted.open.map(({ message }) => message).join('\n'));
        for (const [index, expected] of open.entries()) assert.match(converted.open[index]?.message ?? '', expected);
        const again = convert(readFile(converted.text), dialectOf(to), dialectOf(to), []);
        assert.equal(again.text, converted.text, 'converted twice');
      }
    });
  }

  it('leaves no error of the schema behind, where it leaves nothing to a person', () => {
    for (const { to, after } of CASES.filter(({ open = [] }) => open.length === 0)) {
      assert.deepEqual(judgeFile(readFile(after), [], dialectOf(to)).filter(({ source }) => source === 'schema'), []);
    }
  });
});
