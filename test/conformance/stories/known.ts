import type { LeafDifference } from '../leafDifferences';

interface Known {
  /** Matches the story's name; every story when absent. */
  readonly story?: RegExp;
  readonly at: RegExp;
  /** Matches what the real side shows there, as JSON; whatever it shows when absent. */
  readonly real?: RegExp;
  readonly why: string;
}

/** Where the playground tells a story otherwise, and why it may. */
const KNOWN: readonly Known[] = [
  { at: /^objects\.(Job|StatefulSet)\/.*\.containers\.\w+\.envFrom$/, why: 'databases of the playground have no environment of their own to hand on' },
  { at: /^objects\.PersistentVolumeClaim\/[^.]*\.finalizers$/, why: 'no controller protects claims that are in use' },
  { at: /^objects\.StatefulSet\/.*\.status\.(currentRevision|updateRevision)$/, why: 'stateful sets have no revisions' },
  { at: /^objects\.Job\/.*\.labels\.(apps\.kubeblocks\.io\/pod-name|workloads\.kubeblocks\.io\/(instance|managed-by))$/, why: 'instances are pods of their component, without an InstanceSet between' },
  { story: /^backup: the job fails$/, at: /^objects\.Backup\/full\.status\.actions\.dp-backup-0\.failureReason$/, real: /^"Log Collector Output: pg_basebackup: error: connection refused\\n"$/, why: "two reconciles of the real controller write an action: the log's words may be the last, or the job's" },
  { story: /^restore: the job fails$/, at: /^objects\.Restore\/back\.status\.actions\.prepareData\.prepareData-0\.message$/, real: /^"BackoffLimitExceeded:Job has reached the specified backoff limit"$/, why: "two reconciles of the real controller write an action: the log's words may be the last, or the job's" },
  { story: /to a time|continuous/, at: /^objects\.Backup\/[\w-]*archive-wal\.status\.actions\.dp-backup-0\.(objectRef|startTimestamp)$/, real: /^null$/, why: 'two reconciles of the real controller write an action, and the one that knows neither its StatefulSet nor its start may be the last' },
  { story: /to a time|continuous/, at: /^objects\.Backup\/.*archive-wal\.(phases\.\d+|status\.failureReason)$/, why: 'a real schedule whose first write is read too early fails its log backup for a moment' },
  { story: /to a time|continuous/, at: /^events\.Backup\/\S*archive-wal Warning ReconcileFailed \(backup-controller\): Reconciling failed, error: create continuous backup by failed backupschedule STORY\/\w+$/, real: /told/, why: 'a real schedule whose first write is read too early fails its log backup for a moment' },
  { story: /^operation: backup$/, at: /^events\.OpsRequest\/now Warning DoActionFailed \(ops-request-controller\): .* backups\.dataprotection\.kubeblocks\.io "full" already exists$/, real: /told/, why: 'a request that is read too early is acted on twice, and its backup is there already' },
  { at: /^events\.Cluster\/\S+ Warning ReconcileBackupPolicyFail \(backup-policy-driver-controller\): failed to reconcile: backuppolicies\.dataprotection\.kubeblocks\.io "[\w-]+" already exists$/, real: /told/, why: 'a cluster is reconciled again before its new policy is in the cache' },
  { at: /^events\.BackupSchedule\/\S+ Warning HandleBackupScheduleFailed \(backup-schedule-controller\): BackupPolicy\.dataprotection\.kubeblocks\.io "[\w-]+" not found$/, real: /told/, why: 'a schedule is reconciled before its new policy is in the cache' },
  { story: /^operation: backup$/, at: /^objects\.Job\/dp-backup-0-full-UID8\.finalizers$/, real: /^\["dataprotection\.kubeblocks\.io\/finalizer"\]$/, why: 'manager deletes the job of a request that ended, dataprotection takes its finalizer away first: either may come first' },
];

export interface StoryDifference extends LeafDifference {
  readonly story: string;
}

/** Why a difference is accepted; undefined where it is a fault of the playground. */
export function reasonFor({ story, at, real }: StoryDifference): string | undefined {
  return KNOWN.find((known) => (known.story?.test(story) ?? true) && known.at.test(at) && (known.real?.test(JSON.stringify(real ?? null)) ?? true))?.why;
}
