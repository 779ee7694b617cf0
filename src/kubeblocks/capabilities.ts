import * as l10n from '@vscode/l10n';
import { actionSetType } from './backupState';
import { componentOf, indexClusters, type ClusterEntry } from './clusterIndex';
import { engineOf } from './engine';
import { CAPABILITIES, capability, engineRows, MATRIX_LINES, methodsFor, reasonOf, rowName, rowOfAddon, rowOfDefinition, rowOfTopology, rowsOfActionSet, type Capability, type Cell, type EngineMethod, type EngineRow } from './engineMatrix';
import { PROMISED_ADDONS } from './introduction';
import { objectKey, type Inventory } from './inventory';
import { LINES, type KubeBlocksLine } from './kinds';
import { find } from './known';
import type { BackupMethod, BackupPolicy, Cluster, ComponentSpec } from './objects';

/** What an engine in one form can back up, by what is there to do it. */
export interface CapabilityRow {
  /** `Redis (cluster)`; with the clusters it is about behind it where others of that row have other methods. */
  readonly name: string;
  readonly row: EngineRow;
  /** Policies of the connected cluster, or the add-on as its charts have it. */
  readonly source: { readonly kind: 'live'; readonly policies: readonly string[] } | { readonly kind: 'bundled'; readonly line: KubeBlocksLine };
  readonly methods: readonly EngineMethod[];
  /** In the order of `CAPABILITIES`. */
  readonly cells: readonly Cell[];
  /** Methods that are offered, but give nothing: a sentence each. */
  readonly broken: readonly string[];
}

/** The line whose add-ons are meant: the spoken one, or the nearest that is known. */
export function matrixLine(line: KubeBlocksLine | undefined): KubeBlocksLine {
  if (line === undefined) return MATRIX_LINES.at(-1) ?? '1.2';
  return MATRIX_LINES.find((known) => LINES.indexOf(known) >= LINES.indexOf(line)) ?? '1.2';
}

/**
 * The nine engines of the introduction page, each in all its forms, then what else the cluster has. A row is derived from
 * the live policies, their schedules and action sets where there are any, else from the add-on of the line.
 */
export function capabilityRows(inventory: Inventory | undefined, line: KubeBlocksLine): readonly CapabilityRow[] {
  const live = inventory === undefined ? [] : liveRows(inventory, line);
  const promised = PROMISED_ADDONS.flatMap((addon) => engineRows(line).filter((row) => row.addon === addon));
  const nine = promised.flatMap((row) => {
    const found = live.filter((each) => each.row === row);
    return found.length > 0 ? found : [bundledRow(row, line)];
  });
  const others = live.filter(({ row }) => !promised.includes(row)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [...nine, ...others];
}

/** What the add-on's charts say, whatever a cluster has. */
export function bundledRow(row: EngineRow, line: KubeBlocksLine): CapabilityRow {
  const cells = CAPABILITIES.map((of) => capability(row, of, line));
  return { name: rowName(row), row, source: { kind: 'bundled', line }, methods: cells.flatMap(({ methods }) => methods).filter((method, at, all) => all.indexOf(method) === at), cells, broken: [] };
}

/** The row that a live policy is about; made up where no add-on that is known has such a component. */
export function rowOfPolicy(inventory: Inventory, policy: BackupPolicy, line: KubeBlocksLine): EngineRow {
  const entry = [...indexClusters(inventory).entries.values()].find(({ policies }) => policies.includes(policy));
  return rowFor(entry, policy, line);
}

interface Found {
  readonly row: EngineRow;
  readonly policies: BackupPolicy[];
  readonly clusters: Set<string>;
  readonly offer: Offer;
}

function liveRows(inventory: Inventory, line: KubeBlocksLine): CapabilityRow[] {
  const found = new Map<string, Found>();
  const unknown = new Map<string, EngineRow>();
  for (const entry of indexClusters(inventory).entries.values()) {
    for (const policy of entry.policies) {
      const made = rowFor(entry, policy, line);
      const row = made.methods.length > 0 || made.addon !== '' ? made : (unknown.get(made.engine) ?? made);
      unknown.set(made.engine, row);
      const offer = offerOf(inventory, entry, policy, row);
      const key = JSON.stringify([rowName(row), row.addon, offer]);
      const group = found.get(key) ?? { row, policies: [], clusters: new Set(), offer };
      group.policies.push(policy);
      group.clusters.add(entry.name);
      found.set(key, group);
    }
  }
  const groups = [...found.values()];
  return groups.map((group) => liveRow(group, groups.filter(({ row }) => row === group.row).length > 1, line));
}

function liveRow({ row, policies, clusters, offer }: Found, isOneOfSeveral: boolean, line: KubeBlocksLine): CapabilityRow {
  const { methods, broken } = offer;
  return {
    name: isOneOfSeveral ? l10n.t('{0} of {1}', rowName(row), [...clusters].join(', ')) : rowName(row),
    row,
    source: { kind: 'live', policies: policies.map(({ metadata }) => metadata.name) },
    methods,
    cells: CAPABILITIES.map((of) => liveCell(row, methods, of, line)),
    broken,
  };
}

function liveCell(row: EngineRow, methods: readonly EngineMethod[], of: Capability, line: KubeBlocksLine): Cell {
  const giving = methodsFor(of, methods).filter((method) => of !== 'pitr' || method.needsNoBase === true || methods.some(({ type, snapshot }) => type === 'Full' && snapshot !== true));
  return { capability: of, methods: giving, reason: giving.length > 0 ? undefined : liveReason(row, methods, of, line) };
}

function liveReason(row: EngineRow, methods: readonly EngineMethod[], of: Capability, line: KubeBlocksLine): string {
  const logs = of === 'pitr' ? methodsFor(of, methods) : [];
  if (logs.length > 0) {
    return l10n.t('{0} archives the log, but no method makes the full backup that it is put upon.', logs.map(({ name }) => name).join(', '));
  }
  const usual = capability(row, of, line).methods;
  // What the cluster has of its own is no reason to say that KubeBlocks has nothing.
  const known = row.methods.length > 0 ? row : { ...row, methods };
  return usual.length === 0 ? reasonOf(known, of, line) : l10n.t('The add-on comes with {0} for it, but the policy here does not offer that.', usual.map(({ name }) => name).join(', '));
}

interface Offer {
  readonly methods: readonly EngineMethod[];
  readonly broken: readonly string[];
}

function offerOf(inventory: Inventory, entry: ClusterEntry, policy: BackupPolicy, row: EngineRow): Offer {
  const scheduled = scheduledMethods(inventory, entry, policy);
  const methods: EngineMethod[] = [];
  const broken: string[] = [];
  for (const method of policy.spec?.backupMethods ?? []) {
    const usual = row.methods.find(({ name }) => name === method.name);
    if (usual?.internal === true) continue;
    const derived = liveMethod(inventory, method, usual, scheduled);
    if (typeof derived === 'string') broken.push(derived);
    else methods.push(derived);
  }
  return { methods, broken };
}

/** Names with an item in the policy's schedule, on or off; undefined where schedules may not be seen. */
function scheduledMethods({ schedules }: Inventory, entry: ClusterEntry, policy: BackupPolicy): ReadonlySet<string> | undefined {
  const own = entry.schedules.filter(({ spec }) => spec?.backupPolicyName === policy.metadata.name);
  if (own.length === 0 && schedules.state.state !== 'ready') return undefined;
  return new Set(own.flatMap(({ spec }) => (spec?.schedules ?? []).map(({ backupMethod }) => backupMethod)));
}

/** The method as the cluster has it; a sentence, where it gives nothing. */
function liveMethod(inventory: Inventory, method: BackupMethod, usual: EngineMethod | undefined, scheduled: ReadonlySet<string> | undefined): EngineMethod | string {
  const { name, actionSetName, compatibleMethod } = method;
  const snapshot = method.snapshotVolumes === true;
  const found = actionSetName === undefined ? undefined : find(inventory.actionSets, objectKey(undefined, actionSetName));
  if (found === 'missing') return l10n.t('{0} cannot run: action set {1} does not exist.', name, actionSetName ?? '');
  const actionSet = typeof found === 'object' ? found : undefined;
  const type = actionSet !== undefined ? actionSetType(actionSet) : snapshot ? 'Full' : usual?.type;
  if (type === undefined) {
    return actionSetName === undefined
      ? l10n.t('{0} cannot run: it names neither an action set nor volume snapshots.', name)
      : l10n.t('{0} is not known: action set {1} may not be read.', name, actionSetName);
  }
  if (type === 'Differential') return l10n.t('{0} cannot run: KubeBlocks cannot make differential backups.', name);
  const tool = snapshot ? undefined : toolOf(actionSetName, name, usual);
  const takesParameters = actionSet === undefined ? usual?.parameters === true : (actionSet.spec?.backup?.withParameters ?? []).length > 0;
  const isScheduled = scheduled === undefined ? usual?.unscheduled !== true : scheduled.has(name);
  const needsNoBase = actionSet === undefined ? usual?.needsNoBase === true : type === 'Continuous' && actionSet.spec?.restore?.baseBackupRequired === false;
  return {
    name,
    type,
    ...(snapshot && { snapshot }),
    ...(actionSetName !== undefined && { actionSet: actionSetName }),
    ...(compatibleMethod !== undefined && { compatibleMethod }),
    ...(tool?.compression !== undefined && { compression: tool.compression }),
    ...(tool?.repository !== undefined && { repository: tool.repository }),
    ...(tool?.encrypted === true && { encrypted: true }),
    ...(takesParameters && { parameters: true }),
    ...(!isScheduled && { unscheduled: true }),
    ...(needsNoBase && { needsNoBase: true }),
  };
}

/** What is known of the scripts of an action set: no field of it says whether they compress, or how they reach the repository. */
function toolOf(actionSet: string | undefined, name: string, usual: EngineMethod | undefined): EngineMethod | undefined {
  const same = actionSet === undefined ? [] : rowsOfActionSet(actionSet).flatMap(({ methods }) => methods.filter((each) => each.actionSet === actionSet));
  return same.find((each) => each.name === name) ?? same[0] ?? (usual?.actionSet === undefined ? usual : undefined);
}

function rowFor(entry: ClusterEntry | undefined, policy: BackupPolicy, line: KubeBlocksLine): EngineRow {
  const cluster = entry?.cluster;
  const component = componentOf(policy);
  const definition = cluster === undefined ? undefined : specOf(cluster, component)?.componentDef;
  return (
    (definition === undefined ? undefined : rowOfDefinition(definition, line)) ??
    (cluster === undefined ? undefined : rowByTopology(cluster, component, line)) ??
    rowByActionSets(policy, line) ??
    (cluster === undefined ? undefined : rowByName(cluster, line)) ??
    unknownRow(cluster, definition, policy)
  );
}

function specOf({ spec }: Cluster, component: string | undefined): ComponentSpec | undefined {
  return (spec?.componentSpecs ?? []).find(({ name }) => name === component) ?? spec?.shardings?.find(({ name }) => name === component)?.template;
}

function rowByTopology({ spec }: Cluster, component: string | undefined, line: KubeBlocksLine): EngineRow | undefined {
  const row = spec?.clusterDef === undefined || spec.clusterDef === '' ? undefined : rowOfTopology(spec.clusterDef, spec.topology, line);
  const isBeside = component !== undefined && row?.beside?.includes(component) === true;
  return isBeside ? rowOfAddon(component, line) : row;
}

/** The one row whose add-on brings the policy's action sets. */
function rowByActionSets(policy: BackupPolicy, line: KubeBlocksLine): EngineRow | undefined {
  const named = (policy.spec?.backupMethods ?? []).flatMap(({ actionSetName }) => (actionSetName === undefined ? [] : rowsOfActionSet(actionSetName)));
  const rows = [...new Set(named)].filter((row) => engineRows(line).includes(row));
  return rows.length === 1 ? rows[0] : undefined;
}

/** Of engines whose add-on is not one of KubeBlocks. */
function rowByName(cluster: Cluster, line: KubeBlocksLine): EngineRow | undefined {
  const { id } = engineOf(cluster);
  const row = id === undefined ? undefined : rowOfAddon(id, line);
  return row?.definition === undefined ? row : undefined;
}

function unknownRow(cluster: Cluster | undefined, definition: string | undefined, policy: BackupPolicy): EngineRow {
  const name = cluster === undefined ? '' : engineOf(cluster).name;
  return { engine: name !== '' ? name : (definition ?? policy.metadata.name), addon: '', topologies: [], methods: [] };
}
