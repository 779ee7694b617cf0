import * as l10n from '@vscode/l10n';
import { describeRestorePlan } from '../../kubeblocks/describe/describeRestorePlan';
import { pageToText } from '../../kubeblocks/describe/plainText';
import { keyOf, type Inventory } from '../../kubeblocks/inventory';
import { KINDS } from '../../kubeblocks/kinds';
import type { Cluster } from '../../kubeblocks/objects';
import { RIGHTS } from '../../kubeblocks/restoreChecks';
import type { RestorePlan } from '../../kubeblocks/restorePlan';
import { ApiError } from '../../kubernetes/api';
import { isNotFound } from '../../operations/createOnce';
import { explainApiError } from '../../operations/explainApiError';
import { planHash } from '../../operations/planHash';
import { readSurroundings } from '../../operations/readSurroundings';
import { loadBackup } from '../../operations/restore';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import { restorePlanOf, type RestoreDraft } from './restoreDraft';

/** A plan, and the name by which two of them are told apart. */
export interface MadePlan {
  readonly plan: RestorePlan;
  readonly hash: string;
}

/**
 * The plan for a draft whose questions are all answered, made from what the cluster says now: the backup, what is around
 * the restore, the rules. Rejects with an `AppError` where the backup cannot be read any more.
 */
export async function makeRestorePlan(app: App, operations: Operations, draft: RestoreDraft, signal?: AbortSignal): Promise<MadePlan | undefined> {
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
  return { plan: withoutForbidden(plan), hash: await planHash(plan) };
}

/** A name that was taken a moment ago is not in the inventory yet. */
async function clusterNamed({ api }: Operations, namespace: string, name: string, signal: AbortSignal | undefined): Promise<Cluster | undefined> {
  try {
    return await api.get<Cluster>(KINDS.cluster, name, namespace, signal === undefined ? {} : { signal });
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

/** What may not be created, the server says itself when it is tried, and with it which right to ask for. */
function withoutForbidden(plan: RestorePlan): RestorePlan {
  return { ...plan, findings: plan.findings.map((finding) => (finding.code === RIGHTS ? { ...finding, severity: 'warning' } : finding)) };
}

/** The plan as a text to read, without credentials. `dryRun`: the server's word. */
export async function planText(app: App, context: string, { plan, hash }: MadePlan, dryRun: string | undefined): Promise<string> {
  const { shownYaml } = await import('../../manifest/planYaml.js');
  return pageToText(describeRestorePlan(plan, { hash, source: context, yaml: shownYaml([plan.object]), dryRun: dryRun ?? l10n.t('not asked yet') }, app.time()));
}

/** What differs between the plan that was read and the one that is true now, as sentences. */
export function changesBetween(before: MadePlan, now: MadePlan): readonly string[] {
  const known = new Set(before.plan.findings.map(({ code, severity }) => `${severity} ${code}`));
  const found = now.plan.findings.filter(({ code, severity }) => !known.has(`${severity} ${code}`)).map(({ message }) => message);
  return found.length > 0 ? found : [l10n.t('What it reads or creates is not what it was.')];
}
