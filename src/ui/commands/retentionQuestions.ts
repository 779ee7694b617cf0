import * as l10n from '@vscode/l10n';
import { retentionProblem } from '../../kubeblocks/backupPlan';
import { expiryOf } from '../../kubeblocks/retention';
import type { DeletionPolicy, Expiry } from '../../kubeblocks/retentionPlan';
import { localAndUtcText, type TimeContext } from '../../kubeblocks/timeText';
import type { App } from '../app';
import { mapAnswer } from '../prompts/prompts';
import type { Step } from '../prompts/steps';

/** What these questions answer. */
export interface RetentionAnswers {
  readonly retention?: string;
  readonly deletionPolicy?: DeletionPolicy;
}

const USUAL_RETENTION = '7d';

/** How long. `expiryWith`: when a backup with that retention goes; by default one that ends now. */
export function askRetention<D extends RetentionAnswers>(app: App, expiryWith: (retention: string) => Expiry | undefined = (retention) => expiryFromNow(app, retention)): Step<D> {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('How long to keep it'),
      prompt: l10n.t('For example 7d, 1mo or 12h; empty keeps it for ever'),
      value: draft.retention ?? USUAL_RETENTION,
      validate: (text) => retentionProblem(text.trim()),
      explain: (text) => expiryWords(expiryWith(text.trim()), app.time()),
      position,
    });
    return mapAnswer(answer, (retention) => ({ ...draft, retention: retention.trim() }));
  };
}

function expiryFromNow(app: App, retention: string): Expiry {
  const at = expiryOf(retention, app.time().now);
  return at === undefined ? { kind: 'never' } : { kind: 'at', at };
}

/** `Expires 2026-11-30 13:10:04 (12:10:04 UTC)`. */
export function expiryWords(expiry: Expiry | undefined, time: TimeContext): string | undefined {
  switch (expiry?.kind) {
    case undefined:
      return undefined;
    case 'never':
      return l10n.t('Is kept until somebody deletes it');
    case 'afterEnd':
      return l10n.t('Is counted from when it ends');
    case 'at':
      return expiry.at <= time.now
        ? l10n.t('Would have expired {0}: it is deleted at once', localAndUtcText(expiry.at, time))
        : l10n.t('Expires {0}', localAndUtcText(expiry.at, time));
  }
}

/** What becomes of the data. */
export function askDeletionPolicy<D extends RetentionAnswers>(app: App): Step<D> {
  return async (draft, position) => {
    const answer = await app.prompts.pick<DeletionPolicy>({
      title: l10n.t('When the backup set is deleted'),
      placeholder: l10n.t('What happens to the data in the repository'),
      choices: [
        { label: l10n.t('Delete the data too'), description: 'Delete', icon: 'trash', value: 'Delete' },
        { label: l10n.t('Keep the data'), description: 'Retain', detail: l10n.t('The backup set cannot be deleted either, until its deletion policy is changed to Delete.'), icon: 'lock', value: 'Retain' },
      ],
      active: (value) => value === (draft.deletionPolicy ?? 'Delete'),
      position,
    });
    return mapAnswer(answer, (deletionPolicy) => ({ ...draft, deletionPolicy }));
  };
}
