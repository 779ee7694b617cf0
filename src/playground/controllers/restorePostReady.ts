import type { AnyObject } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { readAll } from '../runtime/edits';
import type { World } from '../world';
import type { LogSource } from '../workloads/podLogs';
import { isReady, type Pod } from '../workloads/workload';
import { Failure } from './failure';
import {
  cutRestoreJobName,
  EXEC_WORKER_SERVICE_ACCOUNT,
  LABEL,
  MANAGED_BY,
  OPERATOR_NAMESPACE,
  shortUid,
  TOOLS_IMAGE,
} from './names';
import { driveJobs, type PlannedJob } from './restoreJobs';
import type { RestoreSet } from './restoreSets';
import { COMPONENT, endRestore, writeStage } from './restoreStatus';
import type { Hook, PodSelector, RestoreRequest } from './shapes';
import { sourcePod, sourceTargetOf } from './sourcePod';
import { env, workerJob } from './workerJob';

export type StageResult = 'done' | 'running' | 'failed' | 'waiting for pods';

/** Runs what has to happen in the restored database, hook after hook. */
export function postReady(restore: RestoreRequest, sets: readonly RestoreSet[], logs: LogSource, world: World): StageResult {
  const relevant = sets.filter(({ actionSet }) => (actionSet?.spec?.restore?.postReady ?? []).length > 0);
  if (relevant.length === 0 || restore.spec?.readyConfig === undefined) return 'done';
  let actions = restore.status?.actions?.postReady ?? [];
  for (const set of relevant) {
    for (const [step, hook] of (set.actionSet?.spec?.restore?.postReady ?? []).entries()) {
      const planned = planJobs(restore, set, hook, step, world);
      if (planned === undefined) return waitForPods(restore, hook, world);
      actions = driveJobs(restore, planned, actions, logs, world);
      const own = actions.filter(({ objectKey }) => planned.some(({ job }) => `Job/${job.metadata.name}` === objectKey));
      if (own.some(({ status }) => status === 'Processing')) {
        writeStage(restore, 'postReady', { reason: 'Processing', message: 'processing postReady stage', actions }, world);
        return 'running';
      }
      if (own.some(({ status }) => status === 'Failed')) {
        const message = `restore failed for backup "${set.backup.metadata.name}", more information can be found in status.actions.postReady`;
        world.event(restore, 'Warning', 'RestoreFailed', message, COMPONENT);
        writeStage(restore, 'postReady', { reason: 'Failed', message, actions }, world);
        endRestore(restore, 'Failed', world);
        return 'failed';
      }
    }
  }
  writeStage(restore, 'postReady', { reason: 'Succeed', message: 'processing postReady stage successfully', actions }, world);
  return 'done';
}

function waitForPods(restore: RestoreRequest, hook: Hook, world: World): StageResult {
  const kind = hook.exec === undefined ? 'jobAction' : 'execAction';
  world.event(restore, 'Warning', 'Warning', `can not found any pod by spec.readyConfig.${kind}.target.podSelector`, COMPONENT);
  writeStage(restore, 'postReady', { reason: 'Processing', message: 'processing postReady stage', actions: restore.status?.actions?.postReady ?? [] }, world);
  return 'waiting for pods';
}

/** One job a pod; undefined while there is no pod. */
function planJobs(restore: RestoreRequest, set: RestoreSet, hook: Hook, step: number, world: World): readonly PlannedJob[] | undefined {
  const { execAction, jobAction } = restore.spec?.readyConfig ?? {};
  const target = hook.exec === undefined ? jobAction?.target : execAction?.target;
  if (target === undefined) throw new Failure(`spec.readyConfig.${hook.exec === undefined ? 'jobAction' : 'execAction'} can not be empty`);
  const pods = podsOf(target.podSelector, restore.metadata.namespace ?? '', world);
  if (pods.length === 0) return undefined;
  const source = sourceTargetOf(set.backup, restore.spec?.backup?.sourceTargetName ?? '');
  const hasSource = (_: Pod, index: number): boolean => hook.exec !== undefined || sourcePod(source, jobAction?.requiredPolicyForAllPodSelection, index) !== undefined;
  const chosen = (target.podSelector?.strategy === 'Any' ? pods.slice(0, 1) : pods).filter(hasSource);
  const backupName = set.backup.metadata.name;
  return chosen.map((pod, index) => ({
    actionName: `postReady-${String(step)}`,
    backupName,
    job: hookJob(restore, set, hook, { pod, name: cutRestoreJobName(`restore-post-ready-${shortUid(restore)}-${backupName}-${String(step)}-${String(index)}`) }),
  }));
}

function podsOf(selector: PodSelector | undefined, namespace: string, world: World): readonly Pod[] {
  const pods = readAll<Pod>(world, RESOURCES.pod, { namespace, labels: selector?.matchLabels ?? {} }).filter(isReady);
  return [...pods].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function hookJob(restore: RestoreRequest, { backup }: RestoreSet, hook: Hook, { pod, name }: { readonly pod: Pod; readonly name: string }): AnyObject {
  const namespace = restore.metadata.namespace ?? '';
  const common = {
    name,
    owner: restore,
    hasFinalizer: true,
    backoffLimit: restore.spec?.backoffLimit ?? 1,
    labels: {
      [LABEL.managedBy]: MANAGED_BY,
      [LABEL.restore]: restore.metadata.name,
      'dataprotection.kubeblocks.io/restore-namespace': namespace,
    },
  };
  const values = env({ DP_BACKUP_NAME: backup.metadata.name, DP_BACKUP_BASE_PATH: backup.status?.path, DP_RESTORE_TIME: restore.spec?.restoreTime });
  if (hook.exec !== undefined) {
    const command = ['kubectl', '-n', namespace, 'exec', pod.metadata.name, '--', ...hook.exec.command];
    const containers = [{ name: 'post-ready', image: TOOLS_IMAGE, command, env: values }];
    return workerJob({ ...common, namespace: OPERATOR_NAMESPACE, containers, serviceAccount: EXEC_WORKER_SERVICE_ACCOUNT });
  }
  const { image, command } = hook.job ?? { image: TOOLS_IMAGE, command: ['true'] };
  return workerJob({ ...common, namespace, containers: [{ name: 'post-ready', image, command, env: values }] });
}
