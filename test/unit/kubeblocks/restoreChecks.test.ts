import assert from 'node:assert/strict';
import type { Inventory } from '../../../src/kubeblocks/inventory';
import type { AnyObject, Backup } from '../../../src/kubeblocks/objects';
import { planRestore } from '../../../src/kubeblocks/restorePlan';
import type { RestoreRequest } from '../../../src/kubeblocks/restoreRequest';
import type { RestoreSurroundings, SurroundingKind } from '../../../src/kubeblocks/restoreSurroundings';
import { aBackup, aCluster, anInventory, aRepo, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';

const component = {
  name: 'postgresql',
  componentDef: 'postgresql-16-1.0.0',
  serviceVersion: '16.4.0',
  replicas: 2,
  resources: { limits: { cpu: '1', memory: '1Gi' } },
  volumeClaimTemplates: [{ name: 'data', spec: { storageClassName: 'fast', resources: { requests: { storage: '100Gi' } } } }],
};
const snapshot = (apiVersion = 'apps.kubeblocks.io/v1', spec: object = { componentSpecs: [component] }): string => JSON.stringify({ apiVersion, metadata: { name: 'orders-pg', namespace: NAMESPACE }, spec });
const aSource = (text = snapshot(), more: Partial<Backup> = {}): Backup => ({ ...aBackup('full', '09:12:44', { metadata: { annotations: { 'kubeblocks.io/cluster-snapshot': text } } }), ...more });
const object = (kind: string, name: string, fields: object = {}, metadata: object = {}): AnyObject => ({ apiVersion: 'v1', kind, metadata: { name, ...metadata }, ...fields });

const good: Readonly<Record<SurroundingKind, readonly AnyObject[]>> = {
  Namespace: [object('Namespace', NAMESPACE)],
  StorageClass: [object('StorageClass', 'fast', { provisioner: 'csi.example' })],
  VolumeSnapshotClass: [object('VolumeSnapshotClass', 'snaps', { driver: 'csi.example' })],
  ResourceQuota: [],
  ComponentDefinition: [object('ComponentDefinition', 'postgresql-16-1.0.0', { spec: { serviceVersion: '16.4.0' } })],
  ComponentVersion: [],
};

function around(lists: Partial<Record<SurroundingKind, readonly AnyObject[]>> = {}, mayDo: RestoreSurroundings['mayDo'] = () => true): RestoreSurroundings {
  return { lists: Object.fromEntries(Object.entries({ ...good, ...lists }).map(([kind, items]) => [kind, { items }])), mayDo };
}

function plan(surroundings: RestoreSurroundings, backup = aSource(), change: Partial<RestoreRequest> = {}, line: Inventory['line'] = '1.0') {
  const inventory = anInventory({ clusters: [aCluster()], backups: [backup], repos: [aRepo()], actionSets: postgresActionSets() }, { line });
  return planRestore(inventory, { backup, targetName: 'orders-pg-r1', targetNamespace: NAMESPACE, way: 'opsRequest', ...change }, { now: NOW, timeZone: 'UTC' }, surroundings);
}

const said = ({ findings }: ReturnType<typeof plan>): string[] => findings.map(({ severity, code }) => `${severity} ${code}`);

describe('restoreChecks', () => {
  it('says what is good, and finds nothing', () => {
    const { checks, findings } = plan(around());
    assert.deepEqual(findings, []);
    assert.deepEqual(checks.filter(({ verdict }) => verdict !== 'ok'), []);
    assert.ok(checks.some(({ message }) => message === 'Storage class fast exists.'));
  });

  it('says what nobody knows, and forbids nothing for it', () => {
    const { checks, findings } = plan({ lists: { StorageClass: { why: 'you may not list storageclasses.' } }, mayDo: () => undefined });
    assert.deepEqual(findings, []);
    assert.ok(checks.some(({ verdict, message }) => verdict === 'unknown' && message === 'Storage classes are not known: you may not list storageclasses.'));
    assert.ok(checks.some(({ verdict, message }) => verdict === 'unknown' && message === 'Quotas were not looked at.'));
  });

  const quota = (hard: object, used: object): AnyObject => object('ResourceQuota', 'team', { status: { hard, used } });
  const snapshotSource = aSource(snapshot(), { status: { ...aSource().status, backupMethod: { name: 'volume-snapshot', snapshotVolumes: true } } });
  const cases: readonly (readonly [string, RestoreSurroundings, string, RegExp, (Backup | undefined)?, Inventory['line']?])[] = [
    ['a namespace that is not there', around({ Namespace: [] }), 'error restore/namespace', /does not exist\. Create it/],
    ['a namespace that is going', around({ Namespace: [object('Namespace', NAMESPACE, {}, { deletionTimestamp: '2026-11-23T00:00:00Z' })] }), 'error restore/namespace', /is being deleted/],
    ['a storage class that is gone', around({ StorageClass: [] }), 'error restore/storage-class', /Storage class fast does not exist: the volumes stay Pending/],
    ['no default storage class', around(), 'error restore/storage-class', /name no storage class/, aSource(snapshot(undefined, { componentSpecs: [{ ...component, volumeClaimTemplates: [{ name: 'data', spec: {} }] }] }))],
    ['an in-tree provisioner on 1.2', around({ StorageClass: [object('StorageClass', 'fast', { provisioner: 'kubernetes.io/aws-ebs' })] }), 'error restore/storage-class', /cannot restore into/, undefined, '1.2'],
    ['a snapshot without a snapshot class', around({ VolumeSnapshotClass: [] }), 'error restore/snapshot-class', /no volume can be made from a snapshot/, snapshotSource],
    ['a snapshot of another driver', around({ VolumeSnapshotClass: [object('VolumeSnapshotClass', 'snaps', { driver: 'other' })] }), 'error restore/snapshot-class', /driver without a volume snapshot class/, snapshotSource],
    ['too little storage in the quota', around({ ResourceQuota: [quota({ 'requests.storage': '500Gi' }, { 'requests.storage': '400Gi' })] }), 'error restore/quota', /of requests\.storage, 400 GiB of 500 GiB are used, and 200 GiB more are needed/],
    ['too little memory in the quota, where limits stand for requests', around({ ResourceQuota: [quota({ 'requests.memory': '1Gi' }, {})] }), 'error restore/quota', /0 B of 1 GiB are used, and 2 GiB more/],
    ['a component definition that is gone', around({ ComponentDefinition: [object('ComponentDefinition', 'mysql-8')] }), 'error restore/component-definition', /postgresql-16-1\.0\.0 of postgresql is not installed/],
    ['a version that is not offered any more', around({ ComponentDefinition: [object('ComponentDefinition', 'postgresql-16-1.0.0', { spec: { serviceVersion: '16.6.0' } })] }), 'error restore/service-version', /16\.4\.0 of postgresql is not offered any more \(but 16\.6\.0\)/],
    ['a backup of an older KubeBlocks', around(), 'warning restore/kubeblocks-line', /0\.9 or older, and this is 1\.0/, aSource(snapshot('apps.kubeblocks.io/v1alpha1', { componentSpecs: [{ ...component, componentDefRef: 'postgresql' }] }))],
    ['no right to ask for it', around({}, (verb) => verb !== 'create'), 'error restore/rights', /You may not create opsrequests in payments/],
    ['no right to follow it', around({}, (_, { plural }) => plural !== 'restores'), 'warning restore/rights', /cannot be followed/],
  ];
  for (const [what, surroundings, finding, message, backup, line] of cases) {
    it(`finds ${what}`, () => {
      const found = plan(surroundings, backup, {}, line);
      assert.deepEqual(said(found), [finding]);
      assert.match(found.findings[0]?.message ?? '', message);
    });
  }

  it('takes a version that a release offers for the definition', () => {
    const spec = { compatibilityRules: [{ compDefs: ['postgresql-16-'], releases: ['a'] }], releases: [{ name: 'a', serviceVersion: '16.4.0' }, { name: 'b', serviceVersion: '9' }] };
    const definition = object('ComponentDefinition', 'postgresql-16-1.0.0', { spec: { serviceVersion: '16.6.0' } });
    assert.deepEqual(said(plan(around({ ComponentDefinition: [definition], ComponentVersion: [object('ComponentVersion', 'postgresql', { spec })] }))), []);
  });

  it('counts what a quota has left where that is enough', () => {
    const { checks, findings } = plan(around({ ResourceQuota: [quota({ persistentvolumeclaims: '10', pods: '10' }, { pods: '3' })] }));
    assert.deepEqual(findings, []);
    assert.ok(checks.some(({ message }) => message === 'Quota team: of pods, 3 of 10 are used, and 2 more are needed.'));
  });
});
