import * as l10n from '@vscode/l10n';
import { backupState, isSnapshot } from './backupState';
import { backupStateText } from './backupText';
import { componentNames, componentOf } from './clusterIndex';
import { shardingsIn } from './clusterSnapshot';
import type { PlanFinding } from './finding';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { jsonAt, jsonObjects, jsonText } from './json';
import { find } from './known';
import { chainOf, typeOf } from './lineage';
import { clusterNameProblem } from './names';
import type { Backup, Cluster } from './objects';
import { parameterProblems } from './parameters';
import type { RecoveryWindow } from './recoveryWindow';
import { recoverableRanges, segmentAt } from './recoveryWindow';
import { repositoryOf, repositoryState, repositoryStateWords } from './repositoryState';
import { changeFindings, onlyFindings } from './restoreChangeFindings';
import type { RestoreRequest } from './restoreRequest';
import { opsState } from './restoreState';
import { restoreWays } from './restoreWays';
import type { TimeContext } from './timeText';
import { localAndUtcText } from './timeText';

export interface RestoreFacts {
  readonly snapshot: Cluster | undefined;
  readonly window: RecoveryWindow | undefined;
  readonly context: TimeContext;
}

export function restoreFindings(inventory: Inventory, request: RestoreRequest, facts: RestoreFacts): PlanFinding[] {
  return [
    ...wayFindings(inventory, request),
    ...nameFindings(inventory, request),
    ...backupFindings(inventory, request, facts.snapshot),
    ...timeFindings(inventory, request, facts),
    ...dataFindings(inventory, request, facts),
    ...otherFindings(inventory, request, facts),
    ...parameterFindings(inventory, request),
    ...changeFindings(request, facts.snapshot, inventory.line),
    ...onlyFindings(request, facts.snapshot),
  ];
}

/** What is wrong with a name for the new cluster, as a sentence. */
export function targetNameProblem(inventory: Inventory, namespace: string, name: string): string | undefined {
  const problem = clusterNameProblem(name);
  if (problem !== undefined) {
    return problem;
  }
  if (inventory.clusters.items.has(objectKey(namespace, name))) {
    return l10n.t('A cluster named {0} exists in {1}. A restore always makes a new cluster; choose another name.', name, namespace);
  }
  const pending = [...inventory.opsRequests.items.values()].find((ops) => {
    const sameTarget = ops.metadata.namespace === namespace && ops.spec?.clusterName === name && ops.spec.type === 'Restore';
    return sameTarget && (opsState(ops) === 'running' || opsState(ops) === 'waiting');
  });
  return pending === undefined ? undefined : l10n.t('Restore {0} into {1} is still running. Choose another name.', pending.metadata.name, name);
}

/**
 * Why an instant cannot be restored, with what can; undefined for a good one. Instants are ms since the epoch.
 */
export function restoreTimeProblem(window: RecoveryWindow | undefined, ms: number | undefined, context: TimeContext): string | undefined {
  if (window === undefined) {
    return l10n.t('The log backup has archived nothing yet, so there is no time to restore to.');
  }
  if (ms === undefined) {
    return l10n.t('A log backup is restored to a point in time. {0}', rangesText(window, context));
  }
  const segment = segmentAt(window, ms);
  if (segment?.kind === 'recoverable' || segment?.kind === 'unknown') {
    return undefined;
  }
  const time = localAndUtcText(ms, context);
  if (segment === undefined) {
    return l10n.t('{0} is outside the log backup. {1}', time, rangesText(window, context));
  }
  switch (segment.reason) {
    case 'noBase':
      return l10n.t('{0} cannot be reached: no full backup ended before it. {1}', time, rangesText(window, context));
    case 'brokenChain':
      return l10n.t('{0} cannot be reached: it builds on {1}, whose chain is broken ({2}). {3}', time, segment.base.metadata.name, segment.broken.reason, rangesText(window, context));
    case 'incrementalBase':
      return l10n.t('{0} cannot be reached: it builds on the incremental backup {1}, which this engine cannot use with a log. {2}', time, segment.base.metadata.name, rangesText(window, context));
    case 'snapshotBase':
      return l10n.t('{0} cannot be reached: the newest base before it is the snapshot {1}, which this KubeBlocks leaves out, so that the log would meet empty volumes. {2}', time, segment.base.metadata.name, rangesText(window, context));
    case 'volumesBase':
      return l10n.t('{0} cannot be reached: the newest base before it, {1}, fills volumes, which this KubeBlocks leaves out for a log whose method names no targetVolumes: its data would be missing. {2}', time, segment.base.metadata.name, rangesText(window, context));
  }
}

/** `Between … and … can be restored.`, one sentence for all ranges. */
export function rangesText(window: RecoveryWindow, context: TimeContext): string {
  const ranges = recoverableRanges(window.segments).map(({ from, to }) => l10n.t('{0} to {1}', localAndUtcText(from, context), localAndUtcText(to, context)));
  return ranges.length === 0 ? l10n.t('No time can be restored: there is no backup that it can start from.') : l10n.t('Can be restored: {0}.', ranges.join('; '));
}

function error(code: string, field: PlanFinding['field'], message: string): PlanFinding {
  return { severity: 'error', code, message, ...(field === undefined ? {} : { field }) };
}

function warning(code: string, field: PlanFinding['field'], message: string): PlanFinding {
  return { ...error(code, field, message), severity: 'warning' };
}

function wayFindings(inventory: Inventory, { way }: RestoreRequest): PlanFinding[] {
  if (restoreWays(inventory.line).includes(way)) {
    return [];
  }
  const message =
    way === 'annotation' && inventory.line === '1.2'
      ? l10n.t('KubeBlocks 1.2 ignores the restore annotation: the cluster would start empty. Use an OpsRequest.')
      : way === 'spec'
        ? l10n.t('KubeBlocks {0} has no spec.restore: the cluster would start empty. Use an OpsRequest.', inventory.line ?? '')
        : l10n.t('KubeBlocks {0} does not restore in this way.', inventory.line ?? '');
  return [error(way === 'annotation' && inventory.line === '1.2' ? 'KB-R001' : 'restore/way', 'way', message)];
}

function nameFindings(inventory: Inventory, { targetName, targetNamespace }: RestoreRequest): PlanFinding[] {
  const problem = targetNameProblem(inventory, targetNamespace, targetName);
  return problem === undefined ? [] : [error(clusterNameProblem(targetName) === undefined ? 'KB-T006' : 'restore/name', 'name', problem)];
}

function backupFindings(inventory: Inventory, { backup, others = [], onlyRestored }: RestoreRequest, snapshot: Cluster | undefined): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const { name } = backup.metadata;
  const state = backupState(backup);
  const continuous = typeOf(inventory, backup) === 'Continuous';
  if (state === 'deleting') {
    findings.push(error('KB-T002', 'backup', l10n.t('Backup {0} is being deleted.', name)));
  } else if (state !== 'completed' && !continuous) {
    findings.push(error('KB-T002', 'backup', l10n.t('Backup {0} is {1}; only a completed backup can be restored.', name, backupStateText(state))));
  }
  if (snapshot === undefined) {
    findings.push(error('KB-T016', 'backup', l10n.t('Backup {0} does not say what its cluster looked like (annotation {1}), so no new one can be made from it.', name, 'kubeblocks.io/cluster-snapshot')));
  }
  if (componentOf(backup) === undefined && inventory.line !== '1.2') {
    findings.push(error('KB-T016', 'backup', l10n.t('Backup {0} does not say which component it is of.', name)));
  }
  if (snapshot !== undefined && onlyRestored !== true) {
    findings.push(...emptyComponentFindings(inventory, [backup, ...others], snapshot));
  }
  return findings;
}

/** Only the backup's own component gets data: up to 1.1 by the request, on 1.2 because no other's volumes fit its target. */
function emptyComponentFindings(inventory: Inventory, backups: readonly Backup[], snapshot: Cluster): PlanFinding[] {
  const filled = backups.map(componentOf);
  const others = componentNames(snapshot).filter((name) => !filled.includes(name) && (inventory.line !== '1.2' || hasVolumes(snapshot, name)));
  return others.length === 0
    ? []
    : [warning('restore/other-components', 'backup', l10n.t('Only {0} gets data; {1} of the new cluster starts empty.', filled.join(', '), others.join(', ')))];
}

function hasVolumes({ spec }: Cluster, name: string): boolean {
  const component = jsonObjects(spec, 'componentSpecs').find((each) => jsonText(each, 'name') === name);
  const sharding = shardingsIn(spec).find((each) => jsonText(each, 'name') === name);
  return jsonObjects(component ?? jsonAt(sharding, 'template'), 'volumeClaimTemplates').length > 0;
}

/** What is wrong with the instant, or that there is one. */
export function timeFindings(inventory: Inventory, { backup, restoreTime }: Pick<RestoreRequest, 'backup' | 'restoreTime'>, { window, context }: Pick<RestoreFacts, 'window' | 'context'>): PlanFinding[] {
  if (typeOf(inventory, backup) !== 'Continuous') {
    return restoreTime === undefined ? [] : [error('KB-T005', 'time', l10n.t('Only a log backup can be restored to a point in time.'))];
  }
  const problem = restoreTimeProblem(window, restoreTime, context);
  if (problem !== undefined) {
    return [error(restoreTime === undefined ? 'KB-T005' : 'KB-T004', 'time', problem)];
  }
  const unknown = window !== undefined && restoreTime !== undefined && segmentAt(window, restoreTime)?.kind === 'unknown';
  return unknown ? [warning('restore/time-unknown', 'time', l10n.t('Not all targets of the log backup cover this time; the restore may fail.'))] : [];
}

/** Backups of other components: each of another one of the cluster, and as good as the first. */
function otherFindings(inventory: Inventory, { way, backup, others = [] }: RestoreRequest, { snapshot }: RestoreFacts): PlanFinding[] {
  if (others.length === 0) return [];
  const refused = (message: string): PlanFinding => error('restore/others', 'backup', message);
  if (way !== 'annotation') {
    return [refused(l10n.t('Several components are restored from backups of their own only by the annotation, on KubeBlocks up to 1.1.'))];
  }
  const names = snapshot === undefined ? undefined : componentNames(snapshot);
  return others.flatMap((other, index) => {
    const [name, component] = [other.metadata.name, componentOf(other)];
    const before = [backup, ...others.slice(0, index)].find((each) => componentOf(each) === component);
    return [
      ...(component === undefined ? [refused(l10n.t('Backup {0} does not say which component it is of.', name))] : []),
      ...(component !== undefined && names?.includes(component) === false ? [refused(l10n.t('Backup {0} is of component {1}, which the cluster in {2} does not have: it would be ignored.', name, component, backup.metadata.name))] : []),
      ...(before !== undefined ? [refused(l10n.t('Backups {0} and {1} are of the same component {2}: only one can be restored.', before.metadata.name, name, component ?? ''))] : []),
      ...(typeOf(inventory, other) === 'Continuous' ? [refused(l10n.t('{0} is a log backup; only the first backup can be one.', name))] : []),
      ...(backupState(other) !== 'completed' ? [refused(l10n.t('Backup {0} is {1}; only a completed backup can be restored.', name, backupStateText(backupState(other))))] : []),
      ...chainFindings(inventory, other),
      ...actionSetFindings(inventory, other),
      ...repositoryFindings(inventory, other, undefined),
    ];
  });
}

/** The data itself: its chain, its action set, its repository. */
export function dataFindings(inventory: Inventory, { backup }: Pick<RestoreRequest, 'backup'>, { window }: Pick<RestoreFacts, 'window'>): PlanFinding[] {
  return [...chainFindings(inventory, backup), ...actionSetFindings(inventory, backup), ...repositoryFindings(inventory, backup, window)];
}

function chainFindings(inventory: Inventory, backup: Backup): PlanFinding[] {
  const { broken } = chainOf(inventory, backup);
  if (broken === undefined || inventory.backups.state.state !== 'ready') {
    return [];
  }
  return [error('KB-T011', 'backup', l10n.t('Its chain is broken at {0}, parent {1}: {2}.', broken.child.metadata.name, broken.parentName, broken.reason))];
}

function actionSetFindings(inventory: Inventory, backup: Backup): PlanFinding[] {
  const name = backup.status?.backupMethod?.actionSetName ?? '';
  const actionSet = name === '' ? undefined : find(inventory.actionSets, objectKey(undefined, name));
  if (actionSet === 'missing') {
    return [error('restore/action-set', 'backup', l10n.t('Action set {0}, which made the backup, does not exist any more.', name))];
  }
  const restores = typeof actionSet !== 'object' || actionSet.spec?.restore !== undefined || isSnapshot(backup);
  return restores ? [] : [error('KB-T009', 'backup', l10n.t('Action set {0} cannot restore what it backs up.', name))];
}

function repositoryFindings(inventory: Inventory, backup: Backup, window: RecoveryWindow | undefined): PlanFinding[] {
  const bases = (window?.segments ?? []).flatMap((segment) => (segment.kind === 'recoverable' && segment.base !== undefined ? [segment.base] : []));
  const names = new Set([backup, ...bases].filter((source) => !isSnapshot(source)).flatMap((source) => repositoryOf(source) ?? []));
  return [...names].flatMap((name) => {
    const repo = find(inventory.repos, objectKey(undefined, name));
    if (repo === 'missing') {
      return [error('KB-T012', 'backup', l10n.t('Repository {0}, which holds the data, does not exist.', name))];
    }
    const ready = repo === 'unknown' || repositoryState(repo) === 'ready';
    return ready ? [] : [error('KB-T012', 'backup', l10n.t('Repository {0}, which holds the data, is {1}.', name, repositoryStateWords(repo)))];
  });
}

/** By the schema of the action set. */
export function parameterFindings(inventory: Inventory, { backup, parameters = [] }: Pick<RestoreRequest, 'backup' | 'parameters'>): PlanFinding[] {
  const actionSet = inventory.actionSets.items.get(objectKey(undefined, backup.status?.backupMethod?.actionSetName ?? ''));
  return parameterProblems(actionSet, parameters, 'restore').map(({ name, message }) =>
    error('KB-T010', 'parameters', name === undefined ? message : l10n.t('Parameter {0}: {1}', name, message)),
  );
}
