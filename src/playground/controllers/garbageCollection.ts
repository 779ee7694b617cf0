import { RESOURCES } from '../resources';
import { nextPeriod } from '../runtime/coalesce';
import { isDeleting, read, readAll, remove } from '../runtime/edits';
import type { Controller, World } from '../world';
import { LABEL } from './names';
import type { BackupSet, Policy } from './shapes';

/** `GC_FREQUENCY_SECONDS` as the playground sets it. */
const FREQUENCY_MS = 60_000;
const RETAIN_LATEST = 'retainLatestBackup';

/**
 * Deletes what has expired (`controllers/dataprotection/gc_controller.go`). The real one looks at everything once a
 * minute; here each backup is looked at on the first full minute after its expiration, so that a long jump stays cheap.
 */
export const garbageCollector: Controller = {
  name: 'garbage-collection',
  watches: [{ resource: RESOURCES.backup }],
  reconcile(ref, world) {
    const backup = read<BackupSet>(world, RESOURCES.backup, ref);
    if (backup === undefined || isDeleting(backup) || !isCollected(backup)) return undefined;
    const expires = Date.parse(backup.status?.expiration ?? '');
    if (!Number.isFinite(expires)) return undefined;
    const wait = Math.ceil(expires / FREQUENCY_MS) * FREQUENCY_MS - world.clock.now();
    if (wait > 0) return { requeueAfterMs: wait };
    if (isRetainedAsLatest(backup, world)) return { requeueAfterMs: nextPeriod(FREQUENCY_MS, world.clock) };
    remove(world, RESOURCES.backup, ref);
    return undefined;
  },
};

/** Incremental backups go with their base, running ones never. */
function isCollected({ status, metadata }: BackupSet): boolean {
  const phase = status?.phase ?? '';
  return (phase === 'Completed' || phase === 'Failed') && metadata.labels?.[LABEL.backupType] !== 'Incremental';
}

/** The newest completed backup of a method and cluster, where the policy says to keep it. */
function isRetainedAsLatest(backup: BackupSet, world: World): boolean {
  const namespace = backup.metadata.namespace ?? '';
  const policyName = backup.spec?.backupPolicyName ?? '';
  const policy = read<Policy>(world, RESOURCES.backupPolicy, { namespace, name: policyName });
  if (policy?.spec?.retentionPolicy !== RETAIN_LATEST || backup.status?.phase !== 'Completed') return false;
  const clusterUid = backup.metadata.labels?.[LABEL.clusterUid];
  const newer = readAll<BackupSet>(world, RESOURCES.backup, { namespace, labels: { [LABEL.backupPolicy]: policyName } }).some(
    ({ metadata, spec, status }) =>
      status?.phase === 'Completed' &&
      spec?.backupMethod === backup.spec?.backupMethod &&
      metadata.labels?.[LABEL.clusterUid] === clusterUid &&
      (status.completionTimestamp ?? '') > (backup.status?.completionTimestamp ?? ''),
  );
  return !newer;
}
