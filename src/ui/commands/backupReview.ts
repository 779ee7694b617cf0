import * as l10n from '@vscode/l10n';
import type { BackupPlan } from '../../kubeblocks/backupPlan';
import { backupRequest } from '../../kubeblocks/backupRequest';
import type { Inventory } from '../../kubeblocks/inventory';
import { KINDS } from '../../kubeblocks/kinds';
import type { OpsRequest } from '../../kubeblocks/objects';
import { localText } from '../../kubeblocks/timeText';
import { backUp, tryBackup } from '../../operations/backUp';
import { requestBackup, tryRequest, untilBackupMade } from '../../operations/requestBackup';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import { mapAnswer } from '../prompts/prompts';
import type { Step } from '../prompts/steps';
import { planOf, type BackupDraft } from './backupDraft';
import { followBackup, followedBackup } from './followBackup';
import { notify } from './notify';
import { reporting } from './reporting';
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
    const asked = app.settings.backUpAs === 'OpsRequest' ? backupRequest(inventory.line, plan) : undefined;
    const answer = await review(app, {
      title: l10n.t('Back Up {0}', draft.entry?.name ?? ''),
      context: inventory.context,
      accept: asked === undefined ? l10n.t('Create Backup {0}', name) : l10n.t('Create OpsRequest {0}', name),
      summary: summaryOf(app, plan, inventory.context),
      document: `${name}.yaml`,
      plan: { ...(asked ?? { resource: KINDS.backup, object: plan.object }), findings: plan.findings },
      dryRun: async (signal) => accepted(asked === undefined ? await tryBackup(operations, plan, signal) : await tryRequest(operations, inventory.line, plan, signal)),
      submit: async () => {
        if (asked !== undefined) {
          const ops = await requestBackup(operations.submissions, inventory.line, plan);
          return () => followRequest(app, operations, inventory, ops);
        }
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

/** The Backup is KubeBlocks' to make: it is waited for, and followed from then on. */
async function followRequest(app: App, operations: Operations, { line, context }: Inventory, ops: OpsRequest): Promise<void> {
  const { name } = ops.metadata;
  const backup = await app.views.withProgress(l10n.t('OpsRequest {0} (“Cancel” only stops waiting)', name), (report, signal) => untilBackupMade(operations, line, ops, reporting(report, signal)));
  if (backup === undefined) {
    notify(app, 'info', l10n.t('Nobody waits for OpsRequest {0} any more; it goes on in the cluster.', name), []);
    return;
  }
  await followBackup(app, operations, followedBackup(context, backup));
}

function summaryOf(app: App, { object, expiresAt }: BackupPlan, context: string): string {
  const { namespace = '' } = object.metadata;
  return expiresAt === undefined
    ? l10n.t('Kept until somebody deletes it, in {0} ({1}).', namespace, context)
    : l10n.t('Expires {0}, in {1} ({2}).', localText(expiresAt, app.time()), namespace, context);
}
