import type { Inventory } from '../../kubeblocks/inventory';
import type { Backup } from '../../kubeblocks/objects';
import type { VolumeRestoreRequest } from '../../kubeblocks/volumeRestoreRequest';
import { chosenParameters, type RestoreDraft } from './restoreDraft';

/** What was answered so far about a restore into volumes. */
export interface VolumeDraft extends RestoreDraft {
  readonly backup: Backup;
  readonly stage: VolumeRestoreRequest['stage'];
  /** By the volume of the backup. */
  readonly claims: Readonly<Record<string, string>>;
  readonly cluster?: string;
  /** Whose part, and whose copy. */
  readonly sourceTarget?: string;
  readonly sourcePod?: string;
}

/** Where the claims or the cluster are: beside the backup, unless something else was asked for. */
export function volumesNamespace({ backup, targetNamespace }: Pick<VolumeDraft, 'backup' | 'targetNamespace'>): string {
  return targetNamespace ?? backup.metadata.namespace ?? '';
}

export function volumeRequestOf(draft: VolumeDraft, inventory: Inventory): VolumeRestoreRequest {
  const { backup, stage, claims, cluster = '', restoreTime, sourceTarget, sourcePod, volumeRestorePolicy, env } = draft;
  const common = {
    backup,
    namespace: volumesNamespace(draft),
    parameters: chosenParameters(draft, inventory),
    ...(restoreTime !== undefined && { restoreTime }),
    ...(sourceTarget !== undefined && { sourceTarget }),
    ...(sourcePod !== undefined && { sourcePod }),
    ...(volumeRestorePolicy !== undefined && { volumeRestorePolicy }),
    ...(env !== undefined && { env }),
  };
  return stage === 'prepareData' ? { ...common, stage, claims: Object.entries(claims).map(([volume, claim]) => ({ volume, claim })) } : { ...common, stage, cluster };
}
