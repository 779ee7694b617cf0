import { isSnapshot } from './backupState';
import { componentOf } from './clusterIndex';
import { clusterSnapshot, shardingsIn } from './clusterSnapshot';
import { objectKey, type Inventory } from './inventory';
import { isJsonObject, jsonAt, jsonObjects, jsonText, jsonTexts } from './json';
import { LABELS } from './labels';
import type { ActionSet, AnyObject, Backup, Parameter } from './objects';

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
  /** Of several claims: all at once (default), or one after the other. */
  readonly volumeRestorePolicy?: 'Parallel' | 'Serial';
  readonly parameters?: readonly Parameter[];
  /** Handed to the restore jobs; which names count, the engine's action set decides. */
  readonly env?: readonly Parameter[];
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

/** As the claim is; one that does not exist is as it was in the cluster that was backed up. */
export function claimSpec(backup: Backup, volume: string, claim: AnyObject | undefined): unknown {
  if (claim !== undefined) return jsonAt(claim, 'spec');
  const spec = jsonAt(clusterSnapshot(backup), 'spec');
  const component = componentOf(backup);
  const isIts = (each: unknown): boolean => jsonText(each, 'name') === component;
  const source = jsonObjects(spec, 'componentSpecs').find(isIts) ?? jsonAt(shardingsIn(spec).find(isIts), 'template');
  return jsonAt(jsonObjects(source, 'volumeClaimTemplates').find((template) => jsonText(template, 'name') === volume), 'spec');
}

/** The labels of the pods in a cluster that are like those that were backed up. */
export function labelsIn(request: VolumeRestoreRequest, cluster: string): Readonly<Record<string, unknown>> {
  const labels = jsonAt(sourceOf(request), 'podSelector', 'matchLabels');
  return { ...(isJsonObject(labels) ? labels : {}), [LABELS.instance]: cluster };
}

/** The target of the backup that is put back. */
export function sourceOf({ backup, sourceTarget }: VolumeRestoreRequest): unknown {
  const targets = jsonObjects(backup.status, 'targets');
  return targets.length === 0 ? backup.status?.target : (targets.find((target) => jsonText(target, 'name') === sourceTarget) ?? (sourceTarget === undefined ? targets[0] : undefined));
}

export function isOfAllPods(request: VolumeRestoreRequest): boolean {
  return jsonText(sourceOf(request), 'podSelector', 'strategy') === 'All';
}

/** Of which pods there is a copy. */
export function podsOf(request: VolumeRestoreRequest): readonly string[] {
  return jsonTexts(sourceOf(request), 'selectedTargetPods');
}

export function actionSetOf(inventory: Inventory, backup: Backup): ActionSet | undefined {
  return inventory.actionSets.items.get(objectKey(undefined, backup.status?.backupMethod?.actionSetName ?? ''));
}
