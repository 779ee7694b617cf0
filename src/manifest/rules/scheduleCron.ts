import * as l10n from '@vscode/l10n';
import { isCronError, nextRun, parseCron } from '../../kubeblocks/cron';
import { LINES } from '../../kubeblocks/kinds';
import type { Field } from '../field';
import type { Rule } from './rule';
import type { ReportOptions, RuleContext } from './ruleContext';
import { scheduleUses } from './scheduleUses';

/**
 * @see pkg/dataprotection/backup/utils.go BuildCronJobSchedule: the expression goes into a CronJob with timeZone UTC
 * @see github.com/robfig/cron v3.0.1 parser.go ParseStandard
 * @see github.com/robfig/cron v3.0.1 spec.go Next: no run within five years is none
 * @see k8s.io/kubernetes pkg/apis/batch/validation: TZ and CRON_TZ
 */
export const scheduleCron: Rule = {
  code: 'KB-S001',
  severity: 'error',
  title: 'Cron expression that Kubernetes refuses, or that never comes round',
  lines: LINES,
  kinds: ['BackupSchedule', 'BackupPolicyTemplate', 'Cluster'],
  check(context) {
    for (const { crons } of scheduleUses(context)) for (const cron of crons) checkCron(cron, context);
  },
};

/** Ms; any instant does, five years from here hold a leap day. */
const SOME_DAY = Date.UTC(2024, 0, 1);
const TIME_ZONE = /^\s*(?:CRON_)?TZ=\S*\s*/;

function checkCron(cron: Field, context: RuleContext): void {
  const text = cron.text;
  if (text === undefined || (text === '' && context.object.kind === 'Cluster')) return;
  const parsed = parseCron(text);
  if (!isCronError(parsed)) {
    if (nextRun(parsed, SOME_DAY) === undefined) context.report(cron, l10n.t('"{0}" never comes round: no such day is in the months it names. Kubernetes takes it, and nothing is backed up.', text));
    return;
  }
  const zone = TIME_ZONE.exec(text)?.[0];
  if (zone !== undefined) {
    const rest = text.slice(zone.length);
    context.report(cron, l10n.t('A schedule takes no time zone: KubeBlocks runs it in UTC, and Kubernetes refuses the CronJob. Take {0} away and write the time in UTC.', zone.trim()), {
      within: { start: 0, end: zone.trimEnd().length },
      fixes: [context.setValue(l10n.t('Remove the time zone'), cron, rest)],
    });
    return;
  }
  context.report(cron, l10n.t('"{0}" is no cron expression ({1}). The schedule fails, and nothing is backed up.', text, parsed.error), faultSpan(text, parsed.error));
}

/** The field that the parser's text ends with, where it stands in the expression but once. */
function faultSpan(text: string, error: string): ReportOptions {
  const word = /: (\S+)$/.exec(error)?.[1];
  const start = word === undefined ? -1 : text.indexOf(word);
  const isOnce = word !== undefined && start >= 0 && text.indexOf(word, start + 1) < 0;
  return isOnce ? { within: { start, end: start + word.length } } : {};
}
