import type { AnyObject, RestoreAction } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { read } from '../runtime/edits';
import type { World } from '../world';
import type { LogSource } from '../workloads/podLogs';
import type { Container, Volume } from '../workloads/workload';
import { Failure } from './failure';
import { traitsOf } from './lineTraits';
import { cutRestoreJobName, LABEL, MANAGED_BY, shortUid, TOOLS_IMAGE } from './names';
import { driveJobs, type PlannedJob } from './restoreJobs';
import type { RestoreSet } from './restoreSets';
import { COMPONENT, endRestore, writeStage } from './restoreStatus';
import type { Repo, RestoreRequest, VolumeClaim } from './shapes';
import { sourcePod, sourceTargetOf } from './sourcePod';
import { env, workerJob } from './workerJob';

/** The claims one job fills. */
interface Group {
  readonly index: number;
  /** Whether its claims are made by a template, which their volumes' names tell. */
  readonly isTemplate: boolean;
  readonly claims: readonly VolumeClaim[];
}

const PROCESSING = { reason: 'Processing', message: 'processing prepareData stage.', actions: [] } as const;

/** Makes the claims and fills them, backup after backup. Returns whether that is done. */
export function prepareData(restore: RestoreRequest, sets: readonly RestoreSet[], logs: LogSource, world: World): boolean {
  const done = restore.status?.conditions?.some(({ type, status }) => type === 'PrepareData' && status === 'True');
  const relevant = sets.filter(({ backup, actionSet }) => actionSet?.spec?.restore?.prepareData !== undefined || isSnapshot(backup));
  if (done === true || restore.spec?.prepareDataConfig === undefined || relevant.length === 0) return true;
  const groups = groupsOf(restore);
  const [first] = relevant;
  const claims = groups.flatMap((group) => group.claims);
  if (first !== undefined && isSnapshot(first.backup) && claims.some(({ volumeSource = '' }) => volumeSource === '')) {
    // What is wrong with it is said nowhere, and it is tried again for ever.
    writeStage(restore, 'prepareData', PROCESSING, world);
    return false;
  }
  for (const claim of claims) ensureClaim(restore, claim, first, world);
  let actions = restore.status?.actions?.prepareData ?? [];
  for (const [step, set] of relevant.entries()) {
    const planned = planJobs(restore, set, `prepareData-${String(step)}`, groups, world);
    const result = runStep(restore, planned, actions, logs, world);
    actions = result.actions;
    if (result.outcome === 'failed') return fail(restore, set, actions, world);
    if (result.outcome === 'running') {
      writeStage(restore, 'prepareData', { ...PROCESSING, actions }, world);
      return false;
    }
  }
  writeStage(restore, 'prepareData', { reason: 'Succeed', message: 'prepare data successfully', actions }, world);
  return true;
}

interface StepResult {
  readonly outcome: 'done' | 'running' | 'failed';
  readonly actions: readonly RestoreAction[];
}

/** Serial restores fill one volume after the other. */
function runStep(restore: RestoreRequest, planned: readonly PlannedJob[], before: readonly RestoreAction[], logs: LogSource, world: World): StepResult {
  const isSerial = restore.spec?.prepareDataConfig?.volumeClaimRestorePolicy === 'Serial';
  let actions = before;
  for (const batch of isSerial ? planned.map((one) => [one]) : [planned]) {
    actions = driveJobs(restore, batch, actions, logs, world);
    const own = actions.filter(({ objectKey }) => batch.some(({ job }) => `Job/${job.metadata.name}` === objectKey));
    if (own.some(({ status }) => status === 'Processing')) return { outcome: 'running', actions };
    if (own.some(({ status }) => status === 'Failed')) return { outcome: 'failed', actions };
  }
  return { outcome: 'done', actions };
}

function fail(restore: RestoreRequest, { backup }: RestoreSet, actions: readonly RestoreAction[], world: World): false {
  const message = `restore failed for backup "${backup.metadata.name}", more information can be found in status.actions.prepareData`;
  world.event(restore, 'Warning', 'RestoreFailed', message, COMPONENT);
  writeStage(restore, 'prepareData', { reason: 'Failed', message, actions }, world);
  endRestore(restore, 'Failed', world);
  return false;
}

function isSnapshot({ status }: RestoreSet['backup']): boolean {
  return status?.backupMethod?.snapshotVolumes === true;
}

function groupsOf({ spec }: RestoreRequest): readonly Group[] {
  const { volumeClaims = [], volumeClaimsTemplate } = spec?.prepareDataConfig ?? {};
  const named: readonly Group[] = volumeClaims.length === 0 ? [] : [{ index: 0, isTemplate: false, claims: volumeClaims }];
  if (volumeClaimsTemplate === undefined) return named;
  const { replicas, startingIndex = 0, templates } = volumeClaimsTemplate;
  const fromTemplate = Array.from({ length: replicas }, (_, offset) => ({
    index: startingIndex + offset,
    isTemplate: true,
    claims: templates.map((template) => ({
      ...template,
      metadata: { ...template.metadata, name: `${template.metadata.name}-${String(startingIndex + offset)}` },
    })),
  }));
  return [...named, ...fromTemplate];
}

function ensureClaim(restore: RestoreRequest, claim: VolumeClaim, first: RestoreSet | undefined, world: World): void {
  const ref = { namespace: restore.metadata.namespace ?? '', name: claim.metadata.name };
  const snapshot = first === undefined ? undefined : snapshotFor(claim, first);
  if (world.store.get(RESOURCES.persistentVolumeClaim, ref) !== undefined) return;
  world.store.create(RESOURCES.persistentVolumeClaim, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { ...claim.metadata, namespace: ref.namespace },
    spec: {
      ...claim.volumeClaimSpec,
      ...(snapshot === undefined ? {} : sourcesOf(snapshot)),
    },
  });
  world.event(restore, 'Normal', 'CreateRestorePVC', `created pvc ${ref.namespace}/${ref.name}`, COMPONENT);
}

/** Kubernetes keeps both fields alike. */
function sourcesOf(name: string): object {
  const source = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name };
  return { dataSource: source, dataSourceRef: source };
}

function snapshotFor(claim: VolumeClaim, { backup }: RestoreSet): string | undefined {
  if (!isSnapshot(backup)) return undefined;
  const taken = (backup.status?.actions ?? []).flatMap(({ volumeSnapshots }) => volumeSnapshots ?? []);
  return taken.find(({ volumeName }) => volumeName === claim.volumeSource)?.name;
}

function planJobs(restore: RestoreRequest, set: RestoreSet, actionName: string, groups: readonly Group[], world: World): readonly PlannedJob[] {
  const target = sourceTargetOf(set.backup, restore.spec?.backup?.sourceTargetName ?? '');
  const policy = restore.spec?.prepareDataConfig?.requiredPolicyForAllPodSelection;
  // Snapshots are asked for as those of the first.
  const filled = groups.filter((_, index) => sourcePod(target, policy, isSnapshot(set.backup) ? 0 : index) !== undefined);
  if (set.actionSet?.spec?.restore?.prepareData === undefined) return [];
  if (traitsOf(world).restoresBySpec && (set.backup.status?.backupRepoName ?? '') === '') throw new Failure(`backup ${set.backup.metadata.name} has no backup repository`);
  return filled.map((group) => ({ actionName, backupName: set.backup.metadata.name, job: job(restore, set, group, world) }));
}

function job(restore: RestoreRequest, { backup, actionSet, baseBackup }: RestoreSet, { index, isTemplate, claims }: Group, world: World): AnyObject {
  const { image, command } = actionSet?.spec?.restore?.prepareData ?? { image: '', command: [] };
  const path = backup.status?.path ?? '';
  const repo = read<Repo>(world, RESOURCES.backupRepo, { name: backup.status?.backupRepoName ?? '' });
  const volumeOf = ({ metadata }: VolumeClaim): string => `dp-claim-${isTemplate ? 'tpl-' : ''}${metadata.name}`;
  const mounts = claims.map((claim) => ({ name: volumeOf(claim), mountPath: mountPathOf(claim, { backup, actionSet }) }));
  return workerJob({
    name: cutRestoreJobName(`restore-preparedata-${shortUid(restore)}-${backup.metadata.name}-${String(index)}`),
    namespace: restore.metadata.namespace ?? '',
    owner: restore,
    labels: { ...claims[0]?.metadata.labels, [LABEL.managedBy]: MANAGED_BY, [LABEL.restore]: restore.metadata.name },
    hasFinalizer: true,
    backoffLimit: restore.spec?.backoffLimit ?? 1,
    containers: [
      {
        name: 'restore',
        image,
        command,
        volumeMounts: mounts,
        env: [
          ...env({
            DP_BACKUP_NAME: backup.metadata.name,
            DP_TARGET_RELATIVE_PATH: restore.spec?.backup?.sourceTargetName ?? '',
            DP_BACKUP_ROOT_PATH: path.slice(0, path.lastIndexOf('/')),
            DP_BACKUP_BASE_PATH: pathOfTarget(restore, backup),
            DP_BACKUP_STOP_TIME: backup.status?.timeRange?.end,
            ...(baseBackup !== undefined && baseEnv(baseBackup)),
            ...momentEnv('DP_RESTORE', restore.spec?.restoreTime, ''),
          }),
          ...(actionSet?.spec?.env ?? []),
          ...(backup.status?.backupMethod?.env ?? []),
          ...(restore.spec?.env ?? []),
        ],
      },
      RESTORE_MANAGER,
    ],
    podSecurity: { runAsUser: 0 },
    volumes: [
      ...claims.map((claim) => ({ name: volumeOf(claim), persistentVolumeClaim: { claimName: claim.metadata.name } })),
      STOP_SIGNAL,
    ],
    toolConfigSecret: repo?.spec?.accessMethod === 'Tool' ? repo.status?.toolConfigSecretName : undefined,
  });
}

/** What a log backup is replayed upon. */
function baseEnv({ metadata, status }: RestoreSet['backup']): Readonly<Record<string, string | undefined>> {
  return {
    DP_BASE_BACKUP_NAME: metadata.name,
    ...momentEnv('DP_BASE_BACKUP', status?.timeRange?.start, 'START_'),
    ...momentEnv('DP_BASE_BACKUP', status?.timeRange?.end, 'STOP_'),
  };
}

/** As text and in seconds since the epoch. */
function momentEnv(prefix: string, time: string | undefined, which: string): Readonly<Record<string, string | undefined>> {
  if (time === undefined || time === '') return {};
  return { [`${prefix}_${which}TIME`]: time, [`${prefix}_${which}TIMESTAMP`]: String(Math.floor(Date.parse(time) / 1000)) };
}

/** Keeps the pod until the jobs beside it are done too; the controller then says so in an annotation of the pod. */
const RESTORE_MANAGER: Container = {
  name: 'restore-manager',
  image: TOOLS_IMAGE,
  command: ['sh', '-c'],
  args: ['until grep -q true /dp_downward/stop_restore_manager; do\n  sleep 1\ndone\n'],
  volumeMounts: [{ name: 'downward-volume-sidecard', mountPath: '/dp_downward' }],
};

const STOP_SIGNAL: Volume = {
  name: 'downward-volume-sidecard',
  downwardAPI: {
    items: [
      {
        path: 'stop_restore_manager',
        fieldRef: { apiVersion: 'v1', fieldPath: "metadata.annotations['dataprotection.kubeblocks.io/stop-restore-manager']" },
      },
    ],
  },
};

/** Each target of a sharded backup has a folder of its own. */
function pathOfTarget({ spec }: RestoreRequest, { status }: RestoreSet['backup']): string {
  const path = status?.path ?? '';
  const target = spec?.backup?.sourceTargetName ?? '';
  return target === '' || status?.targets === undefined ? path : `${path}/${target}`;
}

function mountPathOf(claim: VolumeClaim, { backup }: Pick<RestoreSet, 'backup' | 'actionSet'>): string {
  if ((claim.mountPath ?? '') !== '') return claim.mountPath ?? '';
  const mount = backup.status?.backupMethod?.targetVolumes?.volumeMounts?.find(({ name }) => name === claim.volumeSource);
  if (mount !== undefined) return mount.mountPath;
  throw new Failure(
    `unable to find the mountPath corresponding to volumeSource "${claim.volumeSource ?? ''}" from ` +
      `status.backupMethod.targetVolumes.volumeMounts of backup "${backup.metadata.name}"`,
  );
}
