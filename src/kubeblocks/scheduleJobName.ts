import type { BackupSchedule } from './objects';

/** `GenerateCRNameByBackupSchedule` of `pkg/dataprotection/backup/utils.go`, without its line; the UID is the owner's, else its own. */
export function jobNamePrefix({ metadata: { name, namespace = '', uid = '', ownerReferences } }: BackupSchedule): string {
  const owner = ownerReferences?.[0]?.uid ?? uid;
  return `${`${owner.slice(0, 8)}-${name}-${namespace}`.slice(0, 30).replace(/-+$/, '')}-`;
}

/** The CronJob of a schedule's line. */
export function jobNameOf(schedule: BackupSchedule, line: string): string {
  return jobNamePrefix(schedule) + line;
}
