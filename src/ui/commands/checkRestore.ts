import * as l10n from '@vscode/l10n';
import { backupState } from '../../kubeblocks/backupState';
import { clusterSnapshot } from '../../kubeblocks/clusterSnapshot';
import { describeRestorability } from '../../kubeblocks/describe/describeRestorability';
import { pageToMarkdown } from '../../kubeblocks/describe/markdown';
import type { CollectionName, Inventory } from '../../kubeblocks/inventory';
import { restorability, type RestoreSurroundings } from '../../kubeblocks/restorability';
import type { KubernetesApi } from '../../kubernetes/api';
import { loadBackup } from '../../operations/restore';
import { restoreSurroundings } from '../../operations/restoreSurroundings';
import type { App } from '../app';
import { CommandError } from '../commandError';
import { sessionListed } from '../connection/whenListed';
import { simple } from './command';
import { valueOf } from './manifestTarget';
import { pickBackup, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';

const LISTS: readonly CollectionName[] = ['backups', 'actionSets', 'repos'];
/** How long (ms) another context may take until its lists are there. */
const LONGEST = 30_000;

/** Shows what a restore of a backup set needs, and what of it is there: in the context that is shown, or in another. */
export const checkRestore = simple(async (app, { ref }) => {
  const title = l10n.t('Where Can This Be Restored?');
  const source = await requireInventory(app, LISTS);
  const target = ref?.kind === 'backup' ? ref : await pickBackup(app, title, (backup) => backupState(backup) !== 'failed');
  const context = await chooseTarget(app, source.context, l10n.t('Restore {0} in', target.name));
  const operations = requireOperations(app, source.context);
  const needs = valueOf(
    await app.prompts.busy({ title, placeholder: l10n.t('Looking at {0}…', context) }, async (signal) => {
      const [backup, there] = await Promise.all([loadBackup(operations, target.namespace, target.name), seenIn(app, context, { inventory: source, api: operations.api }, signal)]);
      return restorability({ source, backup, snapshot: clusterSnapshot(backup), target: there.inventory, surroundings: there.surroundings });
    }),
  );
  await app.documents.page(l10n.t('{0} in {1}', target.name, context), pageToMarkdown(describeRestorability(target.name, context, needs)));
});

async function chooseTarget(app: App, shown: string, title: string): Promise<string> {
  const { contexts } = await app.active.contexts();
  const others = contexts.filter(({ name }) => name !== shown);
  if (others.length === 0) {
    return shown;
  }
  const choices = [
    { label: shown, description: l10n.t('shown now'), icon: 'check', value: shown },
    ...others.map(({ name, cluster }) => ({ label: name, description: l10n.t('cluster {0}', cluster), icon: 'server', value: name })),
  ];
  return valueOf(await app.prompts.pick({ title, placeholder: l10n.t('Context to look into; nothing is changed there'), choices }));
}

interface Seen {
  readonly inventory: Inventory;
  readonly surroundings: RestoreSurroundings;
}

/** Another context is connected to for as long as it takes. */
async function seenIn(app: App, context: string, here: { readonly inventory: Inventory; readonly api: KubernetesApi }, signal: AbortSignal): Promise<Seen> {
  if (context === here.inventory.context) {
    return { inventory: here.inventory, surroundings: await restoreSurroundings({ api: here.api, logger: app.log }, signal) };
  }
  const session = await app.active.visit(context);
  try {
    const inventory = await sessionListed(session, LISTS, AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]));
    if (inventory.connection.state !== 'connected') {
      throw new CommandError(l10n.t('{0} could not be looked into: {1}', context, inventory.connection.state === 'failed' ? inventory.connection.message : l10n.t('it has no KubeBlocks')));
    }
    return { inventory, surroundings: await restoreSurroundings({ api: session.api, logger: app.log }, signal) };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw new CommandError(l10n.t('{0} could not be looked into: it did not answer within {1} s.', context, LONGEST / 1000), { cause: error });
    }
    throw error;
  } finally {
    session.dispose();
  }
}
