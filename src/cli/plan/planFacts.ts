import type { Inventory } from '../../kubeblocks/inventory';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import { isJsonObject, jsonText } from '../../kubeblocks/json';
import type { AnyObject, Backup } from '../../kubeblocks/objects';
import { apiVersionOf, type Resource } from '../../kubeblocks/resource';
import { SURROUNDING_RESOURCES, type RestoreSurroundings, type SurroundingKind } from '../../kubeblocks/restoreSurroundings';
import type { VolumesAround } from '../../kubeblocks/volumeRestoreRequest';
import { readSurroundings } from '../../operations/readSurroundings';
import { loadBackup } from '../../operations/restore';
import { readVolumes } from '../../operations/volumeRestore';
import { WORKLOADS } from '../../operations/workloadKinds';
import type { CliProcess } from '../cliProcess';
import { UsageError } from '../usageError';
import { inventoryOf, readDump } from '../window/dumpInventory';
import { withCluster } from '../window/liveInventory';
import type { PlanArguments } from './planArguments';

/** Everything a plan is made from. */
export interface PlanFacts {
  readonly inventory: Inventory;
  readonly backup: Backup;
  readonly others: readonly Backup[];
  readonly around: RestoreSurroundings;
  readonly volumes: VolumesAround;
  /** By the cluster's clock, ms since the epoch. */
  readonly now: number;
  /** What the reader of a plan should know of the facts. */
  readonly notes: readonly string[];
}

/** Where a plan is made from. */
export interface FactsArguments extends Pick<PlanArguments, 'backup' | 'namespace' | 'toNamespace' | 'kubeconfig' | 'context' | 'from' | 'now' | 'line'> {
  /** Asks for claims and pods of the target namespace, too. */
  readonly wantsVolumes: boolean;
  /** Names of further backups, in the same namespace. */
  readonly also: readonly string[];
}

/** Throws `UsageError` where there is nothing to make a plan from. */
export function planFacts(given: FactsArguments, process: CliProcess): Promise<PlanFacts> {
  return given.from === undefined ? liveFacts(given, process) : Promise.resolve(dumpedFacts(given, given.from));
}

const NO_VOLUMES: VolumesAround = { claims: undefined, pods: undefined };
const WANTED = ['clusters', 'backups', 'schedules', 'policies', 'actionSets', 'repos', 'restores', 'opsRequests'] as const;

async function liveFacts({ kubeconfig, context, backup: name, namespace, toNamespace, wantsVolumes, also }: FactsArguments, process: CliProcess): Promise<PlanFacts> {
  return orNoPlan(
    withCluster({ kubeconfig, context, wanted: WANTED }, process, async ({ api, inventory, time }) => {
      const source = namespace ?? inventory.defaultNamespace;
      const backup = await loadBackup({ api }, source, name);
      const others = await Promise.all(also.map((each) => loadBackup({ api }, source, each)));
      const around = await readSurroundings(api, { source, target: toNamespace ?? source });
      const volumes = wantsVolumes ? await readVolumes(api, toNamespace ?? source) : NO_VOLUMES;
      return { inventory, backup, others, around, volumes, now: time.now(), notes: [] };
    }),
  );
}

/** Without facts there is no plan, whoever is to blame. */
async function orNoPlan<T>(task: Promise<T>): Promise<T> {
  try {
    return await task;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const DEFAULT_LINE: KubeBlocksLine = '1.0';

function dumpedFacts({ backup: name, namespace, toNamespace, line, also, now = Date.now() }: FactsArguments, from: string): PlanFacts {
  const dump = readDump(from);
  const backup = backupIn(dump.objects.filter(isAnyObject), dump.name, name, namespace);
  const target = toNamespace ?? backup.metadata.namespace ?? '';
  const notes = line === undefined ? [`A dump does not say which KubeBlocks it is of: ${DEFAULT_LINE} is assumed. Say so with --kubeblocks.`] : [];
  const inventory = { ...inventoryOf(dump.objects, dump.name, now), line: line ?? DEFAULT_LINE };
  const objects = dump.objects.filter(isAnyObject);
  const others = also.map((each) => backupIn(objects, dump.name, each, backup.metadata.namespace));
  return { inventory, backup, others, around: surroundingsIn(objects, target), volumes: volumesInDump(objects, target), now, notes };
}

function backupIn(objects: readonly AnyObject[], source: string, name: string, namespace: string | undefined): Backup {
  const found = objects.filter(({ apiVersion, kind, metadata }) => kind === 'Backup' && apiVersion.startsWith('dataprotection.kubeblocks.io/') && metadata.name === name && (namespace === undefined || metadata.namespace === namespace));
  const [backup, another] = found;
  if (backup === undefined) throw new UsageError(`There is no backup ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`} in ${source}.`);
  if (another !== undefined) throw new UsageError(`There is a backup ${name} in ${found.map(({ metadata }) => metadata.namespace ?? '').sort().join(', ')}. Give one with --namespace.`);
  return backup;
}

/** Where the dump has none of a kind anywhere, nobody says that it was asked for. */
function volumesInDump(objects: readonly AnyObject[], target: string): VolumesAround {
  const of = ({ kind }: Resource): readonly AnyObject[] | undefined => {
    const all = objects.filter((object) => object.kind === kind && object.apiVersion === 'v1');
    return all.length === 0 ? undefined : all.filter(({ metadata }) => metadata.namespace === target);
  };
  return { claims: of(WORKLOADS.claim), pods: of(WORKLOADS.pod) };
}

/** Kinds of which the dump has nothing are not known: nobody says that they were asked for. */
function surroundingsIn(objects: readonly AnyObject[], target: string): RestoreSurroundings {
  const lists = (Object.keys(SURROUNDING_RESOURCES) as SurroundingKind[]).flatMap((kind) => {
    const items = objects.filter((object) => object.kind === kind && object.apiVersion === apiVersionOf(SURROUNDING_RESOURCES[kind]));
    const here = kind === 'ResourceQuota' ? items.filter(({ metadata }) => metadata.namespace === target) : items;
    return [[kind, items.length === 0 ? { why: 'the dump has none.' } : { items: here }] as const];
  });
  return { lists: Object.fromEntries(lists), mayDo: () => undefined };
}

function isAnyObject(value: unknown): value is AnyObject {
  return isJsonObject(value) && jsonText(value, 'apiVersion') !== undefined && jsonText(value, 'kind') !== undefined && jsonText(value, 'metadata', 'name') !== undefined;
}
