import * as l10n from '@vscode/l10n';
import type { BackupState } from './backupState';
import { actionSetType } from './backupState';
import { objectKey, type Inventory } from './inventory';
import { typeOf } from './lineage';
import type { Backup, BackupMethod } from './objects';

export function backupStateText(state: BackupState): string {
  switch (state) {
    case 'starting':
      return l10n.t('starting');
    case 'running':
      return l10n.t('running');
    case 'completed':
      return l10n.t('completed');
    case 'failed':
      return l10n.t('failed');
    case 'deleting':
      return l10n.t('being deleted');
  }
}

/** `full`, `incremental`, `log backup`, `snapshot`…; undefined while not known. */
export function backupTypeText(inventory: Inventory, backup: Backup): string | undefined {
  const method = methodOf(inventory, backup);
  if (method?.snapshotVolumes === true) {
    return l10n.t('snapshot');
  }
  const actionSet = inventory.actionSets.items.get(objectKey(undefined, method?.actionSetName ?? ''));
  return methodTypeText(typeOf(inventory, backup) ?? (actionSet === undefined ? undefined : actionSetType(actionSet)));
}

/** As the controller copied it; a backup that failed before has only its policy to tell. */
function methodOf(inventory: Inventory, { metadata, spec, status }: Backup): BackupMethod | undefined {
  const policy = inventory.policies.items.get(objectKey(metadata.namespace, spec?.backupPolicyName ?? ''));
  return status?.backupMethod ?? policy?.spec?.backupMethods?.find(({ name }) => name === spec?.backupMethod);
}

export function methodTypeText(type: ReturnType<typeof typeOf>): string | undefined {
  switch (type) {
    case 'Full':
      return l10n.t('full');
    case 'Incremental':
      return l10n.t('incremental');
    case 'Differential':
      return l10n.t('differential');
    case 'Continuous':
      return l10n.t('log backup');
    case 'Selective':
      return l10n.t('selective');
    case undefined:
      return undefined;
  }
}
