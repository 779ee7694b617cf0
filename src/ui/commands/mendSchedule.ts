import * as l10n from '@vscode/l10n';
import { indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { keyOf, objectKey, type Inventory } from '../../kubeblocks/inventory';
import { KINDS } from '../../kubeblocks/kinds';
import { planLineDeletion } from '../../kubeblocks/lineDeletion';
import type { BackupSchedule } from '../../kubeblocks/objects';
import { planSchedule } from '../../kubeblocks/schedulePlan';
import { policyOf, scheduleTroubles, type ScheduleTrouble } from '../../kubeblocks/scheduleTroubles';
import { changeObject, tryChange } from '../../operations/changeObject';
import { changeSchedule, trySchedule } from '../../operations/changeSchedule';
import { rewriteOf, untilRewritten } from '../../operations/rewriteSchedule';
import { scheduleJobsOf, templateLinesOf } from '../../operations/scheduleJobsOf';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { ObjectRef } from '../objectRef';
import { mapAnswer, type Answer, type Choice, type Position } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import type { Command } from './command';
import { reviewLineDeletion } from './deleteSchedule';
import { notify } from './notify';
import { requireChoices, requireInventory } from './pickObject';
import { reporting } from './reporting';
import { requireOperations } from './requireOperations';
import { accepted, review, type Follow } from './review';

interface Subject {
  readonly entry: ClusterEntry;
  readonly schedule: BackupSchedule;
}

type Cure = 'rewrite' | { readonly kind: 'intoCluster' | 'removeOrphan'; readonly trouble: ScheduleTrouble };

interface Draft {
  readonly subject?: Subject;
  readonly cure?: Cure;
}

const title = (): string => l10n.t('Mend Schedule');

/** Brings Cluster, BackupSchedule and CronJobs to say the same again. */
export const mendSchedule: Command = async (app, { ref }) => {
  const inventory = await requireInventory(app, ['clusters', 'policies', 'actionSets', 'backups', 'schedules']);
  app.contextRules.requireChangeable(inventory.context);
  const subject = subjectsOf(inventory).find(({ schedule }) => isMeant(ref, schedule));
  const follows: Follow[] = [];
  await runSteps<Draft>(() => [...(subject === undefined ? [askSchedule(app, inventory)] : []), askCure(app, inventory.context), reviewStep(app, inventory.context, (follow) => follows.push(follow))], subject === undefined ? {} : { subject });
  return follows.at(-1);
};

function isMeant(ref: ObjectRef | undefined, schedule: BackupSchedule): boolean {
  return ref?.kind === 'backupSchedule' && objectKey(ref.namespace, ref.name) === keyOf(schedule);
}

function subjectsOf(inventory: Inventory): readonly Subject[] {
  return [...indexClusters(inventory).entries.values()].flatMap((entry) => entry.schedules.map((schedule) => ({ entry, schedule })));
}

function askSchedule(app: App, inventory: Inventory): Step<Draft> {
  return async (draft, position) => {
    const choices = subjectsOf(inventory).map((subject): Choice<Subject> => ({ label: subject.schedule.metadata.name, description: subject.entry.name, detail: subject.entry.namespace, icon: 'watch', value: subject }));
    requireChoices(inventory, ['clusters', 'schedules'], choices, l10n.t('There is no schedule to choose: no cluster has one.'));
    const answer = await app.prompts.pick({ title: title(), placeholder: l10n.t('Which backup schedule'), choices, active: ({ schedule }) => schedule === draft.subject?.schedule, position });
    return mapAnswer(answer, (subject) => ({ subject }));
  };
}

/** What is not as it is written, and what can be done: each a line. */
function askCure(app: App, context: string): Step<Draft> {
  return async (draft, position) => {
    const { subject } = draft;
    if (subject === undefined) {
      return { kind: 'back' };
    }
    const operations = requireOperations(app, context);
    const jobs = await scheduleJobsOf(operations, subject.schedule);
    const troubles = scheduleTroubles(operations.session.inventory, subject.entry, subject.schedule, jobs, app.time().now);
    const told = troubles.map(({ line, problem }) => l10n.t('{0}: {1}', line, problem)).join(' · ');
    const choices = [
      ...(troubles.some(({ kind }) => kind !== 'orphan') || troubles.length === 0 ? [{ label: l10n.t('Let KubeBlocks Write It Again'), description: l10n.t('the Cluster’s word wins, then the schedule’s'), icon: 'sync', value: 'rewrite' } as const] : []),
      ...troubles.flatMap((trouble) => curesFor(trouble)),
    ];
    const known = jobs === undefined ? l10n.t('Its CronJobs may not be read.') : '';
    const placeholder = troubles.length === 0 ? l10n.t('Nothing is found that is not as it is written. {0}', known) : told;
    const answer = await app.prompts.pick<Cure>({ title: l10n.t('Mend {0}', subject.schedule.metadata.name), placeholder, choices, position });
    return mapAnswer(answer, (cure) => ({ subject, cure }));
  };
}

function curesFor(trouble: ScheduleTrouble): readonly Choice<Cure>[] {
  const { kind, line, problem } = trouble;
  switch (kind) {
    case 'orphan':
      return [{ label: l10n.t('Take the CronJob of {0} Away', line), description: problem, icon: 'trash', value: { kind: 'removeOrphan', trouble } }];
    case 'cluster':
      return [{ label: l10n.t('Write {0} Into the Cluster', line), description: problem, detail: l10n.t('what the line says now is what is wanted'), icon: 'arrow-up', value: { kind: 'intoCluster', trouble } }];
    case 'job':
      return [];
  }
}

function reviewStep(app: App, context: string, onAgreed: (follow: Follow) => void): Step<Draft> {
  return async (draft, position) => {
    const { subject, cure } = draft;
    if (subject === undefined || cure === undefined) {
      return { kind: 'back' };
    }
    const answer = cure === 'rewrite' ? await reviewRewrite(app, context, subject, position) : await reviewCure(app, context, subject, cure, position);
    return mapAnswer(answer, (follow) => {
      onAgreed(follow);
      return draft;
    });
  };
}

function reviewRewrite(app: App, context: string, { entry, schedule }: Subject, position: Position): Promise<Answer<Follow>> {
  const operations = requireOperations(app, context);
  const { name, namespace = '' } = schedule.metadata;
  const change = rewriteOf(schedule, String(app.time().now));
  const isMended = async (signal?: AbortSignal): Promise<boolean> => {
    const { inventory } = operations.session;
    const live = inventory.schedules.items.get(keyOf(schedule)) ?? schedule;
    const troubles = scheduleTroubles(inventory, indexClusters(inventory).entries.get(entry.key) ?? entry, live, await scheduleJobsOf(operations, live, signal), app.time().now);
    return troubles.every(({ kind }) => kind === 'orphan');
  };
  return review(app, {
    title: l10n.t('Mend {0}', name),
    context,
    accept: l10n.t('Let KubeBlocks Write {0} Again', name),
    summary: l10n.t('An annotation in {0} ({1}); nothing else of it is changed by it.', namespace, context),
    document: `${name}.yaml`,
    plan: { resource: KINDS.backupSchedule, object: { apiVersion: schedule.apiVersion, kind: schedule.kind, metadata: { name, namespace, ...(change.object.metadata.annotations === undefined ? {} : { annotations: change.object.metadata.annotations }) } }, findings: [], whole: { objects: [change.object], before: [schedule] } },
    dryRun: async (signal) => accepted(await tryChange(operations, change, signal)),
    submit: async () => {
      await changeObject(operations, change, []);
      return async () => {
        const outcome = await app.views.withProgress(l10n.t('Mending schedule {0} (“Cancel” only stops waiting)', name), (report, signal) => untilRewritten(operations, schedule, isMended, reporting(report, signal)));
        notify(app, 'info', outcome === 'mended' ? l10n.t('Schedule {0} is as it is written.', name) : l10n.t('Nobody waits for schedule {0} any more.', name), []);
      };
    },
    position,
  });
}

async function reviewCure(app: App, context: string, { entry, schedule }: Subject, { kind, trouble }: Exclude<Cure, string>, position: Position): Promise<Answer<Follow>> {
  const operations = requireOperations(app, context);
  const { inventory } = operations.session;
  const policy = policyOf(entry, schedule);
  const { name } = schedule.metadata;
  if (policy === undefined) {
    throw new CommandError(l10n.t('Schedule {0} cannot be mended: its policy {1} does not exist. Make the policy again first.', name, schedule.spec?.backupPolicyName ?? ''));
  }
  const { item, line } = trouble;
  if (kind === 'removeOrphan') {
    const plan = planLineDeletion(inventory, { entry, policy, schedule, item, templateLines: await templateLinesOf(operations, schedule) }, app.time().now);
    return reviewLineDeletion(app, operations, plan, { title: l10n.t('Mend {0}', name), accept: l10n.t('Take the CronJob of {0} Away', line), position });
  }
  const { retentionPeriod } = item;
  const request = { entry, policy, method: item.backupMethod, enabled: item.enabled === true, line: { schedule: name, name: line }, cronExpression: item.cronExpression, ...(retentionPeriod === undefined ? {} : { retentionPeriod }) };
  const plan = planSchedule(inventory, request, app.time().now);
  const { resource, object } = plan.change;
  return review(app, {
    title: l10n.t('Mend {0}', name),
    context,
    accept: l10n.t('Change {0} {1}', resource.kind, object.metadata.name),
    summary: l10n.t('Written to the Cluster, which wins over its BackupSchedule ({0}).', context),
    document: `${object.metadata.name}.yaml`,
    plan: { resource, object, findings: plan.findings },
    dryRun: async (signal) => accepted(await trySchedule(operations, plan, signal)),
    submit: async () => {
      await changeSchedule(operations, operations.submissions, plan);
      notify(app, 'info', l10n.t('{0} of {1} is written as the line says.', line, entry.name), []);
      return () => Promise.resolve();
    },
    position,
  });
}
