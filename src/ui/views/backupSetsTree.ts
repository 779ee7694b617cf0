import * as l10n from '@vscode/l10n';
import { newestFirst } from '../../kubeblocks/backupGroups';
import { createdAt } from '../../kubeblocks/backupState';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import { LABELS } from '../../kubeblocks/labels';
import type { Backup } from '../../kubeblocks/objects';
import { wallClock, type TimeContext } from '../../kubeblocks/timeText';
import type { GroupBy } from './groupings';
import { tooltipOf } from './tooltip';
import { backupInChainNode } from './lineageNodes';
import { pagedNodes } from './pagedNodes';
import { sizeWords } from './sizeWords';
import { loadingNodes, viewTrouble } from './stateNodes';
import type { TreeNode } from './treeNode';

export interface BackupSetsOptions {
  readonly groupBy: GroupBy;
  /** Words that all must occur in a backup's name, method, cluster, repository or phase. */
  readonly filter: string;
  /** How many pages of a group are shown. */
  readonly pages: (groupId: string) => number;
}

interface Group {
  readonly id: string;
  readonly label: string;
  readonly notes?: readonly string[];
  readonly icon: string;
  readonly backups: readonly Backup[];
}

/** All backup sets of the cluster, also those whose database is gone. */
export function buildBackupSetsTree(inventory: Inventory, options: BackupSetsOptions, time: TimeContext): readonly TreeNode[] {
  const { state } = inventory.backups;
  const groups = groupsOf(inventory, options, time);
  const trouble = viewTrouble(inventory, state, l10n.t('Backup sets'), time);
  const loading = loadingNodes(inventory.backups, l10n.t('Backup sets'), 'loading');
  return [...trouble, ...loading, ...groups.map((group) => groupNode(inventory, group, options, time))];
}

function groupNode(inventory: Inventory, group: Group, options: BackupSetsOptions, time: TimeContext): TreeNode {
  const description = [String(group.backups.length), ...sizeWords(group.backups), ...(group.notes ?? [])].join(' · ');
  return {
    id: group.id,
    label: group.label,
    description,
    icon: group.icon,
    tooltip: tooltipOf(group.label, [[l10n.t('Backup sets'), description]]),
    accessibleLabel: l10n.t('{0}, backup sets: {1}', group.label, description.replaceAll(' · ', ', ')),
    tokens: ['group'],
    children: () => pagedNodes(group.backups, (backup) => backupInChainNode(inventory, backup, time, group.id), group.id, options.pages(group.id)),
  };
}

function groupsOf(inventory: Inventory, options: BackupSetsOptions, time: TimeContext): readonly Group[] {
  const keep = matcher(options.filter);
  const groups = options.groupBy === 'cluster' ? clusterGroups(inventory) : valueGroups(inventory, options.groupBy, time);
  return groups
    .map((group) => (keep === undefined ? group : { ...group, backups: group.backups.filter(keep) }))
    .filter(({ backups }) => backups.length > 0);
}

function clusterGroups(inventory: Inventory): readonly Group[] {
  const { entries, unassigned } = indexClusters(inventory);
  const clustersKnown = inventory.clusters.state.state === 'ready';
  const severalNamespaces = new Set([...entries.values()].map(({ namespace }) => namespace)).size > 1;
  const groups: Group[] = [...entries.values()].map((entry) => ({
    id: `cluster/${entry.key}`,
    label: entry.name,
    notes: [
      ...(severalNamespaces ? [entry.namespace] : []),
      ...(entry.cluster === undefined && clustersKnown ? [l10n.t('cluster is gone')] : []),
    ],
    icon: 'database',
    backups: entry.backups,
  }));
  return [...groups, { id: 'cluster/', label: l10n.t('Cluster not known'), icon: 'question', backups: unassigned }];
}

function valueGroups(inventory: Inventory, groupBy: Exclude<GroupBy, 'cluster'>, time: TimeContext): readonly Group[] {
  const icons = { method: 'archive', repository: 'cloud-upload', day: 'calendar' } as const;
  const groups = new Map<string, Backup[]>();
  const days = dayReader(time);
  for (const backup of inventory.backups.items.values()) {
    const value = groupBy === 'day' ? days(backup) : valueOf(backup, groupBy);
    const backups = groups.get(value) ?? [];
    backups.push(backup);
    groups.set(value, backups);
  }
  const direction = groupBy === 'day' ? -1 : 1;
  return [...groups]
    .sort(([a], [b]) => (a === b ? 0 : a < b ? -direction : direction))
    .map(([value, backups]) => ({
      id: `${groupBy}/${value}`,
      label: value === '' ? noValue(groupBy) : value,
      icon: icons[groupBy],
      backups: backups.sort(newestFirst),
    }));
}

function valueOf(backup: Backup, groupBy: 'method' | 'repository'): string {
  return (groupBy === 'method' ? backup.spec?.backupMethod : backup.status?.backupRepoName) ?? '';
}

/** The day a backup was made, in the reader's zone. A day begins at a whole quarter of an hour of UTC in every zone. */
function dayReader({ timeZone }: TimeContext): (backup: Backup) => string {
  const QUARTER = 900_000;
  const days = new Map<number, string>();
  return (backup) => {
    const made = createdAt(backup);
    const quarter = Math.floor(made / QUARTER);
    const day = days.get(quarter) ?? wallClock(made, timeZone).date;
    days.set(quarter, day);
    return day;
  };
}

function noValue(groupBy: Exclude<GroupBy, 'cluster'>): string {
  return groupBy === 'repository' ? l10n.t('No repository') : l10n.t('Not known');
}

function matcher(filter: string): ((backup: Backup) => boolean) | undefined {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) {
    return undefined;
  }
  return ({ metadata, spec, status }) => {
    const text = [metadata.name, metadata.namespace, metadata.labels?.[LABELS.instance], spec?.backupMethod, status?.backupRepoName, status?.phase]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
