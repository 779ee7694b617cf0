import assert from 'node:assert/strict';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { Backup, Cluster } from '../../../../src/kubeblocks/objects';
import { aBackup, aCluster, anInventory, aPolicy, NAMESPACE } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const COMPARE = 'kubeblocksBackup.compareCluster';
const COPY = 'kubeblocks.io/cluster-snapshot';

function withCopy(name: string, end: string, spec: unknown): Backup {
  const copy = { metadata: { name: 'orders-pg', namespace: NAMESPACE, annotations: { team: 'payments' } }, spec };
  return aBackup(name, end, { metadata: { annotations: { [COPY]: JSON.stringify(copy) } } });
}

const spec = (replicas: number, password = 'hunter2'): unknown => ({ componentSpecs: [{ name: 'postgresql', replicas, env: [{ name: 'DB_PASSWORD', value: password }] }] });
const live = (more: unknown = spec(2)): Cluster => ({ ...aCluster('orders-pg', { metadata: { annotations: { team: 'payments', 'kubectl.kubernetes.io/last-applied-configuration': 'x' } } }), spec: more as NonNullable<Cluster['spec']> });
const b1 = withCopy('b1', '09:00:00', spec(1));
const b2 = withCopy('b2', '10:00:00', spec(2));

function stage(cluster = live(), ...backups: readonly Backup[]): TestApp {
  const all = backups.length === 0 ? [b1, b2, aBackup('bare', '11:00:00')] : backups;
  const test = new TestApp({ inventory: anInventory({ clusters: [cluster, aCluster('restored')], backups: all, policies: [aPolicy()] }) });
  test.deps.api.put(KINDS.backup, ...all);
  test.deps.api.put(KINDS.cluster, cluster, aCluster('restored'));
  return test;
}

const ref = (name: string) => ({ kind: 'backup', namespace: NAMESPACE, name }) as const;

describe('Compare Cluster in Backup', () => {
  it('offers its own cluster first, then others, then backup sets that keep one', async () => {
    const test = stage();
    await test.command(COMPARE, ref('b1'));
    assert.deepEqual(test.offered(), ['orders-pg', 'restored', 'b2']);
    assert.equal(test.compared[0]?.title, 'cluster in b1 ↔ orders-pg now');
    assert.match(test.compared[0].before, /replicas: 1/);
    assert.match(test.compared[0].after, /replicas: 2/);
  });

  it('asks nothing where whoever calls it knows with what', async () => {
    const test = stage();
    await test.command(COMPARE, { ...ref('b1'), with: { kind: 'cluster', namespace: NAMESPACE, name: 'restored' } });
    assert.deepEqual([test.prompts.asked.length, test.compared[0]?.title], [0, 'cluster in b1 ↔ restored now']);
  });

  it('compares two backup sets, the older on the left', async () => {
    const test = stage();
    test.prompts.when(/^Compare the cluster/, 'b1');
    await test.command(COMPARE, ref('b2'));
    assert.equal(test.compared[0]?.title, 'cluster in b1 ↔ cluster in b2');
  });

  it('shows no credential, and says where one changed', async () => {
    const test = stage(live(spec(2, 'other')));
    await test.command(COMPARE, ref('b1'));
    const { before = '', after = '' } = test.compared[0] ?? {};
    assert.doesNotMatch(before + after, /hunter2|other/);
    assert.match(after, /\(redacted\) \(changed\)/);
  });

  it('says that there is no difference: what the server keeps for itself is none', async () => {
    const test = stage();
    await test.command(COMPARE, ref('b2'));
    assert.deepEqual([test.compared, test.told[0]?.[0]], [[], 'No difference: the cluster in b2 is as in orders-pg.']);
  });

  it('offers from the palette only what keeps a cluster, and says of others why not', async () => {
    const test = stage();
    await test.command(COMPARE);
    assert.deepEqual([...test.offered(1)].sort(), ['b1', 'b2']);
    await test.command(COMPARE, ref('bare'));
    assert.match(test.told.at(-1)?.[0] ?? '', /^Backup bare cannot be compared: it keeps no copy of its cluster\./);
  });

  it('explains what could not be read', async () => {
    const test = stage();
    test.deps.api.failNext('get', 403, 'Forbidden', { resource: KINDS.backup });
    await test.command(COMPARE, ref('b1'));
    assert.match(test.told[0]?.[0] ?? '', /^Backup b1 could not be read: you may not get backups/);
  });
});
