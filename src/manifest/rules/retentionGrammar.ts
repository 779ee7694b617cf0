import * as l10n from '@vscode/l10n';
import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';
import { parseRetention, tooLongRetention } from '../../kubeblocks/retention';
import type { Field } from '../field';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { scheduleUses } from './scheduleUses';

/**
 * @see apis/apps/v1/retention_period.go (1.0 and older: apis/dataprotection/v1alpha1/types.go)
 * @see ToDuration there: minutes times time.Minute, which is a count of nanoseconds
 * @see pkg/dataprotection/backup/utils.go SetExpirationTime
 * @see seen: a BackupSchedule with 7days is Available, and all its backups fail
 */
export const retentionGrammar: Rule = {
  code: 'KB-S002',
  severity: 'error',
  title: 'Retention period that KubeBlocks cannot read',
  lines: LINES,
  kinds: ['Backup', 'OpsRequest', 'BackupSchedule', 'BackupPolicyTemplate', 'Cluster'],
  check(context) {
    for (const field of retentionFields(context)) checkRetention(field, context);
  },
};

function retentionFields(context: RuleContext): readonly Field[] {
  const { spec, object } = context;
  if (object.kind === 'Backup') return [spec.at('retentionPeriod')];
  if (object.kind === 'OpsRequest') return [spec.at('backup', 'retentionPeriod'), spec.at('backupSpec', 'retentionPeriod')];
  return scheduleUses(context).map(({ retention }) => retention);
}

const TAKES_NEGATIVE: readonly KubeBlocksLine[] = ['0.7', '0.8', '0.9', '1.0'];

function checkRetention(field: Field, context: RuleContext): void {
  const { text } = field;
  if (text === undefined) return;
  if (parseRetention(text).ok) {
    const tooLong = tooLongRetention(text);
    if (tooLong !== undefined) context.report(field, tooLong);
    return;
  }
  const negative = parseRetention(text, { allowNegative: true });
  if (negative.ok && TAKES_NEGATIVE.includes(context.line)) {
    // The units are added up: 1mo-2d is 28 days.
    if (negative.ms < 0) context.report(field, l10n.t('"{0}" is negative: KubeBlocks {1} takes it, and deletes each backup as soon as it is complete.', text, context.line));
    return;
  }
  const meant = spelledOut(text);
  const message = l10n.t('"{0}" is no retention period: write whole numbers with y, mo, w, d, h or m, such as 7d or 1mo12h, or nothing to keep backups for ever. {1}', text, consequence(context.object.kind));
  context.report(field, message, { fixes: context.changesTo(field, [meant]) });
}

function consequence(kind: string): string {
  return kind === 'Backup' || kind === 'OpsRequest'
    ? l10n.t('The backup fails.')
    : l10n.t('Nothing checks it here: the schedule looks healthy, and every backup it makes fails.');
}

const WORDS: Readonly<Record<string, string>> = { year: 'y', yr: 'y', month: 'mo', mon: 'mo', week: 'w', wk: 'w', day: 'd', hour: 'h', hr: 'h', minute: 'm', min: 'm' };

/** `7 days` as `7d`; undefined where it cannot be told. A bare number may mean anything. */
function spelledOut(text: string): string | undefined {
  const short = text.toLowerCase().replace(/[\s,]+/g, '').replace(/(\d)([a-z]+?)s?(?=\d|$)/g, (_, digit: string, word: string) => `${digit}${WORDS[word] ?? word}`);
  return short !== text && short !== '' && parseRetention(short).ok ? short : undefined;
}
