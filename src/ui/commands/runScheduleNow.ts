import * as l10n from '@vscode/l10n';
import type { MethodOption } from '../../kubeblocks/backupMethods';
import { defaultBackupName } from '../../kubeblocks/backupPlan';
import type { Inventory } from '../../kubeblocks/inventory';
import type { App } from '../app';
import type { Step } from '../prompts/steps';
import { runSteps } from '../prompts/steps';
import type { BackupDraft } from './backupDraft';
import { backupReview } from './backupReview';
import type { Command } from './command';
import { requireInventory } from './pickObject';
import type { Follow } from './review';
import { itemOf, type ScheduleDraft } from './scheduleDraft';
import { scheduleLineQuestions, scheduleStart } from './scheduleStart';

/** Makes the backup that a line of a schedule makes, now: its method, its retention, its parameters. */
export const runScheduleNow: Command = async (app, invocation) => {
  const inventory = await requireInventory(app, ['clusters', 'policies', 'actionSets', 'repos', 'backups', 'schedules']);
  app.contextRules.requireChangeable(inventory.context);
  const start = scheduleStart(inventory, invocation);
  const created: Follow[] = [];
  await runSteps((draft: ScheduleDraft) => [...scheduleLineQuestions(app, inventory, { title: l10n.t('Run Now'), start, draft, fits: hasLine }), reviewStep(app, inventory, (follow) => created.push(follow))], start);
  return created.at(-1);
};

/** A log backup runs all the time or not at all. */
function hasLine({ type }: MethodOption, draft: ScheduleDraft): boolean {
  return type !== 'Continuous' && itemOf(draft) !== undefined;
}

function reviewStep(app: App, inventory: Inventory, onCreated: (follow: Follow) => void): Step<ScheduleDraft> {
  const step = backupReview(app, inventory.context, onCreated);
  return async (draft, position) => {
    const backup = backupOf(app, inventory, draft);
    if (backup === undefined) {
      return { kind: 'back' };
    }
    const answer = await step(backup, position);
    return answer.kind === 'value' ? { kind: 'value', value: draft } : answer;
  };
}

/** Scheduled backups are never retained beyond their deletion: neither is this one. */
function backupOf(app: App, inventory: Inventory, draft: ScheduleDraft): BackupDraft | undefined {
  const { entry, policy, method } = draft;
  const item = itemOf(draft);
  if (entry === undefined || policy === undefined || method === undefined || item === undefined) {
    return undefined;
  }
  return {
    entry,
    policy,
    method,
    name: defaultBackupName(app.active.inventory ?? inventory, entry.namespace, entry.name, app.time()),
    deletionPolicy: 'Delete',
    ...(item.retentionPeriod === undefined ? {} : { retention: item.retentionPeriod }),
    parameters: Object.fromEntries((item.parameters ?? []).map(({ name, value }) => [name, value])),
  };
}
