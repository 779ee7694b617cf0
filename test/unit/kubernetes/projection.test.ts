import assert from 'node:assert/strict';
import type { CollectionName } from '../../../src/kubeblocks/inventory';
import { PROJECTIONS } from '../../../src/kubernetes/projection';

const NAMES = Object.keys(PROJECTIONS) as CollectionName[];
const meta = (extra: Record<string, unknown> = {}): Record<string, unknown> => ({
  apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
  kind: 'Backup',
  metadata: { name: 'full-1', namespace: 'demo', ...extra },
});

describe('The projection', () => {
  it('keeps what is shown of a backup and drops the rest, of its cluster all but that it is there', () => {
    const kept = PROJECTIONS.backups({
      ...meta({
        managedFields: [{ manager: 'kubectl' }],
        labels: { a: 'b' },
        annotations: {
          'kubeblocks.io/cluster-snapshot': '{}',
          'kubeblocks.io/encrypted-system-accounts': 'cipher',
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
          long: 'x'.repeat(5000),
          kept: 'yes',
        },
      }),
      spec: { backupPolicyName: 'p', backupMethod: 'm', unknown: 1 },
      status: {
        phase: 'Completed',
        totalSize: '10',
        target: { name: 'mysql', serviceAccountName: 'kb', podSelector: { strategy: 'All', matchLabels: { app: 'mysql' } } },
        backupMethod: { name: 'm', env: [{ name: 'A' }] },
        actions: [{ name: 'dp-backup-0', phase: 'Completed', volumeSnapshots: [{ name: 'v', size: '1Gi' }] }],
      },
    });
    assert.deepEqual(kept, {
      ...meta({ labels: { a: 'b' }, annotations: { kept: 'yes', 'kubeblocks.io/cluster-snapshot': '' } }),
      spec: { backupPolicyName: 'p', backupMethod: 'm' },
      status: {
        phase: 'Completed',
        totalSize: '10',
        target: { name: 'mysql', podSelector: { strategy: 'All' } },
        backupMethod: { name: 'm' },
        actions: [{ name: 'dp-backup-0', phase: 'Completed', volumeSnapshots: [{ name: 'v', size: '1Gi' }] }],
      },
    });
  });

  it('keeps that an action set restores data, not its scripts', () => {
    const kept = PROJECTIONS.actionSets({
      ...meta(),
      spec: { backupType: 'Full', env: [], restore: { prepareData: { image: 'i', command: ['long'] }, postReady: [{ exec: {} }, {}] } },
    });
    assert.deepEqual(kept?.spec, { backupType: 'Full', restore: { prepareData: true, postReady: [true, true] } });
  });

  it('drops what has the wrong type, and items without what they need', () => {
    const kept = PROJECTIONS.schedules({
      ...meta({ labels: { good: 'x', bad: 3 }, generation: 'many', finalizers: 'none' }),
      spec: { backupPolicyName: 7, schedules: [null, 'text', { backupMethod: 'm' }, { backupMethod: 'm', cronExpression: '0 18 * * *', enabled: 'yes' }] },
      status: [],
    });
    assert.deepEqual(kept, {
      ...meta({ labels: { good: 'x' } }),
      spec: { schedules: [{ backupMethod: 'm', cronExpression: '0 18 * * *' }] },
    });
  });

  it('takes a capacity as text and as number', () => {
    assert.equal(PROJECTIONS.repos({ ...meta(), spec: { volumeCapacity: 0 } })?.spec?.volumeCapacity, 0);
    assert.equal(PROJECTIONS.repos({ ...meta(), spec: { volumeCapacity: '100Gi' } })?.spec?.volumeCapacity, '100Gi');
  });

  const hostile: readonly [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'text'],
    ['a list', []],
    ['no metadata', { apiVersion: 'v1', kind: 'X' }],
    ['metadata that is a list', { apiVersion: 'v1', kind: 'X', metadata: [] }],
    ['a name that is a number', { apiVersion: 'v1', kind: 'X', metadata: { name: 4 } }],
  ];
  hostile.forEach(([name, value]) => {
    it(`leaves out an object that is ${name}, of every kind`, () => {
      NAMES.forEach((kind) => assert.equal(PROJECTIONS[kind](value), undefined));
    });
  });

  it('reads the shardings of a Cluster of v1alpha1 by their name there', () => {
    const shardings = [{ name: 'shard', template: { replicas: 2 } }];
    const specOf = (spec: object): object | undefined => PROJECTIONS.clusters({ ...meta(), spec })?.spec;
    assert.deepEqual([specOf({ shardingSpecs: shardings }), specOf({ shardings }), specOf({ shardings, shardingSpecs: [] })], [{ shardings }, { shardings }, { shardings }]);
  });

  it('never throws, whatever a field holds', () => {
    const odd = [null, 0, '', true, [], {}, [null], [[]], { a: null }, { __proto__: null }];
    NAMES.forEach((kind) =>
      odd.forEach((value) => assert.ok(PROJECTIONS[kind]({ ...meta(), spec: value, status: value }) !== undefined)),
    );
  });

  it('does not take inherited fields for the object’s own', () => {
    const kept = PROJECTIONS.backups(JSON.parse('{"apiVersion":"v1","kind":"B","metadata":{"name":"a","labels":{"__proto__":"x"}},"spec":{"__proto__":{"backupMethod":"m"}}}'));
    assert.deepEqual(kept?.spec, {});
    assert.equal(({} as Record<string, unknown>).x, undefined);
  });
});
