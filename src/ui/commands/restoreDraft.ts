import type { Inventory } from '../../kubeblocks/inventory';
import { objectKey } from '../../kubeblocks/inventory';
import type { Backup, Parameter } from '../../kubeblocks/objects';
import { declaredParameters, type DeclaredParameter } from '../../kubeblocks/parameters';
import { planRestore, type RestorePlan } from '../../kubeblocks/restorePlan';
import type { ComponentChange } from '../../kubeblocks/restoreRequest';
import type { RestoreSurroundings } from '../../kubeblocks/restoreSurroundings';
import { restoreWays, type RestoreWay } from '../../kubeblocks/restoreWays';
import type { TimeContext } from '../../kubeblocks/timeText';

/** What was answered so far about a restore. */
export interface RestoreDraft {
  /** As the API server has it, with all its annotations. */
  readonly backup?: Backup;
  /** Of other components, as the API server had them. */
  readonly others?: readonly Backup[];
  /** As it was typed, so that it can be shown again. */
  readonly timeText?: string;
  /** Ms since the epoch. */
  readonly restoreTime?: number;
  readonly targetName?: string;
  readonly targetNamespace?: string;
  readonly way?: RestoreWay;
  readonly parameters: Readonly<Record<string, string>>;
  readonly volumeRestorePolicy?: 'Parallel' | 'Serial';
  readonly deferPostReadyUntilClusterRunning?: boolean;
  readonly env?: readonly Parameter[];
  readonly components?: Readonly<Record<string, ComponentChange>>;
  /** Components that would start empty are left out. */
  readonly onlyRestored?: boolean;
}

/** The parameters that the action set of the draft's backup takes for a restore. */
export function restoreParametersOf({ backup }: RestoreDraft, inventory: Inventory): readonly DeclaredParameter[] {
  const name = backup?.status?.backupMethod?.actionSetName ?? '';
  return declaredParameters(inventory.actionSets.items.get(objectKey(undefined, name)), 'restore');
}

/** Those that were given a value. */
export function chosenParameters(draft: RestoreDraft, inventory: Inventory): readonly Parameter[] {
  return restoreParametersOf(draft, inventory).flatMap(({ name }) => {
    const value = draft.parameters[name] ?? '';
    return value === '' ? [] : [{ name, value }];
  });
}

/** The plan for a draft whose questions are all answered. */
export function restorePlanOf(draft: RestoreDraft, inventory: Inventory, time: TimeContext, around?: RestoreSurroundings): RestorePlan | undefined {
  const { backup, targetName, targetNamespace, restoreTime, volumeRestorePolicy, deferPostReadyUntilClusterRunning, env, components, others, onlyRestored } = draft;
  if (backup === undefined || targetName === undefined || targetNamespace === undefined) {
    return undefined;
  }
  const parameters = chosenParameters(draft, inventory);
  const request = {
    backup,
    targetName,
    targetNamespace,
    way: draft.way ?? restoreWays(inventory.line)[0] ?? 'opsRequest',
    parameters,
    ...(restoreTime !== undefined && { restoreTime }),
    ...(volumeRestorePolicy !== undefined && { volumeRestorePolicy }),
    ...(deferPostReadyUntilClusterRunning !== undefined && { deferPostReadyUntilClusterRunning }),
    ...(env !== undefined && { env }),
    ...(components !== undefined && { components }),
    ...(others !== undefined && { others }),
    ...(onlyRestored === true && { onlyRestored }),
  };
  return planRestore(inventory, request, time, around);
}
