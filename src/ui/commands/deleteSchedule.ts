import * as l10n from '@vscode/l10n';
import type { Inventory } from '../../kubeblocks/inventory';
import { planLineDeletion, type LineDeletion } from '../../kubeblocks/lineDeletion';
import { lineFor, lineName } from '../../kubeblocks/schedulePlan';
import { tryChange } from '../../operations/changeObject';
import { removeLine, turnLineOff } from '../../operations/deleteScheduleLine';
import { templateLinesOf } from '../../operations/scheduleJobsOf';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import { mapAnswer, type Answer, type Position } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import type { Command } from './command';
import { notify } from './notify';
import { requireInventory } from './pickObject';
import { reporting } from './reporting';
import { requireOperations } from './requireOperations';
import { accepted, review, type Follow } from './review';
import { itemOf, type ScheduleDraft } from './scheduleDraft';
import { scheduleLineQuestions, scheduleStart } from './scheduleStart';

/** Takes a line out of a BackupSchedule, with its CronJob. */
export const deleteSchedule: Command = async (app, invocation) => {
  const inventory = await requireInventory(app, ['clusters', 'policies', 'actionSets', 'backups', 'schedules']);
  app.contextRules.requireChangeable(inventory.context);
  const start = scheduleStart(inventory, invocation);
  const follows: Follow[] = [];
  await runSteps((draft: ScheduleDraft) => [...scheduleLineQuestions(app, inventory, { title: l10n.t('Delete Schedule'), start, draft, fits: (_, each) => itemOf(each) !== undefined }), reviewStep(app, inventory, (follow) => follows.push(follow))], start);
  return follows.at(-1);
};

function reviewStep(app: App, { context }: Inventory, onAgreed: (follow: Follow) => void): Step<ScheduleDraft> {
  return async (draft, position) => {
    const operations = requireOperations(app, context);
    const { entry, policy, method, line } = draft;
    const { schedule, item } = entry === undefined || policy === undefined || method === undefined ? { schedule: undefined, item: undefined } : lineFor(entry, policy, method.name, line);
    if (entry === undefined || policy === undefined || schedule === undefined || item === undefined) {
      return { kind: 'back' };
    }
    const templateLines = await templateLinesOf(operations, schedule);
    const plan = planLineDeletion(operations.session.inventory, { entry, policy, schedule, item, templateLines }, app.time().now);
    const answer = await reviewLineDeletion(app, operations, plan, { title: l10n.t('Delete Schedule: {0}', lineName(item)), accept: l10n.t('Delete {0} from {1}', lineName(item), schedule.metadata.name), position });
    return mapAnswer(answer, (follow) => {
      onAgreed(follow);
      return draft;
    });
  };
}

/** Shows the schedule without the line, turns the line off, and removes it once KubeBlocks has followed. */
export function reviewLineDeletion(app: App, operations: Operations, plan: LineDeletion, { title, accept, position }: { readonly title: string; readonly accept: string; readonly position: Position }): Promise<Answer<Follow>> {
  const { context } = operations.session;
  const { object, resource } = plan.removal;
  const { name, namespace = '' } = object.metadata;
  return review(app, {
    title,
    context,
    accept,
    summary: l10n.t('In {0} ({1}). It is turned off first, so that its CronJob goes.', namespace, context),
    document: `${name}.yaml`,
    plan: { resource, object: { apiVersion: object.apiVersion, kind: object.kind, metadata: { name, namespace }, spec: object.spec } as typeof object, findings: plan.findings, whole: { objects: [object], before: [plan.off.object] } },
    dryRun: async (signal) => accepted(await tryChange(operations, plan.off, signal)),
    submit: async () => {
      const generation = await turnLineOff(operations, plan);
      return () => followRemoval(app, operations, plan, generation);
    },
    position,
  });
}

async function followRemoval(app: App, operations: Operations, plan: LineDeletion, generation: number): Promise<void> {
  const { name } = plan.removal.object.metadata;
  const outcome = await app.views.withProgress(l10n.t('Deleting {0} from schedule {1} (“Cancel” leaves it there, off)', plan.line, name), (report, signal) => removeLine(operations, plan, generation, reporting(report, signal)));
  notify(app, 'info', outcome === 'removed' ? l10n.t('{0} is deleted from schedule {1}.', plan.line, name) : l10n.t('{0} of schedule {1} is off, and still there.', plan.line, name), []);
}
