import * as l10n from '@vscode/l10n';
import { isCronError, nextRuns, parseCron } from '../../kubeblocks/cron';
import { LINES } from '../../kubeblocks/kinds';
import type { BackupPolicy } from '../../kubeblocks/objects';
import { parseRetention } from '../../kubeblocks/retention';
import { asChoices } from '../asChoices';
import type { Field } from '../field';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { scheduleLists } from './scheduleEntries';

/**
 * @see controllers/dataprotection/gc_controller.go: an expired backup is removed, unless the policy says retainLatestBackup
 * @see apecloud/kubeblocks#4611
 */
export const scheduleRetentionGap: Rule = {
  code: 'KB-S006',
  severity: 'warning',
  title: 'Backups removed before the next one is made',
  lines: LINES,
  kinds: ['BackupSchedule', 'BackupPolicyTemplate'],
  check(context) {
    for (const entries of scheduleLists(context)) {
      const enabled = entries.filter(({ schedule }) => schedule.at('enabled').boolean === true);
      // Of several, one may cover for the other; an incremental never expires by itself, and keeps its base.
      const [base, another] = enabled.filter(({ type }) => type !== 'Continuous');
      if (base?.type !== 'Full' || another !== undefined || keepsLatest(context)) continue;
      checkSchedule(base.schedule, context);
    }
  },
};

function checkSchedule(schedule: Field, context: RuleContext): void {
  const retention = schedule.at('retentionPeriod');
  const kept = parseRetention(retention.text ?? '');
  const longest = longestPause(schedule.at('cronExpression').text);
  if (!kept.ok || kept.ms <= 0 || longest === undefined || kept.ms >= longest) return;
  const days = Math.ceil(longest / DAY_MS);
  context.report(retention, l10n.t('Backups are kept for {0}, but up to {1} days pass between two: in between there is none to restore from. Keep them longer, or set retentionPolicy: retainLatestBackup in the policy.', retention.text ?? '', days), { fixes: asChoices(context.changesTo(retention, [`${days + 1}d`])) });
}

function keepsLatest(context: RuleContext): boolean {
  const { spec, object } = context;
  if (object.kind === 'BackupPolicyTemplate') return spec.at('retentionPolicy').text === 'retainLatestBackup';
  const policy = context.find('BackupPolicy', spec.at('backupPolicyName').text ?? '')?.object as BackupPolicy | undefined;
  return policy?.spec?.retentionPolicy === 'retainLatestBackup';
}

const DAY_MS = 86_400_000;

/** Schedules of a file are much the same; of the expressions that are being typed not all need be kept. */
const pauses = new Map<string, number | undefined>();
const MOST_PAUSES = 100;

function longestPause(cron: string | undefined): number | undefined {
  if (cron === undefined) return undefined;
  if (pauses.has(cron)) return pauses.get(cron);
  if (pauses.size >= MOST_PAUSES) pauses.clear();
  const pause = computePause(cron);
  pauses.set(cron, pause);
  return pause;
}

function computePause(cron: string): number | undefined {
  const parsed = parseCron(cron);
  if (isCronError(parsed)) return undefined;
  const runs = nextRuns(parsed, START_MS, RUNS);
  return runs.length < 2 ? undefined : Math.max(...runs.slice(1).map((run, index) => run - (runs[index] ?? run)));
}

/** A leap year's first instant: which years are looked at must not depend on today. */
const START_MS = Date.UTC(2024, 0, 1);
const RUNS = 40;
