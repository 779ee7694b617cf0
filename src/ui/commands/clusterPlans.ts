import * as l10n from '@vscode/l10n';
import { describeRestorePlan } from '../../kubeblocks/describe/describeRestorePlan';
import { keyOf, type Inventory } from '../../kubeblocks/inventory';
import { resourceOnLine } from '../../kubeblocks/kindsOfLine';
import type { Cluster } from '../../kubeblocks/objects';
import { kbcliCommand } from '../../kubeblocks/planCommands';
import { planFingerprint } from '../../kubeblocks/planFingerprint';
import type { RestorePlan } from '../../kubeblocks/restorePlan';
import { localAndUtcText } from '../../kubeblocks/timeText';
import { ApiError } from '../../kubernetes/api';
import { isNotFound } from '../../operations/createOnce';
import { explainApiError } from '../../operations/explainApiError';
import { planHash } from '../../operations/planHash';
import { readSurroundings } from '../../operations/readSurroundings';
import { loadBackup } from '../../operations/restore';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import type { MadePlan, PlanKind } from '../restorePlans/planKind';
import { linkOf } from '../restorePlans/planLink';
import { followRestore, followedRestore } from './followRestore';
import { withoutForbidden } from './forbiddenRestore';
import { askChange } from './restoreChanges';
import { restorePlanOf, type RestoreDraft } from './restoreDraft';
import { sourceName } from './restoreQuestions';

/** Restores into a new cluster. */
export const CLUSTER_PLANS: PlanKind<RestoreDraft, RestorePlan> = {
  make,
  page: describeRestorePlan,
  title: (draft) => l10n.t('Restore {0}', sourceName(draft)),
  summary: summaryOf,
  changeable: () => l10n.t('Replicas, version, storage, order of volumes, variables'),
  change: (app, draft, made) => askChange(app, draft, made.plan),
  kept: ({ volumeRestorePolicy, deferPostReadyUntilClusterRunning, env, components, way, others, onlyRestored }) => ({
    ...(volumeRestorePolicy && { volumeRestorePolicy }),
    ...(deferPostReadyUntilClusterRunning !== undefined && { deferPostReadyUntilClusterRunning }),
    ...(env && { env }),
    ...(components && { components }),
    ...(way && { way }),
    ...(others && { others }),
    ...(onlyRestored !== undefined && { onlyRestored }),
  }),
  fileName: ({ target }) => target.name,
  link: linkOf,
  kbcli: kbcliCommand,
  followed: followedRestore,
  follow: (app, operations, plan) => followRestore(app, operations, followedRestore(operations.session.context, plan)),
};

/**
 * The plan for a draft whose questions are all answered, made from what the cluster says now: the backup, what is around
 * the restore, the rules. Rejects with an `AppError` where the backup cannot be read any more.
 */
async function make(app: App, operations: Operations, draft: RestoreDraft, signal?: AbortSignal): Promise<MadePlan<RestorePlan> | undefined> {
  const { backup, targetNamespace } = draft;
  if (backup === undefined || targetNamespace === undefined) {
    return undefined;
  }
  const source = backup.metadata.namespace ?? targetNamespace;
  const { others = [] } = draft;
  const [fresh, freshOthers, taken, around, { judgedPlan }] = await Promise.all([
    loadBackup(operations, source, backup.metadata.name, signal),
    Promise.all(others.map(({ metadata }) => loadBackup(operations, metadata.namespace, metadata.name, signal))),
    clusterNamed(operations, targetNamespace, draft.targetName ?? '', signal),
    // Its questions are no changes, which a read-only context refuses.
    readSurroundings(operations.session.api, { source, target: targetNamespace }, signal),
    import('../../manifest/judgePlan.js'),
  ]);
  const inventory = withCluster(operations.session.inventory, taken);
  const planned = restorePlanOf({ ...draft, backup: fresh, ...(others.length > 0 && { others: freshOthers }) }, inventory, app.time(), around);
  if (planned === undefined) {
    return undefined;
  }
  const plan = inventory.line === undefined ? planned : judgedPlan(planned, inventory, around, await app.dialectOf(inventory.line));
  return { plan: withoutForbidden(plan), hash: await planHash(planFingerprint(plan)) };
}

/** A name that was taken a moment ago is not in the inventory yet. */
async function clusterNamed({ api, session: { inventory: { line = '1.0' } } }: Operations, namespace: string, name: string, signal: AbortSignal | undefined): Promise<Cluster | undefined> {
  try {
    return await api.get<Cluster>(resourceOnLine('cluster', line), name, namespace, signal === undefined ? {} : { signal });
  } catch (error) {
    if (isNotFound(error) || (error instanceof ApiError && error.details.status === 403)) {
      return undefined;
    }
    throw explainApiError(error, l10n.t('Whether {0} is a free name could not be found out', name));
  }
}

function withCluster(inventory: Inventory, cluster: Cluster | undefined): Inventory {
  return cluster === undefined || inventory.clusters.items.has(keyOf(cluster)) ? inventory : { ...inventory, clusters: { ...inventory.clusters, items: new Map([...inventory.clusters.items, [keyOf(cluster), cluster]]) } };
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
