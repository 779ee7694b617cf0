import * as l10n from '@vscode/l10n';
import { LABELS } from '../../kubeblocks/labels';
import { nameProblem } from '../../kubeblocks/names';
import type { Inventory } from '../../kubeblocks/inventory';
import { recoverableRanges, recoveryWindow } from '../../kubeblocks/recoveryWindow';
import { rangesText, restoreTimeProblem, targetNameProblem } from '../../kubeblocks/restoreFindings';
import { defaultTargetName } from '../../kubeblocks/restorePlan';
import { restoreWays, type RestoreWay } from '../../kubeblocks/restoreWays';
import { ageText, localAndUtcText, localText, rfc3339, type TimeContext } from '../../kubeblocks/timeText';
import { parseTime } from '../../kubeblocks/wallTime';
import type { App } from '../app';
import { mapAnswer } from '../prompts/prompts';
import type { Step } from '../prompts/steps';
import type { RestoreDraft } from './restoreDraft';

type Ask = Step<RestoreDraft>;

/** To which instant, for a log backup: the bounds are shown in local time and UTC, and each key is judged. */
export function askTime(app: App, inventory: () => Inventory): Ask {
  return async (draft, position) => {
    const window = draft.backup === undefined ? undefined : recoveryWindow(inventory(), draft.backup);
    const latest = window === undefined ? undefined : recoverableRanges(window.segments).at(-1)?.to;
    const time = app.time();
    const bounds = window === undefined ? l10n.t('The log backup has archived nothing yet.') : rangesText(window, time);
    const answer = await app.prompts.input({
      title: l10n.t('Restore {0} to which time', sourceName(draft)),
      prompt: bounds,
      placeholder: l10n.t('for example 11:58, 2026-11-23 11:58:00 or 2026-11-23T09:58:00Z'),
      value: draft.timeText ?? (latest === undefined ? '' : timeProposal(latest, time)),
      validate: (text) => {
        const parsed = parseTime(text, time);
        if (parsed.kind === 'invalid') {
          return l10n.t('{0} {1}', parsed.message, bounds);
        }
        if (parsed.kind === 'ambiguous') {
          return l10n.t('The clock was put back, so that time came twice: {0}. Write it with its offset or in UTC.', parsed.choices.map((ms) => localAndUtcText(ms, time)).join('; '));
        }
        return restoreTimeProblem(window, parsed.ms, time);
      },
      explain: (text) => {
        const parsed = parseTime(text, time);
        return parsed.kind === 'instant' ? l10n.t('{0}, {1}. {2}', localAndUtcText(parsed.ms, time), ageText(parsed.ms, time), bounds) : undefined;
      },
      position,
    });
    return mapAnswer(answer, (timeText) => {
      const parsed = parseTime(timeText, time);
      return { ...draft, timeText, ...(parsed.kind === 'instant' ? { restoreTime: parsed.ms } : {}) };
    });
  };
}

/** The time as one reads it, or in UTC where the clock shows it twice. */
export function timeProposal(ms: number, time: TimeContext): string {
  const text = localText(ms, time);
  return parseTime(text, time).kind === 'instant' ? text : rfc3339(ms);
}

/** Where the new cluster goes. Asked before its name, because a name is free or taken in a namespace. */
export function askNamespace(app: App): Ask {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('Namespace of the new cluster'),
      prompt: l10n.t('It must exist; the backup set is in {0}', draft.backup?.metadata.namespace ?? ''),
      value: draft.targetNamespace ?? draft.backup?.metadata.namespace ?? '',
      validate: (text) => nameProblem(text.trim(), 63),
      position,
    });
    return mapAnswer(answer, (text) => ({ ...draft, targetNamespace: text.trim() }));
  };
}

export function askTargetName(app: App, inventory: () => Inventory): Ask {
  return async (draft, position) => {
    const namespace = draft.targetNamespace ?? '';
    const answer = await app.prompts.input({
      title: l10n.t('Name of the new cluster'),
      prompt: l10n.t('A restore always makes a new cluster beside the old one'),
      value: draft.targetName ?? defaultTargetName(inventory(), namespace, sourceName(draft)),
      validate: (text) => targetNameProblem(inventory(), namespace, text.trim()),
      position,
    });
    return mapAnswer(answer, (text) => ({ ...draft, targetName: text.trim() }));
  };
}

/** In which way, where KubeBlocks has several. */
export function askWay(app: App, inventory: Inventory): Ask {
  return async (draft, position) => {
    const words: Readonly<Record<RestoreWay, { readonly label: string; readonly detail: string }>> = {
      opsRequest: { label: l10n.t('OpsRequest'), detail: l10n.t('KubeBlocks makes the cluster from what the backup set remembers, and checks first.') },
      annotation: { label: l10n.t('Cluster with a restore annotation'), detail: l10n.t('The cluster’s manifest is written here and can be kept. KubeBlocks up to 1.1 only.') },
      spec: { label: l10n.t('Cluster with spec.restore'), detail: l10n.t('The cluster’s manifest is written here and can be kept. KubeBlocks 1.2 only.') },
    };
    const answer = await app.prompts.pick({
      title: l10n.t('How to ask for the restore'),
      placeholder: l10n.t('Both give the same cluster'),
      choices: restoreWays(inventory.line).map((way, index) => ({
        ...words[way],
        ...(index === 0 ? { description: l10n.t('recommended') } : {}),
        icon: way === 'opsRequest' ? 'gear' : 'file-code',
        value: way,
      })),
      active: (way) => way === draft.way,
      position,
    });
    return mapAnswer(answer, (way) => ({ ...draft, way }));
  };
}

/** The cluster that was backed up. */
export function sourceName({ backup }: RestoreDraft): string {
  return backup?.metadata.labels?.[LABELS.instance] ?? backup?.metadata.name ?? '';
}
