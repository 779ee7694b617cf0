import * as l10n from '@vscode/l10n';
import type { Cause } from '../diagnosis';
import { distinctLogs, type Evidence } from '../evidence';
import type { TimeContext } from '../timeText';
import { shortText } from '../timeText';
import type { Page, Section } from './page';
import { facts, page, table } from './page';

/** What became of the thing that is asked about. */
export type Fate = 'failed' | 'underway' | 'deleting' | 'ended';

/** Why something failed, or does not get on: causes, what happened, what was looked at. */
export function describeDiagnosis(name: string, fate: Fate, causes: readonly Cause[], evidence: Evidence, context: TimeContext): Page {
  return page(titleOf(name, fate), '', [
    ...causes.map(causeSection),
    eventsSection(evidence, context),
    ...distinctLogs(evidence).map(({ pods, container, text }): Section => ({ kind: 'text', heading: logHeading(pods, container), text })),
    missingSection(evidence),
  ]);
}

function titleOf(name: string, fate: Fate): string {
  switch (fate) {
    case 'failed':
      return l10n.t('Why did {0} fail?', name);
    case 'underway':
      return l10n.t('What is {0} waiting for?', name);
    case 'deleting':
      return l10n.t('Why is {0} still there?', name);
    case 'ended':
      return l10n.t('What happened to {0}?', name);
  }
}

function logHeading(pods: readonly string[], container: string): string {
  const [first = ''] = pods;
  return pods.length === 1 ? l10n.t('Log of {0}, {1}', first, container) : l10n.t('Log of {0} (the same in each), {1}', pods.join(', '), container);
}

function causeSection(cause: Cause, index: number): Section | undefined {
  return facts(`${index + 1}. ${cause.title}`, [
    [l10n.t('Certainty'), certaintyText(cause)],
    ...cause.evidence.map(({ source, text }): [string, string] => [source, text]),
    [l10n.t('What to do'), cause.todo.join(' ')],
  ]);
}

function certaintyText({ certainty }: Cause): string {
  switch (certainty) {
    case 'sure':
      return l10n.t('sure');
    case 'likely':
      return l10n.t('likely');
    case 'possible':
      return l10n.t('possible');
  }
}

function eventsSection({ events }: Evidence, context: TimeContext): Section | undefined {
  const rows = events.map(({ at, object, reason, message, count }) => [shortText(at, context), object, reason, count > 1 ? `${message} (×${count})` : message]);
  return table(l10n.t('What happened'), [l10n.t('When'), l10n.t('Object'), l10n.t('Reason'), l10n.t('Message')], rows);
}

function missingSection({ missing }: Evidence): Section | undefined {
  return missing.length === 0 ? undefined : { kind: 'list', heading: l10n.t('What could not be read'), items: missing.map(({ why }) => why) };
}
