import { LABELS } from '../../../src/kubeblocks/labels';
import type { Backup, BackupMethod } from '../../../src/kubeblocks/objects';
import type { ClusterLane } from '../lane/clusterLane';

/** The controller leaves such a backup as it is (`pkg/dataprotection/types/constant.go`). */
export const LEAVE_ALONE = 'dataprotection.kubeblocks.io/skip-reconciliation';
const BACKUPS = 'dataprotection.kubeblocks.io/v1alpha1';
const ORIGIN = Date.UTC(2026, 0, 5, 9, 0, 0);

/** No garbage collector comes as late. */
const FAR = '2100-01-01T00:00:00Z';

type Kind = 'full' | 'incremental' | 'snapshot' | 'log' | 'free' | 'skipping';

/** A backup of the past: only what a restore looks at. Times are seconds after the origin. */
export interface Past {
  readonly name: string;
  readonly kind: Kind;
  readonly end: number;
  /** Of a log. */
  readonly start?: number;
  readonly parent?: string;
  readonly base?: string;
  readonly policy?: string;
  readonly repository?: string;
  readonly component?: string;
  readonly phase?: 'Completed' | 'Failed' | 'Running';
  /** What becomes of it later: it is deleted, has an expiry that is over, or one far away. */
  readonly ends?: 'deleted' | 'expired' | 'expiring';
  /** Only the completion is known, no time range. */
  readonly withoutRange?: boolean;
}

/** Which method, action set and type makes each kind; `free` needs no base, `skipping` cannot use an incremental one. */
const METHODS: Readonly<Record<Kind, { readonly name: string; readonly type: string; readonly actionSetName?: string; readonly compatibleMethod?: string; readonly snapshotVolumes?: boolean; readonly targetVolumes?: NonNullable<BackupMethod['targetVolumes']> }>> = {
  full: { name: 'wal-g', type: 'Full', actionSetName: 'postgresql-wal-g' },
  incremental: { name: 'wal-g-incremental', type: 'Incremental', actionSetName: 'postgres-wal-g-incremental', compatibleMethod: 'wal-g' },
  snapshot: { name: 'volume-snapshot', type: 'Full', snapshotVolumes: true },
  log: { name: 'archive-wal', type: 'Continuous', actionSetName: 'postgresql-for-pitr', targetVolumes: { volumes: ['data'] } },
  free: { name: 'aof', type: 'Continuous', actionSetName: 'redis-for-pitr' },
  skipping: { name: 'archive', type: 'Continuous', actionSetName: 'cluster-lane-skipping' },
};

export function instantOf(seconds: number): string {
  return new Date(ORIGIN + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Creates the backups in a namespace as if they had been made long ago, and gives them as the server has them. */
export async function createHistory(lane: ClusterLane, namespace: string, history: readonly Past[]): Promise<readonly Backup[]> {
  const path = `/apis/${BACKUPS}/namespaces/${namespace}/backups`;
  return Promise.all(
    history.map(async (past) => {
      const { status, ...rest } = backupOf(past, namespace);
      await lane.api.create(path, rest);
      return lane.api.patch<Backup>(`${path}/${past.name}/status`, { status });
    }),
  );
}

function backupOf(past: Past, namespace: string): Backup {
  const { name, kind, start = past.end - 30, end, parent, base, policy = 'policy', repository = 'object-store', component = 'postgresql', phase } = past;
  const { type, ...backupMethod } = METHODS[kind];
  return {
    apiVersion: BACKUPS,
    kind: 'Backup',
    metadata: {
      name,
      namespace,
      annotations: { [LEAVE_ALONE]: 'true' },
      labels: {
        [LABELS.backupType]: type,
        [LABELS.backupPolicy]: policy,
        [LABELS.clusterUid]: 'the-cluster',
        [LABELS.instance]: 'db',
        [LABELS.component]: component,
      },
    },
    spec: { backupPolicyName: policy, backupMethod: backupMethod.name, deletionPolicy: 'Retain' },
    status: {
      phase: phase ?? (type === 'Continuous' ? 'Running' : 'Completed'),
      startTimestamp: instantOf(start),
      ...(type === 'Continuous' ? {} : { completionTimestamp: instantOf(end) }),
      ...(past.withoutRange === true ? {} : { timeRange: { start: instantOf(start), end: instantOf(end) } }),
      ...(past.ends === undefined || past.ends === 'deleted' ? {} : { expiration: past.ends === 'expired' ? instantOf(end + 60) : FAR }),
      backupRepoName: repository,
      backupMethod,
      ...(parent === undefined ? {} : { parentBackupName: parent }),
      ...(base === undefined ? {} : { baseBackupName: base }),
    },
  };
}
