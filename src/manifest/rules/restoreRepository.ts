import * as l10n from '@vscode/l10n';
import { isSnapshot } from '../../kubeblocks/backupState';
import { repositoryOf, repositoryState, repositoryStateWords } from '../../kubeblocks/repositoryState';
import { originText } from '../facts/originText';
import { restoreUses, type WrittenText } from './restoreUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/restore_controller.go CheckBackupRepo: "backup repo %s not found", "is not ready"
 * @see controllers/dataprotection/restore_controller.go: BackupPVCName or ToolConfigSecretName "is empty in BackupRepo"
 */
export const restoreRepository: Rule = {
  code: 'KB-T012',
  severity: 'error',
  title: 'Restore out of a repository that cannot be read',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    for (const { backup, namespace } of restoreUses(context)) {
      const source = context.find('Backup', backup.text, namespace);
      const name = source === undefined || isSnapshot(source.object) ? undefined : repositoryOf(source.object);
      if (source?.origin.kind === 'cluster' && name !== undefined) checkRepository(backup, name, context);
    }
  },
};

function checkRepository(backup: WrittenText, name: string, context: RuleContext): void {
  const options = backup.within === undefined ? {} : { within: backup.within };
  const repo = context.find('BackupRepo', name);
  if (repo === undefined) {
    if (context.all('BackupRepo').certainty === 'allowed') context.report(backup.field, l10n.t('The data of backup {0} is in repository {1}, which does not exist: the restore fails.', backup.text, name), options);
    return;
  }
  const state = repositoryState(repo.object);
  if (repo.origin.kind !== 'cluster' || state === 'ready' || state === 'checking') return;
  context.report(backup.field, l10n.t('The data of backup {0} is in repository {1} {2}, which is {3}: the restore waits until it is Ready.', backup.text, name, originText(repo.origin), repositoryStateWords(repo.object)), { ...options, severity: 'warning' });
}
