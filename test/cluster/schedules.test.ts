import assert from 'node:assert/strict';
import { indexClusters } from '../../src/kubeblocks/clusterIndex';
import { objectKey } from '../../src/kubeblocks/inventory';
import { KINDS } from '../../src/kubeblocks/kinds';
import type { BackupSchedule, SchedulePolicy } from '../../src/kubeblocks/objects';
import { planSchedule, type SchedulePlan, type ScheduleRequest } from '../../src/kubeblocks/schedulePlan';
import { changeSchedule, trySchedule } from '../../src/operations/changeSchedule';
import type { ClusterLane } from './lane/clusterLane';
import type { LaneNamespace } from './lane/laneNamespace';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

describe('schedules on the real controllers', () => {
  let lane: ClusterLane;
  let space: LaneNamespace;
  let product: Product;

  before(async () => {
    lane = await sharedCluster();
    space = await lane.namespace();
    product = new Product(lane, space.name);
    await product.until('its schedule', ({ clusters, policies, schedules, actionSets }) => {
      const isKnown = (all: { readonly items: ReadonlyMap<string, unknown> }, name: string): boolean => all.items.has(objectKey(space.name, name));
      return isKnown(clusters, space.cluster) && isKnown(policies, space.policy) && isKnown(schedules, space.schedule) && actionSets.items.size > 0;
    });
  });

  after(() => {
    product.dispose();
    assert.deepEqual(product.logger.errors, []);
  });

  const plan = (request: Pick<ScheduleRequest, 'method' | 'enabled'> & Partial<ScheduleRequest>): SchedulePlan => {
    const { inventory } = product;
    const entry = indexClusters(inventory).entries.get(objectKey(space.name, space.cluster));
    const policy = inventory.policies.items.get(objectKey(space.name, space.policy));
    assert.ok(entry && policy);
    return planSchedule(inventory, { entry, policy, ...request }, Date.now());
  };
  const change = async (made: SchedulePlan): Promise<void> => {
    const judged = await trySchedule(product.deps, made);
    assert.ok(judged.accepted, judged.accepted ? '' : judged.error.message);
    await changeSchedule(product.deps, product.submissions, made);
  };
  const untilLine = async (method: string, isSo: (item: SchedulePolicy) => boolean): Promise<void> => {
    const line = ({ spec }: BackupSchedule): SchedulePolicy | undefined => spec?.schedules?.find(({ backupMethod }) => backupMethod === method);
    await space.until<BackupSchedule>('backupschedules', space.schedule, `${method} is so`, (schedule) => {
      const item = line(schedule);
      return item !== undefined && isSo(item);
    });
    await product.until(`${method} is so`, ({ schedules }) => {
      const schedule = schedules.items.get(objectKey(space.name, space.schedule));
      const item = schedule === undefined ? undefined : line(schedule);
      return item !== undefined && isSo(item);
    });
  };
  const setClusterBackup = (backup: object): Promise<unknown> => product.deps.api.patch(KINDS.cluster, space.cluster, space.name, { spec: { backup } });

  it('change the BackupSchedule where the Cluster says nothing, and stay when the Cluster changes', async () => {
    const made = plan({ method: 'wal-g', enabled: true, cronExpression: '20 13 * * *', retentionPeriod: '3d' });
    assert.equal(made.place.kind, 'schedule');
    await change(made);
    const isOurs = ({ enabled, cronExpression, retentionPeriod }: SchedulePolicy): boolean => enabled === true && cronExpression === '20 13 * * *' && retentionPeriod === '3d';
    await untilLine('wal-g', isOurs);
    await product.deps.api.patch(KINDS.cluster, space.cluster, space.name, { metadata: { annotations: { touched: 'once' } } });
    await space.until<BackupSchedule>('backupschedules', space.schedule, 'taken', ({ status, metadata: { annotations } }) => status?.phase === 'Available' && annotations?.['kubeblocks.io/reconcile'] !== undefined);
    await untilLine('wal-g', isOurs);
  });

  it('change the Cluster where it decides, which carries it into the BackupSchedule, and keeps another method off', async () => {
    await setClusterBackup({ method: 'wal-g', enabled: true });
    await product.until('the Cluster decides', ({ clusters }) => clusters.items.get(objectKey(space.name, space.cluster))?.spec?.backup?.enabled === true);
    const made = plan({ method: 'wal-g', enabled: true, cronExpression: '40 4 * * *', retentionPeriod: '' });
    assert.deepEqual(made.place, { kind: 'cluster', role: 'method' });
    await change(made);
    await untilLine('wal-g', ({ enabled, cronExpression, retentionPeriod }) => enabled === true && cronExpression === '40 4 * * *' && retentionPeriod === '0d');

    // What the Cluster cannot say stays in the BackupSchedule; its own deadline never gets there.
    await setClusterBackup({ startingDeadlineMinutes: 5 });
    const late = plan({ method: 'wal-g', enabled: true, cronExpression: '50 4 * * *', startingDeadlineMinutes: 30 });
    assert.deepEqual([late.place.kind, late.before?.resource.kind], ['cluster', 'BackupSchedule']);
    await change(late);
    await untilLine('wal-g', ({ cronExpression }) => cronExpression === '50 4 * * *');
    assert.equal((await space.get<BackupSchedule>('backupschedules', space.schedule)).spec?.startingDeadlineMinutes, 30);

    const other = product.inventory.schedules.items.get(objectKey(space.name, space.schedule))?.spec?.schedules ?? [];
    const full = other.find(({ backupMethod }) => backupMethod !== 'wal-g' && plan({ method: backupMethod, enabled: true }).place.kind === 'keptOff')?.backupMethod;
    assert.ok(full !== undefined, `none is kept off of ${other.map(({ backupMethod }) => backupMethod).join(', ')}`);
    await product.deps.api.patch(KINDS.backupSchedule, space.schedule, space.name, { spec: { schedules: other.map((item) => (item.backupMethod === full ? { ...item, enabled: true, retentionPeriod: '2d' } : item)) } });
    await untilLine(full, ({ enabled, retentionPeriod }) => enabled === false && retentionPeriod === '2d');
  });
});
