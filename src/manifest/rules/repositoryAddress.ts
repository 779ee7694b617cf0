import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Field } from '../field';
import type { Fix } from '../fix';
import { repositoryProvider } from './repositoryProvider';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see apecloud/kubeblocks#9462: "NoSuchBucket: The specified bucket does not exist"
 * @see deploy/helm/templates/storageprovider: bucket and endpoint go into the tool's configuration as they are
 */
export const repositoryAddress: Rule = {
  code: 'KB-R003',
  severity: 'error',
  title: 'Bucket or endpoint with a path in it',
  lines: LINES,
  kinds: ['BackupRepo'],
  check(context) {
    if (repositoryProvider(context) === undefined) return;
    const config = context.spec.at('config');
    for (const key of ['bucket', 'container']) checkBucket(config.at(key), context);
    const endpoint = config.at('endpoint');
    const path = /^(?:[a-z]+:\/\/)?[^/]+\/(?=[^/])/i.exec(endpoint.text ?? '');
    if (path === null) return;
    context.report(endpoint, l10n.t('An endpoint is a host, with a port and https:// where needed. What stands behind it is no bucket: write that into bucket, and folders into spec.pathPrefix.'), { severity: 'warning' });
  },
};

function checkBucket(field: Field, context: RuleContext): void {
  const { text } = field;
  if (text?.includes('/') !== true) return;
  context.report(field, l10n.t('"{0}" is no bucket: its name ends at the first "/". The pre-check of the repository fails. Write the rest into spec.pathPrefix.', text), { fixes: splitFix(field, text, context) });
}

/** Repositories have a prefix from 0.9 on. */
function splitFix(field: Field, text: string, context: RuleContext): Fix[] {
  const parts = /^([^/:]+)\/([\w-]+(?:\/[\w-]+)*)\/?$/.exec(text);
  const [, bucket, prefix] = parts ?? [];
  if (bucket === undefined || prefix === undefined || context.line === '0.7' || context.line === '0.8' || context.spec.at('pathPrefix').isWritten) return [];
  const { object } = context;
  return [
    {
      title: l10n.t('Move {0} to pathPrefix', prefix),
      edits: [
        { kind: 'setValue', object, path: field.path, value: bucket },
        { kind: 'insert', object, path: context.spec.path, key: 'pathPrefix', value: prefix },
      ],
    },
  ];
}
