import * as l10n from '@vscode/l10n';
import { batchHistory, batchItems, planBatch, type BatchItem } from '../../kubeblocks/backupBatch';
import type { BackupPlan } from '../../kubeblocks/backupPlan';
import { bytesText } from '../../kubeblocks/bytes';
import type { PlanFinding } from '../../kubeblocks/finding';
import { keyOf, objectKey, type Inventory } from '../../kubeblocks/inventory';
import { KINDS } from '../../kubeblocks/kinds';
import { ageText, exactDurationText } from '../../kubeblocks/timeText';
import { tryBackup } from '../../operations/backUp';
import { backUpSeveral as run, type BatchOutcome } from '../../operations/backUpSeveral';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import { refOf } from '../objectRef';
import { mapAnswer, type Choice } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import { clip } from '../views/clip';
import type { Command } from './command';
import { notify } from './notify';
import { requireChoices, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import { askDeletionPolicy, askRetention, type RetentionAnswers } from './retentionQuestions';
import { accepted, review, type Follow } from './review';

interface Draft extends RetentionAnswers {
  readonly items?: readonly BatchItem[];
  readonly limit?: number;
}

/** Backs several components or clusters up, each with the method that is recommended for it, some at a time. */
export const backUpSeveral: Command = async (app, { ref }) => {
  const inventory = await requireInventory(app, ['clusters', 'policies', 'actionSets', 'repos', 'backups']);
  app.contextRules.requireChangeable(inventory.context);
  const of = ref?.kind === 'cluster' ? objectKey(ref.namespace, ref.name) : undefined;
  const follows: Follow[] = [];
  await runSteps<Draft>(
    ({ items = [] }) => [askItems(app, inventory, of), askRetention(app), askDeletionPolicy(app), ...(items.length > 1 ? [askLimit(app)] : []), reviewStep(app, inventory.context, (follow) => follows.push(follow))],
    {},
  );
  return follows.at(-1);
};

const title = (): string => l10n.t('Back Up Several');

/** Those of the cluster that the command was called on are taken at first. */
function askItems(app: App, inventory: Inventory, of: string | undefined): Step<Draft> {
  return async (draft, position) => {
    const items = batchItems(inventory);
    const usable = items.filter(({ method }) => method !== undefined);
    requireChoices(inventory, ['clusters', 'policies'], usable, l10n.t('There is nothing to back up: no cluster has a policy with a method that can be used.'));
    const before = new Set((draft.items ?? []).map(({ policy }) => keyOf(policy)));
    const answer = await app.prompts.pickMany({
      title: title(),
      placeholder: items.length === usable.length ? l10n.t('Which clusters and components') : l10n.t('Which clusters and components. {0} cannot be backed up now and are not offered.', items.length - usable.length),
      choices: usable.map((item) => itemChoice(app, item)),
      picked: ({ entry, policy }) => (draft.items === undefined ? entry.key === of : before.has(keyOf(policy))),
      position,
    });
    return mapAnswer(answer, (chosen) => ({ ...draft, items: chosen }));
  };
}

function itemChoice(app: App, item: BatchItem): Choice<BatchItem> {
  const { entry, component, method } = item;
  const last = method?.last;
  const ended = last?.backup.status?.completionTimestamp;
  const history = last === undefined ? l10n.t('not used yet') : [ended === undefined ? undefined : ageText(Date.parse(ended), app.time()), last.bytes === undefined ? undefined : bytesText(last.bytes), last.durationMs === undefined ? undefined : exactDurationText(last.durationMs)].filter((part) => part !== undefined).join(' · ');
  return {
    label: entry.name,
    description: [component, method?.name, method?.repository === undefined ? undefined : l10n.t('to {0}', method.repository)].filter((part) => part !== undefined).join(' · '),
    detail: `${entry.namespace} · ${history}`,
    icon: 'database',
    value: item,
  };
}

const LIMITS = [1, 2, 4, 8];
const USUAL_LIMIT = 2;

function askLimit(app: App): Step<Draft> {
  return async (draft, position) => {
    const items = draft.items ?? [];
    const choices = LIMITS.filter((limit) => limit === 1 || limit < 2 * items.length).map((limit): Choice<number> => {
      const { durationMs } = batchHistory(items, limit);
      return { label: limit === 1 ? l10n.t('One after another') : l10n.t('{0} together', limit), ...(durationMs === 0 ? {} : { description: l10n.t('about {0}', exactDurationText(durationMs)) }), icon: 'layers', value: limit };
    });
    const answer = await app.prompts.pick({ title: title(), placeholder: l10n.t('How many run together: each reads from its database and writes to its repository'), choices, active: (limit) => limit === (draft.limit ?? USUAL_LIMIT), position });
    return mapAnswer(answer, (limit) => ({ ...draft, limit }));
  };
}

function reviewStep(app: App, context: string, onAgreed: (follow: Follow) => void): Step<Draft> {
  return async (draft, position) => {
    const operations = requireOperations(app, context);
    const { items = [], limit = USUAL_LIMIT } = draft;
    const plans = planBatch(operations.session.inventory, items, { retentionPeriod: draft.retention ?? '', deletionPolicy: draft.deletionPolicy ?? 'Delete' }, app.time());
    const last = plans.at(-1);
    if (last === undefined) {
      return { kind: 'back' };
    }
    const answer = await review(app, {
      title: title(),
      context,
      accept: plans.length === 1 ? l10n.t('Create Backup {0}', last.object.metadata.name) : l10n.t('Create {0} Backups', plans.length),
      summary: limit === 1 ? l10n.t('One after another ({0})', context) : l10n.t('At most {0} together ({1})', limit, context),
      document: 'backups.yaml',
      plan: { resource: KINDS.backup, before: plans.slice(0, -1).map(({ object }) => object), object: last.object, findings: [...plans.flatMap(findingsOf), ...expectations(items, limit)] },
      dryRun: async (signal) => {
        const warnings: string[] = [];
        for (const plan of plans) {
          warnings.push(...accepted(await tryBackup(operations, plan, signal)));
        }
        return [...new Set(warnings)];
      },
      submit: () => Promise.resolve(() => app.contextRules.change(context, () => runAll(app, operations, plans, limit))),
      position,
    });
    return mapAnswer(answer, (follow) => {
      onAgreed(follow);
      return draft;
    });
  };
}

/** With the name of the backup they are about. */
function findingsOf({ object, findings }: BackupPlan): readonly PlanFinding[] {
  return findings.map((finding) => ({ ...finding, message: `${object.metadata.name}: ${finding.message}` }));
}

function expectations(items: readonly BatchItem[], limit: number): readonly PlanFinding[] {
  const { bytes, durationMs, unknown } = batchHistory(items, limit);
  const lines = [
    ...(bytes === 0 ? [] : [l10n.t('Expected by the last ones: {0}, about {1}.', bytesText(bytes), exactDurationText(durationMs))]),
    ...(unknown === 0 ? [] : [l10n.t('Of {0} nothing is known yet: they were never backed up with their method.', unknown)]),
  ];
  return lines.map((message) => ({ severity: 'info', code: 'expectation', message }));
}

async function runAll(app: App, operations: Operations, plans: readonly BackupPlan[], limit: number): Promise<void> {
  const outcomes = await app.views.withProgress(l10n.t('Backing up {0} (“Cancel” begins no further one)', plans.length), (report, signal) =>
    run(operations, operations.submissions, plans, { limit, signal, onProgress: (ended, running) => report(l10n.t('{0} of {1} ended; running: {2}', ended, plans.length, running.join(', '))) }),
  );
  tell(app, outcomes);
}

function tell(app: App, outcomes: readonly BatchOutcome[]): void {
  const completed = outcomes.filter(({ kind }) => kind === 'completed').length;
  const waiting = outcomes.filter(({ kind }) => kind === 'stoppedWaiting').length;
  const notStarted = outcomes.filter(({ kind }) => kind === 'notStarted').length;
  const failed = outcomes.flatMap((outcome) => (failureOf(outcome) === undefined ? [] : [{ plan: outcome.plan, why: failureOf(outcome) ?? '' }]));
  failed.forEach(({ plan, why }) => app.log.warn(`backup ${plan.object.metadata.name}: ${why}`));
  const [first] = failed;
  const words = [
    l10n.t('{0} of {1} backups are complete.', completed, outcomes.length),
    ...(waiting === 0 ? [] : [l10n.t('{0} go on in the cluster.', waiting)]),
    ...(notStarted === 0 ? [] : [l10n.t('{0} were not begun.', notStarted)]),
    ...(first === undefined ? [] : [l10n.t('{0} failed; {1}: {2}', failed.length, first.plan.object.metadata.name, clip(first.why, 200))]),
  ].join(' ');
  const actions = first === undefined ? [] : [{ label: l10n.t('Diagnose'), command: 'kubeblocksBackup.diagnose', arguments: [refOf('backup', first.plan.object)] }, { label: l10n.t('Show Log'), command: 'kubeblocksBackup.showLog' }];
  notify(app, first === undefined ? 'info' : 'error', words, actions);
}

function failureOf(outcome: BatchOutcome): string | undefined {
  switch (outcome.kind) {
    case 'failed':
    case 'stuck':
      return outcome.reason;
    case 'notCreated':
      return outcome.error.message;
    case 'deleted':
      return l10n.t('it was deleted before it ended');
    case 'completed':
    case 'stoppedWaiting':
    case 'notStarted':
      return undefined;
  }
}
