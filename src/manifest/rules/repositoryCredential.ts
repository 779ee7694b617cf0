import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { originText } from '../facts/originText';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';
import { secretFix } from './secretFix';

/**
 * @see controllers/dataprotection/backuprepo_controller.go: condition ParametersChecked False/CredentialSecretNotFound
 * @see seen: secrets "x" not found
 */
export const repositoryCredential: Rule = {
  code: 'KB-R006',
  severity: 'error',
  title: 'Repository whose Secret does not exist',
  lines: LINES,
  kinds: ['BackupRepo'],
  check(context) {
    const credential = context.spec.at('credential');
    const name = credential.at('name');
    const namespace = credential.at('namespace').text;
    if (name.text === undefined || name.text === '' || namespace === undefined || namespace === '') return;
    const origin = context.missingFrom('Secret', name.text, namespace);
    if (origin === undefined) return;
    context.report(name, l10n.t('There is no Secret {0} in namespace {1} {2}: the repository stays Failed until there is.', name.text, namespace, originText(origin)), {
      fixes: [secretFix(name.text, namespace, repositoryProvider(context)?.credentialFields ?? [])],
    });
  },
};
