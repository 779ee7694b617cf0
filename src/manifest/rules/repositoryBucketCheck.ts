import * as l10n from '@vscode/l10n';
import { preCheckMessage } from './preCheckMessage';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';

/**
 * @see apecloud/kubeblocks#9463: "AccessDenied: not entitled" with a key for one bucket
 * @see apecloud/kubeblocks#10007, #9554: "BucketAlreadyExists"
 * @see deploy/helm/templates/storageprovider: noCheckBucket
 */
export const repositoryBucketCheck: Rule = {
  code: 'KB-R013',
  severity: 'hint',
  title: 'Repository whose bucket is checked, and made where it is missing',
  lines: ['1.0', '1.1', '1.2'],
  kinds: ['BackupRepo'],
  check(context) {
    const { spec } = context;
    const provider = repositoryProvider(context);
    const config = spec.at('config');
    const bucket = config.at('bucket');
    if (provider?.parameters['noCheckBucket'] === undefined || bucket.text === undefined || config.at('noCheckBucket').isWritten) return;
    const isRefused = REFUSED.test(preCheckMessage(context) ?? '');
    // Elsewhere keys are rarely bound to a bucket, or the bucket is the server's own.
    if (!isRefused && spec.at('storageProviderRef').text !== 's3-compatible') return;
    context.report(bucket, l10n.t('The pre-check looks whether the bucket exists, and else makes it. A key that may use this bucket alone is refused ("AccessDenied", "BucketAlreadyExists"): with noCheckBucket: "true" nothing is asked.'), {
      ...(isRefused && { severity: 'error' as const }),
      fixes: [context.set(config.at('noCheckBucket'), 'true')],
    });
  },
};

const REFUSED = /AccessDenied|BucketAlreadyExists|BucketAlreadyOwnedByYou/;
