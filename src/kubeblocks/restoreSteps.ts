import * as l10n from '@vscode/l10n';
import type { RestoreCreates } from './restoreCreates';
import type { RestoreReads } from './restoreReads';
import type { RestoreRequest } from './restoreRequest';

/** What the controllers will do, in order; whole sentences. */
export function restoreSteps({ way, targetName, volumeRestorePolicy, deferPostReadyUntilClusterRunning }: RestoreRequest, { components, restores, accounts }: RestoreCreates, { sources }: RestoreReads): readonly string[] {
  const restored = components.filter(({ getsData }) => getsData);
  const volumes = restored.flatMap((component) => component.volumes).reduce((sum, { claims }) => sum + claims, 0);
  const [first] = sources;
  const isSnapshot = first?.role === 'snapshot';
  const increments = sources.filter(({ role }) => role === 'increment').length;
  const hasLog = sources.some(({ role }) => role === 'log');
  return [
    way === 'opsRequest' ? l10n.t('KubeBlocks takes up the OpsRequest, and makes Cluster {0} from what the backup remembers.', targetName) : l10n.t('KubeBlocks takes up Cluster {0}.', targetName),
    ...(accounts.length === 0 ? [] : [l10n.t('The Secrets of its system accounts are made from the backup ({0}).', accounts.length)]),
    isSnapshot
      ? l10n.t('Its volumes ({0}) are made from snapshots.', volumes)
      : (volumeRestorePolicy ?? 'Parallel') === 'Parallel'
        ? l10n.t('Its volumes ({0}) are made, and the full backup is written into all at once.', volumes)
        : l10n.t('Its volumes ({0}) are made, and the full backup is written into one after the other.', volumes),
    ...(increments === 0 ? [] : [l10n.t('The incremental backups ({0}) are put upon it, the oldest first.', increments)]),
    ...(hasLog ? [l10n.t('The log is replayed up to the chosen instant.')] : []),
    l10n.t('The pods start; the cluster becomes Running.'),
    ...(restores === 2 ? [deferPostReadyUntilClusterRunning === true ? l10n.t('Once the whole cluster is Running, the steps after the start are run.') : l10n.t('Once the component is Running, the steps after the start are run.')] : []),
    l10n.t('It counts as restored when each Restore object is Completed, not before.'),
  ];
}
