import * as l10n from '@vscode/l10n';
import type { Inventory } from '../../kubeblocks/inventory';
import { jsonObjects, jsonText } from '../../kubeblocks/json';
import type { VolumeRestorePlan } from '../../kubeblocks/volumeRestorePlan';
import { isOfAllPods, podsOf } from '../../kubeblocks/volumeRestoreRequest';
import { readVolumes } from '../../operations/volumeRestore';
import type { App } from '../app';
import type { Choice } from '../prompts/prompts';
import { askAlone } from '../prompts/steps';
import type { MadePlan } from '../restorePlans/planKind';
import { valueOf } from './manifestTarget';
import { requireOperations } from './requireOperations';
import { jobChoices, policyChoice, type Change } from './restoreChanges';
import type { VolumeDraft } from './volumeDraft';
import { askClaim, askCluster } from './volumeQuestions';

/** Asks what is to be different about a restore into volumes, then how; undefined where the person leaves. */
export async function askVolumeChange(app: App, draft: VolumeDraft, { plan }: MadePlan<VolumeRestorePlan>): Promise<VolumeDraft | undefined> {
  const { request, target } = plan;
  const inventory = (): Inventory => requireOperations(app, app.active.inventory?.context ?? '').session.inventory;
  const targets = jsonObjects(request.backup.status, 'targets').flatMap((each) => jsonText(each, 'name') ?? []);
  const pods = isOfAllPods(request) ? podsOf(request) : [];
  const choices: readonly Choice<Change<VolumeDraft>>[] = [
    ...plan.claims.map(
      ({ volume, claim }): Choice<Change<VolumeDraft>> => ({
        label: l10n.t('Claim for volume {0}…', volume),
        description: claim,
        icon: 'database',
        value: async () => askAlone(askClaim(app, volume, await readVolumes(requireOperations(app, inventory().context).session.api, target.namespace)), draft),
      }),
    ),
    ...(request.stage === 'postReady' ? [{ label: l10n.t('Cluster that runs…'), description: request.cluster, icon: 'server', value: () => askAlone(askCluster(app, inventory), draft) }] : []),
    ...(plan.claims.length > 1 ? [policyChoice(draft)] : []),
    ...(targets.length > 1 ? [{ label: l10n.t('Whose part of the backup…'), description: draft.sourceTarget ?? targets[0] ?? '', icon: 'list-selection', value: () => askName(app, targets, draft, 'sourceTarget') }] : []),
    ...(pods.length > 1 ? [{ label: l10n.t('Whose copy of the backup…'), description: draft.sourcePod ?? pods[0] ?? '', icon: 'list-selection', value: () => askName(app, pods, draft, 'sourcePod') }] : []),
    ...jobChoices(app, draft, request.backup),
  ];
  const chosen = await app.prompts.pick<Change<VolumeDraft>>({ title: l10n.t('Change the restore into {0}', target.name), placeholder: l10n.t('What is to be different'), choices });
  return chosen.kind === 'value' ? chosen.value() : undefined;
}

async function askName(app: App, names: readonly string[], draft: VolumeDraft, field: 'sourceTarget' | 'sourcePod'): Promise<VolumeDraft> {
  const title = field === 'sourceTarget' ? l10n.t('Whose part of the backup') : l10n.t('Whose copy of the backup');
  const name = valueOf(await app.prompts.pick({ title, placeholder: l10n.t('Type to search'), choices: names.map((value) => ({ label: value, value })), active: (value) => value === draft[field] }));
  return { ...draft, [field]: name };
}
