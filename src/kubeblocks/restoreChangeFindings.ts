import * as l10n from '@vscode/l10n';
import { bytesText, parseBytes } from './bytes';
import { componentOf } from './clusterIndex';
import { shardingsIn } from './clusterSnapshot';
import type { PlanFinding } from './finding';
import { jsonAt, jsonNumber, jsonObjects, jsonQuantity, jsonText, type JsonObject } from './json';
import { nameProblem } from './names';
import type { Cluster } from './objects';
import { changesComponents, type ComponentChange, type RestoreRequest } from './restoreRequest';

/** What is wrong with the changes that were asked for. */
export function changeFindings(request: RestoreRequest, snapshot: Cluster | undefined, line: string | undefined): PlanFinding[] {
  const { way, components = {} } = request;
  if (!changesComponents(request)) {
    return [];
  }
  if (way === 'opsRequest') {
    return [error(l10n.t('An OpsRequest makes the cluster as the backup remembers it. To change components, have the Cluster written here.'))];
  }
  return Object.entries(components).flatMap(([name, change]) => findingsFor(name, change, request, snapshot, line));
}

/** What is wrong with leaving out what would start empty. */
export function onlyFindings({ way, onlyRestored, backup, others = [] }: RestoreRequest, snapshot: Cluster | undefined): PlanFinding[] {
  if (onlyRestored !== true) {
    return [];
  }
  if (way === 'opsRequest') {
    return [error(l10n.t('An OpsRequest makes all components that the backup remembers. To leave some out, have the Cluster written here.'))];
  }
  const kept = [backup, ...others].flatMap((each) => componentOf(each) ?? []);
  const undefinedOnes = kept.filter((name) => (jsonText(componentIn(snapshot, name), 'componentDef') ?? '') === '' && jsonText(shardingIn(snapshot, name), 'shardingDef') === undefined);
  return undefinedOnes.map((name) => error(l10n.t('The backup does not say the definition of {0}, and without the others there is no topology that does. Restore all components.', name)));
}

function findingsFor(name: string, change: ComponentChange, { backup }: RestoreRequest, snapshot: Cluster | undefined, line: string | undefined): PlanFinding[] {
  const before = componentIn(snapshot, name);
  if (before === undefined) {
    return [error(l10n.t('The backup remembers no component {0}.', name))];
  }
  const findings: PlanFinding[] = [];
  if (change.name !== undefined && change.name !== name) {
    const problem = nameProblem(change.name, 22);
    if (problem !== undefined) findings.push(error(problem));
    if (line === '1.2' && componentOf(backup) === name) {
      findings.push(error(l10n.t('KubeBlocks 1.2 finds the volumes of a component by its name: called {0} instead of {1}, it starts empty, and is said to be restored. Keep the name.', change.name, name)));
    }
  }
  if (change.replicas !== undefined) findings.push(...replicasFindings(name, change.replicas, backup.status?.target?.podSelector?.strategy, jsonNumber(before, 'replicas') ?? 1));
  if (change.storage !== undefined) findings.push(...storageFindings(name, change.storage, before));
  return findings;
}

function replicasFindings(name: string, replicas: number, strategy: string | undefined, before: number): PlanFinding[] {
  if (!Number.isInteger(replicas) || replicas < 1) {
    return [error(l10n.t('{0} needs a whole number of replicas, at least 1.', name))];
  }
  // Strategy All: one copy a pod, put back one to one.
  return strategy === 'All' && replicas !== before
    ? [warning(l10n.t('The backup has a copy of each of {0} pods of {1}: with {2} replicas not all get one, or not all are used.', before, name, replicas))]
    : [];
}

function storageFindings(name: string, storage: string, before: JsonObject): PlanFinding[] {
  const size = parseBytes(storage);
  if (size === undefined || size <= 0) {
    return [error(l10n.t('"{0}" is no size. Write it like 100Gi.', storage))];
  }
  const sizes = jsonObjects(before, 'volumeClaimTemplates').flatMap((claim) => parseBytes(jsonQuantity(claim, 'spec', 'resources', 'requests', 'storage')) ?? []);
  const largest = Math.max(0, ...sizes);
  return size < largest ? [warning(l10n.t('The volumes of {0} had {1}: what was written may not fit into {2}.', name, bytesText(largest), bytesText(size)))] : [];
}

/** The component, or the template of the sharding, as the backup remembers it. */
function componentIn(snapshot: Cluster | undefined, name: string): JsonObject | undefined {
  const spec = jsonAt(snapshot, 'spec');
  const component = jsonObjects(spec, 'componentSpecs').find((each) => jsonText(each, 'name') === name);
  return component ?? (jsonAt(shardingIn(snapshot, name), 'template') as JsonObject | undefined);
}

function shardingIn(snapshot: Cluster | undefined, name: string): JsonObject | undefined {
  return shardingsIn(jsonAt(snapshot, 'spec')).find((each) => jsonText(each, 'name') === name);
}

function error(message: string): PlanFinding {
  return { severity: 'error', code: 'restore/components', field: 'components', message };
}

function warning(message: string): PlanFinding {
  return { ...error(message), severity: 'warning' };
}
