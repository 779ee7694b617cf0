import * as l10n from '@vscode/l10n';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import type { Restore } from '../../kubeblocks/objects';
import { restoreFailure, restoreProgress, restoreState, type RestoreState } from '../../kubeblocks/restoreState';
import { ageText, type TimeContext } from '../../kubeblocks/timeText';
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
      children: () => entry.restores.map((restore) => restoreNode(restore, id, time)),
    },
  ];
}

const RESTORE_ICONS: Readonly<Record<RestoreState, readonly [string, NodeColor]>> = {
  starting: ['sync~spin', 'busy'],
  running: ['sync~spin', 'busy'],
  completed: ['pass', 'ok'],
  failed: ['error', 'bad'],
  deleting: ['trash', 'quiet'],
};

function restoreNode(restore: Restore, parent: string, time: TimeContext): TreeNode {
  const state = restoreState(restore);
  const target = refOf('restore', restore);
  const [icon, color] = RESTORE_ICONS[state];
  return {
    id: `${parent}/${restore.metadata.name}`,
    label: restore.metadata.name,
    description: restoreWords(restore, state, time),
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
      return total === 0 ? l10n.t('running · {0}', from) : l10n.t('running · {0} of {1} steps · {2}', done, total, from);
    }
    case 'starting':
      return l10n.t('starting · {0}', from);
  }
}
