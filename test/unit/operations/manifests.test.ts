import assert from 'node:assert/strict';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { AppError } from '../../../src/operations/appError';
import { applyChanges } from '../../../src/operations/applyChanges';
import { comparable } from '../../../src/operations/comparable';
import { deleteObjects, findDoomed } from '../../../src/operations/deleteObjects';
import { planChanges } from '../../../src/operations/planChanges';
import { openPlaygroundSession, type PlaygroundSession } from '../../support/playgroundSession';

const NAMESPACE = 'playground';
const SECRET = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'store-credentials' }, stringData: { accessKeyId: 'first-key', secretAccessKey: 'first-secret' } };

function policy(name: string, change: Record<string, unknown> = {}): AnyObject {
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'BackupPolicy',
    metadata: { name, namespace: NAMESPACE },
    spec: { target: { podSelector: { matchLabels: { app: name } } }, backupMethods: [{ name: 'snap', snapshotVolumes: true }], ...change },
  };
}

describe('Manifests against the playground', function () {
  this.timeout(60_000);
  let playground: PlaygroundSession;

  before(async () => {
    playground = await openPlaygroundSession();
  });
  after(() => playground.close());

  const plan = (...objects: readonly AnyObject[]) => planChanges(playground.deps, objects, NAMESPACE);
  const apply = async (...objects: readonly AnyObject[]) => applyChanges(playground.deps, await plan(...objects));
  const live = (name: string): Promise<AnyObject> => playground.session.api.get(KINDS.backupPolicy, name, NAMESPACE);

  it('plans without storing anything', async () => {
    const [planned] = await plan(policy('planned'));
    assert.equal(planned?.change, 'create');
    assert.equal(planned.live, undefined);
    await assert.rejects(live('planned'), { message: /not found/ });
  });

  it('creates, then finds nothing to change, then changes', async () => {
    const [created] = await apply(policy('changing'));
    assert.equal(created?.object.metadata.name, 'changing');
    assert.ok(created.object.metadata.uid);
    assert.deepEqual((await plan(policy('changing'))).map(({ change }) => change), ['none']);
    assert.deepEqual(await apply(policy('changing')), []);
    const [updated] = await apply(policy('changing', { backoffLimit: 3 }));
    assert.equal(updated?.change.change, 'update');
    assert.equal(((await live('changing'))['spec'] as { readonly backoffLimit: number }).backoffLimit, 3);
    assert.equal(updated.object.metadata.uid, created.object.metadata.uid);
  });

  it('gives an object without a namespace that of the context', async () => {
    const [planned] = await plan(SECRET);
    assert.equal(planned?.object.metadata.namespace, NAMESPACE);
  });

  it('tells a field that the server does not know, and stores nothing', async () => {
    await assert.rejects(plan(policy('wrong', { backoffLimt: 3 })), (error: AppError) => {
      assert.equal(error.reason, 'invalid');
      assert.match(error.message, /^BackupPolicy wrong would not be accepted: .*backoffLimt/s);
      return true;
    });
  });

  it('tells a kind that the cluster does not serve', async () => {
    await assert.rejects(plan({ ...policy('old'), apiVersion: 'dataprotection.kubeblocks.io/v1beta9' }), { reason: 'notFound', message: /does not serve this kind/ });
    await assert.rejects(plan({ ...policy('old'), kind: 'BackupPolicies' }), { reason: 'notFound' });
  });

  it('refuses a name that the server would make up', async () => {
    await assert.rejects(plan({ ...policy(''), metadata: { generateName: 'made-' } } as unknown as AnyObject), { reason: 'invalid', message: /no metadata\.name/ });
  });

  it('refuses a copy whose credentials were struck out', async () => {
    await assert.rejects(plan({ ...SECRET, stringData: { accessKeyId: '(redacted)' } }), { reason: 'invalid', message: /credentials were replaced/ });
  });

  it('takes what was copied from the cluster, without what the server keeps for itself', async () => {
    await apply(policy('copied'));
    const copy = await live('copied');
    assert.ok((copy.metadata as { readonly managedFields?: unknown }).managedFields);
    assert.deepEqual((await plan(copy)).map(({ change, conflicts }) => ({ change, conflicts })), [{ change: 'none', conflicts: [] }]);
  });

  it('names the fields that somebody else set, and takes them over when they are applied', async () => {
    await playground.session.api.create(KINDS.backupPolicy, policy('shared', { backoffLimit: 1 }));
    const changes = await plan(policy('shared', { backoffLimit: 5 }));
    assert.deepEqual(changes.map(({ change, conflicts }) => [change, conflicts.map(({ field }) => field)]), [['update', ['.spec.backoffLimit']]]);
    await applyChanges(playground.deps, changes);
    assert.equal(((await live('shared'))['spec'] as { readonly backoffLimit: number }).backoffLimit, 5);
  });

  it('says what was applied before one that is refused', async () => {
    const changes = await plan(policy('earlier'), policy('later'));
    const broken = changes.map((change) => (change.object.metadata.name === 'later' ? { ...change, object: { ...change.object, spec: {} } } : change));
    await assert.rejects(applyChanges(playground.deps, broken), { message: /^BackupPolicy later could not be applied: .* Done before that: BackupPolicy earlier\.$/s });
    assert.ok(await live('earlier'));
  });

  it('compares without status, defaults and bookkeeping', async () => {
    await apply(policy('compared'));
    const [same] = await plan(policy('compared'));
    assert.ok(same);
    const unchanged = comparable(same.live, same.result);
    assert.deepEqual(unchanged.before, unchanged.after);
    assert.deepEqual(Object.keys(unchanged.after), ['apiVersion', 'kind', 'spec', 'metadata']);
    const [other] = await plan(policy('compared', { backoffLimit: 4 }));
    assert.ok(other);
    const changed = comparable(other.live, other.result);
    assert.deepEqual({ ...(changed.before?.['spec'] as object), backoffLimit: 4 }, changed.after['spec']);
  });

  it('shows no credential, but that one changed', async () => {
    await apply(SECRET);
    const [planned] = await plan({ ...SECRET, stringData: { ...SECRET.stringData, secretAccessKey: 'second-secret' } });
    assert.ok(planned);
    const { before, after } = comparable(planned.live, planned.result);
    const text = JSON.stringify([before, after]);
    for (const secret of ['first-key', 'first-secret', 'second-secret']) {
      assert.ok(!text.includes(secret) && !text.includes(Buffer.from(secret).toString('base64')), secret);
    }
    assert.match(JSON.stringify(after), /"secretAccessKey":"\(redacted\) \(changed\)"/);
    assert.match(JSON.stringify(after), /"accessKeyId":"\(redacted\)"/);
  });

  it('deletes what the cluster has, the last first, after one question', async () => {
    await apply(policy('first'), policy('second'));
    const doomed = await findDoomed(playground.deps, [policy('first'), policy('never-made'), policy('second')], NAMESPACE);
    const asked: string[] = [];
    const ask = (agreed: boolean) => ({
      ask: ({ message, detail }: { readonly message: string; readonly detail: string }) => {
        asked.push(message, detail);
        return Promise.resolve(agreed);
      },
    });
    assert.equal(await deleteObjects(playground.deps, doomed, 'kind-prod', ask(false)), false);
    assert.ok(await live('first'));
    assert.equal(asked[0], 'Delete 2 objects?');
    assert.equal(asked[1], 'BackupPolicy second in namespace playground\nBackupPolicy first in namespace playground\n\nContext kind-prod. This cannot be undone.');
    assert.equal(await deleteObjects(playground.deps, doomed, 'kind-prod', ask(true)), true);
    await assert.rejects(live('first'), { message: /not found/ });
    assert.equal(await deleteObjects(playground.deps, doomed, 'kind-prod', ask(true)), true, 'gone already');
  });

  it('says what goes with a cluster', async () => {
    const [cluster] = playground.session.inventory.clusters.items.values();
    assert.ok(cluster);
    const doomed = await findDoomed(playground.deps, [{ ...cluster, metadata: { name: cluster.metadata.name, namespace: NAMESPACE } }], NAMESPACE);
    let detail = '';
    await deleteObjects(playground.deps, doomed, 'kind-prod', { ask: (question) => Promise.resolve((detail = question.detail) === '') });
    assert.match(detail, /volumes of .* are removed with it|DoNotTerminate/);
  });
});
