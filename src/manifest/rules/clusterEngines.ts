import { isPartWithoutPolicy, rowOfAddon, rowOfDefinition, rowOfTopology, type EngineRow } from '../../kubeblocks/engineMatrix';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import { BY_CLUSTER } from '../facts/factIndex';
import type { Fact } from '../facts/facts';
import type { RuleContext } from './ruleContext';

/** A component or sharding that KubeBlocks makes a policy for. */
export interface BackedComponent {
  /** Undefined where the topology names its components itself. */
  readonly name: string | undefined;
  readonly row: EngineRow;
}

/** What is backed up of a Cluster that somebody wrote, as the add-ons have it; undefined where a component is not known to them. */
export function backedComponents(cluster: object, line: KubeBlocksLine): readonly BackedComponent[] | undefined {
  const spec = mapIn(cluster, 'spec');
  const clusterDef = textIn(spec, 'clusterDef');
  if (clusterDef !== undefined) return ofTopology(clusterDef, textIn(spec, 'topology'), line);
  if (textIn(spec, 'clusterDefinitionRef') !== undefined) return undefined;
  const components = [...listIn(spec, 'componentSpecs'), ...[...listIn(spec, 'shardings'), ...listIn(spec, 'shardingSpecs')].map((sharding) => ({ ...mapIn(sharding, 'template'), name: textIn(sharding, 'name') }))];
  const backed: BackedComponent[] = [];
  for (const component of components) {
    const definition = textIn(component, 'componentDef');
    const row = definition === undefined ? undefined : rowOfDefinition(definition, line);
    if (row === undefined && (definition === undefined || !isPartWithoutPolicy(definition))) return undefined;
    if (row !== undefined) backed.push({ name: textIn(component, 'name'), row });
  }
  return backed.length === 0 ? undefined : backed;
}

/** What an object sees around itself. */
export type KnownAround = Pick<RuleContext, 'find' | 'all' | 'select' | 'line'>;

/** The policies that a Cluster of this name has, as far as they are known. */
export function policiesOfCluster(cluster: string, around: Pick<KnownAround, 'select'>): readonly Fact[] {
  return around.select('BackupPolicy', BY_CLUSTER, cluster);
}

/**
 * What a policy backs up that is not known yet, of a Cluster that is written; without a policy, all that the Cluster has.
 * Undefined where the Cluster, its policies or its add-on tell nothing of that.
 *
 * @param cluster that is named beside the policy.
 */
export function componentsBehind(policy: string | undefined, cluster: string | undefined, around: KnownAround): readonly BackedComponent[] | undefined {
  const written = policy !== undefined ? clusterBehind(policy, around) : cluster === undefined ? undefined : writtenCluster(cluster, around);
  if (written === undefined || policiesOfCluster(written.object.metadata.name, around).length > 0) return undefined;
  return backedComponents(written.object, around.line)?.filter(({ name }) => name === undefined || policy === undefined || policy.endsWith(`-${name}-backup-policy`));
}

/** KubeBlocks calls policies CLUSTER-COMPONENT-backup-policy. Names hold hyphens, too: of several clusters that may be meant the first. */
function clusterBehind(policy: string, around: KnownAround): Fact | undefined {
  if (!policy.endsWith('-backup-policy')) return undefined;
  const names = [...policy.matchAll(/-/g)].map(({ index }) => policy.slice(0, index));
  const [only, another] = names.flatMap((name) => writtenCluster(name, around) ?? []);
  return another === undefined ? only : around.all('Cluster').facts.find(({ object, origin }) => origin.kind !== 'cluster' && names.includes(object.metadata.name));
}

function writtenCluster(name: string, around: KnownAround): Fact | undefined {
  const found = around.find('Cluster', name);
  return found?.origin.kind === 'cluster' ? undefined : found;
}

/** Templates that people bring along may define what the add-on does not. */
export function hasTemplateWith(method: string, context: RuleContext): boolean {
  return context.all('BackupPolicyTemplate').facts.some(({ object }) => {
    const spec = mapIn(object, 'spec');
    return [spec, ...listIn(spec, 'backupPolicies')].some((holder) => listIn(holder, 'backupMethods').some((each) => textIn(each, 'name') === method));
  });
}

function ofTopology(clusterDef: string, topology: string | undefined, line: KubeBlocksLine): readonly BackedComponent[] | undefined {
  const row = rowOfTopology(clusterDef, topology, line);
  if (row === undefined) return undefined;
  const beside = (row.beside ?? []).map((addon) => rowOfAddon(addon, line));
  return [row, ...beside].flatMap((each) => (each === undefined ? [] : [{ name: undefined, row: each }]));
}

type PlainMap = Readonly<Record<string, unknown>>;

function mapIn(value: unknown, key: string): PlainMap {
  const inner = isMap(value) ? value[key] : undefined;
  return isMap(inner) ? inner : {};
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const inner = isMap(value) ? value[key] : undefined;
  return Array.isArray(inner) ? inner : [];
}

function textIn(value: unknown, key: string): string | undefined {
  const inner = isMap(value) ? value[key] : undefined;
  return typeof inner === 'string' && inner !== '' ? inner : undefined;
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
