import * as l10n from '@vscode/l10n';
import type { BackupState } from './backupState';
import { isSnapshot } from './backupState';
import type { Inventory } from './inventory';
import { typeOf } from './lineage';
import type { Backup } from './objects';

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
  if (isSnapshot(backup)) {
    return l10n.t('snapshot');
  }
  return methodTypeText(typeOf(inventory, backup));
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
