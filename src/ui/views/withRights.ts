import * as l10n from '@vscode/l10n';
import { KINDS } from '../../kubeblocks/kinds';
import { resourceOnLine } from '../../kubeblocks/kindsOfLine';
import type { Resource } from '../../kubeblocks/resource';
import type { Rights } from '../../kubernetes/rights';
import { tooltipOf } from './tooltip';
import type { TreeNode } from './treeNode';

interface Need {
  readonly token: string;
  readonly verb: string;
  /** One of them is enough. */
  readonly resources: readonly Resource[];
  readonly command: () => string;
}

/** Where 0.9 takes a restore. */
const BEFORE_1_0 = [resourceOnLine('opsRequest', '0.9'), resourceOnLine('cluster', '0.9')];

const NEEDS: readonly Need[] = [
  { token: 'canBackUp', verb: 'create', resources: [KINDS.backup], command: () => l10n.t('Back Up Now') },
  { token: 'canRunNow', verb: 'create', resources: [KINDS.backup], command: () => l10n.t('Run Now') },
  { token: 'canRestore', verb: 'create', resources: [KINDS.opsRequest, KINDS.cluster, ...BEFORE_1_0], command: () => l10n.t('Restore') },
  { token: 'canSchedule', verb: 'patch', resources: [KINDS.backupSchedule, KINDS.cluster], command: () => l10n.t('Schedule Backups') },
  { token: 'canChangeLine', verb: 'patch', resources: [KINDS.backupSchedule], command: () => l10n.t('Delete Schedule') },
  { token: 'canChangePolicy', verb: 'patch', resources: [KINDS.backupPolicy, KINDS.cluster], command: () => l10n.t('Change Repository of Policy') },
  { token: 'canChangeRetention', verb: 'patch', resources: [KINDS.backup], command: () => l10n.t('Change Retention') },
  { token: 'canDelete', verb: 'delete', resources: [KINDS.backup], command: () => l10n.t('Delete Backup Set') },
  { token: 'canDeleteBackups', verb: 'delete', resources: [KINDS.backup], command: () => l10n.t('Delete Backup Sets') },
];

/** The lines without what the user may not do with them; their tooltip says which right is missing. */
export function withRights(nodes: readonly TreeNode[], rightsIn: (namespace: string) => Rights | undefined): readonly TreeNode[] {
  return nodes.map((node) => {
    const { children } = node;
    const limited = limit(node, rightsIn);
    return children === undefined ? limited : { ...limited, children: () => withRights(children(), rightsIn) };
  });
}

function limit(node: TreeNode, rightsIn: (namespace: string) => Rights | undefined): TreeNode {
  const { tokens = [], target } = node;
  const needs = NEEDS.filter(({ token }) => tokens.includes(token));
  const namespace = target?.namespace;
  if (needs.length === 0 || namespace === undefined) {
    return node;
  }
  const rights = rightsIn(namespace);
  const missing = needs.filter(({ verb, resources }) => rights !== undefined && resources.every((resource) => rights(verb, resource) === false));
  if (missing.length === 0) {
    return node;
  }
  const reasons = missing.map(({ verb, resources: [resource], command }) => [command(), l10n.t('you may not {0} {1} in namespace {2}', verb, resource?.plural ?? '', namespace)] as const);
  const reasonText = tooltipOf(l10n.t('Not offered'), reasons);
  return {
    ...node,
    tokens: tokens.filter((token) => !missing.some((need) => need.token === token)),
    tooltip: node.tooltip === undefined ? reasonText : `${node.tooltip}\n\n${reasonText}`,
  };
}
