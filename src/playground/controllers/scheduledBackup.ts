import type { AnyObject, SchedulePolicy } from '../../kubeblocks/objects';
import { LABEL } from './names';
import type { Policy, Schedule } from './shapes';

/** The Backup that a schedule creates each time; `time` ends its name, to the second. */
export function scheduledBackup(schedule: Schedule, one: SchedulePolicy, policy: Policy, time: string): AnyObject {
  const { namespace = '', name } = schedule.metadata;
  const { backupMethod, retentionPeriod, parameters = [] } = one;
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Backup',
    metadata: {
      labels: { [LABEL.autoBackup]: 'true', [LABEL.backupSchedule]: name },
      name: `${namePrefix(schedule, policy)}-${one.name ?? backupMethod}-${time}`,
      namespace,
    },
    spec: {
      backupPolicyName: policy.metadata.name,
      backupMethod,
      ...(retentionPeriod !== undefined && retentionPeriod !== '' && { retentionPeriod }),
      ...(parameters.length > 0 && { parameters: parameters.map(({ name, value }) => ({ name, value })) }),
    },
  };
}

function namePrefix(schedule: Schedule, policy: Policy): string {
  const cluster = schedule.metadata.labels?.[LABEL.instance] ?? policy.metadata.labels?.[LABEL.instance];
  return cluster ?? policy.spec?.target?.podSelector?.matchLabels?.[LABEL.instance] ?? policy.metadata.name;
}
