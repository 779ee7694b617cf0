import * as l10n from '@vscode/l10n';
import { bytesText, sizeText } from './bytes';
import type { NotCarried } from './clusterSnapshot';
import { componentNames, componentOf } from './clusterIndex';
import { labelOf } from './labelOf';
import { LABELS } from './labels';
import { repositoryStateWordsOf } from './repositoryState';
import type { PlannedComponent } from './restoreCreates';
import type { Cluster } from './objects';
import type { RestorePlan } from './restorePlan';
import type { ReadRepository, ReadSource } from './restoreReads';
import type { RestoreRequest } from './restoreRequest';
import type { RestoreWay } from './restoreWays';
import { durationText, exactDurationText, localAndUtcText, type TimeContext } from './timeText';

/** `Restore orders-pg to 2026-11-23 11:58:00 (09:58:00 UTC) as orders-pg-r1`. */
export function planTitle({ request, target }: RestorePlan, time: TimeContext): string {
  const { backup, restoreTime } = request;
  const source = labelOf(backup, LABELS.instance) ?? backup.metadata.name;
  return restoreTime === undefined
    ? l10n.t('Restore {0} from {1} as {2}', source, backup.metadata.name, target.name)
    : l10n.t('Restore {0} to {1} as {2}', source, localAndUtcText(restoreTime, time), target.name);
}

/** `can be restored, 1 warning, about 6 min (last three took 5 min to 7 min)`. */
export function planVerdict({ findings, durations }: Pick<RestorePlan, 'findings' | 'durations'>): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return [
    errors === 0 ? l10n.t('can be restored') : errors === 1 ? l10n.t('cannot be restored: 1 error') : l10n.t('cannot be restored: {0} errors', errors),
    ...(warnings === 0 ? [] : [warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', warnings)]),
    expectedText(durations) ?? l10n.t('how long it takes is not known: no restore like it is remembered'),
  ].join(' · ');
}

/** `about 6 min (the last 3 took 5 min to 7 min)`; undefined where none is remembered. */
export function expectedText(durations: readonly number[]): string | undefined {
  if (durations.length === 0) {
    return undefined;
  }
  const [shortest, longest] = [Math.min(...durations), Math.max(...durations)];
  const middle = [...durations].sort((a, b) => a - b)[durations.length >> 1] ?? longest;
  return durations.length === 1
    ? l10n.t('about {0} (the last one took that)', exactDurationText(middle))
    : l10n.t('about {0} (the last {1} took {2} to {3})', exactDurationText(middle), durations.length, exactDurationText(shortest), exactDurationText(longest));
}

/** One line for each of what is read. */
export function sourceText({ backup, role, bytes, from, to }: ReadSource, time: TimeContext): string {
  const name = backup.metadata.name;
  const size = bytes === undefined ? l10n.t('size not known') : bytesText(bytes);
  const ended = to === undefined ? l10n.t('end not known') : localAndUtcText(to, time);
  switch (role) {
    case 'full':
      return l10n.t('full backup {0}, {1}, ended {2}', name, size, ended);
    case 'increment':
      return l10n.t('incremental backup {0}, {1}, ended {2}', name, size, ended);
    case 'snapshot':
      return l10n.t('volume snapshot {0}, {1}, ended {2}', name, size, ended);
    case 'log':
      return from === undefined || to === undefined
        ? l10n.t('log {0}', name)
        : l10n.t('log {0}, {1} to {2}: {3} to replay', name, localAndUtcText(from, time), localAndUtcText(to, time), durationText(Math.max(0, to - from)));
  }
}

export function repositoryText({ name, state }: ReadRepository): string {
  return state === 'unknown' ? l10n.t('repository {0}, whose state is not known', name) : state === 'missing' ? l10n.t('repository {0}, which does not exist', name) : l10n.t('repository {0} ({1})', name, repositoryStateWordsOf(state));
}

/** `postgresql ×2, version 16.4.0: data 100 GiB ×2 on fast-ssd, with the data`. */
export function componentText({ name, shards, isSharding, replicas, serviceVersion, volumes, getsData }: PlannedComponent): string {
  const count = isSharding ? l10n.t('{0} ×{1} in {2} shards', name, replicas * shards, shards) : l10n.t('{0} ×{1}', name, replicas);
  const version = serviceVersion === undefined || serviceVersion === '' ? [] : [l10n.t('version {0}', serviceVersion)];
  const claims = volumes.map(({ name: volume, size, claims, storageClass }) =>
    storageClass === undefined || storageClass === ''
      ? l10n.t('{0} {1} ×{2} on the default storage class', volume, sizeText(size) ?? '?', claims)
      : l10n.t('{0} {1} ×{2} on {3}', volume, sizeText(size) ?? '?', claims, storageClass),
  );
  return [count, ...version, ...claims, getsData ? l10n.t('with the data of the backup') : l10n.t('starts without data')].join(', ');
}

export function wayText(way: RestoreWay): string {
  switch (way) {
    case 'opsRequest':
      return l10n.t('an OpsRequest, by which KubeBlocks makes the cluster');
    case 'annotation':
      return l10n.t('a Cluster with the restore annotation');
    case 'spec':
      return l10n.t('a Cluster with spec.restore');
  }
}

const LOST: Readonly<Record<NotCarried, () => string>> = {
  tls: () => l10n.t('TLS and its issuer: the new cluster has none.'),
  loadBalancer: () => l10n.t('Services of type LoadBalancer: they are left out.'),
  nodePorts: () => l10n.t('The numbers of node ports: new ones are given.'),
  offlineInstances: () => l10n.t('Offline instances: they are left out.'),
};

/** What the new cluster does not have of the old one; whole sentences. */
export function notRestoredTexts({ notCarried, creates, reads, request, snapshot }: RestorePlan): readonly string[] {
  const empty = creates.components.filter(({ getsData }) => !getsData).map(({ name }) => name);
  const name = snapshot?.metadata.name ?? '';
  const left = request.onlyRestored === true && snapshot !== undefined ? leftOut(request, snapshot) : [];
  return [
    ...notCarried.map((each) => LOST[each]()),
    ...(left.length === 0 ? [] : [l10n.t('Components {0}: they would start empty, and are left out.', left.join(', '))]),
    ...(empty.length === 0 ? [] : [l10n.t('Data of {0}: the backup is not of them.', empty.join(', '))]),
    creates.accounts.length === 0
      ? l10n.t('Passwords of system accounts: the backup keeps none, and new ones are made. Those that are stored in the database itself may be the old ones.')
      : l10n.t('Passwords of system accounts, unless this KubeBlocks has the encryption key of the one that made the backup: then the database has passwords that its Secrets do not know.'),
    ...(request.restoreTime === undefined && reads.sources.length > 0 ? [l10n.t('What was written after the backup ended.')] : []),
    ...(request.restoreTime === undefined ? [] : [l10n.t('What was written after the chosen instant.')]),
    ...(name === '' ? [] : [l10n.t('Changes to {0} since the backup: the new cluster is as the backup remembers it.', name)]),
  ];
}

/** Components of the cluster that was backed up which the new one does not have. */
export function leftOut({ backup, others = [] }: Pick<RestoreRequest, 'backup' | 'others'>, snapshot: Cluster): readonly string[] {
  const kept = [backup, ...others].map(componentOf);
  return componentNames(snapshot).filter((each) => !kept.includes(each));
}

/** What begins by itself once the cluster runs. */
export function afterwardsTexts({ snapshot }: RestorePlan): readonly string[] {
  const backup = snapshot?.spec?.backup;
  if (backup?.enabled !== true) {
    return [l10n.t('The new cluster is not backed up by schedule: turn it on once it runs.')];
  }
  const schedule = l10n.t('Its own schedule starts at once ({0}, {1}).', backup.method ?? l10n.t('default method'), backup.cronExpression ?? l10n.t('default times'));
  return [schedule, ...(backup.pitrEnabled === true ? [l10n.t('Its log backup starts at once.')] : [])];
}
