import * as l10n from '@vscode/l10n';
import { nearestName } from '../nearestName';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/backuppolicydriver_controller.go: repoName becomes the policy's backupRepoName
 * @see controllers/dataprotection/utils.go getBackupRepo
 */
export const clusterBackupRepository: Rule = {
  code: 'KB-C008',
  severity: 'error',
  title: 'Cluster that is backed up into a repository that does not exist',
  lines: ['0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    const repo = context.spec.at('backup', 'repoName');
    const { text } = repo;
    const known = context.all('BackupRepo');
    if (text === undefined || text === '' || known.certainty !== 'allowed') return;
    const names = known.facts.map(({ object }) => object.metadata.name);
    if (names.includes(text)) return;
    const nearest = nearestName(text, names);
    context.report(repo, l10n.t('There is no repository {0} in the connected cluster: every backup of this cluster fails.', text), { fixes: context.changesTo(repo, [nearest]) });
  },
};
