import * as l10n from '@vscode/l10n';
import { bytesText } from '../bytes';
import type { Inventory } from '../inventory';
import type { BackupRepo } from '../objects';
import { redactText } from '../redact';
import { repositoryUsers as usersOf } from '../repositoryUsers';
import { isDefaultRepository, repositoryProblem, repositoryStateWords, repositoryUse } from '../repositoryState';
import type { TimeContext } from '../timeText';
import type { Page, Section } from './page';
import { facts, page, table } from './page';
import { conditionRows } from './describeObject';

export function describeRepository(inventory: Inventory, repo: BackupRepo, context: TimeContext): Page {
  const { spec, metadata, status } = repo;
  const use = repositoryUse(inventory, metadata.name);
  return page(l10n.t('Repository {0}', metadata.name), [repositoryStateWords(repo), isDefaultRepository(repo) ? l10n.t('default') : ''].filter((part) => part !== '').join(' · '), [
    facts(l10n.t('What'), [
      [l10n.t('Storage provider'), spec?.storageProviderRef],
      [l10n.t('Access'), spec?.accessMethod],
      [l10n.t('Size of its claims'), capacityText(repo)],
      [l10n.t('Path prefix'), spec?.pathPrefix],
      [l10n.t('When its volumes are released'), spec?.pvReclaimPolicy],
      [l10n.t('Credential'), spec?.credential?.name === undefined ? undefined : l10n.t('Secret {0} in {1}', spec.credential.name, spec.credential.namespace ?? '')],
    ]),
    facts(l10n.t('Use'), [
      [l10n.t('Backup sets'), use.backups],
      [l10n.t('Data'), bytesText(use.bytes)],
    ]),
    table(
      l10n.t('Use by cluster'),
      [l10n.t('Cluster'), l10n.t('Namespace'), l10n.t('Backup sets'), l10n.t('Of them log backups'), l10n.t('Data')],
      usersOf(inventory, metadata.name).map(({ cluster, namespace, backups, logs, bytes }) => [cluster, namespace, String(backups), String(logs), bytesText(bytes)]),
    ),
    facts(l10n.t('Configuration'), Object.entries(spec?.config ?? {}).map(([key, value]) => [key, redactText(value)])),
    problemSection(repo),
    table(l10n.t('Checks'), [l10n.t('Check'), l10n.t('Result'), l10n.t('Reason'), l10n.t('Since')], conditionRows(status?.conditions, context)),
  ]);
}

/** KubeBlocks writes `0` where none was given; a tool has no claim, and no limit either. */
function capacityText({ spec }: BackupRepo): string | undefined {
  const capacity = String(spec?.volumeCapacity ?? '');
  return spec?.accessMethod === 'Tool' || capacity === '' || capacity === '0' ? undefined : capacity;
}

/** The pre-check's log and events, line by line. */
function problemSection(repo: BackupRepo): Section | undefined {
  const problem = repositoryProblem(repo);
  return problem?.message === undefined ? undefined : { kind: 'text', heading: l10n.t('Why it is not ready'), text: redactText(problem.message) };
}
