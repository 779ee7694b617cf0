import * as l10n from '@vscode/l10n';
import { policiesOf, type MethodOption } from '../../kubeblocks/backupMethods';
import { bytesText } from '../../kubeblocks/bytes';
import { componentOf, indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { keyOf, objectKey, type Inventory } from '../../kubeblocks/inventory';
import type { SchedulePlan } from '../../kubeblocks/schedulePlan';
import { localAndUtcText } from '../../kubeblocks/timeText';
import { changeSchedule, trySchedule } from '../../operations/changeSchedule';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { ObjectRef } from '../objectRef';
import { mapAnswer } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import type { Command } from './command';
import { notify } from './notify';
import { requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import { accepted, review } from './review';
import { hasRetention, hasTimes, itemOf, schedulePlanOf, type ScheduleDraft } from './scheduleDraft';
import { askCron, askScheduledCluster, askScheduledMethod, askScheduledPolicy, askScheduledRetention } from './scheduleQuestions';

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
  return async (app, { ref, component }) => {
    const inventory = await requireInventory(app, ['clusters', 'policies', 'actionSets', 'repos', 'backups', 'schedules']);
    app.contextRules.requireChangeable(inventory.context);
    const start = startOf(inventory, ref, component);
    await runSteps((draft: ScheduleDraft) => [...questions(app, inventory, task, start, draft), reviewStep(app, inventory.context, task)], start);
    return undefined;
  };
}

/** What the command's target answers already. */
function startOf(inventory: Inventory, ref: ObjectRef | undefined, component: string | undefined): ScheduleDraft {
  const { entries } = indexClusters(inventory);
  const key = ref === undefined ? '' : objectKey(ref.namespace, ref.name);
  if (ref?.kind === 'backupPolicy' || ref?.kind === 'backupSchedule') {
    const policyName = ref.kind === 'backupPolicy' ? ref.name : inventory.schedules.items.get(key)?.spec?.backupPolicyName;
    const policy = inventory.policies.items.get(objectKey(ref.namespace, policyName ?? ''));
    const entry = policy && [...entries.values()].find(({ policies }) => policies.some((each) => keyOf(each) === keyOf(policy)));
    return entry === undefined || policy === undefined ? {} : { entry, policy, ...(ref.kind === 'backupSchedule' ? { schedule: ref.name } : {}) };
  }
  const entry = ref?.kind === 'cluster' ? entries.get(key) : undefined;
  return entry === undefined ? {} : draftFor(entry, component);
}

/** The draft for a cluster: its policy is chosen where there is only one. Throws where there is none. */
function draftFor(entry: ClusterEntry, component?: string): ScheduleDraft {
  const policies = policiesOf(entry);
  if (policies.length === 0) {
    throw new CommandError(l10n.t('{0} has no backup policy, so that nothing can run by schedule. Its engine’s add-on brings no backup methods, or the policy was deleted.', entry.name));
  }
  const policy = policies.find((each) => component !== undefined && componentOf(each) === component) ?? (policies.length === 1 ? policies[0] : undefined);
  return { entry, ...(policy === undefined ? {} : { policy }) };
}

function questions(app: App, inventory: Inventory, { title, enabled, fits }: Task, start: ScheduleDraft, draft: ScheduleDraft): readonly Step<ScheduleDraft>[] {
  const severalPolicies = start.policy === undefined && (draft.entry === undefined || policiesOf(draft.entry).length > 1);
  const named = draft.entry === undefined ? title() : l10n.t('{0}: {1}', title(), draft.entry.name);
  return [
    ...(start.entry === undefined ? [askScheduledCluster(app, inventory, title(), draftFor)] : []),
    ...(severalPolicies ? [askScheduledPolicy(app, named)] : []),
    askScheduledMethod(app, inventory, named, fits),
    ...(enabled && hasTimes(inventory, draft) ? [askCron(app, inventory)] : []),
    ...(enabled && hasRetention(inventory, draft) ? [askScheduledRetention(app)] : []),
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
      summary: summaryOf(app, draft, plan, context),
      document: `${object.metadata.name}.yaml`,
      plan: { resource, object, findings: plan.findings },
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

/** Where it is written and what it leads to. */
function summaryOf(app: App, { policy }: ScheduleDraft, { place, steady, nextRuns }: SchedulePlan, context: string): string {
  const time = app.time();
  const where = place.kind === 'cluster' ? l10n.t('Written to the Cluster, which wins over its BackupSchedule ({0}).', context) : l10n.t('Written to the BackupSchedule, which nothing overwrites ({0}).', context);
  const [next] = nextRuns;
  const copies = steady === undefined ? [] : [steady.bytes === undefined ? l10n.t('Keeps about {0} copies.', steady.copies) : l10n.t('Keeps about {0} copies, {1}.', steady.copies, bytesText(steady.bytes))];
  const expiry = steady === undefined ? [] : [l10n.t('The first expires {0}.', localAndUtcText(steady.firstExpiry, time))];
  const latest = steady !== undefined && policy?.spec?.retentionPolicy === 'retainLatestBackup' ? [l10n.t('The newest is kept whatever its age.')] : [];
  return [where, ...(next === undefined ? [] : [l10n.t('Next run {0}.', localAndUtcText(next, time))]), ...copies, ...expiry, ...latest].join(' ');
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
