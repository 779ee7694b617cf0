import type { Parameter } from '../../kubeblocks/objects';
import type { EnvVar } from '../workloads/workload';
import { listIn } from './componentRestoreEntry';

/** Keys of `spec.restore.parameters` that steer the restore; every other is a parameter of the action set. */
export const RESTORE_PARAMETER = {
  volumePolicy: 'dataprotection.kubeblocks.io/volume-restore-policy',
  env: 'dataprotection.kubeblocks.io/restore-env',
  deferPostReady: 'dataprotection.kubeblocks.io/defer-post-ready-until-cluster-running',
  sourceTarget: 'dataprotection.kubeblocks.io/source-target-name',
  sourcePod: 'dataprotection.kubeblocks.io/source-target-pod-name',
} as const;

const STEERING: ReadonlySet<string> = new Set(Object.values(RESTORE_PARAMETER));

/** What the text of the annotation `restore-parameters` says. */
export interface RestoreParameters {
  readonly volumePolicy: string;
  readonly defersPostReady: boolean;
  readonly env?: readonly EnvVar[] | undefined;
  readonly sourceTarget?: string | undefined;
  readonly parameters?: readonly Parameter[] | undefined;
}

export function readRestoreParameters(text: string | undefined): RestoreParameters {
  const all = text === undefined ? {} : (JSON.parse(text) as Readonly<Record<string, string>>);
  const own = Object.entries(all).filter(([key]) => !STEERING.has(key));
  return {
    volumePolicy: all[RESTORE_PARAMETER.volumePolicy] ?? 'Parallel',
    defersPostReady: all[RESTORE_PARAMETER.deferPostReady] === 'true',
    env: listIn(all[RESTORE_PARAMETER.env]),
    sourceTarget: all[RESTORE_PARAMETER.sourceTarget],
    parameters: own.length === 0 ? undefined : own.map(([name, value]) => ({ name, value })),
  };
}
