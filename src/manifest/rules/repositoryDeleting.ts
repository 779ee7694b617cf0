import * as l10n from '@vscode/l10n';
import { repositoryOf, repositoryState } from '../../kubeblocks/repositoryState';
import type { Backup } from '../../kubeblocks/objects';
import { asChoices } from '../asChoices';
import { originText } from '../facts/originText';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backuprepo_controller.go: a repository that is referred to waits, HaveAssociatedBackups
 * @see seen: "some backups still refer to this repo"
 */
export const repositoryDeleting: Rule = {
  code: 'KB-R010',
  severity: 'warning',
  title: 'Repository that is being deleted',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupRepo', 'BackupPolicy', 'Cluster'],
  check(context) {
    const { object, root, spec } = context;
    const field = object.kind === 'BackupRepo' ? root.at('metadata', 'name') : object.kind === 'Cluster' ? spec.at('backup', 'repoName') : spec.at('backupRepoName');
    const repo = field.text === undefined || field.text === '' ? undefined : context.findLive('BackupRepo', field.text);
    if (repo === undefined || repositoryState(repo.object) !== 'deleting') return;
    // Of one namespace at a time; a repository is for all of them.
    const waiting = context.all('Backup', object.kind === 'BackupRepo' ? undefined : object.namespace).facts.filter(({ object: backup, origin }) => origin.kind === 'cluster' && repositoryOf(backup as Backup) === field.text).length;
    const message =
      waiting === 0
        ? l10n.t('Repository {0} {1} is being deleted: it takes no more backups.', field.text ?? '', originText(repo.origin))
        : l10n.t('Repository {0} {1} is being deleted, and waits for {2} backups that refer to it: it takes no more, and is gone with the last of them.', field.text ?? '', originText(repo.origin), waiting);
    const others = object.kind === 'BackupRepo' ? [] : context.all('BackupRepo').facts.filter((each) => repositoryState(each.object) === 'ready').map((each) => each.object.metadata.name);
    context.report(field, message, { fixes: asChoices(context.changesTo(field, others)) });
  },
};
