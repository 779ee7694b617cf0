import * as l10n from '@vscode/l10n';
import { backupState, backupType } from '../../kubeblocks/backupState';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import { LABELS } from '../../kubeblocks/labels';
import type { App } from '../app';
import { refOf, type ObjectRef } from '../objectRef';
import { simple } from './command';
import { notify } from './notify';
import { pickTrouble } from './pickTrouble';
import { requireInventory } from './pickObject';

/** Shows why something failed or does not end: causes first, then what was seen. */
export const diagnose = simple(async (app, { ref }) => {
  const target = ref ?? (await pickTrouble(app, l10n.t('Diagnose')));
  const { context } = await requireInventory(app, []);
  await app.documents.show({ form: 'diagnosis', context, ref: target });
  const { inventory } = app.active;
  if (inventory !== undefined) {
    tellOfScheduleThatIsOff(app, inventory, target);
  }
});
/** A log backup whose schedule is off archives nothing, and no pod, job or event says so. */
function tellOfScheduleThatIsOff(app: App, inventory: Inventory, { kind, namespace, name }: ObjectRef): void {
  const backup = kind === 'backup' ? inventory.backups.items.get(objectKey(namespace, name)) : undefined;
  if (backup === undefined || backupType(backup) !== 'Continuous' || backupState(backup) === 'deleting') {
    return;
  }
  const schedule = inventory.schedules.items.get(objectKey(namespace, backup.metadata.labels?.[LABELS.backupSchedule] ?? ''));
  const line = schedule?.spec?.schedules?.find(({ backupMethod }) => backupMethod === backup.spec?.backupMethod);
  if (schedule === undefined || line?.enabled !== false) {
    return;
  }
  const message = l10n.t('Log backup {0} archives nothing: {1} is off in schedule {2}. Turn it on, and archiving goes on from then.', name, line.backupMethod, schedule.metadata.name);
  notify(app, 'warning', message, [{ label: l10n.t('Turn Log Backup On…'), command: 'kubeblocksBackup.turnLogBackupOn', arguments: [refOf('backupSchedule', schedule)] }]);
}
