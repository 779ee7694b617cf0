import assert from 'node:assert/strict';
import { LABELS } from '../../../../src/kubeblocks/labels';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, aLog, anInventory, backupLabels, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const ID = 'kubeblocksBackup.showTimeline';
const CLUSTER: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders-pg' };
const LOG: ObjectRef = { kind: 'backup', namespace: NAMESPACE, name: '9f1c-orders-pg-archive-wal' };

function appWith(...backups: readonly ReturnType<typeof aBackup>[]): TestApp {
  return new TestApp({ inventory: anInventory({ clusters: [aCluster(), aCluster('bare')], backups, actionSets: postgresActionSets() }) });
}

describe('Show Recovery Timeline', () => {
  it('shows that of the cluster it is called on, or of a backup set’s cluster', async () => {
    const app = appWith(aLog('09:00:00', '12:00:00'));
    await app.command(ID, CLUSTER);
    await app.command(ID, LOG);
    assert.deepEqual(app.timelines, [{ context: 'kind-prod', ref: CLUSTER }, { context: 'kind-prod', ref: CLUSTER }]);
  });

  it('finds a cluster that is gone by its log', async () => {
    const labels = { ...backupLabels('Continuous', 'gone'), [LABELS.clusterUid]: 'uid-gone' };
    const app = appWith(aLog('09:00:00', '12:00:00', { metadata: { name: 'log-of-gone', labels } }));
    await app.command(ID, { kind: 'backup', namespace: NAMESPACE, name: 'log-of-gone' });
    assert.deepEqual(app.timelines[0]?.ref, { kind: 'backup', namespace: NAMESPACE, name: 'log-of-gone' });
  });

  it('asks for one of the clusters that have a log backup', async () => {
    const app = appWith(aLog('09:00:00', '12:00:00'));
    await app.command(ID);
    assert.deepEqual(app.offered(), ['orders-pg']);
  });

  it('says why there is none for a cluster without a log backup', async () => {
    const app = appWith(aBackup('full'));
    await app.command(ID, CLUSTER);
    assert.deepEqual(app.timelines, []);
    assert.match(app.told.flat().join(), /orders-pg has no log backup, so only its backup sets themselves can be restored/);
  });
});
