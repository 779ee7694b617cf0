import * as l10n from '@vscode/l10n';
import { parseRetention } from '../../kubeblocks/retention';
import { localText, utcText } from '../../kubeblocks/timeText';
import type { Path } from '../manifestPath';
import type { AssistContext } from './assistContext';
import { readCron } from './cronWords';
import { paragraph, type DocBlock } from './docBlock';
import type { Suggestion } from './suggestion';

export function isCronField(path: Path): boolean {
  return path[0] === 'spec' && (path.at(-1) === 'cronExpression' || path.at(-1) === 'incrementalCronExpression');
}

export function isRetentionField(path: Path): boolean {
  return path[0] === 'spec' && path.at(-1) === 'retentionPeriod';
}

const CRONS = ['0 18 * * *', '0 */6 * * *', '0 * * * *', '*/30 * * * *', '0 18 * * 0', '0 18 1 * *'];

export function cronValues(context: AssistContext): readonly Suggestion[] {
  return CRONS.map((value) => ({ value, kind: 'value', detail: readCron(value, context.nowMs, 0)?.words ?? '', documentation: () => cronText(value, context) }));
}

/** In words, with the next five runs; empty where it is no cron expression. */
export function cronText(expression: string, { nowMs, timeZone }: Pick<AssistContext, 'nowMs' | 'timeZone'>): readonly DocBlock[] {
  const reading = readCron(expression, nowMs, 5);
  if (reading === undefined) return [];
  const runs = reading.nextRuns.map((ms) => l10n.t('{0} ({1} local)', utcText(ms), localText(ms, { timeZone })));
  return [paragraph(l10n.t('{0} (UTC)', reading.words)), ...(runs.length > 0 ? [paragraph(l10n.t('Next runs:')), { kind: 'list', items: runs } as const] : [])];
}

const RETENTIONS = ['7d', '1d', '3d', '14d', '1mo', '3mo', '1y'];

export function retentionValues(): readonly Suggestion[] {
  return RETENTIONS.map((value) => ({ value, kind: 'value', detail: retentionWords(value) ?? '' }));
}

const DAY_MS = 86_400_000;

/** `30 days`; undefined where it cannot be read. */
export function retentionWords(text: string): string | undefined {
  const parsed = parseRetention(text);
  if (!parsed.ok) return undefined;
  if (parsed.ms === 0) return l10n.t('for ever');
  const days = parsed.ms / DAY_MS;
  if (days === 1) return l10n.t('1 day');
  return Number.isInteger(days) ? l10n.t('{0} days', days) : l10n.t('{0} hours', Math.round(days * 240) / 10);
}

/** When what ends now would be removed. */
export function retentionText(text: string, { nowMs, timeZone }: Pick<AssistContext, 'nowMs' | 'timeZone'>): readonly DocBlock[] {
  const parsed = parseRetention(text);
  if (!parsed.ok) return [];
  if (parsed.ms === 0) return [paragraph(l10n.t('Backups are kept for ever.'))];
  const at = nowMs + parsed.ms;
  return [paragraph(l10n.t('Kept {0}: a backup that ends now is removed at {1} ({2} local).', retentionWords(text) ?? text, utcText(at), localText(at, { timeZone })))];
}
