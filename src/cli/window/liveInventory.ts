import * as l10n from '@vscode/l10n';
import type { CollectionName, Inventory } from '../../kubeblocks/inventory';
import type { Logger } from '../../kubeblocks/ports';
import { createClusterSource } from '../../kubernetes/clusterSource';
import type { ClusterSession } from '../../kubernetes/session';
import { systemClock } from '../../kubernetes/systemClock';
import type { CliProcess } from '../cliProcess';

/** How long (ms) a cluster may take until its lists are there. */
const LONGEST = 60_000;
/** Without backups and clusters nothing can be said; without the others less. */
const NEEDED: readonly CollectionName[] = ['backups', 'clusters'];
const WANTED: readonly CollectionName[] = [...NEEDED, 'actionSets', 'schedules', 'policies'];

export interface LiveInventory {
  readonly inventory: Inventory;
  /** By the cluster's clock, ms since the epoch. */
  readonly now: number;
}

/** Lists a cluster once. Rejects with a sentence where it cannot be reached, or its backups may not be read. */
export function liveInventory(kubeconfig: string | undefined, context: string | undefined, process: CliProcess): Promise<LiveInventory> {
  return withCluster({ kubeconfig, context, wanted: WANTED }, process, (session) => Promise.resolve({ inventory: session.inventory, now: session.time.now() }));
}

export interface WantedCluster {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** The lists that must have been read, or refused. */
  readonly wanted: readonly CollectionName[];
}

/** Connects, waits for the lists, lets them be used, and closes. Rejects with a sentence where the cluster cannot be reached, or its backups may not be read. */
export async function withCluster<T>({ kubeconfig, context, wanted }: WantedCluster, { stderr }: CliProcess, use: (session: ClusterSession) => Promise<T>): Promise<T> {
  const logger = loggerTo((line) => stderr.write(`${line}\n`));
  const source = createClusterSource({ logger, clock: systemClock });
  const config = await source.read(kubeconfig);
  const chosen = context ?? config.current ?? config.contexts[0]?.name;
  if (chosen === undefined) {
    throw new Error(l10n.t('No cluster to talk to: there is no kubeconfig with a context. Give one with --kubeconfig, or a dump with --from.'));
  }
  const session = await source.connect(kubeconfig, chosen);
  try {
    await untilListed(session, wanted);
    return await use(session);
  } finally {
    session.dispose();
  }
}

function untilListed(session: ClusterSession, wanted: readonly CollectionName[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      clearTimeout(timer);
      stop();
      act();
    };
    const timer = setTimeout(() => end(() => reject(new Error(l10n.t('{0} did not answer within {1} s. Try again, or look at the connection.', session.context, LONGEST / 1000)))), LONGEST);
    const look = (): void => {
      const { inventory } = session;
      const problem = problemOf(inventory);
      if (problem !== undefined) {
        end(() => reject(new Error(problem)));
      } else if (wanted.every((name) => inventory[name].state.state !== 'loading')) {
        end(resolve);
      }
    };
    const stop = session.onDidChange(look);
    look();
  });
}

function problemOf({ context, connection, ...lists }: Inventory): string | undefined {
  if (connection.state === 'noKubeBlocks') return l10n.t('{0} has no KubeBlocks: its kinds are not installed. Choose another context with --context.', context);
  if (connection.state === 'failed') return l10n.t('No connection to {0}: {1}', context, connection.message);
  for (const name of NEEDED) {
    const { state } = lists[name];
    if (state.state === 'failed') return l10n.t('The {0} of {1} could not be listed: {2}', name, context, state.message);
    if (state.state === 'forbidden') return l10n.t('Nothing can be said: you may not {0} {1} in {2}. Ask an administrator for the right.', state.verb, state.resource, context);
  }
  return undefined;
}

/** Warnings go to the person, the rest nowhere. */
function loggerTo(write: (line: string) => void): Logger {
  const nothing = (): void => undefined;
  return { debug: nothing, info: nothing, warn: write, error: write };
}
