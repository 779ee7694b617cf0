import * as l10n from '@vscode/l10n';
import { preCheckMessage } from './preCheckMessage';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';

/**
 * @see apecloud/kubeblocks#9947: "AuthorizationHeaderMalformed", the server wanted another region than the default us-east-1
 * @see deploy/helm/templates/storageprovider: region is optional for minio and s3-compatible
 */
export const repositoryRegion: Rule = {
  code: 'KB-R012',
  severity: 'hint',
  title: 'Own S3 server without a region',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupRepo'],
  check(context) {
    const { spec } = context;
    const config = spec.at('config');
    const endpoint = config.at('endpoint');
    if (!PROVIDERS.includes(spec.at('storageProviderRef').text ?? '') || !endpoint.isWritten || config.at('region').isWritten || repositoryProvider(context) === undefined) return;
    const isRefused = preCheckMessage(context)?.includes('AuthorizationHeaderMalformed') === true;
    // MinIO takes any region where it was given none.
    if (!isRefused && spec.at('storageProviderRef').text === 'minio') return;
    context.report(endpoint, l10n.t('Without region us-east-1 is meant. MinIO does not mind; a server that does (Garage, say) refuses the pre-check with "AuthorizationHeaderMalformed".'), isRefused ? { severity: 'error' } : {});
  },
};

const PROVIDERS: readonly string[] = ['minio', 's3-compatible'];
