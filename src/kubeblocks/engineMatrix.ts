import * as l10n from '@vscode/l10n';
import type { BackupType } from './backupState';
import { ENGINE_ROWS } from './engineRows';
import { LINES, type KubeBlocksLine } from './kinds';

/** A way in which an add-on backs its engine up, as its charts have it without a user's own values. */
export interface EngineMethod {
  readonly name: string;
  readonly type: BackupType;
  /** CSI snapshots of volumes. */
  readonly snapshot?: true;
  /** As 1.0 and later call it. */
  readonly actionSet?: string;
  /** The full method that an incremental one builds on. */
  readonly compatibleMethod?: string;
  /** What the tool compresses with; nothing where it does not, or nobody knows. */
  readonly compression?: string;
  /** `Tool`: reads datasafed's configuration, which a mounted repository does not have. `S3`: hands it to an S3 client of its own besides. */
  readonly repository?: 'Tool' | 'S3';
  /** The template has no schedule for it. */
  readonly unscheduled?: true;
  /** Made for KubeBlocks itself, or of an older chart: known, but not offered. */
  readonly internal?: true;
  /** Writes S3 itself, and encrypts as the policy says all the same. */
  readonly encrypted?: true;
  /** A backup takes parameters. */
  readonly parameters?: true;
  /** The log holds all the data. */
  readonly needsNoBase?: true;
  /** First and last line whose add-on has it. */
  readonly since?: KubeBlocksLine;
  readonly until?: KubeBlocksLine;
}

/** One engine in one way of running it: what KubeBlocks makes a backup policy for. */
export interface EngineRow {
  /** As people write it. */
  readonly engine: string;
  readonly addon: string;
  /** How these topologies are told from the engine's others; undefined where all are alike. */
  readonly form?: string;
  readonly clusterDef?: string;
  /** Of the ClusterDefinition, the default one first if it is among them. */
  readonly topologies: readonly string[];
  /** That one of `topologies` is what a Cluster gets that names none. */
  readonly isDefault?: true;
  /** Add-ons whose component stands beside it in these topologies, and gets a policy too. */
  readonly beside?: readonly string[];
  /** What a Cluster's `componentDef` begins with, without `^`. */
  readonly definition?: RegExp;
  readonly methods: readonly EngineMethod[];
  readonly since?: KubeBlocksLine;
  readonly until?: KubeBlocksLine;
  /** Why a cell has a cross, where that is more than that no method does it. */
  readonly reasons?: Partial<Record<Capability, () => string>>;
}

export type Capability = 'scheduled' | 'realTime' | 'snapshot' | 'datafile' | 'log' | 'full' | 'pitr' | 'compression' | 'incremental' | 'selective' | 'encryption' | 'parameters';

/** The columns of the introduction page of KubeBlocks' documentation. */
export const PROMISED_CAPABILITIES: readonly Capability[] = ['scheduled', 'realTime', 'snapshot', 'datafile', 'log', 'full', 'pitr', 'compression'];

/** What came after that page. */
export const NEWER_CAPABILITIES: readonly Capability[] = ['incremental', 'selective', 'encryption', 'parameters'];

export const CAPABILITIES: readonly Capability[] = [...PROMISED_CAPABILITIES, ...NEWER_CAPABILITIES];

/** A cell: the methods that do it, or why none does. */
export interface Cell {
  readonly capability: Capability;
  readonly methods: readonly EngineMethod[];
  /** A sentence, where there are no methods. */
  readonly reason: string | undefined;
}

/** Lines whose add-ons are known method by method. */
export const MATRIX_LINES: readonly KubeBlocksLine[] = ['0.9', '1.0', '1.1', '1.2'];

/** The rows that a line's add-ons have; none where they are not known. */
export function engineRows(line: KubeBlocksLine): readonly EngineRow[] {
  return MATRIX_LINES.includes(line) ? ENGINE_ROWS.filter((row) => isOn(row, line)) : [];
}

/** What a row's add-on offers on a line, without what is KubeBlocks' own. */
export function engineMethods(row: EngineRow, line: KubeBlocksLine): readonly EngineMethod[] {
  return row.methods.filter((method) => method.internal !== true && isOn(method, line));
}

/** Whether the name means something there, offered or not. */
export function knowsMethod(row: EngineRow, name: string, line: KubeBlocksLine): boolean {
  return row.methods.some((method) => method.name === name && isOn(method, line));
}

export function capability(row: EngineRow, of: Capability, line: KubeBlocksLine): Cell {
  const methods = methodsFor(of, engineMethods(row, line));
  return { capability: of, methods, reason: methods.length > 0 ? undefined : reasonOf(row, of, line) };
}

/** Those of an engine's methods that give it a capability. */
export function methodsFor(of: Capability, methods: readonly EngineMethod[]): readonly EngineMethod[] {
  return methods.filter(TESTS[of]);
}

/** `Redis (cluster)`. */
export function rowName({ engine, form }: EngineRow): string {
  return form === undefined ? engine : `${engine} (${form})`;
}

/** The row that backs a component up, by what a Cluster writes as `componentDef`; undefined for parts without a policy and for what is not known. */
export function rowOfDefinition(componentDef: string, line: KubeBlocksLine): EngineRow | undefined {
  const name = componentDef.replace(/^\^/, '');
  return engineRows(line).find(({ definition }) => definition?.test(name) === true);
}

/** The row of a ClusterDefinition's topology (the default one, where none is named). */
export function rowOfTopology(clusterDef: string, topology: string | undefined, line: KubeBlocksLine): EngineRow | undefined {
  const rows = engineRows(line).filter((row) => row.clusterDef === clusterDef);
  return topology === undefined ? rows.find(({ isDefault }) => isDefault === true) : rows.find(({ topologies }) => topologies.includes(topology));
}

/** The row of an add-on that has but one. */
export function rowOfAddon(addon: string, line: KubeBlocksLine): EngineRow | undefined {
  const rows = engineRows(line).filter((row) => row.addon === addon);
  return rows.length === 1 ? rows[0] : undefined;
}

/** Parts of an engine's add-on that KubeBlocks makes no backup policy for. */
export function isPartWithoutPolicy(componentDef: string): boolean {
  return PARTS.test(componentDef.replace(/^\^/, ''));
}

/** The rows whose methods use an action set of this name. */
export function rowsOfActionSet(actionSet: string): readonly EngineRow[] {
  return (rowsByActionSet ??= groupByActionSet()).get(actionSet) ?? [];
}

let rowsByActionSet: ReadonlyMap<string, readonly EngineRow[]> | undefined;

function groupByActionSet(): ReadonlyMap<string, readonly EngineRow[]> {
  const rows = new Map<string, EngineRow[]>();
  for (const row of ENGINE_ROWS) {
    const names = new Set(row.methods.flatMap(({ actionSet }) => actionSet ?? []));
    for (const name of names) rows.set(name, [...(rows.get(name) ?? []), row]);
  }
  return rows;
}

const PARTS =
  /^(?:redis-(?:sentinel|twemproxy)|falkordb-sent|valkey-sentinel|clickhouse-keeper|ch-keeper|kafka-(?:controller|exporter)|milvus-(?:minio|mixcoord|datanode|indexnode|querynode)|nebula-(?:metad|storaged)|mongo-(?:shard|mongos)|tidb-pd|tikv|wescale|proxysql|mysql-proxysql|kibana)/;

const TESTS: Readonly<Record<Capability, (method: EngineMethod) => boolean>> = {
  scheduled: ({ unscheduled }) => unscheduled !== true,
  realTime: ({ type }) => type === 'Continuous',
  snapshot: ({ snapshot }) => snapshot === true,
  datafile: ({ type, snapshot }) => type === 'Full' && snapshot !== true,
  log: ({ type }) => type === 'Continuous',
  full: ({ type }) => type === 'Full',
  pitr: ({ type }) => type === 'Continuous',
  compression: ({ compression }) => compression !== undefined,
  incremental: ({ type }) => type === 'Incremental',
  selective: ({ type }) => type === 'Selective',
  encryption: ({ snapshot, repository, encrypted }) => encrypted === true || (snapshot !== true && repository !== 'S3'),
  parameters: ({ parameters }) => parameters === true,
};

/** Why no method gives a row a capability, as a sentence. */
export function reasonOf(row: EngineRow, of: Capability, line: KubeBlocksLine): string {
  const name = rowName(row);
  const own = row.reasons?.[of]?.();
  if (own !== undefined) return own;
  if (row.methods.length === 0) return l10n.t('KubeBlocks has no backups of {0}.', name);
  const later = row.methods.filter(TESTS[of]).find(({ since }) => since !== undefined && LINES.indexOf(since) > LINES.indexOf(line));
  if (later !== undefined) return l10n.t('Since {0}, with {1}.', later.since ?? '', later.name);
  return MISSING[of](name);
}

const MISSING: Readonly<Record<Capability, (name: string) => string>> = {
  scheduled: (name) => l10n.t('No method of {0} has a schedule.', name),
  realTime: (name) => l10n.t('Nothing of {0} is backed up all the time: it has no log backup.', name),
  snapshot: (name) => l10n.t('The add-on of {0} has no method that snapshots volumes.', name),
  datafile: (name) => l10n.t('The add-on of {0} backs up by snapshots of volumes alone.', name),
  log: (name) => l10n.t('The add-on of {0} backs up no log.', name),
  full: (name) => l10n.t('The add-on of {0} makes no full backups.', name),
  pitr: (name) => l10n.t('{0} has no log backup, so a restore goes to a backup, not to an instant.', name),
  compression: (name) => l10n.t('No method of {0} sets a compression.', name),
  incremental: (name) => l10n.t('The add-on of {0} makes no incremental backups.', name),
  selective: (name) => l10n.t('The add-on of {0} backs up everything or nothing.', name),
  encryption: (name) => l10n.t('No method of {0} heeds the encryption of its policy: snapshots never do, nor do tools that write into the object storage themselves.', name),
  parameters: (name) => l10n.t('No method of {0} takes parameters.', name),
};

function isOn({ since, until }: { readonly since?: KubeBlocksLine; readonly until?: KubeBlocksLine }, line: KubeBlocksLine): boolean {
  const at = LINES.indexOf(line);
  return (since === undefined || at >= LINES.indexOf(since)) && (until === undefined || at <= LINES.indexOf(until));
}
