import { indexClusters } from '../../kubeblocks/clusterIndex';
import { describeBackup } from '../../kubeblocks/describe/describeBackup';
import { describeCluster } from '../../kubeblocks/describe/describeCluster';
import { describeDiagnosis } from '../../kubeblocks/describe/describeDiagnosis';
import {
  describeActionSet,
  describeObject,
  describeOpsRequest,
  describePolicy,
  describeRestore,
  describeSchedule,
} from '../../kubeblocks/describe/describeObject';
import { describeRepository } from '../../kubeblocks/describe/describeRepository';
import { pageToMarkdown } from '../../kubeblocks/describe/markdown';
import type { Page } from '../../kubeblocks/describe/page';
import { diagnoseBackup, diagnoseRepository, diagnoseRestore } from '../../kubeblocks/diagnosis';
import { NO_EVIDENCE } from '../../kubeblocks/evidence';
import { keyOf, type Inventory } from '../../kubeblocks/inventory';
import type { AnyObject } from '../../kubeblocks/objects';
import { redact } from '../../kubeblocks/redact';
import type { TimeContext } from '../../kubeblocks/timeText';
import { collectBackupEvidence, collectRestoreEvidence } from '../../operations/collectEvidence';
import type { Operations } from '../connection/operations';
import type { ObjectRef } from '../objectRef';

/** An object in words, as Markdown in which nothing of the cluster's text acts. */
export function describePage(inventory: Inventory, ref: ObjectRef, object: AnyObject, time: TimeContext): string {
  return pageToMarkdown(pageFor(inventory, ref, redact(object), time));
}

/** Why an object failed: causes first, then what was seen. Reads jobs, pods, logs and events. */
export async function diagnosisPage(operations: Operations, ref: ObjectRef, object: AnyObject, time: TimeContext): Promise<string> {
  switch (ref.kind) {
    case 'backup': {
      const evidence = await collectBackupEvidence(operations, object);
      return pageToMarkdown(describeDiagnosis(ref.name, diagnoseBackup(object, evidence), evidence, time));
    }
    case 'restore': {
      const evidence = await collectRestoreEvidence(operations, object);
      return pageToMarkdown(describeDiagnosis(ref.name, diagnoseRestore(object, evidence), evidence, time));
    }
    case 'backupRepo':
      return pageToMarkdown(describeDiagnosis(ref.name, diagnoseRepository(object, NO_EVIDENCE), NO_EVIDENCE, time));
    default:
      return describePage(operations.session.inventory, ref, object, time);
  }
}

function pageFor(inventory: Inventory, { kind }: ObjectRef, object: AnyObject, time: TimeContext): Page {
  switch (kind) {
    case 'cluster': {
      const entry = indexClusters(inventory).entries.get(keyOf(object));
      return entry === undefined ? describeObject(object, time) : describeCluster(inventory, entry, time);
    }
    case 'backup':
      return describeBackup(inventory, object, time);
    case 'backupRepo':
      return describeRepository(inventory, object, time);
    case 'backupPolicy':
      return describePolicy(object, time);
    case 'backupSchedule':
      return describeSchedule(object, time);
    case 'restore':
      return describeRestore(object, time);
    case 'opsRequest':
      return describeOpsRequest(object, time);
    case 'actionSet':
      return describeActionSet(object, time);
    case 'storageProvider':
    case 'backupPolicyTemplate':
      return describeObject(object, time);
  }
}
