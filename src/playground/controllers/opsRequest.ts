import type { AnyObject, Condition } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, isDeleting, patchStatus, read, remove, refOf, withCondition } from '../runtime/edits';
import type { Controller, ObjectRef, World } from '../world';
import { APPS_LABEL, OPS_FINALIZER } from './clusterNames';
import type { PlaygroundCluster } from './clusterShapes';
import { LABEL } from './names';
import { isBackupDone, startBackup } from './opsRequestBackup';
import { isRestoreDone, startRestore } from './opsRequestRestore';
import { FatalOpsError, RetriedOpsError, type PlaygroundOpsRequest } from './opsRequestShapes';

const RETRY_MS = 5_000;
const STEP_MS = 20;
const ENDED = ['Succeed', 'Failed', 'Cancelled', 'Aborted'];

interface Operation {
  readonly start: (ops: PlaygroundOpsRequest, world: World) => void;
  readonly isDone: (ops: PlaygroundOpsRequest, world: World) => boolean;
  /** What condition Backup says while it runs; both operations use that type. */
  readonly started: { readonly reason: string; readonly verb: string };
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  Backup: { start: startBackup, isDone: isBackupDone, started: { reason: 'BackupStarted', verb: 'backup' } },
  Restore: { start: startRestore, isDone: isRestoreDone, started: { reason: 'RestoreStarted', verb: 'restore' } },
};

/** Walks an OpsRequest through Pending, Creating, Running to its end (`controllers/operations`, `pkg/operations`). */
export const opsRequestController: Controller = {
  name: 'opsRequest',
  watches: [
    { resource: RESOURCES.opsRequest },
    { resource: RESOURCES.backup, keys: opsOfBackup },
    { resource: RESOURCES.cluster, keys: opsOfCluster },
  ],
  reconcile(ref, world) {
    const ops = read<PlaygroundOpsRequest>(world, RESOURCES.opsRequest, ref);
    if (ops === undefined) return undefined;
    if (isDeleting(ops)) {
      edit(world, RESOURCES.opsRequest, ops, { removeFinalizer: OPS_FINALIZER });
      return undefined;
    }
    return ENDED.includes(ops.status?.phase ?? '') ? expire(ops, world) : advance(ops, world);
  },
};

function opsOfBackup({ metadata }: AnyObject): readonly ObjectRef[] {
  const name = metadata.labels?.[APPS_LABEL.opsName];
  return name === undefined ? [] : [{ namespace: metadata.namespace ?? '', name }];
}

function opsOfCluster({ metadata }: AnyObject, world: World): readonly ObjectRef[] {
  const options = { namespace: metadata.namespace ?? '', labels: { [LABEL.instance]: metadata.name } };
  return world.store.list(RESOURCES.opsRequest, options).map(refOf);
}

const COMPONENT = 'ops-request-controller';

function advance(ops: PlaygroundOpsRequest, world: World): { requeueAfterMs: number } | undefined {
  const operation = OPERATIONS[ops.spec.type];
  if (ops.metadata.finalizers?.includes(OPS_FINALIZER) !== true && !lacksCluster(ops, world)) {
    edit(world, RESOURCES.opsRequest, ops, { addFinalizer: OPS_FINALIZER });
    return { requeueAfterMs: STEP_MS };
  }
  if (operation === undefined) {
    fail(ops, 'Validated', 'OpsRequestFailed', `the playground carries out Backup and Restore, not ${ops.spec.type}`, world);
    return undefined;
  }
  try {
    return step(ops, operation, world);
  } catch (error) {
    if (error instanceof FatalOpsError) {
      fail(ops, 'Failed', 'OpsRequestFailed', error.message, world);
      return undefined;
    }
    if (!(error instanceof RetriedOpsError)) throw error;
    world.event(ops, 'Warning', 'DoActionFailed', `Failed to process the operation of OpsRequest: ${error.message}`, COMPONENT);
    return { requeueAfterMs: RETRY_MS };
  }
}

function step(ops: PlaygroundOpsRequest, operation: Operation, world: World): { requeueAfterMs: number } | undefined {
  const { name } = ops.metadata;
  const clusterName = ops.spec.clusterName ?? '';
  switch (ops.status?.phase ?? '') {
    case '':
      return begin(ops, world);
    case 'Pending': {
      const message = `Start to ${operation.started.verb} the Cluster: ${clusterName}`;
      transition(ops, { phase: 'Creating', startTimestamp: world.clock.timestamp() }, world, [
        { type: 'Validated', status: 'True', reason: 'ValidateOpsRequestPassed', message: `OpsRequest: ${name} is validated` },
        { type: 'Backup', status: 'True', reason: operation.started.reason, message },
      ]);
      return { requeueAfterMs: STEP_MS };
    }
    case 'Creating':
      operation.start(ops, world);
      transition(ops, { phase: 'Running', clusterGeneration: 1 }, world, []);
      return undefined;
    default: {
      if (!operation.isDone(ops, world)) return undefined;
      const message = `Successfully processed the OpsRequest: ${name} in Cluster: ${clusterName}`;
      transition(ops, { phase: 'Succeed', completionTimestamp: world.clock.timestamp() }, world, [
        { type: 'Succeed', status: 'True', reason: 'OpsRequestProcessedSuccessfully', message },
      ]);
      return undefined;
    }
  }
}

/** Refused before anything of it is written. */
function lacksCluster({ metadata, spec }: PlaygroundOpsRequest, world: World): boolean {
  const ref = { namespace: metadata.namespace ?? '', name: spec.clusterName ?? '' };
  return spec.type === 'Backup' && world.store.get(RESOURCES.cluster, ref) === undefined;
}

/** A Backup belongs to the Cluster it copies and needs it to be there; a Restore's Cluster comes later. */
function begin(ops: PlaygroundOpsRequest, world: World): { requeueAfterMs: number } | undefined {
  const { namespace = '', name } = ops.metadata;
  const clusterName = ops.spec.clusterName ?? '';
  if (ops.spec.type === 'Backup') {
    const cluster = read<PlaygroundCluster>(world, RESOURCES.cluster, { namespace, name: clusterName });
    if (cluster === undefined) {
      fail(ops, 'Validated', 'ClusterNotFound', `spec.clusterName ${clusterName} is not found`, world);
      return undefined;
    }
    edit(world, RESOURCES.opsRequest, ops, {
      labels: { [LABEL.instance]: clusterName, [APPS_LABEL.opsType]: 'Backup' },
      ownerReferences: [{ apiVersion: cluster.apiVersion, kind: cluster.kind, name: clusterName, uid: cluster.metadata.uid ?? '' }],
    });
  }
  const message = `wait for the controller to process the OpsRequest: ${name} in Cluster: ${clusterName}`;
  transition(ops, { phase: 'Pending', progress: '-/-' }, world, [
    { type: 'WaitForProgressing', status: 'True', reason: 'WaitForProgressing', message },
  ]);
  return { requeueAfterMs: STEP_MS };
}

function fail(ops: PlaygroundOpsRequest, type: string, reason: string, message: string, world: World): void {
  transition(ops, { phase: 'Failed', progress: '-/-', completionTimestamp: world.clock.timestamp() }, world, [
    { type, status: 'False', reason, message },
  ]);
}

/** One status write with its conditions, and an event for each of them. */
function transition(
  ops: PlaygroundOpsRequest,
  patch: NonNullable<PlaygroundOpsRequest['status']>,
  world: World,
  conditions: readonly Condition[],
): void {
  const lastTransitionTime = world.clock.timestamp();
  const all = conditions.reduce((known, next) => withCondition(known, { ...next, lastTransitionTime }), ops.status?.conditions ?? []);
  patchStatus(world, RESOURCES.opsRequest, ops, { ...patch, conditions: all });
  for (const { status, reason = '', message = '' } of conditions) {
    world.event(ops, status === 'True' ? 'Normal' : 'Warning', reason, message, COMPONENT);
  }
}

/** Finished requests go when their time is up, as far as they set one. */
function expire(ops: PlaygroundOpsRequest, world: World): { requeueAfterMs: number } | undefined {
  const { ttlSecondsAfterSucceed, ttlSecondsAfterUnsuccessfulCompletion } = ops.spec;
  const seconds = ops.status?.phase === 'Succeed' ? ttlSecondsAfterSucceed : ttlSecondsAfterUnsuccessfulCompletion;
  const ended = Date.parse(ops.status?.completionTimestamp ?? '');
  if (seconds === undefined || seconds <= 0 || Number.isNaN(ended)) return undefined;
  const left = ended + seconds * 1000 - world.clock.now();
  if (left > 0) return { requeueAfterMs: left };
  remove(world, RESOURCES.opsRequest, refOf(ops));
  return undefined;
}
