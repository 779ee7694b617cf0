import * as l10n from '@vscode/l10n';
import { instant } from '../backupState';
import type { Condition, KubeObject, OpsRequest, Restore } from '../objects';
import { opsFailure, restoreActions, restoreFailure, restoreState } from '../restoreState';
import type { TimeContext } from '../timeText';
import { localAndUtcText } from '../timeText';
import type { Page, Section } from './page';
import { facts, page, table } from './page';

export function describeRestore(restore: Restore, context: TimeContext): Page {
  const { spec, status } = restore;
  const columns = [l10n.t('Step'), l10n.t('State'), l10n.t('Workload'), l10n.t('Message')];
  const rows = restoreActions(restore).map((action) => [action.name, action.status, action.objectKey, action.message]);
  return page(l10n.t('Restore {0}', restore.metadata.name), restoreState(restore), [
    facts(l10n.t('What'), [
      ...origin(restore, context),
      [l10n.t('From backup'), spec?.backup?.name],
      [l10n.t('To time'), time(spec?.restoreTime, context)],
      [l10n.t('Took'), status?.duration],
      [l10n.t('Why it failed'), restoreFailure(restore)],
    ]),
    table(l10n.t('Steps'), columns, rows),
    conditionsSection(status?.conditions, context),
  ]);
}

export function describeOpsRequest(ops: OpsRequest, context: TimeContext): Page {
  const { spec, status } = ops;
  return page(l10n.t('OpsRequest {0}', ops.metadata.name), [spec?.type, status?.phase].filter((part) => part !== undefined).join(' · '), [
    facts(l10n.t('What'), [
      ...origin(ops, context),
      [l10n.t('Cluster'), spec?.clusterName],
      [l10n.t('Backup'), spec?.restore?.backupName ?? spec?.backup?.backupName],
      [l10n.t('To time'), time(spec?.restore?.restorePointInTime, context)],
      [l10n.t('Why it failed'), status?.phase === 'Failed' ? opsFailure(ops) : undefined],
    ]),
    conditionsSection(status?.conditions, context),
  ]);
}

/** For kinds without a page of their own. */
export function describeObject(object: KubeObject & { readonly status?: { readonly phase?: string; readonly conditions?: readonly Condition[] } }, context: TimeContext): Page {
  return page(`${object.kind} ${object.metadata.name}`, object.status?.phase ?? '', [
    facts(l10n.t('What'), origin(object, context)),
    conditionsSection(object.status?.conditions, context),
  ]);
}

export function conditionRows(conditions: readonly Condition[] | undefined, context: TimeContext): (string | undefined)[][] {
  return (conditions ?? []).map(({ type, status, reason, message, lastTransitionTime }) => [
    type,
    status,
    [reason, (message ?? '').split('\n')[0]].filter((part) => part !== undefined && part !== '').join(': ').slice(0, 300),
    time(lastTransitionTime, context),
  ]);
}

export function conditionsSection(conditions: readonly Condition[] | undefined, context: TimeContext): Section | undefined {
  return table(l10n.t('Conditions'), [l10n.t('Condition'), l10n.t('Status'), l10n.t('Reason'), l10n.t('Since')], conditionRows(conditions, context));
}

export function origin({ metadata }: KubeObject, context: TimeContext): [string, string | undefined][] {
  return [
    [l10n.t('Namespace'), metadata.namespace],
    [l10n.t('Created'), time(metadata.creationTimestamp, context)],
  ];
}

function time(text: string | undefined, context: TimeContext): string | undefined {
  const ms = instant(text);
  return ms === undefined ? text : localAndUtcText(ms, context);
}
