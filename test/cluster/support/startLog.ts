import { backupType } from '../../../src/kubeblocks/backupState';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { Backup, BackupSchedule } from '../../../src/kubeblocks/objects';
import type { LaneNamespace } from '../lane/laneNamespace';
import type { Product } from './product';

/** Switches a log method of the namespace's schedule on. Resolves with the name of the log backup once it has a range. */
export async function startLog(product: Product, space: LaneNamespace, method: string): Promise<string> {
  const { spec } = await space.get<BackupSchedule>('backupschedules', space.schedule);
  const schedules = (spec?.schedules ?? []).map((each) => (each.backupMethod === method ? { ...each, enabled: true } : each));
  await product.deps.api.patch(KINDS.backupSchedule, space.schedule, space.name, { spec: { schedules } });
  let log: Backup | undefined;
  await product.until(`a log backup by ${method} has a range`, ({ backups }) => {
    log = [...backups.items.values()].find((each) => isLogOf(each, space.name, method));
    return log?.status?.timeRange?.end !== undefined;
  });
  return log?.metadata.name ?? '';
}

function isLogOf(backup: Backup, namespace: string, method: string): boolean {
  return backup.metadata.namespace === namespace && backupType(backup) === 'Continuous' && backup.spec?.backupMethod === method;
}
