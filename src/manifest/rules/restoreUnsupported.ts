import * as l10n from '@vscode/l10n';
import { isSnapshot } from '../../kubeblocks/backupState';
import { LINES } from '../../kubeblocks/kinds';
import type { ActionSet, Backup } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/volumepopulator_controller.go: neither prepareData nor postReady
 * @see pkg/dataprotection/restore/manager.go: without an action there is nothing to run
 */
export const restoreUnsupported: Rule = {
  code: 'KB-T009',
  severity: 'error',
  title: 'Restore of a backup whose action set cannot restore',
  lines: LINES,
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    for (const { backup, namespace } of restoreUses(context)) {
      const source = context.find('Backup', backup.text, namespace);
      const name = source === undefined ? undefined : (source.object as Backup).status?.backupMethod?.actionSetName;
      const actionSet = name === undefined || name === '' ? undefined : context.find('ActionSet', name);
      if (source === undefined || actionSet === undefined || isSnapshot(source.object) || (actionSet.object as ActionSet).spec?.restore !== undefined) continue;
      const message = l10n.t('Action set {0} {1}, which made backup {2}, says nothing of a restore: no data comes of it.', actionSet.object.metadata.name, originText(actionSet.origin), backup.text);
      context.report(backup.field, message, backup.within === undefined ? {} : { within: backup.within });
    }
  },
};
