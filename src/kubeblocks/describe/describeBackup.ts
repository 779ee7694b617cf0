import * as l10n from '@vscode/l10n';
import { backupState, endOf, instant, startOf } from '../backupState';
import { backupStateText, backupTypeText } from '../backupText';
import { backupFailure, backupSteps } from '../backupSteps';
import { sizeText } from '../bytes';
import { componentOf } from '../clusterIndex';
import type { Inventory } from '../inventory';
import { LABELS } from '../labels';
import { chainOf, descendantsOf } from '../lineage';
import type { Backup } from '../objects';
import { repositoryOf } from '../repositoryState';
import type { TimeContext } from '../timeText';
import { ageText, exactDurationText, localAndUtcText, untilText } from '../timeText';
import type { Page } from './page';
import { facts, page, table } from './page';

/** `stuckOn` is what keeps a backup under way from ending, where that was found out. */
export function describeBackup(inventory: Inventory, backup: Backup, context: TimeContext, stuckOn?: string): Page {
  const { metadata, spec, status } = backup;
  const failure = backupState(backup) === 'failed' ? backupFailure(backup) : undefined;
  const when = (text: string | undefined): string | undefined => timeFact(instant(text), context);
  return page(l10n.t('Backup {0}', metadata.name), summaryOf(inventory, backup, context), [
    facts(l10n.t('What'), [
      [l10n.t('Cluster'), metadata.labels?.[LABELS.instance]],
      [l10n.t('Component'), componentOf(backup)],
      [l10n.t('Namespace'), metadata.namespace],
      [l10n.t('Policy'), spec?.backupPolicyName],
      [l10n.t('Method'), spec?.backupMethod],
      [l10n.t('Type'), backupTypeText(inventory, backup)],
      [l10n.t('Made by'), madeBy(backup)],
    ]),
    facts(l10n.t('State'), [
      [l10n.t('Phase'), backupStateText(backupState(backup))],
      [l10n.t('Why it failed'), failure],
      [l10n.t('Stuck'), stuckOn],
      [l10n.t('Started'), when(status?.startTimestamp)],
      [l10n.t('Ended'), when(status?.completionTimestamp)],
      [l10n.t('Took'), tookText(backup)],
      [l10n.t('Expires'), expiryText(backup, context)],
      [l10n.t('When deleted'), spec?.deletionPolicy === 'Retain' ? l10n.t('is retained') : l10n.t('its data is removed, too')],
    ]),
    facts(l10n.t('Data'), [
      [l10n.t('Size'), sizeText(status?.totalSize)],
      [l10n.t('Repository'), repositoryOf(backup)],
      [l10n.t('Path'), status?.path],
      [l10n.t('Holds from'), timeFact(startOf(backup), context)],
      [l10n.t('Holds to'), timeFact(endOf(backup), context)],
    ]),
    stepsSection(backup, context),
    chainSection(inventory, backup),
  ]);
}

function summaryOf(inventory: Inventory, backup: Backup, context: TimeContext): string {
  const created = instant(backup.metadata.creationTimestamp);
  const parts = [backupTypeText(inventory, backup), backupStateText(backupState(backup)), created === undefined ? undefined : ageText(created, context), sizeText(backup.status?.totalSize)];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

function madeBy({ metadata: { labels } }: Backup): string {
  const schedule = labels?.[LABELS.backupSchedule];
  const ops = labels?.[LABELS.opsName];
  return schedule !== undefined ? l10n.t('schedule {0}', schedule) : ops !== undefined ? l10n.t('OpsRequest {0}', ops) : l10n.t('hand');
}

function tookText({ status }: Backup): string | undefined {
  const from = instant(status?.startTimestamp);
  const to = instant(status?.completionTimestamp);
  return from === undefined || to === undefined ? status?.duration : exactDurationText(to - from);
}

function expiryText({ status }: Backup, context: TimeContext): string {
  const expires = instant(status?.expiration);
  return expires === undefined ? l10n.t('never') : `${localAndUtcText(expires, context)}, ${untilText(expires, context)}`;
}

function timeFact(ms: number | undefined, context: TimeContext): string | undefined {
  return ms === undefined ? undefined : localAndUtcText(ms, context);
}

export function stepsSection(backup: Backup, context: TimeContext): ReturnType<typeof table> {
  const columns = [l10n.t('Step'), l10n.t('State'), l10n.t('Pod'), l10n.t('Workload'), l10n.t('Started'), l10n.t('Why it failed')];
  const rows = backupSteps(backup).map((step) => [
    step.name,
    step.state,
    step.pod,
    step.workload === undefined ? undefined : `${step.workload.kind} ${step.workload.name}`,
    timeFact(step.startedAt, context),
    step.failure,
  ]);
  return table(l10n.t('Steps'), columns, rows);
}

function chainSection(inventory: Inventory, backup: Backup): ReturnType<typeof facts> {
  const { backups, broken } = chainOf(inventory, backup);
  const children = descendantsOf(inventory, backup);
  return facts(l10n.t('Chain'), [
    [l10n.t('Builds on'), backups.length < 2 ? undefined : backups.slice(0, -1).map(({ metadata }) => metadata.name).join(' → ')],
    [l10n.t('Broken'), broken?.reason],
    [l10n.t('Goes with it when deleted'), children.map(({ metadata }) => metadata.name).join(', ')],
  ]);
}
