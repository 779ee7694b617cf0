import * as l10n from '@vscode/l10n';
import { createdAt, instant } from '../../kubeblocks/backupState';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import type { Restore, RestoreAction } from '../../kubeblocks/objects';
import { paceText } from '../../kubeblocks/paceText';
import { redactText } from '../../kubeblocks/redact';
import { restoreActions, restoreFailure, restoreProgress, restoreState, type RestoreState } from '../../kubeblocks/restoreState';
import { ageText, exactDurationText, type TimeContext } from '../../kubeblocks/timeText';
import { restorePace } from '../../kubeblocks/usualDuration';
import { refOf } from '../objectRef';
import { clip } from './clip';
import { tooltipOf } from './tooltip';
import { groupTrouble } from './stateNodes';
import type { NodeColor, TreeNode } from './treeNode';

/** Restores into this cluster; nothing when there are none. */
export function restoresNode(inventory: Inventory, entry: ClusterEntry, parent: string, time: TimeContext): readonly TreeNode[] {
  const id = `${parent}/restores`;
  const trouble = groupTrouble(inventory, inventory.restores.state, l10n.t('Restores'), `${id}/state`, time);
  if (entry.restores.length === 0) {
    return trouble;
  }
  const count = (wanted: RestoreState): number => entry.restores.filter((restore) => restoreState(restore) === wanted).length;
  const [running, failed] = [count('running') + count('starting'), count('failed')];
  const description = [
    ...(running === 0 ? [] : [l10n.t('{0} running', running)]),
    ...(failed === 0 ? [] : [l10n.t('{0} failed', failed)]),
    ...(running + failed === 0 ? [l10n.t('{0} completed', count('completed'))] : []),
  ].join(' · ');
  return [
    ...trouble,
    {
      id,
      label: l10n.t('Restores'),
      description,
      icon: 'discard',
      tokens: ['restores'],
      expanded: running > 0,
      children: () => entry.restores.map((restore) => restoreNode(inventory, restore, id, time)),
    },
  ];
}

const STUCK: readonly [string, NodeColor] = ['warning', 'warn'];
const RESTORE_ICONS: Readonly<Record<RestoreState, readonly [string, NodeColor]>> = {
  starting: ['sync~spin', 'busy'],
  running: ['sync~spin', 'busy'],
  completed: ['pass', 'ok'],
  failed: ['error', 'bad'],
  deleting: ['trash', 'quiet'],
};

function restoreNode(inventory: Inventory, restore: Restore, parent: string, time: TimeContext): TreeNode {
  const state = restoreState(restore);
  const target = refOf('restore', restore);
  const pace = restorePace(inventory, restore, time.now);
  const [icon, color] = pace?.isStuck === true ? STUCK : RESTORE_ICONS[state];
  const id = `${parent}/${restore.metadata.name}`;
  const actions = restoreActions(restore);
  return {
    id,
    label: restore.metadata.name,
    description: pace?.isStuck === true ? l10n.t('stuck: {0}', paceText(pace)) : restoreWords(restore, state, time),
    icon,
    color,
    tooltip: tooltipOf(restore.metadata.name, [
      [l10n.t('Backup set'), restore.spec?.backup?.name],
      [l10n.t('To the instant'), restore.spec?.restoreTime],
      [l10n.t('Phase'), restore.status?.phase],
      [l10n.t('Why it failed'), restoreFailure(restore)],
    ]),
    tokens: ['object', 'restore', state, ...(state === 'completed' ? [] : ['canDiagnose'])],
    target,
    command: { command: 'kubeblocksBackup.describe', arguments: [target] },
    ...(actions.length > 0 && { expanded: state === 'running', children: () => actions.map((action, index) => stepNode(action, `${id}/${index}`, time)) }),
  };
}

const STEP_ICONS: Readonly<Record<string, readonly [string, NodeColor]>> = { Completed: RESTORE_ICONS.completed, Failed: RESTORE_ICONS.failed, Processing: RESTORE_ICONS.running };

/** A step of the controller's own, with how long it took or has been at it. */
function stepNode({ name = '', status = '', objectKey, message, startTime, endTime }: RestoreAction, id: string, time: TimeContext): TreeNode {
  const [icon, color] = STEP_ICONS[status] ?? (['circle-outline', 'quiet'] as const);
  const [start, end] = [instant(startTime), instant(endTime)];
  const length = start === undefined ? undefined : exactDurationText((end ?? time.now) - start);
  const state = status === 'Completed' ? l10n.t('completed') : status === 'Failed' ? l10n.t('failed') : status === 'Processing' ? l10n.t('running') : status;
  return {
    id,
    label: name,
    description: [state, length, objectKey].filter((part) => part !== undefined && part !== '').join(' · '),
    icon,
    color,
    tooltip: tooltipOf(name, [[l10n.t('Workload'), objectKey], [l10n.t('Message'), message === undefined ? undefined : redactText(message)]]),
  };
}

function restoreWords(restore: Restore, state: RestoreState, time: TimeContext): string {
  const from = l10n.t('from {0}', restore.spec?.backup?.name ?? '');
  switch (state) {
    case 'completed':
      return l10n.t('completed {0} · {1}', ageText(Date.parse(restore.status?.completionTimestamp ?? restore.metadata.creationTimestamp ?? ''), time), from);
    case 'failed':
      return l10n.t('failed · {0}', clip(restoreFailure(restore) ?? from));
    case 'deleting':
      return l10n.t('being deleted');
    case 'running': {
      const { done, total } = restoreProgress(restore);
      const since = exactDurationText(time.now - (instant(restore.status?.startTimestamp) ?? createdAt(restore)));
      return total === 0 ? l10n.t('running for {0} · {1}', since, from) : l10n.t('running for {0} · {1} of {2} steps · {3}', since, done, total, from);
    }
    case 'starting':
      return l10n.t('starting · {0}', from);
  }
}
