import * as l10n from '@vscode/l10n';
import type { Backup } from '../../kubeblocks/objects';
import { isStarted, loadBackup } from '../../operations/restore';
import type { App } from '../app';
import { Cancelled, CommandError } from '../commandError';
import { parseAddress } from '../documents/documentAddress';
import { openPlan } from '../restorePlans/openPlan';
import type { OpenPlan } from '../restorePlans/openPlans';
import { linkedPlan, type LinkedPlan } from '../restorePlans/planLink';
import { agreeToChange } from './agreeToChange';
import type { Command } from './command';
import { CLUSTER_PLANS } from './clusterPlans';
import { exportPlan } from './exportRestorePlan';
import { notify } from './notify';
import { requireInventory } from './pickObject';
import { reviewAgain } from './planReview';
import { requireOperations } from './requireOperations';
import type { RestoreDraft } from './restoreDraft';
import { startOpenPlan } from './startRestore';
import type { VolumeDraft } from './volumeDraft';
import { VOLUME_PLANS } from './volumePlans';

/** Starts the restore of a plan that is open, if it is still true. */
export const startRestorePlan: Command = async (app, { argument }) => {
  const open = await requirePlan(app, argument);
  const operations = requireOperations(app, open.context);
  const agreed = await agreeToChange(app, open.context, l10n.t('Restore into {0}', open.made.plan.target.name));
  if (agreed.kind !== 'value') {
    throw new Cancelled();
  }
  return startOpenPlan(app, operations, open);
};

/** Asks about a plan that is open again: what is changed is judged at once. */
export const changeRestorePlan: Command = async (app, { argument }) => {
  const open = await requirePlan(app, argument);
  const { plan, hash } = open.made;
  if (await isStarted(requireOperations(app, open.context), plan, hash)) {
    throw new CommandError(l10n.t('The plan to restore into {0} was started already, so it cannot be changed. Make another with Restore….', plan.target.name));
  }
  return reviewAgain(app, open);
};

export const exportRestorePlan: Command = async (app, { argument }) => {
  await exportPlan(app, await requirePlan(app, argument));
  return undefined;
};

/** Opens the plan that a link says. Creates nothing. */
export const openRestorePlan: Command = async (app, { argument }) => {
  const link = linkedPlan(argument);
  if (link === undefined) {
    throw new CommandError(l10n.t('The link opens no restore plan: it is not whole, or not one of KubeBlocks Backup. Ask for a new one.'));
  }
  await openLinked(app, link);
  return undefined;
};

/** Makes the plan from its names, and shows it. */
export async function openLinked(app: App, link: LinkedPlan): Promise<void> {
  const inventory = await requireInventory(app, ['clusters', 'backups', 'actionSets', 'repos', 'restores', 'opsRequests']);
  await agreeToContext(app, link, inventory.context);
  const open = await madeFrom(app, inventory.context, link);
  if (open !== undefined) {
    app.restorePlans.keep(open);
    await app.documents.preview(open.document, await open.text());
  }
}

async function madeFrom(app: App, context: string, link: LinkedPlan): Promise<OpenPlan | undefined> {
  const operations = requireOperations(app, context);
  const load = (name: string): Promise<Backup> => loadBackup(operations, link.namespace, name);
  const [backup, ...others] = await Promise.all([load(link.backup), ...(link.others ?? []).map(load)]);
  const common = draftOf(link, backup);
  if (link.volumes === undefined) {
    const draft = { ...common, ...(others.length > 0 && { others }) };
    const made = await CLUSTER_PLANS.make(app, operations, draft);
    return made === undefined ? undefined : openPlan(app, CLUSTER_PLANS, context, draft, made);
  }
  const draft: VolumeDraft = { ...common, ...link.volumes, backup, stage: link.volumes.cluster === undefined ? 'prepareData' : 'postReady' };
  const made = await VOLUME_PLANS.make(app, operations, draft);
  return made === undefined ? undefined : openPlan(app, VOLUME_PLANS, context, draft, made);
}

function draftOf({ targetName, targetNamespace, restoreTime, way, volumeRestorePolicy, deferPostReadyUntilClusterRunning, components, onlyRestored, parameters = {} }: LinkedPlan, backup: Backup): RestoreDraft {
  return {
    backup,
    targetName,
    targetNamespace,
    parameters,
    ...(restoreTime !== undefined && { restoreTime }),
    ...(way !== undefined && { way }),
    ...(volumeRestorePolicy !== undefined && { volumeRestorePolicy }),
    ...(deferPostReadyUntilClusterRunning !== undefined && { deferPostReadyUntilClusterRunning }),
    ...(components !== undefined && { components }),
    ...(onlyRestored !== undefined && { onlyRestored }),
  };
}

/** Contexts have other names elsewhere: who opens the link says whether the connected one is meant. */
async function agreeToContext(app: App, link: LinkedPlan, connected: string): Promise<void> {
  if (link.context === connected) {
    return;
  }
  const answer = await app.prompts.pick({
    title: l10n.t('Open the plan to restore into {0}', link.targetName),
    placeholder: l10n.t('The link was made in {0}, but {1} is connected', link.context, connected),
    choices: [
      { label: l10n.t('Open It in {0}', connected), icon: 'go-to-file', value: true },
      { label: l10n.t('Leave'), icon: 'close', value: false },
    ],
  });
  if (answer.kind !== 'value' || !answer.value) {
    throw new Cancelled();
  }
}

/**
 * The plan that is meant: that of the document in front, or the one that was made last. One that was open before the window
 * was reloaded is shown anew; what is done with it comes after it was read.
 */
async function requirePlan(app: App, argument: unknown): Promise<OpenPlan> {
  const name = documentNamed(argument);
  const open = name === undefined ? app.restorePlans.newest : app.restorePlans.find(name);
  if (open === undefined) {
    const link = app.restorePlans.remembered.findLast((each) => name === undefined || each.document === name)?.link;
    if (link !== undefined) {
      await openLinked(app, link);
      notify(app, 'warning', l10n.t('The window was reloaded since the plan to restore into {0} was shown, so it is made and shown anew; variables for the restore jobs are not remembered. Nothing was started: look at it, and do it then.', link.targetName), []);
      throw new Cancelled();
    }
    throw new CommandError(l10n.t('There is no restore plan in this window (any more). Make one with Restore….'), {
      action: { label: l10n.t('Restore…'), command: 'kubeblocksBackup.restore' },
    });
  }
  return open;
}

/** Of a lens, or of an editor's title, which hands its document's address over. */
function documentNamed(argument: unknown): string | undefined {
  const { plan, query } = (typeof argument === 'object' && argument !== null ? argument : {}) as { readonly plan?: unknown; readonly query?: unknown };
  if (typeof plan === 'string') {
    return plan;
  }
  const address = typeof query === 'string' ? parseAddress(query) : undefined;
  return address?.form === 'preview' ? address.name : undefined;
}
