import * as l10n from '@vscode/l10n';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import { describeActionSet } from '../../kubeblocks/describe/describeActionSet';
import { describeBackup } from '../../kubeblocks/describe/describeBackup';
import { describeCluster } from '../../kubeblocks/describe/describeCluster';
import { describeEngines } from '../../kubeblocks/describe/describeEngines';
import { describeObject, describeOpsRequest, describeRestore } from '../../kubeblocks/describe/describeObject';
import { describeSchedule } from '../../kubeblocks/describe/describeSchedule';
import { describeLineage } from '../../kubeblocks/describe/describeLineage';
import { describePolicy } from '../../kubeblocks/describe/describePolicy';
import { describeRepository } from '../../kubeblocks/describe/describeRepository';
import { describeWindow } from '../../kubeblocks/describe/describeWindow';
import { pageToMarkdown } from '../../kubeblocks/describe/markdown';
import type { Page } from '../../kubeblocks/describe/page';
import { keyOf, type Inventory } from '../../kubeblocks/inventory';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { AnyObject } from '../../kubeblocks/objects';
import { redact } from '../../kubeblocks/redact';
import type { TimeContext } from '../../kubeblocks/timeText';
import { reachOf } from '../../operations/reachOf';
import { scheduleJobsOf } from '../../operations/scheduleJobsOf';
import { snapshotErrors, waitsForSnapshots } from '../../operations/snapshotErrors';
import type { Operations } from '../connection/operations';
import type { ObjectRef } from '../objectRef';
import { diagnoseRead } from './diagnosis';
import { timelineEntry } from '../timeline/timelineEntry';

/** An object in words, as Markdown in which nothing of the cluster's text acts. */
export async function describePage(operations: Operations, ref: ObjectRef, object: AnyObject, time: TimeContext): Promise<string> {
  const { inventory } = operations.session;
  if (ref.kind === 'backup') {
    return pageToMarkdown(describeBackup(inventory, redact(object), time, await stuckOn(operations, object)));
  }
  if (ref.kind === 'backupSchedule') {
    return pageToMarkdown(describeSchedule(inventory, redact(object), await scheduleJobsOf(operations, object), time));
  }
  if (ref.kind === 'cluster') {
    const entry = indexClusters(inventory).entries.get(keyOf(object));
    return pageToMarkdown(entry === undefined ? describeObject(redact(object), time) : describeCluster(inventory, entry, time, await reachOf(operations, object)));
  }
  return pageToMarkdown(pageFor(inventory, { ...ref, kind: ref.kind }, redact(object), time));
}

/** What keeps a backup under way from ending; the page is shown without it where snapshots may not be read. */
async function stuckOn({ api, logger }: Operations, backup: AnyObject): Promise<string | undefined> {
  if (!waitsForSnapshots(backup)) {
    return undefined;
  }
  try {
    const failing = await snapshotErrors(api, backup);
    return failing.length === 0 ? undefined : failing.map(({ name, error }) => l10n.t('volume snapshot {0} fails: {1}', name, error)).join('; ');
  } catch (error) {
    logger.debug(`the volume snapshots of ${backup.metadata.name} could not be read: ${String(error)}`);
    return undefined;
  }
}

/** Why an object failed: causes first, then what was seen. Reads jobs, pods, logs and events. */
export async function diagnosisPage(operations: Operations, ref: ObjectRef, object: AnyObject, time: TimeContext): Promise<string> {
  const diagnosed = await diagnoseRead(operations, ref, object, time);
  return diagnosed === undefined ? describePage(operations, ref, object, time) : pageToMarkdown(diagnosed.page);
}

/** The recovery window of a cluster, live or gone, as a text. */
export function windowPage({ session: { inventory } }: Operations, ref: ObjectRef, time: TimeContext): string {
  const entry = timelineEntry(inventory, ref);
  if (entry === undefined) {
    throw new Error(l10n.t('{0} is not there any more, nor are its backups.', ref.name));
  }
  return pageToMarkdown(describeWindow(inventory, entry, time));
}

/** Where a backup set comes from, what builds on it, and what goes with it. */
export function lineagePage({ session: { inventory } }: Operations, backup: AnyObject, time: TimeContext): string {
  return pageToMarkdown(describeLineage(inventory, backup, time));
}

/** What each engine can back up: on the cluster that is connected, or else with the add-ons of a line. */
export function enginesPage(operations: Operations | undefined, chosenLine: KubeBlocksLine | undefined): string {
  return pageToMarkdown(describeEngines(operations?.session.inventory, chosenLine));
}

function pageFor(inventory: Inventory, { kind }: { readonly kind: Exclude<ObjectRef['kind'], 'cluster'> }, object: AnyObject, time: TimeContext): Page {
  switch (kind) {
    case 'backup':
      return describeBackup(inventory, object, time);
    case 'backupRepo':
      return describeRepository(inventory, object, time);
    case 'backupPolicy':
      return describePolicy(inventory, object, time);
    case 'restore':
      return describeRestore(object, time);
    case 'opsRequest':
      return describeOpsRequest(object, time);
    case 'actionSet':
      return describeActionSet(inventory, object, time);
    case 'storageProvider':
    case 'backupPolicyTemplate':
    case 'volumeSnapshotClass':
    case 'backupSchedule':
      return describeObject(object, time);
  }
}
