import * as l10n from '@vscode/l10n';
import { backupState, backupType } from '../../kubeblocks/backupState';
import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Backup } from '../../kubeblocks/objects';
import { recoverableRanges, recoveryWindow, type RecoveryWindow } from '../../kubeblocks/recoveryWindow';
import { restoreTimeProblem } from '../../kubeblocks/restoreFindings';
import { parseRestoreTime } from '../../kubeblocks/restoreTimeGrammar';
import { rfc3339 } from '../../kubeblocks/timeText';
import { asChoices } from '../asChoices';
import { originText } from '../facts/originText';
import { knownBackups } from './knownBackups';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { restoreUses, type RestoreUse } from './restoreUses';

/**
 * @see pkg/dataprotection/restore/manager.go BuildContinuousRestoreManager, asked at 198 instants
 * @see pkg/operations/restore.go: "restore-to-time is out of time range"
 * @see apecloud/kubeblocks#10098
 * @see apecloud/kubeblocks#4611
 */
export const restoreTimeUnreachable: Rule = {
  code: 'KB-T004',
  severity: 'error',
  title: 'Restore time that the log backup cannot reach',
  lines: LINES.filter((line) => line !== '0.7'),
  kinds: ['Cluster', 'OpsRequest', 'Restore'],
  check(context) {
    for (const use of restoreUses(context)) checkUse(use, context);
  },
};

function checkUse({ backup, namespace, time }: RestoreUse, context: RuleContext): void {
  const fact = context.find('Backup', backup.text, namespace);
  const ms = time === undefined ? undefined : parseRestoreTime(time.text);
  if (fact?.origin.kind !== 'cluster' || time === undefined || ms === undefined) return;
  const log = fact.object as Backup;
  const inventory = knownBackups(context, log.metadata.namespace);
  if (backupType(log) !== 'Continuous' || inventory === undefined) return;
  const window = recoveryWindow(inventory, log);
  const problem = restoreTimeProblem(window, ms, { now: ms, timeZone: 'UTC' });
  if (problem === undefined) return;
  const { field, within } = time;
  // A log at work reaches further by the minute.
  const mayReach = backupState(log) === 'running' && (window === undefined || ms > window.to);
  context.report(field, l10n.t('Log backup {0} {1} cannot restore this. {2} {3}', backup.text, originText(fact.origin), problem, consequence(context)), { ...(within !== undefined && { within }), severity: mayReach ? 'warning' : 'error', fixes: asChoices(context.changesTo(field, nearestReachable(window, ms), within)) });
}

/** The end of what can be restored that is the least away. */
function nearestReachable(window: RecoveryWindow | undefined, ms: number): readonly string[] {
  const ends = recoverableRanges(window?.segments ?? []).flatMap(({ from, to }) => [from, to]);
  return ends.sort((a, b) => Math.abs(a - ms) - Math.abs(b - ms)).slice(0, 1).map(rfc3339);
}

const RETRYING: readonly KubeBlocksLine[] = ['0.8', '0.9', '1.0'];

function consequence({ object, line }: RuleContext): string {
  if (object.kind === 'Restore' || (object.kind === 'Cluster' && line === '1.2')) return l10n.t('The restore fails.');
  if (object.kind === 'Cluster') return l10n.t('The cluster stays Creating for ever.');
  return RETRYING.includes(line) ? l10n.t('The request stays Creating for ever.') : l10n.t('The request fails.');
}
