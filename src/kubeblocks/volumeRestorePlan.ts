import * as l10n from '@vscode/l10n';
import { isSnapshot } from './backupState';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { isJsonObject, jsonAt, jsonObjects, jsonQuantity, jsonText } from './json';
import { KINDS, type KubeBlocksLine } from './kinds';
import { LABELS } from './labels';
import { freeName, nameProblem } from './names';
import type { AnyObject } from './objects';
import type { PlannedRestore } from './plannedRestore';
import { recoveryWindow } from './recoveryWindow';
import { apiVersionOf } from './resource';
import { componentChecks, findingsOf, placeChecks, type PlanCheck } from './restoreChecks';
import type { PlannedComponent } from './restoreCreates';
import { restoreDurations } from './restoreHistory';
import { restoreReads, type RestoreReads } from './restoreReads';
import { NOTHING_KNOWN, type RestoreSurroundings } from './restoreSurroundings';
import { rfc3339, type TimeContext } from './timeText';
import { volumeRestoreFindings } from './volumeRestoreFindings';
import { claimSpec, isOfAllPods, labelsIn, podsOf, sourceOf, type FilledClaim, type VolumeRestoreRequest, type VolumesAround } from './volumeRestoreRequest';

/** Everything there is to say of a restore into volumes before anything is created. */
export interface VolumeRestorePlan extends PlannedRestore {
  readonly request: VolumeRestoreRequest;
  readonly line: KubeBlocksLine | undefined;
  readonly checks: readonly PlanCheck[];
  readonly reads: RestoreReads;
  readonly claims: readonly PlannedClaim[];
  /** How long (ms) the last restores from backups like this one took, the newest first. */
  readonly durations: readonly number[];
}

/** A claim that gets the data of a volume. */
export interface PlannedClaim extends FilledClaim {
  /** Of the claim that is there, by which another of the same name is told from it; undefined where none is known. */
  readonly uid: string | undefined;
  /** A quantity. */
  readonly size: string | undefined;
  readonly storageClass: string | undefined;
}

/**
 * A Restore object that fills claims, or does in a running database what comes after it started: what KubeBlocks makes
 * itself for a new cluster, for those who have volumes without one. Pure. `context` says in which zone findings print
 * times, `around` what is known beside KubeBlocks' own objects and the volumes.
 */
export function planVolumeRestore(inventory: Inventory, request: VolumeRestoreRequest, volumes: VolumesAround, context: TimeContext, around: RestoreSurroundings = NOTHING_KNOWN): VolumeRestorePlan {
  const { backup, namespace } = request;
  const isTaken = (name: string): boolean => inventory.restores.items.has(objectKey(namespace, name));
  const name = request.name ?? freeName(`${backup.metadata.name}-${request.stage === 'prepareData' ? 'volumes' : 'postready'}`, isTaken);
  const nameFault = nameProblem(name, 63) ?? (isTaken(name) ? l10n.t('A Restore named {0} exists in {1}.', name, namespace) : undefined);
  const window = recoveryWindow(inventory, backup);
  const reads = restoreReads(inventory, request, window);
  const claims = request.stage === 'prepareData' ? request.claims.map((each) => plannedClaim(request, each, volumes)) : [];
  const place = { target: namespace, source: backup.metadata.namespace ?? namespace, resource: KINDS.restore, watched: [['get', KINDS.restore]] } as const;
  const checks = [...placeChecks(place, around), ...componentChecks({ components: madeOf(request, claims), reads, line: inventory.line }, around)];
  return {
    request,
    line: inventory.line,
    resource: KINDS.restore,
    object: restoreOf(request, name, volumes),
    target: { namespace, name: request.stage === 'prepareData' ? claims.map(({ claim }) => claim).join(', ') : request.cluster },
    findings: [
      ...(nameFault === undefined ? [] : [{ severity: 'error', code: 'restore/name', message: nameFault } as const]),
      ...volumeRestoreFindings(inventory, request, volumes, { window, context }),
      ...findingsOf(checks),
    ],
    checks,
    reads,
    claims,
    durations: restoreDurations(inventory, backup),
  };
}

function restoreOf(request: VolumeRestoreRequest, name: string, volumes: VolumesAround): AnyObject {
  const { backup, namespace, restoreTime, parameters = [], env = [] } = request;
  const sourceTargetName = jsonObjects(backup.status, 'targets').length === 0 ? undefined : jsonText(sourceOf(request), 'name');
  return {
    apiVersion: apiVersionOf(KINDS.restore),
    kind: KINDS.restore.kind,
    metadata: { name, namespace },
    spec: {
      backup: { name: backup.metadata.name, namespace: backup.metadata.namespace ?? namespace, ...(sourceTargetName !== undefined && { sourceTargetName }) },
      ...(restoreTime !== undefined && { restoreTime: rfc3339(restoreTime) }),
      ...(parameters.length > 0 && { parameters }),
      ...(env.length > 0 && { env }),
      ...(request.stage === 'prepareData' ? { prepareDataConfig: prepareDataConfig(request, request.claims, volumes) } : { readyConfig: readyConfig(request, request.cluster) }),
    },
  };
}

function plannedClaim({ backup }: VolumeRestoreRequest, { volume, claim }: FilledClaim, { claims }: VolumesAround): PlannedClaim {
  const there = claims?.find(({ metadata }) => metadata.name === claim);
  const spec = claimSpec(backup, volume, there);
  return { volume, claim, uid: there?.metadata.uid, size: jsonQuantity(spec, 'resources', 'requests', 'storage'), storageClass: jsonText(spec, 'storageClassName') };
}

/** What comes to be: a job's pod, and of a snapshot the claims. */
function madeOf({ backup }: VolumeRestoreRequest, claims: readonly PlannedClaim[]): readonly PlannedComponent[] {
  const volumes = isSnapshot(backup) ? claims.map(({ claim, size, storageClass }) => ({ name: claim, size, claims: 1, storageClass })) : [];
  return [{ name: '', shards: 1, isSharding: false, replicas: 1, componentDef: undefined, serviceVersion: undefined, volumes, getsData: true, requests: {}, limits: {} }];
}

function prepareDataConfig(request: VolumeRestoreRequest, filled: readonly FilledClaim[], { claims }: VolumesAround): object {
  return {
    volumeClaimRestorePolicy: request.volumeRestorePolicy ?? 'Parallel',
    ...requiredPolicy(request),
    volumeClaims: filled.map(({ volume, claim }) => {
      const spec = claimSpec(request.backup, volume, claims?.find(({ metadata }) => metadata.name === claim));
      const [storageClassName, accessModes, resources] = [jsonText(spec, 'storageClassName'), jsonAt(spec, 'accessModes'), jsonAt(spec, 'resources')];
      return {
        metadata: { name: claim },
        volumeSource: volume,
        volumeClaimSpec: { accessModes: accessModes ?? ['ReadWriteOnce'], ...(storageClassName !== undefined && { storageClassName }), resources: resources ?? {} },
      };
    }),
  };
}

/** The pods are those of the backup's own target, in another cluster; so is the account. */
function readyConfig(request: VolumeRestoreRequest, cluster: string): object {
  const target = sourceOf(request);
  const matchLabels = labelsIn(request, cluster);
  const credential = jsonAt(target, 'connectionCredential');
  const source = request.backup.metadata.labels?.[LABELS.instance] ?? '';
  const secretName = jsonText(credential, 'secretName')?.replace(new RegExp(`^${escaped(source)}(?=-)`), cluster);
  const volumeMounts = jsonAt(request.backup.status, 'backupMethod', 'targetVolumes', 'volumeMounts');
  return {
    ...(isJsonObject(credential) && { connectionCredential: { ...credential, ...(secretName !== undefined && { secretName }) } }),
    execAction: { target: { podSelector: { matchLabels } } },
    jobAction: { ...requiredPolicy(request), target: { podSelector: { matchLabels, strategy: 'Any' }, ...(volumeMounts !== undefined && { volumeMounts }) } },
  };
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}

/** Of a backup of all pods, the copy of one. */
function requiredPolicy(request: VolumeRestoreRequest): object {
  if (!isOfAllPods(request)) return {};
  const targetPodName = request.sourcePod ?? podsOf(request)[0] ?? '';
  return { requiredPolicyForAllPodSelection: { dataRestorePolicy: 'OneToMany', sourceOfOneToMany: { targetPodName } } };
}
