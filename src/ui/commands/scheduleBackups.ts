import * as l10n from '@vscode/l10n';
import { policiesOf, type MethodOption } from '../../kubeblocks/backupMethods';
import { bytesText } from '../../kubeblocks/bytes';
import { keyOf, type Inventory } from '../../kubeblocks/inventory';
import type { PlanFinding } from '../../kubeblocks/finding';
import { KINDS } from '../../kubeblocks/kinds';
import type { BackupSchedule, Cluster, KubeObject } from '../../kubeblocks/objects';
import type { SchedulePlan } from '../../kubeblocks/schedulePlan';
import { localAndUtcText } from '../../kubeblocks/timeText';
import { changeSchedule, trySchedule } from '../../operations/changeSchedule';
import type { App } from '../app';
import { mapAnswer } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import type { Command } from './command';
import { notify } from './notify';
import { requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import { accepted, review } from './review';
import { hasRetention, hasTimes, itemOf, parametersOf, schedulePlanOf, type ScheduleDraft } from './scheduleDraft';
import { askCron, askScheduledCluster, askScheduledMethod, askScheduledPolicy, askScheduledRetention, askScheduleParameter, askScheduleSettings } from './scheduleQuestions';
import { scheduleDraftFor, scheduleStart } from './scheduleStart';

interface Task {
  readonly title: () => string;
  readonly enabled: boolean;
  readonly fits: (option: MethodOption, draft: ScheduleDraft) => boolean;
}

const isOn = (draft: ScheduleDraft): boolean => itemOf(draft)?.enabled === true;
const isLog = ({ type }: MethodOption): boolean => type === 'Continuous';

/** Makes a method run by schedule, or changes when it does and how long its copies are kept. */
export const scheduleBackups: Command = command({ title: () => l10n.t('Schedule Backups'), enabled: true, fits: (option) => !isLog(option) });

export const turnScheduleOff: Command = command({
  title: () => l10n.t('Turn Schedule Off'),
  enabled: false,
  fits: (method, draft) => !isLog(method) && isOn(draft),
});

export const turnLogBackupOn: Command = command({
  title: () => l10n.t('Turn Log Backup On'),
  enabled: true,
  fits: (method, draft) => isLog(method) && !isOn(draft),
});

export const turnLogBackupOff: Command = command({
  title: () => l10n.t('Turn Log Backup Off'),
  enabled: false,
  fits: (method, draft) => isLog(method) && isOn(draft),
});

function command(task: Task): Command {
  return async (app, { ref, component, scheduleLine }) => {
    const inventory = await requireInventory(app, ['clusters', 'policies', 'actionSets', 'repos', 'backups', 'schedules']);
    app.contextRules.requireChangeable(inventory.context);
    const start = scheduleStart(inventory, { ref, component, scheduleLine });
    await runSteps((draft: ScheduleDraft) => [...questions(app, inventory, task, start, draft), reviewStep(app, inventory.context, task)], start);
    return undefined;
  };
}

function questions(app: App, inventory: Inventory, { title, enabled, fits }: Task, start: ScheduleDraft, draft: ScheduleDraft): readonly Step<ScheduleDraft>[] {
  const severalPolicies = start.policy === undefined && (draft.entry === undefined || policiesOf(draft.entry).length > 1);
  const named = draft.entry === undefined ? title() : l10n.t('{0}: {1}', title(), draft.entry.name);
  return [
    ...(start.entry === undefined ? [askScheduledCluster(app, inventory, title(), scheduleDraftFor)] : []),
    ...(severalPolicies ? [askScheduledPolicy(app, named)] : []),
    askScheduledMethod(app, inventory, named, fits),
    ...(enabled && hasTimes(inventory, draft) ? [askCron(app, inventory)] : []),
    ...(enabled && hasRetention(inventory, draft) ? [askScheduledRetention(app)] : []),
    ...(enabled && hasTimes(inventory, draft) ? [...parametersOf(inventory, draft).filter(({ required }) => required).map((parameter) => askScheduleParameter(app, parameter)), askScheduleSettings(app, inventory)] : []),
  ];
}

function reviewStep(app: App, context: string, { title, enabled }: Task): Step<ScheduleDraft> {
  return async (draft, position) => {
    const operations = requireOperations(app, context);
    const plan = schedulePlanOf(draft, operations.session.inventory, enabled, app.time().now);
    const method = draft.method?.name ?? '';
    if (plan === undefined) {
      return { kind: 'back' };
    }
    const { resource, object } = plan.change;
    const answer = await review(app, {
      title: l10n.t('{0}: {1}', title(), method),
      context,
      accept: plan.change.kind === 'create' ? l10n.t('Create {0} {1}', resource.kind, object.metadata.name) : l10n.t('Change {0} {1}', resource.kind, object.metadata.name),
      summary: whereWords(plan, context),
      document: `${object.metadata.name}.yaml`,
      plan: {
        resource,
        object: shownOf(object),
        ...(plan.before === undefined ? {} : { before: [shownOf(plan.before.object)] }),
        findings: [...plan.findings, ...consequences(app, draft, plan)],
        ...(plan.change.kind === 'create' ? {} : { whole: wholeOf(operations.session.inventory, [...(plan.before === undefined ? [] : [plan.before.object]), object]) }),
      },
      dryRun: async (signal) => accepted(await trySchedule(operations, plan, signal)),
      submit: async () => {
        await changeSchedule(operations, operations.submissions, plan);
        notify(app, 'info', doneWords(app, draft, plan, enabled), [{ label: l10n.t('Show Cluster'), command: 'kubeblocksBackup.revealInTree', arguments: draft.entry === undefined ? [] : [{ kind: 'cluster', namespace: draft.entry.namespace, name: draft.entry.name }] }]);
        return () => Promise.resolve();
      },
      position,
    });
    return mapAnswer(answer, () => draft);
  };
}

/** Of an object that exists, what a person decides about: of a Cluster only what it says of backups. */
function shownOf(object: BackupSchedule | Cluster): KubeObject {
  const { name, namespace } = object.metadata;
  const spec = isCluster(object) ? { backup: object.spec?.backup } : object.spec;
  return { apiVersion: object.apiVersion, kind: object.kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, spec } as KubeObject;
}

function wholeOf(inventory: Inventory, objects: readonly (BackupSchedule | Cluster)[]): { readonly objects: readonly KubeObject[]; readonly before: readonly KubeObject[] } {
  return { objects, before: objects.flatMap((object) => liveOf(inventory, object)) };
}

/** The object as it is now. */
function liveOf({ schedules, clusters }: Inventory, object: BackupSchedule | Cluster): readonly KubeObject[] {
  const live = (isCluster(object) ? clusters : schedules).items.get(keyOf(object));
  return live === undefined ? [] : [live];
}

function isCluster(object: BackupSchedule | Cluster): object is Cluster {
  return object.kind === KINDS.cluster.kind;
}

function whereWords({ place, before }: SchedulePlan, context: string): string {
  if (before !== undefined) {
    return l10n.t('Written to the Cluster, which wins over its BackupSchedule; deadline and parameters to {0}, where they stay ({1}).', before.object.metadata.name, context);
  }
  return place.kind === 'cluster' ? l10n.t('Written to the Cluster, which wins over its BackupSchedule ({0}).', context) : l10n.t('Written to the BackupSchedule, which nothing overwrites ({0}).', context);
}

/** What it leads to, a line each: one alone would be cut. */
function consequences(app: App, { policy }: ScheduleDraft, { steady, nextRuns }: SchedulePlan): readonly PlanFinding[] {
  const time = app.time();
  const [next] = nextRuns;
  const lines = [
    ...(next === undefined ? [] : [l10n.t('Next run {0}.', localAndUtcText(next, time))]),
    ...(steady === undefined ? [] : [steady.bytes === undefined ? l10n.t('Keeps about {0} copies.', steady.copies) : l10n.t('Keeps about {0} copies, {1}.', steady.copies, bytesText(steady.bytes))]),
    ...(steady === undefined ? [] : [l10n.t('The first expires {0}.', localAndUtcText(steady.firstExpiry, time))]),
    ...(steady !== undefined && policy?.spec?.retentionPolicy === 'retainLatestBackup' ? [l10n.t('The newest is kept whatever its age.')] : []),
    ...(nextRuns.length > 0 && steady === undefined ? [l10n.t('Copies are kept until somebody deletes them.')] : []),
  ];
  return lines.map((message) => ({ severity: 'info', code: 'consequence', message }));
}

function doneWords(app: App, { entry, method }: ScheduleDraft, { nextRuns, option }: SchedulePlan, enabled: boolean): string {
  const [next] = nextRuns;
  const [name, cluster] = [method?.name ?? '', entry?.name ?? ''];
  if (!enabled) {
    return l10n.t('{0} of {1} is off.', name, cluster);
  }
  if (option?.type === 'Continuous') {
    return l10n.t('{0} of {1} is on: archiving starts now.', name, cluster);
  }
  return next === undefined ? l10n.t('{0} of {1} is on.', name, cluster) : l10n.t('{0} of {1} is on and runs next {2}.', name, cluster, localAndUtcText(next, app.time()));
}
