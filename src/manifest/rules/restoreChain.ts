import * as l10n from '@vscode/l10n';
import { chainOf } from '../../kubeblocks/lineage';
import { originText } from '../facts/originText';
import { knownBackups } from './knownBackups';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';

/**
 * @see pkg/dataprotection/restore/utils.go ValidateParentBackupSet
 * @see pkg/dataprotection/restore/manager.go: the chain is followed to its full backup, and must not lead back
 */
export const restoreChain: Rule = {
  code: 'KB-T011',
  severity: 'error',
  title: 'Restore of an incremental backup whose chain is broken',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    for (const { backup, namespace } of restoreUses(context)) {
      const source = context.find('Backup', backup.text, namespace);
      const inventory = source?.origin.kind === 'cluster' ? knownBackups(context, source.object.metadata.namespace) : undefined;
      const broken = source === undefined || inventory === undefined ? undefined : chainOf(inventory, source.object).broken;
      if (source === undefined || broken === undefined) continue;
      const message = l10n.t('Backup {0} {1} builds on {2}, and its chain is broken at {3}: {4}. The restore fails.', backup.text, originText(source.origin), broken.parentName, broken.child.metadata.name, broken.reason);
      context.report(backup.field, message, backup.within === undefined ? {} : { within: backup.within });
    }
  },
};
