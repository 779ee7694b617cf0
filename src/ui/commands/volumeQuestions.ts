import * as l10n from '@vscode/l10n';
import { isSnapshot } from '../../kubeblocks/backupState';
import type { Inventory } from '../../kubeblocks/inventory';
import { nameProblem } from '../../kubeblocks/names';
import type { VolumesAround } from '../../kubeblocks/volumeRestoreRequest';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { ObjectRef } from '../objectRef';
import { mapAnswer, type Choice } from '../prompts/prompts';
import type { Step } from '../prompts/steps';
import { clusterChoices, requireChoices } from './pickObject';
import { volumesNamespace, type VolumeDraft } from './volumeDraft';

type Ask = Step<VolumeDraft>;

/** Which part of a restore, where a backup has both. */
export function askStage(app: App): Ask {
  return async (draft, position) => {
    const choices: readonly Choice<VolumeDraft['stage']>[] = [
      { label: l10n.t('Fill volume claims'), detail: l10n.t('What is written before a database starts'), icon: 'database', value: 'prepareData' },
      { label: l10n.t('Run the steps after the start'), detail: l10n.t('In a cluster that runs'), icon: 'debug-step-over', value: 'postReady' },
    ];
    const answer = await app.prompts.pick({ title: l10n.t('Restore {0}', draft.backup.metadata.name), placeholder: l10n.t('Which part of the restore'), choices, active: (stage) => stage === draft.stage, position });
    return mapAnswer(answer, (stage) => ({ ...draft, stage }));
  };
}

/** Which claim gets a volume. A snapshot becomes a new claim, all else is written into one that exists. */
export function askClaim(app: App, volume: string, { claims }: VolumesAround): Ask {
  return async (draft, position) => {
    const title = l10n.t('Claim for volume {0}', volume);
    const chosen = (claim: string): VolumeDraft => ({ ...draft, claims: { ...draft.claims, [volume]: claim } });
    if (isSnapshot(draft.backup) || claims === undefined) {
      const prompt = isSnapshot(draft.backup) ? l10n.t('A snapshot becomes a new claim: a name that is free') : l10n.t('A claim in {0} that exists', volumesNamespace(draft));
      const answer = await app.prompts.input({ title, prompt, value: draft.claims[volume] ?? '', validate: (text) => nameProblem(text.trim()), position });
      return mapAnswer(answer, (text) => chosen(text.trim()));
    }
    if (claims.length === 0) {
      throw new CommandError(l10n.t('There is no volume claim in {0} to restore into. Create one first, as large as the data.', volumesNamespace(draft)));
    }
    const choices = claims.map(({ metadata }): Choice<string> => ({ label: metadata.name, description: volumesNamespace(draft), icon: 'database', value: metadata.name }));
    const answer = await app.prompts.pick({ title, placeholder: l10n.t('What it holds is overwritten'), choices, active: (claim) => claim === draft.claims[volume], position });
    return mapAnswer(answer, chosen);
  };
}

/** In which cluster the steps after the start are run. */
export function askCluster(app: App, inventory: () => Inventory): Ask {
  return async (draft, position) => {
    const choices = clusterChoices(inventory()).filter(({ value }) => value.namespace === volumesNamespace(draft));
    requireChoices(inventory(), ['clusters'], choices, l10n.t('There is no cluster in {0}.', volumesNamespace(draft)));
    const answer = await app.prompts.pick<ObjectRef>({ title: l10n.t('Cluster that runs'), placeholder: l10n.t('What it holds may be overwritten'), choices, active: ({ name }) => name === draft.cluster, position });
    return mapAnswer(answer, ({ name }) => ({ ...draft, cluster: name }));
  };
}
