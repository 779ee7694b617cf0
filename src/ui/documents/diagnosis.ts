import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import { describeDiagnosis } from '../../kubeblocks/describe/describeDiagnosis';
import { backupSubject, clusterSubject, opsSubject, repositorySubject, restoreSubject, scheduleSubject, type DiagnosisSubject } from '../../kubeblocks/describe/diagnosisSubjects';
import { pageToMarkdown } from '../../kubeblocks/describe/markdown';
import type { Page } from '../../kubeblocks/describe/page';
import { diagnoseBackup, diagnoseConditions, diagnoseRepository, diagnoseRestore, diagnoseSchedule, type Cause } from '../../kubeblocks/diagnosis';
import { backupSigns, clusterSigns, opsSigns, repositoryTroubleSigns, restoreSigns, scheduleSigns } from '../../kubeblocks/diagnosisSigns';
import type { Evidence } from '../../kubeblocks/evidence';
import { objectKey } from '../../kubeblocks/inventory';
import { resourceOnLine } from '../../kubeblocks/kindsOfLine';
import type { AnyObject, Cluster, OpsRequest } from '../../kubeblocks/objects';
import { redact } from '../../kubeblocks/redact';
import type { TimeContext } from '../../kubeblocks/timeText';
import { collectBackupEvidence, collectClusterEvidence, collectRepositoryEvidence, collectRestoreEvidence, collectScheduleEvidence } from '../../operations/collectEvidence';
import { explainApiError } from '../../operations/explainApiError';
import type { Operations } from '../connection/operations';
import { startableFix, type StartableFix } from '../fixes';
import type { ObjectRef } from '../objectRef';

/** What was found out about an object that failed or does not end. */
export interface Diagnosed {
  readonly page: Page;
  readonly causes: readonly Cause[];
  /** What can be started, with the cause it is against; each once, best first. */
  readonly fixes: readonly { readonly fix: StartableFix; readonly cause: Cause }[];
  /** Page and object in one Markdown text, credentials struck out. */
  readonly report: string;
}

/** The kinds that have a diagnosis. */
export const DIAGNOSED_KINDS: readonly ObjectRef['kind'][] = ['backup', 'restore', 'backupRepo', 'backupSchedule', 'opsRequest', 'cluster'];

/** Reads the object with its jobs, pods, logs and events, and says why it failed. Undefined for a kind that has no diagnosis. Rejects with an `AppError`. */
export async function diagnoseObject(operations: Operations, ref: ObjectRef, time: TimeContext, signal?: AbortSignal): Promise<Diagnosed | undefined> {
  const { api, inventory } = operations.session;
  let object: AnyObject;
  try {
    object = await api.get(resourceOnLine(ref.kind, inventory.line ?? '1.0'), ref.name, ref.namespace, signal === undefined ? {} : { signal });
  } catch (error) {
    throw explainApiError(error, l10n.t('{0} cannot be diagnosed', ref.name));
  }
  return diagnoseRead(operations, ref, object, time, signal);
}

/** The same of an object that was read. */
export async function diagnoseRead(operations: Operations, ref: ObjectRef, object: AnyObject, time: TimeContext, signal?: AbortSignal): Promise<Diagnosed | undefined> {
  const found = await look(operations, ref, object, time, signal);
  if (found === undefined) {
    return undefined;
  }
  const { subject, causes, evidence } = found;
  const { inventory } = operations.session;
  const startable = (id: Parameters<typeof startableFix>[3]): StartableFix | undefined => startableFix(inventory, ref, object, id);
  const page = describeDiagnosis(subject, causes, evidence, time, (id) => startable(id)?.label);
  const fixes = new Map<string, Diagnosed['fixes'][number]>();
  for (const cause of causes) {
    for (const fix of cause.fixes.flatMap((id) => startable(id) ?? [])) {
      fixes.set(fix.id, fixes.get(fix.id) ?? { fix, cause });
    }
  }
  return { page, causes, fixes: [...fixes.values()], report: reportOf(operations, page, object) };
}

interface Found {
  readonly subject: DiagnosisSubject;
  readonly causes: readonly Cause[];
  readonly evidence: Evidence;
}

async function look(operations: Operations, ref: ObjectRef, object: AnyObject, time: TimeContext, signal: AbortSignal | undefined): Promise<Found | undefined> {
  const { inventory } = operations.session;
  switch (ref.kind) {
    case 'backup': {
      const evidence = await collectBackupEvidence(operations, object, signal);
      return { subject: backupSubject(inventory, object, time), causes: diagnoseBackup(object, evidence, backupSigns(inventory, object, time)), evidence };
    }
    case 'restore': {
      const evidence = await collectRestoreEvidence(operations, object, signal);
      return { subject: restoreSubject(inventory, object, time), causes: diagnoseRestore(object, evidence, restoreSigns(inventory, object)), evidence };
    }
    case 'backupRepo': {
      const evidence = await collectRepositoryEvidence(operations, object, signal);
      return { subject: repositorySubject(object, time), causes: diagnoseRepository(object, evidence, repositoryTroubleSigns(object)), evidence };
    }
    case 'backupSchedule': {
      const evidence = await collectScheduleEvidence(operations, object, signal);
      const signs = scheduleSigns(inventory, object, time);
      return { subject: scheduleSubject(object, signs.length > 0), causes: diagnoseSchedule(object, evidence, signs), evidence };
    }
    case 'opsRequest':
      return lookAtRequest(operations, object, time, signal);
    case 'cluster':
      return lookAtCluster(operations, object, time, signal);
    default:
      return undefined;
  }
}

async function lookAtRequest(operations: Operations, ops: OpsRequest, time: TimeContext, signal: AbortSignal | undefined): Promise<Found> {
  const { inventory } = operations.session;
  const namespace = ops.metadata.namespace ?? '';
  const entry = indexClusters(inventory).entries.get(objectKey(namespace, ops.spec?.clusterName ?? ''));
  const isRestore = ops.spec?.type === 'Restore';
  const about = { namespace, ops, cluster: isRestore ? entry?.cluster : undefined, restores: isRestore ? (entry?.restores ?? []) : [] };
  const evidence = await collectClusterEvidence(operations, about, signal);
  const troubles = about.cluster === undefined ? [] : clusterSigns(inventory, about.cluster);
  const signs = [...opsSigns(inventory, ops), ...troubles];
  return { subject: opsSubject(ops, time, { restores: about.restores, hasTrouble: troubles.length > 0 }), causes: diagnoseConditions(ops, evidence, signs), evidence };
}

async function lookAtCluster(operations: Operations, cluster: Cluster, time: TimeContext, signal: AbortSignal | undefined): Promise<Found> {
  const { inventory } = operations.session;
  const { namespace = '', name } = cluster.metadata;
  const entry = indexClusters(inventory).entries.get(objectKey(namespace, name));
  const ops = entry?.opsRequests.find(({ spec, status }) => spec?.type === 'Restore' && status?.phase !== 'Succeed');
  const restores = entry?.restores ?? [];
  const evidence = await collectClusterEvidence(operations, { namespace, ops, cluster, restores }, signal);
  const signs = clusterSigns(inventory, cluster);
  return { subject: clusterSubject(cluster, time, { restores, hasTrouble: signs.length > 0 }), causes: diagnoseConditions(cluster, evidence, signs), evidence };
}

/** What somebody who was not there needs: versions, the page, the object. Names of contexts and servers stay here. */
function reportOf({ session: { inventory } }: Operations, page: Page, object: AnyObject): string {
  const { connection, line, simulated } = inventory;
  const versions = [
    `KubeBlocks ${line ?? l10n.t('unknown')}`,
    connection.state === 'connected' ? `Kubernetes ${connection.serverVersion}` : undefined,
    simulated ? l10n.t('simulated by the playground') : undefined,
  ].filter((part) => part !== undefined);
  const { apiVersion, kind, metadata, ...contents } = redact(object);
  const yaml = stringify({ apiVersion, kind, metadata, ...contents }, { lineWidth: 0 });
  return pageToMarkdown({
    ...page,
    sections: [{ kind: 'list', heading: l10n.t('Versions'), items: versions }, ...page.sections, { kind: 'text', heading: l10n.t('The object'), text: yaml }],
  });
}
