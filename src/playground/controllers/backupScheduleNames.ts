import type { SchedulePolicy } from '../../kubeblocks/objects';
import { LABEL } from './names';
import { scheduledBackup } from './scheduledBackup';
import type { Policy, Schedule } from './shapes';

/** `<first 30 of "<uid8>-<schedule>-<namespace>">-<schedule name or method>`; the UID is the owner's, else its own. */
export function scheduledName(schedule: Schedule, method: string): string {
  const { name, namespace = '', uid = '', ownerReferences } = schedule.metadata;
  const ownerUid = ownerReferences?.[0]?.uid ?? uid;
  return `${`${ownerUid.slice(0, 8)}-${name}-${namespace}`.slice(0, 30).replace(/-+$/, '')}-${method}`;
}

/** What the CronJob's pod runs: it creates a Backup with a name by the second. */
export function scheduleScript(schedule: Schedule, one: SchedulePolicy, policy: Policy, fullMethod: string | undefined): string {
  const { namespace = '', name } = schedule.metadata;
  const backup = scheduledBackup(schedule, one, policy, "$(date -u +'%Y%m%d%H%M%S')");
  const parameters = (one.parameters ?? []).map((parameter) => `  - name: ${parameter.name}\n    value: ${JSON.stringify(parameter.value)}\n`);
  const manifest = [
    `apiVersion: ${backup.apiVersion}\nkind: ${backup.kind}\nmetadata:\n  labels:\n`,
    `    ${LABEL.autoBackup}: "true"\n    ${LABEL.backupSchedule}: "${name}"\n`,
    `  name: ${backup.metadata.name}\n  namespace: ${namespace}\n`,
    `spec:\n  backupPolicyName: ${policy.metadata.name}\n  backupMethod: ${one.backupMethod}\n`,
    `  retentionPeriod: ${one.retentionPeriod ?? ''}\n`,
    parameters.length === 0 ? '' : `  parameters:\n${parameters.join('')}`,
  ].join('');
  const create = `kubectl create -f - <<EOF\n${manifest}EOF\n`;
  return fullMethod === undefined ? create : `${guard(namespace, policy.metadata.name, fullMethod)}\n${create}`;
}

function guard(namespace: string, policy: string, method: string): string {
  const selector = `${LABEL.backupType}=Full,${LABEL.backupPolicy}=${policy}`;
  const path = `{range .items[?(@.spec.backupMethod=="${method}")]}{.status.phase}{"\\n"}{end}`;
  return [
    `count=$(kubectl get backups.dataprotection.kubeblocks.io -n ${namespace} --selector=${selector} -o jsonpath='${path}' | grep "Completed" | wc -l)`,
    'if [ "$count" -eq 0 ]; then',
    '  echo "No completed full backups found. Exiting."',
    '  exit 0',
    'fi',
  ].join('\n');
}
