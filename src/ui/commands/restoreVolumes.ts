import * as l10n from '@vscode/l10n';
import { backupType, isSnapshot } from '../../kubeblocks/backupState';
import type { Inventory } from '../../kubeblocks/inventory';
import { nameProblem } from '../../kubeblocks/names';
import type { Backup } from '../../kubeblocks/objects';
import { planVolumeRestore, stagesOf, volumesIn, type VolumeRestorePlan, type VolumeRestoreRequest, type VolumesAround } from '../../kubeblocks/volumeRestorePlan';
import { dryRun } from '../../operations/dryRun';
import { loadBackup } from '../../operations/restore';
import { followVolumeRestore, readVolumes, type VolumeRestoreOutcome } from '../../operations/volumeRestore';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { Operations } from '../connection/operations';
import type { ObjectRef } from '../objectRef';
import { mapAnswer, type Choice } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import { clip } from '../views/clip';
import type { Command } from './command';
import { notify } from './notify';
import { clusterChoices, pickBackup, requireChoices, requireInventory } from './pickObject';
import { reporting } from './reporting';
import { requireOperations } from './requireOperations';
import { isRestorable } from './restore';
import type { RestoreDraft } from './restoreDraft';
import { askTime } from './restoreQuestions';
import { accepted, review, type Follow } from './review';

/** What was answered so far. */
interface VolumeDraft extends RestoreDraft {
  readonly backup: Backup;
  readonly stage: VolumeRestoreRequest['stage'];
  /** By the volume of the backup. */
  readonly claims: Readonly<Record<string, string>>;
  readonly cluster?: string;
}

type Ask = Step<VolumeDraft>;

/** Makes a Restore object by hand: into volume claims, or of the steps after the start in a cluster that runs. */
export const restoreVolumes: Command = async (app, { ref }) => {
  const inventory = await requireInventory(app, ['clusters', 'backups', 'actionSets', 'restores']);
  app.contextRules.requireChangeable(inventory.context);
  const source = ref?.kind === 'backup' ? ref : await pickBackup(app, l10n.t('Restore Volumes'), isRestorable);
  const operations = requireOperations(app, inventory.context);
  const backup = await loadBackup(operations, source.namespace, source.name);
  const stages = stagesOf(inventory, backup);
  const [first] = stages;
  if (first === undefined) {
    throw new CommandError(l10n.t('{0} cannot be restored by a Restore object: its action set does nothing for a restore. Restore it as a new cluster.', source.name), {
      action: { label: l10n.t('Restore…'), command: 'kubeblocksBackup.restore', arguments: [source] },
    });
  }
  const around = await readVolumes(operations.api, namespaceOf(backup));
  const created: Follow[] = [];
  const last = reviewStep(app, operations, around, (follow) => created.push(follow));
  await runSteps((draft: VolumeDraft) => [...questions(app, inventory, draft, { stages, around }), last], { backup, parameters: {}, stage: first, claims: {} });
  return created.at(-1);
};

function namespaceOf({ metadata }: Backup): string {
  return metadata.namespace ?? '';
}

function questions(app: App, inventory: Inventory, { backup, stage }: VolumeDraft, { stages, around }: { readonly stages: readonly VolumeDraft['stage'][]; readonly around: VolumesAround }): readonly Ask[] {
  const latest = (): Inventory => app.active.inventory ?? inventory;
  const time: Ask = async (draft, position) => mapAnswer(await askTime(app, latest)(draft, position), (answered) => ({ ...draft, ...answered, backup }));
  return [
    ...(backupType(backup) === 'Continuous' ? [time] : []),
    ...(stages.length > 1 ? [askStage(app)] : []),
    ...(stage === 'prepareData' ? volumesIn(backup).map(({ name }) => askClaim(app, name, around)) : [askCluster(app, latest)]),
  ];
}

function askStage(app: App): Ask {
  return async (draft, position) => {
    const choices: readonly Choice<VolumeDraft['stage']>[] = [
      { label: l10n.t('Fill volume claims'), detail: l10n.t('What is written before a database starts'), icon: 'database', value: 'prepareData' },
      { label: l10n.t('Run the steps after the start'), detail: l10n.t('In a cluster that runs'), icon: 'debug-step-over', value: 'postReady' },
    ];
    const answer = await app.prompts.pick({ title: l10n.t('Restore {0}', draft.backup.metadata.name), placeholder: l10n.t('Which part of the restore'), choices, active: (stage) => stage === draft.stage, position });
    return mapAnswer(answer, (stage) => ({ ...draft, stage }));
  };
}

/** A snapshot becomes a new claim, all else is written into one that exists. */
function askClaim(app: App, volume: string, { claims }: VolumesAround): Ask {
  return async (draft, position) => {
    const title = l10n.t('Claim for volume {0}', volume);
    const chosen = (claim: string): VolumeDraft => ({ ...draft, claims: { ...draft.claims, [volume]: claim } });
    if (isSnapshot(draft.backup) || claims === undefined) {
      const prompt = isSnapshot(draft.backup) ? l10n.t('A snapshot becomes a new claim: a name that is free') : l10n.t('A claim in {0} that exists', namespaceOf(draft.backup));
      const answer = await app.prompts.input({ title, prompt, value: draft.claims[volume] ?? '', validate: (text) => nameProblem(text.trim()), position });
      return mapAnswer(answer, (text) => chosen(text.trim()));
    }
    if (claims.length === 0) {
      throw new CommandError(l10n.t('There is no volume claim in {0} to restore into. Create one first, as large as the data.', namespaceOf(draft.backup)));
    }
    const choices = claims.map(({ metadata }): Choice<string> => ({ label: metadata.name, description: namespaceOf(draft.backup), icon: 'database', value: metadata.name }));
    const answer = await app.prompts.pick({ title, placeholder: l10n.t('What it holds is overwritten'), choices, active: (claim) => claim === draft.claims[volume], position });
    return mapAnswer(answer, chosen);
  };
}

function askCluster(app: App, inventory: () => Inventory): Ask {
  return async (draft, position) => {
    const choices = clusterChoices(inventory()).filter(({ value }) => value.namespace === namespaceOf(draft.backup));
    requireChoices(inventory(), ['clusters'], choices, l10n.t('There is no cluster in {0}.', namespaceOf(draft.backup)));
    const answer = await app.prompts.pick<ObjectRef>({ title: l10n.t('Cluster that runs'), placeholder: l10n.t('What it holds may be overwritten'), choices, active: ({ name }) => name === draft.cluster, position });
    return mapAnswer(answer, ({ name }) => ({ ...draft, cluster: name }));
  };
}

function reviewStep(app: App, operations: Operations, around: VolumesAround, onCreated: (follow: Follow) => void): Ask {
  return async (draft, position) => {
    const { context } = operations.session;
    const plan = planOf(draft, operations.session.inventory, around);
    const { name, namespace = '' } = plan.object.metadata;
    const answer = await review(app, {
      title: l10n.t('Restore {0}', draft.backup.metadata.name),
      context,
      accept: l10n.t('Create Restore {0}', name),
      summary: l10n.t('From {0}, in {1} ({2}).', draft.backup.metadata.name, namespace, context),
      document: `${name}.yaml`,
      plan,
      dryRun: async (signal) => accepted(await dryRun(operations, plan.resource, plan.object, signal)),
      submit: async () => {
        await operations.submissions.submit(plan.resource, plan.object);
        return () => follow(app, operations, { name, namespace, fromSnapshot: isSnapshot(draft.backup) });
      },
      position,
    });
    return mapAnswer(answer, (created) => {
      onCreated(created);
      return draft;
    });
  };
}

function planOf({ backup, stage, claims, cluster = '', restoreTime }: VolumeDraft, inventory: Inventory, around: VolumesAround): VolumeRestorePlan {
  const common = { backup, namespace: namespaceOf(backup), ...(restoreTime !== undefined && { restoreTime }) };
  const filled = Object.entries(claims).map(([volume, claim]) => ({ volume, claim }));
  return planVolumeRestore(inventory, stage === 'prepareData' ? { ...common, stage, claims: filled } : { ...common, stage, cluster }, around);
}

async function follow(app: App, operations: Operations, restore: { readonly name: string; readonly namespace: string; readonly fromSnapshot: boolean }): Promise<void> {
  const outcome = await app.views.withProgress(l10n.t('Restore {0} (“Cancel” only stops waiting)', restore.name), (report, signal) => followVolumeRestore(operations, restore, reporting(report, signal)));
  const ref: ObjectRef = { kind: 'restore', name: restore.name, namespace: restore.namespace };
  const [level, message] = told(restore.name, outcome);
  const diagnose = { label: l10n.t('Diagnose'), command: 'kubeblocksBackup.diagnose', arguments: [ref] };
  notify(app, level, message, outcome.kind === 'failed' || outcome.kind === 'nothingDone' ? [diagnose] : []);
}

function told(name: string, outcome: VolumeRestoreOutcome): readonly ['info' | 'warning' | 'error', string] {
  switch (outcome.kind) {
    case 'restored':
      return ['info', l10n.t('Restore {0} is complete ({1} jobs).', name, outcome.jobs)];
    case 'nothingDone':
      return ['warning', l10n.t('Restore {0} is completed, but nothing was restored: no job was run for it. Look at what the action set of its backup does.', name)];
    case 'failed':
      return ['error', l10n.t('Restore {0} failed: {1}', name, clip(outcome.reason, 200))];
    case 'deleted':
      return ['warning', l10n.t('Restore {0} was deleted before it ended. Nothing is left to do here.', name)];
    case 'stoppedWaiting':
      return ['info', l10n.t('Nobody waits for Restore {0} any more; it goes on in the cluster.', name)];
  }
}
