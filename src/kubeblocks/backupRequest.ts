import type { BackupPlan } from './backupPlan';
import type { KubeBlocksLine } from './kinds';
import { resourceOnLine } from './kindsOfLine';
import { LABELS } from './labels';
import type { OpsRequest } from './objects';
import { apiVersionOf, type Resource } from './resource';

/** Where OpsRequests are; while the line is not known, where most lines have them. */
export function requestResource(line: KubeBlocksLine | undefined): Resource {
  return resourceOnLine('opsRequest', line ?? '1.0');
}

/** The OpsRequest by which KubeBlocks makes the planned Backup, of the same name, as kbcli asks for one. */
export function backupRequest(line: KubeBlocksLine | undefined, { object }: BackupPlan): { readonly resource: Resource; readonly object: OpsRequest } {
  const resource = requestResource(line);
  const { name, namespace, labels } = object.metadata;
  const { backupPolicyName, backupMethod, deletionPolicy, retentionPeriod, parentBackupName, parameters } = object.spec ?? {};
  const backup = {
    backupName: name,
    ...(backupPolicyName === undefined ? {} : { backupPolicyName }),
    ...(backupMethod === undefined ? {} : { backupMethod }),
    ...(deletionPolicy === undefined ? {} : { deletionPolicy }),
    ...(retentionPeriod === undefined ? {} : { retentionPeriod }),
    ...(parentBackupName === undefined ? {} : { parentBackupName }),
    ...(parameters === undefined ? {} : { parameters }),
  };
  return {
    resource,
    object: {
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      spec: { type: 'Backup', clusterName: labels?.[LABELS.instance] ?? '', backup },
    },
  };
}
