import { parse } from 'yaml';
import type { AnyObject } from '../../../src/kubeblocks/objects';
import { LaneApiError, type LaneApi } from '../lane/laneApi';
import type { PodWork } from './kubelet';
import type { Pod } from './shapes';

/**
 * Stands in for the pod of a schedule's CronJob, whose script creates the Backup: does what its two kubectl calls do. It
 * is read, not run, because a shell would run whatever stands in a cluster's object.
 */
export function schedulePod(api: LaneApi): PodWork {
  return async (pod) => {
    const script = pod.spec.containers.find(({ name }) => name === 'backup-schedule')?.args?.[0];
    if (script === undefined) return;
    const asPod = api.as(`system:serviceaccount:${pod.metadata.namespace ?? ''}:${pod.spec.serviceAccountName ?? 'default'}`);
    if (!(await hasWhatItChecks(asPod, script))) return;
    const backup = backupIn(script, pod);
    try {
      await asPod.create(`/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${backup.metadata.namespace ?? ''}/backups`, backup);
    } catch (error) {
      // Asked again after the server was away: the first try had arrived.
      if (!(error instanceof LaneApiError && error.status === 409)) throw error;
    }
  };
}

/** An incremental schedule looks for a completed full backup first, and does nothing without one. */
async function hasWhatItChecks(api: LaneApi, script: string): Promise<boolean> {
  const check = /kubectl get backups\S* -n (\S+) --selector=(\S+) -o jsonpath=.*spec\.backupMethod=="([^"]*)"/.exec(script);
  if (check === null) return true;
  const [, namespace = '', selector = '', method] = check;
  const backups = await api.list(`/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${namespace}/backups?labelSelector=${encodeURIComponent(selector)}`);
  return backups.some((backup) => {
    const { spec, status } = backup as AnyObject & { spec: { backupMethod?: string }; status?: { phase?: string } };
    return spec.backupMethod === method && status?.phase === 'Completed';
  });
}

function backupIn(script: string, pod: Pod): AnyObject {
  const manifest = /kubectl create -f - <<EOF\n([\s\S]*?)\nEOF/.exec(script)?.[1];
  if (manifest === undefined) throw new Error(`the script of ${pod.metadata.name} creates nothing:\n${script}`);
  // By the pod's own start, so that a second try of the same pod makes the same name.
  const stamp = (pod.metadata.creationTimestamp ?? '').replace(/\D/g, '');
  return parse(manifest.replaceAll(`$(date -u +'%Y%m%d%H%M%S')`, stamp)) as AnyObject;
}
