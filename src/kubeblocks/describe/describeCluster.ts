import * as l10n from '@vscode/l10n';
import { backupState, createdAt } from '../backupState';
import { backupStateText, backupTypeText } from '../backupText';
import { sizeText } from '../bytes';
import type { ClusterEntry } from '../clusterIndex';
import type { ClusterReach } from '../clusterReach';
import { cronText } from '../cronText';
import { engineOf } from '../engine';
import type { Inventory } from '../inventory';
import type { LogState } from '../logState';
import { protectionOf } from '../protection';
import { protectionText, riskText } from '../protectionText';
import type { RecoveryWindow, WindowSegment } from '../recoveryWindow';
import { recoveryWindows } from '../recoveryWindow';
import { restoreState } from '../restoreState';
import { scheduleRows } from '../schedules';
import type { TimeContext } from '../timeText';
import { ageText, clockSkewText, durationText, exactDurationText, localAndUtcText } from '../timeText';
import type { Page, Section } from './page';
import { facts, list, page, table } from './page';

const NEWEST = 20;

/** A cluster in words. `reach`: how clients find it, where that was looked for. */
export function describeCluster(inventory: Inventory, entry: ClusterEntry, context: TimeContext, reach: ClusterReach = { endpoints: [], accounts: [] }): Page {
  const protection = protectionOf(inventory, entry, context.now);
  const { status, lastGood, log, nextRun, worstLossMs } = protection;
  const engine = entry.cluster === undefined ? undefined : engineOf(entry.cluster);
  const risks = status.kind === 'atRisk' ? status.risks.map((risk) => riskText(risk, context)) : [];
  return page(l10n.t('Cluster {0}', entry.name), protectionText(status, context), [
    facts(l10n.t('What'), [
      [l10n.t('Namespace'), entry.namespace],
      [l10n.t('Engine'), engine === undefined ? undefined : [engine.name, engine.version].filter((part) => part !== undefined).join(' ')],
      [l10n.t('Phase'), entry.cluster?.status?.phase ?? (entry.cluster === undefined ? l10n.t('gone; only its backups are left') : undefined)],
      [l10n.t('Components'), entry.components.join(', ')],
      [l10n.t('When deleted'), entry.cluster?.spec?.terminationPolicy],
      [l10n.t('Clocks'), inventory.simulated ? undefined : clockSkewText(context)],
    ]),
    facts(l10n.t('Protection'), [
      [l10n.t('At risk'), risks.join('; ')],
      [l10n.t('Nothing was restored'), status.kind === 'empty' ? status.reason : undefined],
      [l10n.t('Last good backup'), lastGood === undefined ? l10n.t('none') : `${lastGood.metadata.name}, ${ageText(createdAt(lastGood), context)}`],
      [l10n.t('Log backup'), logText(log, context)],
      [l10n.t('Lost if it is lost now'), worstLossMs === undefined ? l10n.t('everything') : exactDurationText(worstLossMs)],
      [l10n.t('Next run'), nextRun === undefined ? l10n.t('none') : `${localAndUtcText(nextRun.at, context)}, ${nextRun.method}`],
    ]),
    list(l10n.t('Endpoints'), reach.endpoints.map(({ address, what }) => (what === undefined ? address : `${address} (${what})`))),
    list(l10n.t('Accounts'), reach.accounts.map(({ component, name, secret }) => l10n.t('{0} of {1}: Secret {2}, with username and password', name, component, secret))),
    ...recoveryWindows(inventory, entry).map((window) => windowSection(window, context)),
    schedulesSection(inventory, entry, context),
    backupsSection(inventory, entry, context),
    restoresSection(entry),
  ]);
}

export function logText(log: LogState, context: TimeContext): string {
  switch (log.kind) {
    case 'off':
      return l10n.t('off');
    case 'starting':
      return l10n.t('starting');
    case 'running':
      return l10n.t('{0} behind', durationText(log.lagMs));
    case 'stopped':
      return log.since === undefined ? l10n.t('stopped') : l10n.t('stopped {0}', ageText(log.since, context));
  }
}

/** The recovery window as a table to read aloud. */
export function windowSection(window: RecoveryWindow, context: TimeContext): Section | undefined {
  const heading = window.component === undefined ? l10n.t('Recovery window') : l10n.t('Recovery window of {0}', window.component);
  const columns = [l10n.t('From'), l10n.t('To'), l10n.t('Can be restored'), l10n.t('Starts from')];
  const rows = window.segments.map((segment) => [localAndUtcText(segment.from, context), localAndUtcText(segment.to, context), segmentText(segment), baseText(segment)]);
  return table(heading, columns, rows);
}

export function segmentText(segment: WindowSegment): string {
  if (segment.kind === 'recoverable') {
    return l10n.t('yes');
  }
  if (segment.kind === 'unknown') {
    return l10n.t('not known: its targets do not all cover it');
  }
  switch (segment.reason) {
    case 'noBase':
      return l10n.t('no: no full backup ended before it');
    case 'brokenChain':
      return l10n.t('no: the chain of {0} is broken ({1})', segment.base.metadata.name, segment.broken.reason);
    case 'incrementalBase':
      return l10n.t('no: this engine cannot use the incremental backup {0} with a log', segment.base.metadata.name);
    case 'snapshotBase':
      return l10n.t('no: this KubeBlocks leaves the snapshot {0} out, and the log would meet empty volumes', segment.base.metadata.name);
    case 'volumesBase':
      return l10n.t('no: this KubeBlocks leaves {0} out, which fills volumes, as the log’s method names no targetVolumes', segment.base.metadata.name);
  }
}

function baseText(segment: WindowSegment): string | undefined {
  return segment.kind === 'recoverable' ? segment.base?.metadata.name : undefined;
}

function schedulesSection(inventory: Inventory, entry: ClusterEntry, context: TimeContext): Section | undefined {
  const columns = [l10n.t('Schedule'), l10n.t('On'), l10n.t('When'), l10n.t('Kept'), l10n.t('Next run'), l10n.t('Last completed'), l10n.t('Problem')];
  const rows = scheduleRows(inventory, entry, context.now).map((row) => [
    row.name,
    row.on ? l10n.t('on') : l10n.t('off'),
    row.continuous ? l10n.t('log backup') : cronText(row.item.cronExpression),
    row.item.retentionPeriod ?? l10n.t('for ever'),
    row.nextRun === undefined ? undefined : localAndUtcText(row.nextRun, context),
    row.lastCompleted === undefined ? undefined : ageText(createdAt(row.lastCompleted), context),
    row.problem,
  ]);
  return table(l10n.t('Schedules'), columns, rows);
}

function backupsSection(inventory: Inventory, entry: ClusterEntry, context: TimeContext): Section | undefined {
  const columns = [l10n.t('Backup'), l10n.t('Type'), l10n.t('State'), l10n.t('Age'), l10n.t('Size')];
  const rows = entry.backups.slice(0, NEWEST).map((backup) => [
    backup.metadata.name,
    backupTypeText(inventory, backup),
    backupStateText(backupState(backup)),
    ageText(createdAt(backup), context),
    sizeText(backup.status?.totalSize),
  ]);
  const heading = entry.backups.length > NEWEST ? l10n.t('Backup sets (newest {0} of {1})', NEWEST, entry.backups.length) : l10n.t('Backup sets');
  return table(heading, columns, rows);
}

function restoresSection(entry: ClusterEntry): Section | undefined {
  const rows = entry.restores.map((restore) => [restore.metadata.name, restore.spec?.backup?.name, restoreState(restore), restore.spec?.restoreTime]);
  return table(l10n.t('Restores'), [l10n.t('Restore'), l10n.t('From backup'), l10n.t('State'), l10n.t('To time')], rows);
}
