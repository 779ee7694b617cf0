import * as l10n from '@vscode/l10n';
import { backupState } from '../../kubeblocks/backupState';
import { KINDS } from '../../kubeblocks/kinds';
import type { Backup } from '../../kubeblocks/objects';
import { expiryWith, planRetention, retentionPatches, type RetentionPlan } from '../../kubeblocks/retentionPlan';
import { changeRetention as change, tryRetention } from '../../operations/changeRetention';
import { loadBackup } from '../../operations/restore';
import type { App } from '../app';
import { mapAnswer } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import { simple } from './command';
import { lossText } from '../../kubeblocks/lossText';
import { notify } from './notify';
import { pickBackup, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import { askDeletionPolicy, askRetention, expiryWords, type RetentionAnswers } from './retentionQuestions';
import { accepted, review } from './review';

/** Changes how long a backup set that exists is kept, and whether its data goes with it. */
export const changeRetention = simple(async (app, { ref }) => {
  const { context } = await requireInventory(app, ['backups', 'policies', 'actionSets', 'schedules', 'clusters']);
  app.contextRules.requireChangeable(context);
  const { namespace, name } = ref?.kind === 'backup' ? ref : await pickBackup(app, l10n.t('Change Retention'), (each) => backupState(each) !== 'deleting');
  const backup = await loadBackup(requireOperations(app, context), namespace, name);
  await runSteps<RetentionAnswers>(() => [askRetention(app, (retention) => expiryWith(backup, retention)), askDeletionPolicy(app), reviewStep(app, context, backup)], {
    retention: backup.spec?.retentionPeriod ?? '',
    deletionPolicy: backup.spec?.deletionPolicy === 'Retain' ? 'Retain' : 'Delete',
  });
});

function reviewStep(app: App, context: string, backup: Backup): Step<RetentionAnswers> {
  return async (answers, position) => {
    const operations = requireOperations(app, context);
    const { name, namespace = '' } = backup.metadata;
    const plan = planRetention(operations.session.inventory, backup, { retentionPeriod: answers.retention ?? '', deletionPolicy: answers.deletionPolicy ?? 'Delete' }, app.time().now);
    const answer = await review(app, {
      title: l10n.t('Change Retention of {0}', name),
      context,
      accept: l10n.t('Change Backup {0}', name),
      summary: [expiryWords(plan.expiry, app.time()) ?? '', l10n.t('in {0} ({1})', namespace, context)].join(' · '),
      document: `${name}.yaml`,
      plan: { resource: KINDS.backup, object: plan.object, findings: [...plan.findings, ...statusNote(plan)], whole: { objects: [wholeOf(backup, plan)], before: [backup] } },
      dryRun: async (signal) => accepted(await tryRetention(operations, plan, signal)),
      confirm: () => agreesToLoss(app, context, plan),
      submit: async () => {
        await change(operations, plan);
        notify(app, 'info', l10n.t('Backup {0} was changed. {1}.', name, expiryWords(plan.expiry, app.time()) ?? ''), []);
        return () => Promise.resolve();
      },
      position,
    });
    return mapAnswer(answer, () => answers);
  };
}

function wholeOf(backup: Backup, { object }: RetentionPlan): Backup {
  return { ...backup, spec: { ...backup.spec, ...object.spec } };
}

/** What a person should know who wonders why a status is written. */
function statusNote({ backup, request }: RetentionPlan): RetentionPlan['findings'] {
  const { status } = retentionPatches(backup, request);
  const message = l10n.t('KubeBlocks counts the retention of a backup once, when it ends. So its expiration is written, too, in its status.');
  return status === undefined ? [] : [{ severity: 'info', code: 'status', message }];
}

/** An expiry that is over is a deletion, and asked about like one. */
async function agreesToLoss(app: App, context: string, { backup, loss }: RetentionPlan): Promise<boolean> {
  if (loss === undefined) {
    return true;
  }
  const { name, namespace = '' } = backup.metadata;
  return app.prompts.confirm({
    message: l10n.t('Let backup {0} expire now?', name),
    detail: [l10n.t('Context {0}, namespace {1}. KubeBlocks deletes it with its data. This cannot be undone.', context, namespace), ...lossText(loss, app.time())].join('\n\n'),
    accept: l10n.t('Let It Expire'),
  });
}
