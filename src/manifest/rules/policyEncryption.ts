import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { originText } from '../facts/originText';
import { secretKeys } from '../secretKeys';
import type { Rule } from './rule';
import { secretFix } from './secretFix';

/** @see controllers/dataprotection/utils.go checkSecretKeyRef: "secret (%s/%s) is not found", "secret (%s/%s) doesn't contain key %s" */
export const policyEncryption: Rule = {
  code: 'KB-P010',
  severity: 'error',
  title: 'Encryption with a pass phrase that is not there',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['BackupPolicy'],
  check(context) {
    const ref = context.spec.at('encryptionConfig', 'passPhraseSecretKeyRef');
    if (ref.node?.type !== 'map') return;
    const name = ref.at('name');
    const key = ref.at('key');
    if (!name.isWritten || name.text === '') {
      context.report(name.isWritten ? name : ref, l10n.t('passPhraseSecretKeyRef names no Secret: every backup with this policy fails.'), name.isWritten ? {} : { part: 'key' });
      return;
    }
    if (name.text === undefined || key.text === undefined) return;
    const secret = context.find('Secret', name.text);
    if (secret === undefined) {
      const origin = context.missingFrom('Secret', name.text);
      if (origin === undefined) return;
      context.report(name, l10n.t('There is no Secret {0} in the namespace of the policy {1}: every backup with it fails.', name.text, originText(origin)), { fixes: [secretFix(name.text, context.object.namespace, [key.text])] });
    } else if (!secretKeys(secret.object).includes(key.text)) {
      context.report(key, l10n.t('Secret {0} {1} has no key {2} (it has {3}): every backup with this policy fails.', name.text, originText(secret.origin), key.text, secretKeys(secret.object).join(', ')));
    }
  },
};
