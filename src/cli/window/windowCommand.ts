import * as l10n from '@vscode/l10n';
import { indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { clusterWindow } from '../../kubeblocks/clusterWindow';
import type { Inventory } from '../../kubeblocks/inventory';
import type { CliProcess } from '../cliProcess';
import { dumpInventory } from './dumpInventory';
import { liveInventory, type LiveInventory } from './liveInventory';
import { parseWindowArguments, WINDOW_HELP, type WindowArguments } from './windowArguments';
import { windowJson, windowText } from './windowReport';

/** `kubeblocks-backup window`: to which instants a cluster can be restored. */
export async function runWindow(args: readonly string[], process: CliProcess): Promise<number> {
  const given = parseWindowArguments(args);
  if (given.help) {
    process.stdout.write(WINDOW_HELP);
    return 0;
  }
  const { inventory, now } = await read(given, process);
  const entry = findCluster(inventory, given);
  const reported = { entry, window: clusterWindow(inventory, entry, now), source: inventory.context };
  process.stdout.write(given.output === 'json' ? windowJson(reported) : windowText(reported, given.from === undefined ? Date.now() : now));
  return 0;
}

async function read({ from, now = Date.now(), kubeconfig, context }: WindowArguments, process: CliProcess): Promise<LiveInventory> {
  return from === undefined ? liveInventory(kubeconfig, context, process) : { inventory: dumpInventory(from, now), now };
}

/** The live cluster of the name, else the one that was backed up last. */
function findCluster(inventory: Inventory, { cluster, namespace, from }: WindowArguments): ClusterEntry {
  const named = [...indexClusters(inventory).entries.values()].filter(({ name }) => name === cluster);
  const namespaces = [...new Set(named.map((entry) => entry.namespace))].sort();
  const wanted = namespace ?? (from === undefined ? inventory.defaultNamespace : namespaces.length > 1 ? undefined : namespaces[0]);
  const [found] = named.filter((entry) => entry.namespace === wanted).sort(liveFirst);
  if (found !== undefined) return found;
  if (wanted === undefined && namespaces.length > 1) throw new Error(l10n.t('There is a cluster {0} in {1}. Give one with --namespace.', cluster, namespaces.join(', ')));
  const where = wanted === undefined ? inventory.context : l10n.t('namespace {0} of {1}', wanted, inventory.context);
  const elsewhere = namespaces.length === 0 ? l10n.t('Nor is there a backup of one.') : l10n.t('There is one in {0}; give it with --namespace.', namespaces.join(', '));
  throw new Error(l10n.t('There is no cluster {0} in {1}. {2}', cluster, where, elsewhere));
}

function liveFirst(a: ClusterEntry, b: ClusterEntry): number {
  const made = ({ backups }: ClusterEntry): string => backups[0]?.metadata.creationTimestamp ?? '';
  return Number(b.cluster !== undefined) - Number(a.cluster !== undefined) || (made(a) < made(b) ? 1 : -1);
}
