import { LINES, type KubeBlocksLine } from '../kubeblocks/kinds';
import type { Path } from './manifestPath';

interface Renamed {
  readonly kind: string;
  readonly parent: string;
  readonly old: string;
  readonly current: string;
  /** The first line that knows the current name. */
  readonly since: KubeBlocksLine;
  /** The first line that knows the old one, where that is not the first of all. */
  readonly oldSince?: KubeBlocksLine;
}

/** Fields that other lines have under another name (`apis/apps/v1alpha1`, `apis/apps/v1`, `apis/operations/v1alpha1`). */
const RENAMED: readonly Renamed[] = [
  { kind: 'OpsRequest', parent: 'spec', old: 'clusterRef', current: 'clusterName', since: '0.9' },
  { kind: 'OpsRequest', parent: 'spec', old: 'backupSpec', current: 'backup', since: '0.9' },
  { kind: 'OpsRequest', parent: 'spec', old: 'restoreSpec', current: 'restore', since: '0.9', oldSince: '0.8' },
  { kind: 'OpsRequest', parent: 'spec.restore', old: 'restoreTimeStr', current: 'restorePointInTime', since: '0.9' },
  { kind: 'OpsRequest', parent: 'spec.restoreSpec', old: 'restoreTimeStr', current: 'restorePointInTime', since: '0.9' },
  { kind: 'OpsRequest', parent: 'spec.restore', old: 'doReadyRestoreAfterClusterRunning', current: 'deferPostReadyUntilClusterRunning', since: '0.9' },
  { kind: 'OpsRequest', parent: 'spec.restoreSpec', old: 'doReadyRestoreAfterClusterRunning', current: 'deferPostReadyUntilClusterRunning', since: '0.9' },
  { kind: 'OpsRequest', parent: 'spec', old: 'ttlSecondsBeforeAbort', current: 'preConditionDeadlineSeconds', since: '0.9' },
  { kind: 'Cluster', parent: 'spec', old: 'clusterDefinitionRef', current: 'clusterDef', since: '1.0' },
  { kind: 'Cluster', parent: 'spec', old: 'shardingSpecs', current: 'shardings', since: '1.0', oldSince: '0.8' },
];

/** What this line calls a field that it does not know under the name of another; undefined where it has none. */
export function renamedField(kind: string, path: Path, line: KubeBlocksLine): string | undefined {
  const parent = path.slice(0, -1).join('.');
  const key = path.at(-1);
  for (const { since, oldSince, old, current, ...where } of RENAMED) {
    const hasNeither = oldSince !== undefined && LINES.indexOf(line) < LINES.indexOf(oldSince);
    if (where.kind !== kind || where.parent !== parent || hasNeither) continue;
    const isKnown = LINES.indexOf(line) >= LINES.indexOf(since);
    if (key === (isKnown ? old : current)) return isKnown ? current : old;
  }
  return undefined;
}
