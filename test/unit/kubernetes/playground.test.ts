import assert from 'node:assert/strict';
import * as path from 'node:path';
import { KINDS } from '../../../src/kubeblocks/kinds';
import { connect } from '../../../src/kubernetes/clusterSession';
import type { ClusterSession } from '../../../src/kubernetes/session';
import { systemClock } from '../../../src/kubernetes/systemClock';
import { createPlayground, type Playground } from '../../../src/playground/playground';
import { readKubeconfigText } from '../../support/kubeconfigText';
import { RecordingLogger } from '../../support/recordingLogger';
import { untilKnown } from '../../support/untilKnown';

const ROOT = path.resolve(__dirname, '../../..');

describe('A session with the playground', function () {
  this.timeout(60_000);

  let playground: Playground;
  let session: ClusterSession;
  const logger = new RecordingLogger();

  before(async () => {
    playground = await createPlayground({
      line: '1.0',
      schemasFolder: path.join(ROOT, 'schemas'),
      dataFolder: path.join(ROOT, 'src/playground'),
      speed: 0,
      now: Date.UTC(2026, 0, 1),
    });
    const kubeconfig = readKubeconfigText(playground.kubeconfig);
    session = connect(kubeconfig, kubeconfig.current ?? '', { logger, clock: systemClock, env: {} });
    await untilKnown(session, 'operations and backups', ({ opsRequests, backups }) => opsRequests.state.state === 'ready' && backups.state.state === 'ready');
  });

  after(async () => {
    session.dispose();
    await playground.close();
  });

  it('shows its clusters, repositories and backups, and that it is a simulation', () => {
    const { inventory } = session;
    assert.equal(inventory.connection.state, 'connected');
    assert.equal(inventory.line, '1.0');
    assert.equal(inventory.simulated, true);
    assert.ok(inventory.clusters.items.size > 0);
    assert.ok(inventory.repos.items.size > 0);
    assert.ok(inventory.backups.items.size > 0);
    assert.ok([...inventory.backups.items.values()].some(({ status }) => status?.phase === 'Completed'));
  });

  it('shows a backup that is made and deleted there', async () => {
    const [policy] = session.inventory.policies.items.values();
    const namespace = policy?.metadata.namespace ?? '';
    const object = {
      apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
      kind: 'Backup',
      metadata: { name: 'made-here', namespace },
      spec: { backupPolicyName: policy?.metadata.name ?? '', backupMethod: policy?.spec?.backupMethods?.[0]?.name ?? '' },
    };
    const dry = await session.api.create(KINDS.backup, object, { dryRun: true });
    assert.equal(dry.object.metadata.name, 'made-here');
    await session.api.create(KINDS.backup, object);
    const key = `${namespace}/made-here`;
    await untilKnown(session, 'the backup', ({ backups }) => backups.items.has(key));
    await session.api.delete(KINDS.backup, 'made-here', namespace);
    await untilKnown(session, 'its deletion', ({ backups }) => !backups.items.has(key) || backups.items.get(key)?.metadata.deletionTimestamp !== undefined);
  });

  it('tells what the server refuses, by field', async () => {
    const object = { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Backup', metadata: { name: 'x', namespace: 'default' }, spec: { wrong: 1 } };
    await assert.rejects(session.api.create(KINDS.backup, object, { dryRun: true }), /unknown field "spec\.wrong"|Required value/);
  });

  it('logs no error and no token', () => {
    assert.deepEqual(logger.errors, []);
    assert.ok(!logger.lines.some((line) => line.includes(playground.token)));
  });
});
