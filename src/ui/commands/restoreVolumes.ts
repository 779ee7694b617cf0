import * as l10n from '@vscode/l10n';
import { backupType } from '../../kubeblocks/backupState';
import type { Inventory } from '../../kubeblocks/inventory';
import { stagesOf, volumesIn, type VolumesAround } from '../../kubeblocks/volumeRestoreRequest';
import { loadBackup } from '../../operations/restore';
import { readVolumes } from '../../operations/volumeRestore';
import type { App } from '../app';
import { CommandError } from '../commandError';
import { mapAnswer } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import type { Command } from './command';
import { askParameter, inAskingOrder } from './parameterQuestion';
import { pickBackup, requireInventory } from './pickObject';
import { planStep } from './planReview';
import { requireOperations } from './requireOperations';
import { isRestorable } from './restore';
import { restoreParametersOf } from './restoreDraft';
import { askTime } from './restoreQuestions';
import type { Follow } from './review';
import type { VolumeDraft } from './volumeDraft';
import { VOLUME_PLANS } from './volumePlans';
import { askClaim, askCluster, askStage } from './volumeQuestions';

/** Makes a Restore object by hand: into volume claims, or of the steps after the start in a cluster that runs. Shows its plan, and follows it. */
export const restoreVolumes: Command = async (app, { ref }) => {
  const inventory = await requireInventory(app, ['clusters', 'backups', 'actionSets', 'restores', 'repos']);
  app.contextRules.requireChangeable(inventory.context);
  const source = ref?.kind === 'backup' ? ref : await pickBackup(app, l10n.t('Restore Volumes'), isRestorable);
  const operations = requireOperations(app, inventory.context);
  const backup = await loadBackup(operations, source.namespace, source.name);
  const stages = stagesOf(inventory, backup);
  const [first] = stages;
  if (first === undefined) {
    throw new CommandError(l10n.t('{0} cannot be restored by a Restore object: its action set does nothing for a restore. Restore it as a new cluster.', source.name), {
      action: { label: l10n.t('Restore…'), command: 'kubeblocksBackup.restore', arguments: [source] },
    });
  }
  const around = await readVolumes(operations.api, backup.metadata.namespace ?? '');
  const created: Follow[] = [];
  const last = planStep(app, VOLUME_PLANS, inventory.context, (follow) => created.push(follow));
  await runSteps((draft: VolumeDraft) => [...questions(app, inventory, draft, { stages, around }), last], { backup, parameters: {}, stage: first, claims: {} });
  return created.at(-1);
};

function questions(app: App, inventory: Inventory, draft: VolumeDraft, { stages, around }: { readonly stages: readonly VolumeDraft['stage'][]; readonly around: VolumesAround }): readonly Step<VolumeDraft>[] {
  const { backup, stage } = draft;
  const latest = (): Inventory => app.active.inventory ?? inventory;
  const time: Step<VolumeDraft> = async (asked, position) => mapAnswer(await askTime(app, latest)(asked, position), (answered) => ({ ...asked, ...answered, backup }));
  return [
    ...(backupType(backup) === 'Continuous' ? [time] : []),
    ...(stages.length > 1 ? [askStage(app)] : []),
    ...(stage === 'prepareData' ? volumesIn(backup).map(({ name }) => askClaim(app, name, around)) : [askCluster(app, latest)]),
    ...inAskingOrder(restoreParametersOf(draft, inventory)).map((parameter) => askParameter<VolumeDraft>(app, parameter)),
  ];
}
