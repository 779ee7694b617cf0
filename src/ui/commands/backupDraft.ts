import type { MethodOption } from '../../kubeblocks/backupMethods';
import { planBackup, type BackupPlan } from '../../kubeblocks/backupPlan';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Inventory } from '../../kubeblocks/inventory';
import type { BackupPolicy } from '../../kubeblocks/objects';
import { declaredParameters, type DeclaredParameter } from '../../kubeblocks/parameters';

/** What was answered so far about a new backup. */
export interface BackupDraft {
  readonly entry?: ClusterEntry;
  readonly policy?: BackupPolicy;
  readonly method?: MethodOption;
  /** Undefined lets the controller take the newest that fits. */
  readonly parent?: string;
  readonly name?: string;
  readonly retention?: string;
  readonly deletionPolicy?: 'Delete' | 'Retain';
  /** Texts by parameter name; a parameter left empty is not sent. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The parameters that the chosen method's action set takes for a backup. */
export function parametersOf({ method }: BackupDraft): readonly DeclaredParameter[] {
  return declaredParameters(method?.actionSet, 'backup');
}

/** The plan for a draft whose questions are all answered. */
export function planOf(draft: BackupDraft, inventory: Inventory, now: number): BackupPlan | undefined {
  const { policy, method, name, deletionPolicy = 'Delete', retention, parent } = draft;
  if (policy === undefined || method === undefined || name === undefined) {
    return undefined;
  }
  const parameters = parametersOf(draft).flatMap((parameter) => {
    const value = draft.parameters[parameter.name] ?? '';
    return value === '' ? [] : [{ name: parameter.name, value }];
  });
  const request = {
    policy,
    method: method.name,
    name,
    deletionPolicy,
    parameters,
    ...(retention === undefined || retention === '' ? {} : { retentionPeriod: retention }),
    ...(parent === undefined || method.type !== 'Incremental' ? {} : { parentBackupName: parent }),
  };
  return planBackup(inventory, request, now);
}
