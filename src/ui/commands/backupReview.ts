import * as l10n from '@vscode/l10n';
import type { BackupPlan } from '../../kubeblocks/backupPlan';
import { KINDS } from '../../kubeblocks/kinds';
import { localText } from '../../kubeblocks/timeText';
import { backUp, tryBackup } from '../../operations/backUp';
import type { App } from '../app';
import { mapAnswer } from '../prompts/prompts';
import type { Step } from '../prompts/steps';
import { planOf, type BackupDraft } from './backupDraft';
import { followBackup, followedBackup } from './followBackup';
import { requireOperations } from './requireOperations';
import { accepted, review, type Follow } from './review';

/** Shows the Backup of a draft beside the server's word on it, and creates it; `onCreated` gets how to follow it. */
export function backupReview(app: App, context: string, onCreated: (follow: Follow) => void): Step<BackupDraft> {
  return async (draft, position) => {
    const operations = requireOperations(app, context);
    const { inventory } = operations.session;
    const plan = planOf(draft, inventory, app.time().now);
    if (plan === undefined) {
      return { kind: 'back' };
    }
    const { name } = plan.object.metadata;
    const answer = await review(app, {
      title: l10n.t('Back Up {0}', draft.entry?.name ?? ''),
      context: inventory.context,
      accept: l10n.t('Create Backup {0}', name),
      summary: summaryOf(app, plan, inventory.context),
      document: `${name}.yaml`,
      plan: { resource: KINDS.backup, object: plan.object, findings: plan.findings },
      dryRun: async (signal) => accepted(await tryBackup(operations, plan, signal)),
      submit: async () => {
        const { object } = await backUp(operations.submissions, plan);
        return () => followBackup(app, operations, followedBackup(inventory.context, object));
      },
      position,
    });
    return mapAnswer(answer, (follow) => {
      onCreated(follow);
      return draft;
    });
  };
}

function summaryOf(app: App, { object, expiresAt }: BackupPlan, context: string): string {
  const { namespace = '' } = object.metadata;
  return expiresAt === undefined
    ? l10n.t('Kept until somebody deletes it, in {0} ({1}).', namespace, context)
    : l10n.t('Expires {0}, in {1} ({2}).', localText(expiresAt, app.time()), namespace, context);
}
