import * as l10n from '@vscode/l10n';
import { backupState, backupType, isSnapshot } from './backupState';
import { componentOf } from './clusterIndex';
import { clusterSnapshot } from './clusterSnapshot';
import type { PlanFinding } from './finding';
import { objectKey, type Inventory } from './inventory';
import { isJsonObject, jsonAt, jsonObjects, jsonQuantity, jsonText, jsonTexts } from './json';
import { KINDS } from './kinds';
import { LABELS } from './labels';
import { freeName, nameProblem } from './names';
import type { ActionSet, AnyObject, Backup } from './objects';
import { apiVersionOf } from './resource';
import { rfc3339 } from './timeText';

/** What is asked of a Restore object that is made by hand: into claims, or in a database that runs. */
export type VolumeRestoreRequest = {
  readonly backup: Backup;
  /** Where the claims or the pods are, and the Restore comes to be. */
  readonly namespace: string;
  /** Undefined: one that is free. */
  readonly name?: string;
  /** Ms since the epoch, whole seconds; only for a log backup. */
  readonly restoreTime?: number;
  /** Of a backup of several targets, whose part. */
  readonly sourceTarget?: string;
  /** Of a backup of all pods, whose copy. */
  readonly sourcePod?: string;
} & ({ readonly stage: 'prepareData'; readonly claims: readonly FilledClaim[] } | { readonly stage: 'postReady'; readonly cluster: string });

/** A volume of the backup, and the claim that gets its data. */
export interface FilledClaim {
  readonly volume: string;
  readonly claim: string;
}

/** What is in the namespace; undefined where it may not be listed. */
export interface VolumesAround {
  readonly claims: readonly AnyObject[] | undefined;
  readonly pods: readonly AnyObject[] | undefined;
}

export interface VolumeRestorePlan {
  readonly resource: typeof KINDS.restore;
  readonly object: AnyObject;
  readonly findings: readonly PlanFinding[];
}

/** The volumes that a backup holds, and where they are mounted. */
export function volumesIn({ status }: Backup): readonly { readonly name: string; readonly mountPath: string | undefined }[] {
  const targets = jsonAt(status, 'backupMethod', 'targetVolumes');
  const mounts = jsonObjects(targets, 'volumeMounts');
  const names = [...new Set([...jsonTexts(targets, 'volumes'), ...mounts.flatMap((mount) => jsonText(mount, 'name') ?? [])])];
  return names.map((name) => ({ name, mountPath: jsonText(mounts.find((mount) => jsonText(mount, 'name') === name), 'mountPath') }));
}

/** The stages that a backup has: what its action set says, and that of a snapshot; both where that is not known. */
export function stagesOf(inventory: Inventory, backup: Backup): readonly VolumeRestoreRequest['stage'][] {
  const actionSet = actionSetOf(inventory, backup);
  if (actionSet === undefined && !isSnapshot(backup)) return ['prepareData', 'postReady'];
  const restore = actionSet?.spec?.restore;
  return [...(restore?.prepareData !== undefined || isSnapshot(backup) ? (['prepareData'] as const) : []), ...((restore?.postReady ?? []).length > 0 ? (['postReady'] as const) : [])];
}

/**
 * A Restore object that fills claims, or does in a running database what comes after it started: what KubeBlocks makes
 * itself for a new cluster, for those who have volumes without one. Pure.
 */
export function planVolumeRestore(inventory: Inventory, request: VolumeRestoreRequest, around: VolumesAround): VolumeRestorePlan {
  const { backup, namespace, restoreTime } = request;
  const isTaken = (name: string): boolean => inventory.restores.items.has(objectKey(namespace, name));
  const name = request.name ?? freeName(`${backup.metadata.name}-${request.stage === 'prepareData' ? 'volumes' : 'postready'}`, isTaken);
  const target = sourceOf(request);
  const sourceTargetName = jsonObjects(backup.status, 'targets').length === 0 ? undefined : jsonText(target, 'name');
  const object: AnyObject = {
    apiVersion: apiVersionOf(KINDS.restore),
    kind: KINDS.restore.kind,
    metadata: { name, namespace },
    spec: {
      backup: { name: backup.metadata.name, namespace: backup.metadata.namespace ?? namespace, ...(sourceTargetName !== undefined && { sourceTargetName }) },
      ...(restoreTime !== undefined && { restoreTime: rfc3339(restoreTime) }),
      ...(request.stage === 'prepareData' ? { prepareDataConfig: prepareDataConfig(request, request.claims, around) } : { readyConfig: readyConfig(request, request.cluster) }),
    },
  };
  const nameFault = nameProblem(name, 63) ?? (isTaken(name) ? l10n.t('A Restore named {0} exists in {1}.', name, namespace) : undefined);
  return {
    resource: KINDS.restore,
    object,
    findings: [
      ...(nameFault === undefined ? [] : [error(nameFault)]),
      ...stageFindings(inventory, request),
      ...(request.stage === 'prepareData' ? claimFindings(request, request.claims, around) : podFindings(request, request.cluster, around)),
      ...sourceFindings(request),
    ],
  };
}

function prepareDataConfig(request: VolumeRestoreRequest, filled: readonly FilledClaim[], { claims }: VolumesAround): object {
  return {
    volumeClaimRestorePolicy: 'Parallel',
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

/** As the claim is; one that does not exist is as it was in the cluster that was backed up. */
function claimSpec(backup: Backup, volume: string, claim: AnyObject | undefined): unknown {
  if (claim !== undefined) return jsonAt(claim, 'spec');
  const spec = jsonAt(clusterSnapshot(backup), 'spec');
  const component = componentOf(backup);
  const isIts = (each: unknown): boolean => jsonText(each, 'name') === component;
  const source = jsonObjects(spec, 'componentSpecs').find(isIts) ?? jsonAt(jsonObjects(spec, 'shardings').find(isIts), 'template');
  return jsonAt(jsonObjects(source, 'volumeClaimTemplates').find((template) => jsonText(template, 'name') === volume), 'spec');
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

function labelsIn(request: VolumeRestoreRequest, cluster: string): Readonly<Record<string, unknown>> {
  const labels = jsonAt(sourceOf(request), 'podSelector', 'matchLabels');
  return { ...(isJsonObject(labels) ? labels : {}), [LABELS.instance]: cluster };
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

function sourceOf({ backup, sourceTarget }: VolumeRestoreRequest): unknown {
  const targets = jsonObjects(backup.status, 'targets');
  return targets.length === 0 ? backup.status?.target : (targets.find((target) => jsonText(target, 'name') === sourceTarget) ?? (sourceTarget === undefined ? targets[0] : undefined));
}

function isOfAllPods(request: VolumeRestoreRequest): boolean {
  return jsonText(sourceOf(request), 'podSelector', 'strategy') === 'All';
}

function podsOf(request: VolumeRestoreRequest): readonly string[] {
  return jsonTexts(sourceOf(request), 'selectedTargetPods');
}

function actionSetOf(inventory: Inventory, backup: Backup): ActionSet | undefined {
  return inventory.actionSets.items.get(objectKey(undefined, backup.status?.backupMethod?.actionSetName ?? ''));
}

/** A stage without steps counts as done, and nothing is done. */
function stageFindings(inventory: Inventory, { backup, stage, restoreTime }: VolumeRestoreRequest): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const isKnown = actionSetOf(inventory, backup) !== undefined;
  const isLog = backupType(backup) === 'Continuous';
  if (isKnown && !isLog && !stagesOf(inventory, backup).includes(stage)) {
    findings.push(error(stage === 'prepareData' ? l10n.t('What restores {0} fills no volumes: the Restore would be Completed at once, and nothing restored. Run the steps after the start instead.', backup.metadata.name) : l10n.t('What restores {0} has no steps after the start: the Restore would be Completed at once, and nothing done. Fill volume claims instead.', backup.metadata.name)));
  }
  if (!isLog && backupState(backup) !== 'completed') {
    findings.push(error(l10n.t('Backup {0} is not completed, so nothing can be restored from it.', backup.metadata.name)));
  }
  if (isLog && restoreTime === undefined) {
    findings.push(error(l10n.t('{0} is a log backup: say to which instant.', backup.metadata.name)));
  }
  return findings;
}

function claimFindings(request: VolumeRestoreRequest, filled: readonly FilledClaim[], { claims, pods }: VolumesAround): PlanFinding[] {
  const volumes = volumesIn(request.backup);
  const findings: PlanFinding[] = filled.length === 0 ? [error(l10n.t('No claim is named that gets the data.'))] : [];
  for (const { volume, claim } of filled) {
    const known = volumes.find(({ name }) => name === volume);
    if (known === undefined) {
      findings.push(error(l10n.t('The backup holds no volume {0}; it has {1}.', volume, volumes.map(({ name }) => name).join(', '))));
    } else if (known.mountPath === undefined && !isSnapshot(request.backup)) {
      findings.push(error(l10n.t('The backup does not say where its volume {0} was mounted, so KubeBlocks cannot write into it.', volume)));
    }
    const exists = claims?.some(({ metadata }) => metadata.name === claim);
    if (isSnapshot(request.backup) && exists === true) {
      findings.push(error(l10n.t('Claim {0} exists: a snapshot becomes a new volume only, so nothing would be written into it, and the Restore be Completed. Name a claim that does not exist.', claim)));
    } else if (exists === true) {
      findings.push(warning(l10n.t('What claim {0} holds is overwritten by the backup’s volume {1}.', claim, volume)));
    } else if (exists === false && !isSnapshot(request.backup)) {
      findings.push(error(l10n.t('There is no claim {0} in {1}. Create it first, as large as the data.', claim, request.namespace)));
    }
    if (exists !== true && isSnapshot(request.backup) && jsonQuantity(claimSpec(request.backup, volume, undefined), 'resources', 'requests', 'storage') === undefined) {
      findings.push(error(l10n.t('How large the new claim {0} is to be is not known: the backup does not remember its volume {1}.', claim, volume)));
    }
    const users = (pods ?? []).filter((pod) => uses(pod, claim)).map(({ metadata }) => metadata.name);
    if (users.length > 0) findings.push(error(l10n.t('Claim {0} is in use by {1}: its files would be written under a running database. Stop it first.', claim, users.sort().join(', '))));
  }
  if (claims === undefined) findings.push(warning(l10n.t('Which claims there are in {0} is not known: you may not list them.', request.namespace)));
  if (pods === undefined) findings.push(warning(l10n.t('Whether a pod uses the claims is not known: you may not list pods in {0}.', request.namespace)));
  return findings;
}

function uses(pod: AnyObject, claim: string): boolean {
  const isEnded = ['Succeeded', 'Failed'].includes(jsonText(pod, 'status', 'phase') ?? '');
  return !isEnded && jsonObjects(pod, 'spec', 'volumes').some((volume) => jsonText(volume, 'persistentVolumeClaim', 'claimName') === claim);
}

function podFindings(request: VolumeRestoreRequest, cluster: string, { pods }: VolumesAround): PlanFinding[] {
  if (pods === undefined) return [warning(l10n.t('Whether there are pods to work in is not known: you may not list pods in {0}.', request.namespace))];
  const labels = Object.entries(labelsIn(request, cluster));
  const some = pods.some(({ metadata }) => labels.every(([key, value]) => metadata.labels?.[key] === value));
  const overwrites = warning(l10n.t('The steps after the start change the running database of {0}: what it holds may be overwritten.', cluster));
  return some ? [overwrites] : [error(l10n.t('Cluster {0} has no pod like the one that was backed up ({1}): the Restore would wait for ever.', cluster, labels.map(([key, value]) => `${key}=${String(value)}`).join(', ')))];
}

function sourceFindings(request: VolumeRestoreRequest): PlanFinding[] {
  const { backup, sourceTarget, sourcePod } = request;
  const targets = jsonObjects(backup.status, 'targets').flatMap((target) => jsonText(target, 'name') ?? []);
  if (sourceTarget !== undefined && !targets.includes(sourceTarget)) {
    return [error(targets.length === 0 ? l10n.t('The backup is of one target; it has none named {0}.', sourceTarget) : l10n.t('The backup has no target {0}; it has {1}.', sourceTarget, targets.join(', ')))];
  }
  const findings = targets.length > 1 && sourceTarget === undefined ? [warning(l10n.t('The backup has several targets ({0}); this is the part of the first.', targets.join(', ')))] : [];
  if (!isOfAllPods(request)) return findings;
  const pods = podsOf(request);
  if (sourcePod !== undefined && !pods.includes(sourcePod)) return [...findings, error(l10n.t('The backup has no copy of pod {0}; it has those of {1}.', sourcePod, pods.join(', ')))];
  return [...findings, { severity: 'info', code: CODE, message: l10n.t('The backup has a copy of each pod; this is the one of {0}.', sourcePod ?? pods[0] ?? '') }];
}

const CODE = 'restore/volumes';

function error(message: string): PlanFinding {
  return { severity: 'error', code: CODE, message };
}

function warning(message: string): PlanFinding {
  return { severity: 'warning', code: CODE, message };
}
