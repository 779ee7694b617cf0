import * as l10n from '@vscode/l10n';
import { rowsOfActionSet, type EngineMethod } from '../../kubeblocks/engineMatrix';
import { isDefaultRepository } from '../../kubeblocks/repositoryState';
import type { BackupPolicy, BackupRepo } from '../../kubeblocks/objects';
import type { Fact } from '../facts/facts';
import { originText } from '../facts/originText';
import type { Field } from '../field';
import { methodFacts } from './methodFacts';
import { methodUses } from './methodUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see apecloud/kubeblocks-addons addons/[engine]/dataprotection: the scripts read /etc/datasafed/datasafed.conf
 * @see pkg/dataprotection/utils/backuprepo.go InjectDatasafed: only accessMethod Tool mounts that file
 */
export const toolRepository: Rule = {
  code: 'KB-E003',
  severity: 'warning',
  title: 'Backup method whose tool cannot use the repository',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Backup', 'BackupSchedule', 'OpsRequest'],
  check(context) {
    for (const { policy, method, backup } of methodUses(context)) {
      const facts = methodFacts(policy, method.text, context);
      if (facts === undefined || backup.at('enabled').boolean === false) continue;
      const repo = repositoryOf(facts.policy.object, context);
      if (repo !== undefined) checkRepository(method, facts.method.actionSetName ?? '', repo, context);
    }
  },
};

function repositoryOf({ spec }: BackupPolicy, context: RuleContext): Fact | undefined {
  const named = spec?.backupRepoName ?? '';
  if (named !== '') return context.find('BackupRepo', named);
  const { facts, certainty } = context.all('BackupRepo');
  const [only, another] = facts.filter(({ object }) => isDefaultRepository(object as BackupRepo));
  return certainty === 'allowed' && another === undefined ? only : undefined;
}

/** Providers that speak S3. */
const S3: ReadonlySet<string> = new Set(['s3', 's3-compatible', 'minio', 'oss', 'cos', 'obs', 'gcs-s3comp']);
const OTHERS: ReadonlySet<string> = new Set(['azureblob', 'ftp']);

function checkRepository(method: Field, actionSet: string, repo: Fact, context: RuleContext): void {
  const needs = need(actionSet);
  const { spec, metadata } = repo.object as BackupRepo;
  if (needs === undefined || spec?.storageProviderRef === undefined) return;
  const name = method.text ?? '';
  const related = context.related(repo, ['spec'], l10n.t('The repository'));
  if ((spec.accessMethod ?? 'Mount') === 'Mount') {
    context.report(method, l10n.t('The tool of {0} reads the configuration of a repository with accessMethod Tool, and repository {1} {2} is mounted: every backup with it fails.', name, metadata.name, originText(repo.origin)), { related });
  } else if (needs === 'S3' && !S3.has(spec.storageProviderRef) && OTHERS.has(spec.storageProviderRef)) {
    context.report(method, l10n.t('The tool of {0} writes to S3 by itself, and repository {1} {2} is of storage provider {3}: every backup with it fails.', name, metadata.name, originText(repo.origin), spec.storageProviderRef), { related });
  }
}

function need(actionSet: string): EngineMethod['repository'] {
  return rowsOfActionSet(actionSet).flatMap(({ methods }) => methods.filter((method) => method.actionSet === actionSet))[0]?.repository;
}
