import * as l10n from '@vscode/l10n';
import type { CollectionName, Inventory, ListState } from '../../kubeblocks/inventory';
import { ageHereText, type TimeContext } from '../../kubeblocks/timeText';
import { clip } from './clip';
import { tooltipOf } from './tooltip';
import type { TreeNode } from './treeNode';

/** One line on top when the connection is lost: what is shown stays, with its age. */
function connectionNodes(inventory: Inventory, time: TimeContext): readonly TreeNode[] {
  const { connection, context } = inventory;
  if (connection.state !== 'failed') {
    return [];
  }
  const label = l10n.t('No connection to {0}', context);
  const age = l10n.t('as of {0}', ageHereText(connection.since, time));
  return [
    {
      id: 'connection',
      label,
      description: connection.retrying ? l10n.t('{0} · trying again · {1}', age, clip(connection.message)) : `${age} · ${clip(connection.message)}`,
      icon: 'debug-disconnect',
      color: 'bad',
      tooltip: tooltipOf(label, [
        [l10n.t('Why'), connection.message],
        [l10n.t('What is shown'), age],
      ]),
      tokens: ['noConnection'],
    },
  ];
}

/** What stands above a view's lines: the connection that is lost, or what keeps this list alone from being read. */
export function viewTrouble(inventory: Inventory, state: ListState, what: string, time: TimeContext): readonly TreeNode[] {
  const lost = connectionNodes(inventory, time);
  return lost.length > 0 && state.state === 'failed' ? lost : [...lost, ...listTrouble(state, what, 'list', time)];
}

/** The same for a list that is shown below each cluster: a lost connection is said once, on top of the view. */
export function groupTrouble({ connection }: Inventory, state: ListState, what: string, id: string, time: TimeContext): readonly TreeNode[] {
  return connection.state === 'failed' && state.state === 'failed' ? [] : listTrouble(state, what, id, time);
}

/** The line that stands for a list which was refused or broke off; none while it is read or all is well. */
function listTrouble(state: ListState, what: string, id: string, time: TimeContext): readonly TreeNode[] {
  switch (state.state) {
    case 'forbidden':
      return [forbiddenNode(state, what, id)];
    case 'failed':
      return [failedNode(state, what, id, time)];
    case 'loading':
    case 'ready':
    case 'absent':
      return [];
  }
}

/** The line that says of a list which is shown in part that the rest is being read. */
export function loadingNodes({ state, items }: Inventory[CollectionName], what: string, id: string): readonly TreeNode[] {
  if (state.state !== 'loading' || items.size === 0) {
    return [];
  }
  const description = l10n.t('being read, {0} so far', items.size);
  return [{ id, label: what, description, icon: 'loading~spin', color: 'busy', accessibleLabel: `${what}, ${description}` }];
}

/** Whether a list was read, if not just now: what is not in it is not there. */
export function isKnown({ state }: ListState): boolean {
  return state === 'ready' || state === 'failed';
}

/** Whether what such a list holds was never seen. */
export function wasNeverRead(state: ListState): boolean {
  return state.state === 'failed' && state.asOf === undefined;
}

function forbiddenNode(state: Extract<ListState, { state: 'forbidden' }>, what: string, id: string): TreeNode {
  const { verb, resource, group, namespace } = state;
  const description =
    namespace === undefined
      ? l10n.t('you may not {0} {1}', verb, resource)
      : l10n.t('you may not {0} {1} in namespace {2}', verb, resource, namespace);
  return {
    id,
    label: what,
    description,
    icon: 'lock',
    color: 'warn',
    tooltip: tooltipOf(what, [
      [l10n.t('Why'), description],
      [l10n.t('What to do'), l10n.t('copy the rule to ask for, and send it to whoever manages this cluster')],
    ]),
    accessibleLabel: `${what}, ${description}`,
    tokens: ['forbidden'],
    permission: { verb, resource, group, ...(namespace === undefined ? {} : { namespace }) },
  };
}

function failedNode(state: Extract<ListState, { state: 'failed' }>, what: string, id: string, time: TimeContext): TreeNode {
  const age = state.asOf === undefined ? undefined : l10n.t('as of {0}', ageHereText(state.asOf, time));
  return {
    id,
    label: l10n.t('{0} cannot be read', what),
    description: [...(age === undefined ? [] : [age]), clip(state.message)].join(' · '),
    icon: 'debug-disconnect',
    color: 'warn',
    tooltip: tooltipOf(what, [[l10n.t('Why'), state.message]]),
    tokens: ['noConnection'],
  };
}
