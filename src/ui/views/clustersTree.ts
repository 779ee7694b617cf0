import * as l10n from '@vscode/l10n';
import { indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { engineOf, engineWords } from '../../kubeblocks/engine';
import type { Inventory } from '../../kubeblocks/inventory';
import type { Cluster } from '../../kubeblocks/objects';
import { protectionOf, type ClusterProtection, type ProtectionStatus } from '../../kubeblocks/protection';
import { protectionText, riskText } from '../../kubeblocks/protectionText';
import { ageText, clockSkewText, durationText, localAndUtcText, untilText, type TimeContext } from '../../kubeblocks/timeText';
import { refOf } from '../objectRef';
import { backupSetsNode } from './backupSetsNode';
import { componentsNode } from './componentsNode';
import { restoresNode } from './restoresNode';
import { schedulesNode } from './schedulesNode';
import { tooltipOf } from './tooltip';
import { Recent } from './recent';
import { viewTrouble } from './stateNodes';
import type { NodeColor, TreeNode } from './treeNode';
import { windowNode } from './windowNode';

export interface ClustersOptions {
  /** How many pages of a list are shown. */
  readonly pages: (groupId: string) => number;
  /** Names of suspended CronJobs of schedules in a namespace; undefined as long as they are not known. Asked when schedules are opened. */
  readonly suspendedIn?: (namespace: string) => ReadonlySet<string> | undefined;
}

/** The live clusters, each with what one gets back if it is lost now. */
export function buildClustersTree(inventory: Inventory, options: ClustersOptions, time: TimeContext): readonly TreeNode[] {
  const { state } = inventory.clusters;
  const trouble = viewTrouble(inventory, state, l10n.t('Clusters'), time);
  const severalNamespaces = inSeveralNamespaces(inventory);
  const clusters = [...indexClusters(inventory).entries.values()].flatMap((entry) =>
    entry.cluster === undefined ? [] : [clusterNode(inventory, entry, entry.cluster, severalNamespaces, options, time)],
  );
  return [...trouble, ...clusters];
}

/** Makes the clusters' lines, one a step. */
export function* prepareClusters(inventory: Inventory, time: TimeContext): Generator<void> {
  const severalNamespaces = inSeveralNamespaces(inventory);
  for (const entry of indexClusters(inventory).entries.values()) {
    if (entry.cluster !== undefined) {
      lineOf(inventory, entry, entry.cluster, severalNamespaces, time);
      yield;
    }
  }
}

function inSeveralNamespaces({ clusters }: Inventory): boolean {
  return new Set([...clusters.items.values()].map(({ metadata }) => metadata.namespace)).size > 1;
}

/** A cluster's line with the protection it tells of. */
interface Line {
  readonly protection: ClusterProtection;
  readonly node: TreeNode;
}

const LINES = new Recent<ClusterEntry, Line>();

function clusterNode(inventory: Inventory, entry: ClusterEntry, cluster: Cluster, severalNamespaces: boolean, options: ClustersOptions, time: TimeContext): TreeNode {
  const { protection, node } = lineOf(inventory, entry, cluster, severalNamespaces, time);
  return {
    ...node,
    children: () => [
      ...windowNode(inventory, entry, node.id, time),
      ...schedulesNode(inventory, entry, node.id, { ...time, ...(options.suspendedIn === undefined ? {} : { suspendedIn: options.suspendedIn }) }),
      ...backupSetsNode(inventory, entry, node.id, options.pages, time),
      ...restoresNode(inventory, entry, node.id, time),
      ...componentsNode(entry, cluster, { parent: node.id, protection, time }),
    ],
  };
}

function lineOf(inventory: Inventory, entry: ClusterEntry, cluster: Cluster, severalNamespaces: boolean, time: TimeContext): Line {
  const { line, simulated, actionSets, policies, repos, backups } = inventory;
  // What backups of other clusters may mean for this one (a chain that leads there) is seen with its ages.
  const inputs = [line, simulated, actionSets.items, policies.items, repos.items, backups.state.state, severalNamespaces, time.timeZone, clockSkewText(time)];
  return LINES.get(entry, inputs, time.now, () => clusterLine(inventory, entry, cluster, severalNamespaces, time));
}

function clusterLine(inventory: Inventory, entry: ClusterEntry, cluster: Cluster, severalNamespaces: boolean, time: TimeContext): Line {
  const protection = protectionOf(inventory, entry, time.now);
  const description = describe(cluster, severalNamespaces, protection, time);
  const [icon, color] = iconOf(cluster, protection.status);
  const node = {
    id: `cluster/${entry.key}`,
    label: entry.name,
    description,
    icon,
    ...(color === undefined ? {} : { color }),
    tooltip: tooltip(inventory, entry, cluster, protection, time),
    accessibleLabel: accessibleLabel(entry, description, protection),
    tokens: ['object', 'cluster', protection.status.kind, 'canBackUp', 'canSchedule', ...(protection.lastGood === undefined ? [] : ['canRestore']), ...(hasLog(protection) ? ['hasWindow'] : []), ...(entry.backups.length > 0 ? ['canDeleteBackups'] : []), ...(hasTrouble(cluster, protection.status) ? ['canDiagnose'] : [])],
    target: refOf('cluster', cluster),
  };
  return { protection, node };
}

function describe(cluster: Cluster, severalNamespaces: boolean, { status }: ClusterProtection, time: TimeContext): string {
  const phase = phaseWords(cluster);
  return [
    ...(severalNamespaces ? [cluster.metadata.namespace ?? ''] : []),
    engineWords(engineOf(cluster)),
    ...(phase === undefined ? [] : [phase]),
    protectionText(status, time),
  ].join(' · ');
}

/** It is not up, or came up without the data it was to be restored with. */
function hasTrouble({ metadata, status: { phase } = {} }: Cluster, { kind }: ProtectionStatus): boolean {
  return metadata.deletionTimestamp === undefined && (kind === 'empty' || !(phase === 'Running' || phase === 'Stopped'));
}

/** The phase in words, unless it is the usual one. */
function phaseWords({ metadata, status }: Cluster): string | undefined {
  if (metadata.deletionTimestamp !== undefined) {
    return l10n.t('being deleted');
  }
  switch (status?.phase) {
    case 'Running':
      return undefined;
    case 'Creating':
    case undefined:
    case '':
      return l10n.t('being created');
    case 'Updating':
      return l10n.t('updating');
    case 'Stopped':
      return l10n.t('stopped');
    case 'Stopping':
      return l10n.t('stopping');
    case 'Failed':
      return l10n.t('failed');
    case 'Abnormal':
      return l10n.t('abnormal');
    case 'Deleting':
      return l10n.t('being deleted');
    default:
      return status?.phase;
  }
}

function iconOf(cluster: Cluster, status: ProtectionStatus): readonly [string, NodeColor | undefined] {
  if (cluster.metadata.deletionTimestamp !== undefined) {
    return ['trash', 'quiet'];
  }
  if (cluster.status?.phase === 'Creating' || cluster.status?.phase === undefined) {
    return ['sync~spin', 'busy'];
  }
  switch (status.kind) {
    case 'unknown':
      return ['database', undefined];
    case 'empty':
      return ['warning', 'bad'];
    case 'notBackedUp':
      return ['circle-slash', 'warn'];
    case 'atRisk':
      return ['warning', 'warn'];
    case 'protected':
    case 'recoverable':
      return ['database', 'ok'];
  }
}

function tooltip(inventory: Inventory, entry: ClusterEntry, cluster: Cluster, protection: ClusterProtection, time: TimeContext): string {
  const { status, lastGood, log, nextRun, worstLossMs } = protection;
  const repos = [...new Set(entry.policies.flatMap(({ spec }) => spec?.backupRepoName ?? []))].map(
    (name) => `${name} (${inventory.repos.items.get(`/${name}`)?.status?.phase ?? l10n.t('not known')})`,
  );
  return tooltipOf(`${entry.name} · ${engineWords(engineOf(cluster))}`, [
    [l10n.t('Namespace'), entry.namespace],
    [l10n.t('Protection'), protectionText(status, time)],
    [l10n.t('Why'), status.kind === 'empty' ? status.reason : undefined],
    [l10n.t('What is missing'), status.kind === 'atRisk' ? status.risks.map((risk) => riskText(risk, time)).join('; ') : undefined],
    [l10n.t('Policy'), entry.policies.map(({ metadata }) => metadata.name).join(', ')],
    [l10n.t('Repository'), repos.join(', ')],
    [l10n.t('Last good backup'), lastGood === undefined ? undefined : `${lastGood.metadata.name}, ${ageText(Date.parse(lastGood.metadata.creationTimestamp ?? ''), time)}`],
    [l10n.t('Log backup'), log.kind === 'running' ? l10n.t('{0} behind', durationText(log.lagMs)) : undefined],
    [l10n.t('Lost if the cluster is lost now'), status.kind === 'unknown' ? undefined : lossWords(worstLossMs)],
    [l10n.t('Next scheduled backup'), nextRun === undefined ? undefined : l10n.t('{0} at {1}, {2}', nextRun.method, localAndUtcText(nextRun.at, time), untilText(nextRun.at, time))],
    [l10n.t('Message'), cluster.status?.message],
    [l10n.t('Clocks'), inventory.simulated ? undefined : clockSkewText(time)],
  ]);
}

function hasLog({ log }: ClusterProtection): boolean {
  return log.backup !== undefined;
}

function lossWords(ms: number | undefined): string {
  if (ms === undefined) {
    return l10n.t('everything');
  }
  return ms < 1000 ? l10n.t('less than a second') : l10n.t('the last {0}', durationText(ms));
}

function accessibleLabel(entry: ClusterEntry, description: string, { status, running, lastFailed }: ClusterProtection): string {
  const words = description.replaceAll(' · ', ', ').replace(/(\d\d):(\d\d):(\d\d)/g, '$1 $2 $3');
  if (status.kind === 'unknown') {
    return l10n.t('{0}, {1}', entry.name, words);
  }
  const now = running === 0 ? l10n.t('no backup running') : l10n.t('{0} running', running);
  const failed = lastFailed === undefined ? l10n.t('none failed') : l10n.t('the last one failed');
  return l10n.t('{0}, {1}, {2}, {3}', entry.name, words, now, failed);
}
