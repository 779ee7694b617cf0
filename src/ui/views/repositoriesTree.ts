import * as l10n from '@vscode/l10n';
import { bytesText } from '../../kubeblocks/bytes';
import type { Inventory } from '../../kubeblocks/inventory';
import type { BackupRepo, Condition } from '../../kubeblocks/objects';
import {
  isDefaultRepository,
  repositoryProblem,
  repositoryState,
  repositoryStateWords,
  repositoryUse,
  type RepositoryState,
  type RepositoryUse,
} from '../../kubeblocks/repositoryState';
import type { TimeContext } from '../../kubeblocks/timeText';
import { refOf } from '../objectRef';
import { clip } from './clip';
import { tooltipOf } from './tooltip';
import { viewTrouble } from './stateNodes';
import type { NodeColor, TreeNode } from './treeNode';

/** Where backups are kept: phase, provider, which is the default, how much is in each, and what the pre-check said. */
export function buildRepositoriesTree(inventory: Inventory, time: TimeContext): readonly TreeNode[] {
  const { items, state } = inventory.repos;
  const repos = [...items.values()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const trouble = viewTrouble(inventory, state, l10n.t('Repositories'), time);
  return [...trouble, ...repos.map((repo) => repoNode(repo, repositoryUse(inventory, repo.metadata.name)))];
}

function repoNode(repo: BackupRepo, use: RepositoryUse): TreeNode {
  const target = refOf('backupRepo', repo);
  const state = repositoryState(repo);
  const [icon, color] = ICONS[state];
  const problem = repositoryProblem(repo);
  const provider = repo.spec?.storageProviderRef;
  const description = [
    state === 'failed' ? l10n.t('failed · {0}', clip(problem?.message ?? problem?.reason ?? '')) : repositoryStateWords(repo),
    ...(provider === undefined ? [] : [provider]),
    ...(isDefaultRepository(repo) ? [l10n.t('default')] : []),
    useWords(use),
  ].join(' · ');
  return {
    id: `repo/${repo.metadata.name}`,
    label: repo.metadata.name,
    description,
    icon,
    color,
    tooltip: tooltip(repo, use),
    accessibleLabel: l10n.t('Repository {0}, {1}', repo.metadata.name, description.replaceAll(' · ', ', ')),
    tokens: ['object', 'repository', state, ...(state === 'ready' ? [] : ['canDiagnose']), ...(state === 'deleting' ? [] : [isDefaultRepository(repo) ? 'defaultRepository' : 'otherRepository', 'canDeleteRepository', ...(repo.spec?.credential?.name === undefined ? [] : ['canRotate'])])],
    target,
    command: { command: 'kubeblocksBackup.describe', arguments: [target] },
    children: () => detailNodes(repo, use),
    expanded: state === 'failed',
  };
}

const ICONS: Readonly<Record<RepositoryState, readonly [string, NodeColor]>> = {
  ready: ['cloud-upload', 'ok'],
  checking: ['sync~spin', 'busy'],
  failed: ['error', 'bad'],
  deleting: ['trash', 'quiet'],
};

function useWords({ backups: count, bytes }: RepositoryUse): string {
  if (count === 0) {
    return l10n.t('empty');
  }
  const sets = count === 1 ? l10n.t('1 backup set') : l10n.t('{0} backup sets', count);
  return bytes === 0 ? sets : `${sets} · ${bytesText(bytes)}`;
}

function detailNodes(repo: BackupRepo, use: RepositoryUse): readonly TreeNode[] {
  const id = `repo/${repo.metadata.name}`;
  const access = repo.spec?.accessMethod === 'Mount' ? l10n.t('mounted into the backup jobs') : l10n.t('by the backup tool (datasafed)');
  const conditions = (repo.status?.conditions ?? []).map((condition) => conditionNode(condition, id));
  return [
    { id: `${id}/access`, label: l10n.t('Access'), description: access, icon: 'plug' },
    { id: `${id}/use`, label: l10n.t('Use'), description: useWords(use), icon: 'archive' },
    ...conditions,
  ];
}

/** A condition as the controller reports it: its type and reason are KubeBlocks' own words. */
function conditionNode({ type, status, reason, message }: Condition, id: string): TreeNode {
  const [icon, color]: readonly [string, NodeColor] =
    status === 'True' ? ['pass', 'ok'] : status === 'False' ? ['error', 'bad'] : ['question', 'quiet'];
  const text = status === 'True' ? (reason === type ? '' : (reason ?? '')) : [reason, message].filter((part) => part !== undefined && part !== '').join(' · ');
  return {
    id: `${id}/condition/${type}`,
    label: type,
    description: clip(text),
    icon,
    color,
    accessibleLabel: [l10n.t('Check {0}', type), conditionWords(status), clip(text).replaceAll(' · ', ', ')].filter((words) => words !== '').join(', '),
    tooltip: tooltipOf(type, [
      [l10n.t('Status'), status],
      [l10n.t('Reason'), reason],
      [l10n.t('Message'), message],
    ]),
  };
}

function conditionWords(status: string | undefined): string {
  return status === 'True' ? l10n.t('passed') : status === 'False' ? l10n.t('failed') : l10n.t('not known');
}

function tooltip(repo: BackupRepo, use: RepositoryUse): string {
  const problem = repositoryProblem(repo);
  return tooltipOf(repo.metadata.name, [
    [l10n.t('Phase'), repo.status?.phase],
    [l10n.t('Provider'), repo.spec?.storageProviderRef],
    [l10n.t('Path prefix'), repo.spec?.pathPrefix],
    [l10n.t('Use'), useWords(use)],
    [l10n.t('Why it failed'), problem?.message ?? problem?.reason],
  ]);
}
