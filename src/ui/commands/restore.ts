import * as l10n from '@vscode/l10n';
import { backupState, backupType } from '../../kubeblocks/backupState';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import type { Backup } from '../../kubeblocks/objects';
import type { RestorePlan } from '../../kubeblocks/restorePlan';
import { noWayText, restoreWays } from '../../kubeblocks/restoreWays';
import { localAndUtcText } from '../../kubeblocks/timeText';
import { loadBackup, tryRestore } from '../../operations/restore';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { ObjectRef } from '../objectRef';
import { mapAnswer } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import type { Command } from './command';
import { exportPlan } from './exportRestorePlan';
import { makeRestorePlan, planText, type MadePlan } from './makeRestorePlan';
import { askParameter, inAskingOrder } from './parameterQuestion';
import { backupChoices, pickBackup, pickRef, requireChoices, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import { planDocument, type OpenPlan } from '../restorePlans/openPlans';
import { askChange } from './restoreChanges';
import { restoreParametersOf, type RestoreDraft } from './restoreDraft';
import { askNamespace, askTargetName, askTime, askWay, sourceName, timeProposal } from './restoreQuestions';
import { accepted, review, type Follow, type Renewed } from './review';
import { renewedPlan, startPlan } from './startRestore';

/** Restores a backup set into a new cluster: asks what is needed, shows the manifest and the server's word, follows it. */
export const restore: Command = async (app, { ref, argument }) => {
  const inventory = await requireInventory(app, ['clusters', 'backups', 'policies', 'actionSets', 'repos', 'restores', 'opsRequests']);
  app.contextRules.requireChangeable(inventory.context);
  if (restoreWays(inventory.line).length === 0) {
    throw new CommandError(noWayText(inventory));
  }
  const source = await sourceOf(app, inventory, ref);
  const backup = await loadBackup(requireOperations(app, inventory.context), source.namespace, source.name);
  const created: Follow[] = [];
  const at = restoreTimeOf(argument);
  const start: RestoreDraft = { backup, parameters: {}, ...(at === undefined ? {} : { restoreTime: at, timeText: timeProposal(at, app.time()) }) };
  const last = reviewStep(app, inventory.context, (follow) => created.push(follow));
  await runSteps((draft: RestoreDraft) => [...questions(app, inventory, draft), last], start);
  return created.at(-1);
};

/** The instant that was chosen on a timeline, ms since the epoch; arguments may come from anywhere. */
function restoreTimeOf(argument: unknown): number | undefined {
  const { restoreTime } = (typeof argument === 'object' && argument !== null ? argument : {}) as { readonly restoreTime?: unknown };
  return typeof restoreTime === 'number' && Math.abs(restoreTime) <= 8_640_000_000_000_000 ? restoreTime : undefined;
}

/** The backup set that was meant: the target itself, one of the target cluster's, or any. */
async function sourceOf(app: App, inventory: Inventory, ref: ObjectRef | undefined): Promise<ObjectRef> {
  if (ref?.kind === 'backup') {
    return ref;
  }
  const title = l10n.t('Restore');
  const entry = ref?.kind === 'cluster' ? indexClusters(inventory).entries.get(objectKey(ref.namespace, ref.name)) : undefined;
  if (entry === undefined) {
    return pickBackup(app, title, isRestorable);
  }
  const backups = entry.backups.filter(isRestorable);
  if (backups.length === 0 && inventory.backups.state.state !== 'forbidden') {
    throw new CommandError(l10n.t('{0} cannot be restored: it has no completed backup set. Back it up first.', entry.name), {
      action: { label: l10n.t('Back Up Now…'), command: 'kubeblocksBackup.backUpNow', arguments: [ref] },
    });
  }
  const from = l10n.t('Restore {0} from', entry.name);
  requireChoices(inventory, ['backups'], backups, l10n.t('There is no backup set to choose: none fits “{0}”.', from));
  return pickRef(app, from, backupChoices(backups, app.time()));
}

/** Completed, or a log backup that holds something. */
export function isRestorable(backup: Backup): boolean {
  return backupState(backup) === 'completed' || (backupType(backup) === 'Continuous' && backup.status?.timeRange?.end !== undefined);
}

function questions(app: App, inventory: Inventory, draft: RestoreDraft): readonly Step<RestoreDraft>[] {
  const latest = (): Inventory => app.active.inventory ?? inventory;
  return [
    ...(draft.backup !== undefined && backupType(draft.backup) === 'Continuous' ? [askTime(app, latest)] : []),
    askNamespace(app),
    askTargetName(app, latest),
    ...(restoreWays(inventory.line).length > 1 ? [askWay(app, inventory)] : []),
    ...inAskingOrder(restoreParametersOf(draft, inventory)).map((parameter) => askParameter<RestoreDraft>(app, parameter)),
  ];
}

/** What was changed in the review, and outlives a way back through the questions. */
type Changes = Pick<RestoreDraft, 'volumeRestorePolicy' | 'deferPostReadyUntilClusterRunning' | 'env' | 'components' | 'way' | 'others'>;

/** Asks the question behind the plan of a draft, whose answers are all there. Resolves with how to follow what was started. */
export async function reviewDraft(app: App, context: string, draft: RestoreDraft): Promise<Follow | undefined> {
  const created: Follow[] = [];
  await runSteps(() => [reviewStep(app, context, (follow) => created.push(follow))], draft);
  return created.at(-1);
}

function reviewStep(app: App, context: string, onCreated: (follow: Follow) => void): Step<RestoreDraft> {
  let changes: Changes = {};
  return async (answered, position) => {
    let draft: RestoreDraft = { ...answered, ...changes };
    const operations = requireOperations(app, context);
    const title = l10n.t('Restore {0}', sourceName(draft));
    const making = await app.prompts.busy({ title, placeholder: l10n.t('Making the plan…'), position }, (signal) => makeRestorePlan(app, operations, draft, signal));
    if (making.kind !== 'value' || making.value === undefined) {
      return making.kind === 'value' ? { kind: 'back' } : making;
    }
    const change = async (made: MadePlan): Promise<Renewed | undefined> => {
      const changed = await askChange(app, draft, made);
      const remade = changed === undefined ? undefined : await makeRestorePlan(app, operations, changed);
      if (changed === undefined || remade === undefined) {
        return undefined;
      }
      const { volumeRestorePolicy, deferPostReadyUntilClusterRunning, env, components, way, others } = changed;
      changes = { ...(volumeRestorePolicy && { volumeRestorePolicy }), ...(deferPostReadyUntilClusterRunning !== undefined && { deferPostReadyUntilClusterRunning }), ...(env && { env }), ...(components && { components }), ...(way && { way }), ...(others && { others }) };
      draft = changed;
      return requestFor(remade);
    };
    const requestFor = (made: MadePlan): Renewed => {
      const { plan } = made;
      const open: OpenPlan = { document: planDocument(plan.target.name), context, draft, made };
      return {
        title,
        context,
        accept: l10n.t('Restore into {0}', plan.target.name),
        summary: summaryOf(app, draft, plan, context),
        document: open.document,
        plan,
        text: (dryRun) => {
          // It may have been closed, and with it let go.
          app.restorePlans.keep(open);
          return planText(app, context, made, dryRun);
        },
        dryRun: async (signal) => accepted(await tryRestore(operations, plan, signal)),
        renew: async (signal) => {
          const renewed = await renewedPlan(app, operations, open, signal);
          return renewed === undefined ? undefined : { ...requestFor(renewed.made), why: renewed.why };
        },
        submit: () => startPlan(app, operations, made),
        more: [
          { label: l10n.t('Change Something…'), detail: l10n.t('Replicas, version, storage, order of volumes, variables'), icon: 'edit', run: () => change(made) },
          { label: l10n.t('Export…'), detail: l10n.t('As a command, a link, YAML or a runbook'), icon: 'export', run: () => exportPlan(app, open).then(() => undefined) },
        ],
      };
    };
    const answer = await review(app, { ...requestFor(making.value), position });
    return mapAnswer(answer, (follow) => {
      onCreated(follow);
      return draft;
    });
  };
}

function summaryOf(app: App, { backup, restoreTime }: RestoreDraft, { target, notCarried }: RestorePlan, context: string): string {
  const name = backup?.metadata.name ?? '';
  const what =
    restoreTime === undefined
      ? l10n.t('From {0}, in {1} ({2}).', name, target.namespace, context)
      : l10n.t('As it was at {0}, in {1} ({2}).', localAndUtcText(restoreTime, app.time()), target.namespace, context);
  const lost = notCarried.map((what) => LOST[what]());
  return lost.length === 0 ? what : `${what} ${l10n.t('Not carried over: {0}.', lost.join(', '))}`;
}

const LOST = {
  tls: () => l10n.t('TLS'),
  loadBalancer: () => l10n.t('load balancer services'),
  nodePorts: () => l10n.t('node ports'),
  offlineInstances: () => l10n.t('offline instances'),
} as const satisfies Record<RestorePlan['notCarried'][number], () => string>;
