import { LaneApiError, type LaneApi } from '../lane/laneApi';
import type { PodWork } from './kubelet';
import { react, type StandInContext } from './react';
import { timestamp, type Pod } from './shapes';

const LABEL = 'dataprotection.kubeblocks.io/';
const COPIED_BYTES = 4_426_858;
const LOG_BYTES_A_STEP = 1_048_576;
/** How often (ms) a log backup's range moves on: at first, and when it is old, so that forgotten logs cost little. */
const STEP = 1000;
const OLD_STEP = 5000;
const OLD_AFTER = 30;

/**
 * Stands in for the sidecar of a backup's job, which writes what the backup's script found out: size and time range. Only a
 * data job has it; jobs before and after do not.
 */
export function backupSidecar(api: LaneApi): PodWork {
  return async (pod) => {
    if (!pod.metadata.name.startsWith('dp-backup-')) return;
    const end = new Date();
    await writeStatus(api, pod, { totalSize: String(COPIED_BYTES), timeRange: { start: timestamp(new Date(end.getTime() - 1000)), end: timestamp(end) } });
  };
}

/** Stands in for the sidecars of log backups, whose pods run for ever: moves their range on and lets them grow. */
export function startLogSidecars(context: StandInContext): void {
  const { api, signal, onProblem } = context;
  const archiving = new Set<string>();
  react(context, `/api/v1/pods?labelSelector=${encodeURIComponent(`${LABEL}backup-name,!batch.kubernetes.io/job-name`)}`, (object) => {
    const pod = object as unknown as Pod;
    const uid = pod.metadata.uid ?? '';
    if (pod.status?.phase === 'Running' && !archiving.has(uid)) {
      archiving.add(uid);
      archive(api, pod, signal)
        .catch((error: unknown) => onProblem(new Error(`log of ${pod.metadata.name}: ${String(error)}`)))
        .finally(() => archiving.delete(uid));
    }
    return Promise.resolve();
  });
}

async function archive(api: LaneApi, pod: Pod, signal: AbortSignal): Promise<void> {
  const start = timestamp(new Date());
  for (let step = 1; !signal.aborted; step += 1) {
    try {
      const now = await api.get(`/api/v1/namespaces/${pod.metadata.namespace ?? ''}/pods/${pod.metadata.name}`);
      if (now.metadata.uid !== pod.metadata.uid || now.metadata.deletionTimestamp !== undefined) return;
      await writeStatus(api, pod, { totalSize: String(LOG_BYTES_A_STEP * step), timeRange: { start, end: timestamp(new Date()) } });
    } catch (error) {
      if (error instanceof LaneApiError && error.status === 404) return;
      if (error instanceof LaneApiError && error.status < 500) throw error;
    }
    const pause = step < OLD_AFTER ? STEP : OLD_STEP;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function writeStatus(api: LaneApi, { metadata, spec }: Pod, status: object): Promise<void> {
  const { namespace = '', labels = {} } = metadata;
  const backup = labels[`${LABEL}backup-name`];
  if (backup === undefined) return;
  const backupNamespace = labels[`${LABEL}backup-namespace`] ?? namespace;
  // As the pod's own account, so that the rights the controllers gave it are used.
  await api
    .as(`system:serviceaccount:${namespace}:${spec.serviceAccountName ?? 'default'}`)
    .patch(`/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${backupNamespace}/backups/${backup}/status`, { status });
}
