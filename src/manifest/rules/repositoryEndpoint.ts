import * as l10n from '@vscode/l10n';
import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';

/** @see apecloud/kubeblocks#8867, #6516: provider s3 looks up bucket.endpoint, and has no path style */
export const repositoryEndpoint: Rule = {
  code: 'KB-R004',
  severity: 'warning',
  title: 'Provider of one cloud with the endpoint of another',
  lines: LINES,
  kinds: ['BackupRepo'],
  check(context) {
    const provider = context.spec.at('storageProviderRef');
    const host = /^(?:[a-z]+:\/\/)?([^/:]+)/i.exec(context.spec.at('config', 'endpoint').text ?? '')?.[1]?.toLowerCase();
    const own = provider.text === undefined ? undefined : OWN_HOSTS.get(provider.text);
    if (host === undefined || own === undefined || own.test(host) || repositoryProvider(context) === undefined) return;
    if (BEFORE_S3_COMPATIBLE.includes(context.line)) {
      context.report(context.spec.at('config', 'endpoint'), l10n.t('{0} is no endpoint of {1}. For another server that speaks S3 use storage provider {2}.', host, provider.text ?? '', 'minio'));
      return;
    }
    context.report(context.spec.at('config', 'endpoint'), l10n.t('{0} is no endpoint of {1}. For another server that speaks S3 use storage provider s3-compatible, with forcePathStyle: "true" where buckets have no host names.', host, provider.text ?? ''), {
      fixes: context.changesTo(provider, ['s3-compatible']),
    });
  },
};

const BEFORE_S3_COMPATIBLE: readonly KubeBlocksLine[] = ['0.7', '0.8', '0.9'];

const OWN_HOSTS: ReadonlyMap<string, RegExp> = new Map([
  ['s3', /(?:^|\.)amazonaws\.com(?:\.cn)?$|(?:^|\.)(?:amazonaws|api)\.aws$/],
  ['oss', /(?:^|\.)aliyuncs\.com$|(?:^|\.)aliyun-inc\.com$/],
  ['cos', /(?:^|\.)(?:myqcloud|tencentcos|qcloud)\.(?:com|cn)$|(?:^|\.)tencentcos-internal\.com$/],
  ['obs', /(?:^|\.)(?:myhuaweicloud|huaweicloud)\.(?:com|eu|cn)$/],
]);
