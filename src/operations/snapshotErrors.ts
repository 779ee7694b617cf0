import { backupSteps } from '../kubeblocks/backupSteps';
import type { SnapshotEvidence } from '../kubeblocks/evidence';
import { LABELS } from '../kubeblocks/labels';
import type { Backup, KubeObject } from '../kubeblocks/objects';
import { redactText } from '../kubeblocks/redact';
import type { KubernetesApi } from '../kubernetes/api';
import { WORKLOADS } from './workloadKinds';

interface VolumeSnapshot extends KubeObject {
  readonly status?: { readonly readyToUse?: boolean; readonly error?: { readonly message?: string } };
}

/** Whether a backup has volume snapshots that are not taken yet. */
export function waitsForSnapshots(backup: Backup): boolean {
  return backupSteps(backup).some(({ kind, state }) => kind === 'snapshot' && state !== 'completed');
}

/**
 * The volume snapshots of a backup that fail, as their status says. KubeBlocks 1.0 does not look at it: the backup stays
 * Running for as long as the CSI driver goes on failing. Rejects with an `ApiError`.
 */
export async function snapshotErrors(api: KubernetesApi, { metadata }: Backup, signal?: AbortSignal): Promise<SnapshotEvidence[]> {
  const found: SnapshotEvidence[] = [];
  const options = { labelSelector: `${LABELS.backupName}=${metadata.name}`, ...(signal === undefined ? {} : { signal }) };
  for await (const { items } of api.listPages<VolumeSnapshot>(WORKLOADS.volumeSnapshot, metadata.namespace, options)) {
    for (const { metadata: { name }, status } of items) {
      const message = status?.error?.message ?? '';
      if (message !== '' && status?.readyToUse !== true) {
        found.push({ name, error: redactText(message) });
      }
    }
  }
  return found;
}
