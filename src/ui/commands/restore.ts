import * as l10n from '@vscode/l10n';
import { backupState, backupType } from '../../kubeblocks/backupState';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import type { Backup } from '../../kubeblocks/objects';
import { noWayText, restoreWays } from '../../kubeblocks/restoreWays';
import { loadBackup } from '../../operations/restore';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { ObjectRef } from '../objectRef';
import { runSteps, type Step } from '../prompts/steps';
import { CLUSTER_PLANS } from './clusterPlans';
import type { Command } from './command';
import { askParameter, inAskingOrder } from './parameterQuestion';
import { backupChoices, pickBackup, pickRef, requireChoices, requireInventory } from './pickObject';
import { planStep } from './planReview';
import { requireOperations } from './requireOperations';
import { restoreParametersOf, type RestoreDraft } from './restoreDraft';
import { askNamespace, askTargetName, askTime, askWay, timeProposal } from './restoreQuestions';
import type { Follow } from './review';

/** Restores a backup set into a new cluster: asks what is needed, shows the manifest and the server's word, follows it. */
export const restore: Command = async (app, { ref, argument }) => {
  const inventory = await requireInventory(app, ['clusters', 'backups', 'policies', 'actionSets', 'repos', 'restores', 'opsRequests']);
  app.contextRules.requireChangeable(inventory.context);
  if (restoreWays(inventory.line).length === 0) {
    throw new CommandError(noWayText(inventory));
  }
  const source = await sourceOf(app, inventory, ref);
  const backup = await loadBackup(requireOperations(app, inventory.context), source.namespace, source.name);
  const created: Follow[] = [];
  const at = restoreTimeOf(argument);
  const start: RestoreDraft = { backup, parameters: {}, ...(at === undefined ? {} : { restoreTime: at, timeText: timeProposal(at, app.time()) }) };
  const last = planStep(app, CLUSTER_PLANS, inventory.context, (follow) => created.push(follow));
  await runSteps((draft: RestoreDraft) => [...questions(app, inventory, draft), last], start);
  return created.at(-1);
};

/** The instant that was chosen on a timeline, ms since the epoch; arguments may come from anywhere. */
function restoreTimeOf(argument: unknown): number | undefined {
  const { restoreTime } = (typeof argument === 'object' && argument !== null ? argument : {}) as { readonly restoreTime?: unknown };
  return typeof restoreTime === 'number' && Math.abs(restoreTime) <= 8_640_000_000_000_000 ? restoreTime : undefined;
}

/** The backup set that was meant: the target itself, one of the target cluster's, or any. */
async function sourceOf(app: App, inventory: Inventory, ref: ObjectRef | undefined): Promise<ObjectRef> {
  if (ref?.kind === 'backup') {
    return ref;
  }
  const title = l10n.t('Restore');
  const entry = ref?.kind === 'cluster' ? indexClusters(inventory).entries.get(objectKey(ref.namespace, ref.name)) : undefined;
  if (entry === undefined) {
    return pickBackup(app, title, isRestorable);
  }
  const backups = entry.backups.filter(isRestorable);
  if (backups.length === 0 && inventory.backups.state.state !== 'forbidden') {
    throw new CommandError(l10n.t('{0} cannot be restored: it has no completed backup set. Back it up first.', entry.name), {
      action: { label: l10n.t('Back Up Now…'), command: 'kubeblocksBackup.backUpNow', arguments: [ref] },
    });
  }
  const from = l10n.t('Restore {0} from', entry.name);
  requireChoices(inventory, ['backups'], backups, l10n.t('There is no backup set to choose: none fits “{0}”.', from));
  return pickRef(app, from, backupChoices(backups, app.time()));
}

/** Completed, or a log backup that holds something. */
export function isRestorable(backup: Backup): boolean {
  return backupState(backup) === 'completed' || (backupType(backup) === 'Continuous' && backup.status?.timeRange?.end !== undefined);
}

function questions(app: App, inventory: Inventory, draft: RestoreDraft): readonly Step<RestoreDraft>[] {
  const latest = (): Inventory => app.active.inventory ?? inventory;
  return [
    ...(draft.backup !== undefined && backupType(draft.backup) === 'Continuous' ? [askTime(app, latest)] : []),
    askNamespace(app),
    askTargetName(app, latest),
    ...(restoreWays(inventory.line).length > 1 ? [askWay(app, inventory)] : []),
    ...inAskingOrder(restoreParametersOf(draft, inventory)).map((parameter) => askParameter<RestoreDraft>(app, parameter)),
  ];
}
