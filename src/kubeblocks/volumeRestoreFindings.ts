import * as l10n from '@vscode/l10n';
import { backupState, backupType, isSnapshot } from './backupState';
import { bytesText, parseBytes } from './bytes';
import type { PlanFinding } from './finding';
import type { Inventory } from './inventory';
import { jsonObjects, jsonQuantity, jsonText } from './json';
import type { AnyObject } from './objects';
import type { RecoveryWindow } from './recoveryWindow';
import { dataFindings, parameterFindings, timeFindings } from './restoreFindings';
import type { TimeContext } from './timeText';
import { actionSetOf, claimSpec, isOfAllPods, labelsIn, podsOf, stagesOf, volumesIn, type FilledClaim, type VolumeRestoreRequest, type VolumesAround } from './volumeRestoreRequest';

/** What is wrong with a restore into volumes, and what is overwritten by it. */
export function volumeRestoreFindings(inventory: Inventory, request: VolumeRestoreRequest, around: VolumesAround, { window, context }: { readonly window: RecoveryWindow | undefined; readonly context: TimeContext }): PlanFinding[] {
  return [
    ...stageFindings(inventory, request),
    ...(request.stage === 'prepareData' ? claimFindings(request, request.claims, around) : podFindings(request, request.cluster, around)),
    ...partFindings(request),
    ...timeFindings(inventory, request, { window, context }),
    ...dataFindings(inventory, request, { window }),
    ...parameterFindings(inventory, request),
  ];
}

const CODE = 'restore/volumes';

/** A stage without steps counts as done, and nothing is done. */
function stageFindings(inventory: Inventory, { backup, stage }: VolumeRestoreRequest): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const isKnown = actionSetOf(inventory, backup) !== undefined;
  const isLog = backupType(backup) === 'Continuous';
  if (isKnown && !isLog && !stagesOf(inventory, backup).includes(stage)) {
    findings.push(error(stage === 'prepareData' ? l10n.t('What restores {0} fills no volumes: the Restore would be Completed at once, and nothing restored. Run the steps after the start instead.', backup.metadata.name) : l10n.t('What restores {0} has no steps after the start: the Restore would be Completed at once, and nothing done. Fill volume claims instead.', backup.metadata.name)));
  }
  if (!isLog && backupState(backup) !== 'completed') {
    findings.push(error(l10n.t('Backup {0} is not completed, so nothing can be restored from it.', backup.metadata.name)));
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
    const there = claims?.find(({ metadata }) => metadata.name === claim);
    const exists = claims === undefined ? undefined : there !== undefined;
    if (there !== undefined) findings.push(...sizeFindings(request, volume, there));
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

function sizeFindings({ backup }: VolumeRestoreRequest, volume: string, claim: AnyObject): PlanFinding[] {
  const had = parseBytes(jsonQuantity(claimSpec(backup, volume, undefined), 'resources', 'requests', 'storage'));
  const has = parseBytes(jsonQuantity(claim, 'status', 'capacity', 'storage') ?? jsonQuantity(claim, 'spec', 'resources', 'requests', 'storage'));
  return had === undefined || has === undefined || has >= had ? [] : [warning(l10n.t('Claim {0} has {1}, and volume {2} had {3}: what was written may not fit.', claim.metadata.name, bytesText(has), volume, bytesText(had)))];
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

function partFindings(request: VolumeRestoreRequest): PlanFinding[] {
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

function error(message: string): PlanFinding {
  return { severity: 'error', code: CODE, message };
}

function warning(message: string): PlanFinding {
  return { severity: 'warning', code: CODE, message };
}
