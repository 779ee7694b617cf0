import * as l10n from '@vscode/l10n';
import type { CollectionName, Inventory } from '../../kubeblocks/inventory';
import { readCrd, type CrdManifest } from '../../kubeblocks/schema/readCrd';
import type { CrdDefinition } from '../../kubeblocks/schema/crd';
import { ApiError, type KubernetesApi } from '../../kubernetes/api';
import { createClusterSource } from '../../kubernetes/clusterSource';
import type { ClusterSession } from '../../kubernetes/session';
import { systemClock } from '../../kubernetes/systemClock';
import { secretReader } from '../../operations/secretKeys';
import type { CliOutput } from '../cliProcess';
import { UsageError } from '../usageError';
import type { LiveCluster, ReadCluster } from './liveCluster';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** How long (ms) a cluster may take to say what it holds. */
const PATIENCE = 30_000;
const LISTED: readonly CollectionName[] = ['clusters', 'backups', 'policies', 'schedules', 'repos', 'actionSets', 'storageProviders', 'restores', 'opsRequests', 'snapshotClasses'];

/** Reads clusters as kubectl would find them. What could not be followed is said on `stderr`. */
export function createReadCluster(stderr: CliOutput, env: Readonly<Record<string, string | undefined>> = process.env): ReadCluster {
  return async (context) => {
    const quiet = (): void => undefined;
    const say = (message: string): void => void stderr.write(`${message}\n`);
    const logger = { debug: quiet, info: quiet, warn: quiet, error: say };
    const source = createClusterSource({ logger, clock: systemClock, env });
    const { current } = await source.read(undefined);
    const chosen = context ?? current;
    if (chosen === undefined) throw new UsageError(l10n.t('--live: the kubeconfig has no current context. Name one with --context.'));
    const session = await source.connect(undefined, chosen);
    try {
      const inventory = await untilListed(session);
      return { inventory, crds: await readCrds(session.api), secrets: secretReader({ api: session.api, logger }, session.context), dispose: () => session.dispose() };
    } catch (error) {
      session.dispose();
      throw error;
    }
  };
}

/** The inventory once every list is there, or is known not to come. */
function untilListed(session: ClusterSession): Promise<LiveCluster['inventory']> {
  return new Promise((resolve, reject) => {
    const look = (inventory: Inventory): boolean => {
      const why = refusal(inventory);
      if (why === undefined && !isListed(inventory)) return false;
      stop();
      clearTimeout(timer);
      if (why === undefined) resolve(inventory);
      else reject(new Error(why));
      return true;
    };
    const stop = session.onDidChange(look);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(l10n.t('{0} did not answer in {1} s. Check the connection, or lint without --live.', session.context, PATIENCE / 1000)));
    }, PATIENCE);
    look(session.inventory);
  });
}

function refusal({ connection, context }: Inventory): string | undefined {
  if (connection.state === 'noKubeBlocks') return l10n.t('{0} has no KubeBlocks. Choose another context, or lint without --live.', context);
  return connection.state === 'failed' ? l10n.t('{0} cannot be read: {1}', context, connection.message) : undefined;
}

function isListed(inventory: Inventory): boolean {
  return inventory.connection.state === 'connected' && LISTED.every((name) => inventory[name].state.state !== 'loading');
}

async function readCrds(api: KubernetesApi): Promise<readonly CrdDefinition[] | undefined> {
  try {
    const { items } = (await api.getPath(CRDS)) as { readonly items: readonly CrdManifest[] };
    return items.filter(({ spec }) => spec.group === 'kubeblocks.io' || spec.group.endsWith('.kubeblocks.io')).map(readCrd);
  } catch (error) {
    if (error instanceof ApiError && error.details.status === 403) return undefined;
    throw error;
  }
}
