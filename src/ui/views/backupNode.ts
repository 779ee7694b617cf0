import * as l10n from '@vscode/l10n';
import { backupState, backupType, createdAt, endOf, instant, isSnapshot, startOf, type BackupState } from '../../kubeblocks/backupState';
import { backupFailure } from '../../kubeblocks/backupSteps';
import { sizeText } from '../../kubeblocks/bytes';
import { ANNOTATIONS, LABELS } from '../../kubeblocks/labels';
import type { Backup } from '../../kubeblocks/objects';
import { ageText, durationText, localAndUtcText, untilText, type TimeContext } from '../../kubeblocks/timeText';
import { refOf } from '../objectRef';
import { clip } from './clip';
import { Recent } from './recent';
import { tooltipOf } from './tooltip';
import type { NodeColor, TreeNode } from './treeNode';

/** What a backup set's line says wherever it stands. */
type Line = Required<Pick<TreeNode, 'description' | 'icon' | 'color' | 'accessibleLabel' | 'tokens' | 'target' | 'command'>>;

const LINES = new Recent<Backup, Line>();
/** A tooltip names instants, not ages: it lasts as long as the backup. */
const TOOLTIPS = new WeakMap<Backup, { readonly timeZone: string; readonly text: string }>();

/** A backup set's line. `within` keeps its id apart where a view shows it more than once. */
export function backupNode(backup: Backup, time: TimeContext, within: string): TreeNode {
  return {
    ...LINES.get(backup, [time.timeZone], time.now, () => lineOf(backup, time)),
    id: `${within}/${backup.metadata.namespace ?? ''}/${backup.metadata.name}`,
    label: backup.metadata.name,
    // Made when it is looked at: it costs more than the rest of the line.
    get tooltip() {
      return tooltip(backup, time);
    },
  };
}

function lineOf(backup: Backup, time: TimeContext): Line {
  const target = refOf('backup', backup);
  const state = backupState(backup);
  const description = describe(backup, state, time);
  const [icon, color] = iconOf(backup, state);
  return {
    description,
    icon,
    color,
    accessibleLabel: l10n.t('Backup set {0}, {1}', backup.metadata.name, description.replaceAll(' · ', ', ')),
    tokens: tokensOf(backup, state),
    target,
    command: { command: 'kubeblocksBackup.describe', arguments: [target] },
  };
}

/** `full`, `incremental`, `snapshot`, `log backup`, `selective`; the method's name until the type is known. */
export function typeWords(backup: Backup): string {
  switch (backupType(backup)) {
    case 'Continuous':
      return l10n.t('log backup');
    case 'Incremental':
      return l10n.t('incremental');
    case 'Differential':
      return l10n.t('differential');
    case 'Selective':
      return l10n.t('selective');
    case 'Full':
      return isSnapshot(backup) ? l10n.t('snapshot') : l10n.t('full');
    case undefined:
      return backup.spec?.backupMethod ?? '';
  }
}

/** How far a log backup is behind: the time since the newest entry it has. Undefined before the first. */
export function logLagMs(backup: Backup, { now }: TimeContext): number | undefined {
  const end = instant(backup.status?.timeRange?.end);
  return end === undefined ? undefined : Math.max(0, now - end);
}

function describe(backup: Backup, state: BackupState, time: TimeContext): string {
  if (isLog(backup) && (state === 'running' || state === 'starting')) {
    const lag = logLagMs(backup, time);
    return lag === undefined ? l10n.t('log backup · nothing archived yet') : l10n.t('log backup · {0} behind', durationText(lag));
  }
  switch (state) {
    case 'starting':
      return l10n.t('starting · {0}', typeWords(backup));
    case 'running':
      return running(backup, time);
    case 'failed':
      return l10n.t('failed · {0}', clip(backupFailure(backup) ?? l10n.t('no reason given')));
    case 'deleting':
      return l10n.t('being deleted');
    case 'completed':
      return completed(backup, time);
  }
}

function running(backup: Backup, { now }: TimeContext): string {
  const since = durationText(now - (startOf(backup) ?? createdAt(backup)));
  const actions = backup.status?.actions ?? [];
  const done = actions.filter(({ phase }) => phase === 'Completed').length;
  return actions.length > 1
    ? l10n.t('running · {0} · {1} of {2} steps · for {3}', typeWords(backup), done, actions.length, since)
    : l10n.t('running · {0} · for {1}', typeWords(backup), since);
}

function completed(backup: Backup, time: TimeContext): string {
  const size = sizeText(backup.status?.totalSize);
  const expiration = instant(backup.status?.expiration);
  return [
    typeWords(backup),
    ageText(endOf(backup) ?? createdAt(backup), time),
    ...(size === undefined ? [] : [size]),
    expiration === undefined ? l10n.t('kept for ever') : expiryWords(expiration, time),
  ].join(' · ');
}

function expiryWords(expiration: number, time: TimeContext): string {
  return expiration <= time.now ? l10n.t('expired') : l10n.t('expires {0}', untilText(expiration, time));
}

function iconOf(backup: Backup, state: BackupState): readonly [string, NodeColor] {
  switch (state) {
    case 'starting':
    case 'running':
      return isLog(backup) ? ['pulse', 'ok'] : ['sync~spin', 'busy'];
    case 'completed':
      return ['pass', 'ok'];
    case 'failed':
      return ['error', 'bad'];
    case 'deleting':
      return ['trash', 'quiet'];
  }
}

function tokensOf(backup: Backup, state: BackupState): string[] {
  const restorable = state === 'completed' || (isLog(backup) && backup.status?.timeRange?.end !== undefined);
  return [
    'object',
    'backup',
    state,
    'canReveal',
    ...(restorable && state !== 'deleting' ? ['canRestore'] : []),
    ...(state === 'failed' || state === 'running' || state === 'starting' ? ['canDiagnose'] : []),
    ...(backup.metadata.annotations?.[ANNOTATIONS.clusterSnapshot] === undefined ? [] : ['hasClusterCopy']),
    ...(state === 'deleting' ? [] : ['canDelete', 'canChangeRetention']),
  ];
}

function tooltip(backup: Backup, time: TimeContext): string {
  const known = TOOLTIPS.get(backup);
  if (known?.timeZone === time.timeZone) {
    return known.text;
  }
  const text = tooltipText(backup, backupState(backup), time);
  TOOLTIPS.set(backup, { timeZone: time.timeZone, text });
  return text;
}

function tooltipText(backup: Backup, state: BackupState, time: TimeContext): string {
  const { status, spec, metadata } = backup;
  const at = (text: string | undefined): string | undefined => {
    const ms = instant(text);
    return ms === undefined ? undefined : localAndUtcText(ms, time);
  };
  return tooltipOf(metadata.name, [
    [l10n.t('Namespace'), metadata.namespace],
    [l10n.t('Cluster'), metadata.labels?.[LABELS.instance]],
    [l10n.t('Method'), spec?.backupMethod],
    [l10n.t('Policy'), spec?.backupPolicyName],
    [l10n.t('Repository'), status?.backupRepoName],
    [l10n.t('Phase'), status?.phase],
    [l10n.t('Why it failed'), state === 'failed' ? backupFailure(backup) : undefined],
    [l10n.t('Started'), at(status?.startTimestamp)],
    [l10n.t('Ended'), at(status?.completionTimestamp)],
    [l10n.t('Holds data from'), at(status?.timeRange?.start)],
    [l10n.t('Holds data to'), at(status?.timeRange?.end)],
    [l10n.t('Size'), sizeText(status?.totalSize)],
    [l10n.t('Expires'), at(status?.expiration)],
    [l10n.t('Based on'), status?.parentBackupName ?? spec?.parentBackupName],
    [l10n.t('When deleted'), spec?.deletionPolicy === 'Retain' ? l10n.t('the data stays in the repository') : undefined],
  ]);
}

function isLog(backup: Backup): boolean {
  return backupType(backup) === 'Continuous';
}
