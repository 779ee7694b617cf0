import * as l10n from '@vscode/l10n';
import type { FixId } from '../causes/causeRule';
import type { Cause } from '../diagnosis';
import { distinctLogs, type Evidence } from '../evidence';
import { paceText } from '../paceText';
import type { TimeContext } from '../timeText';
import { localAndUtcText } from '../timeText';
import type { Pace } from '../usualDuration';
import type { DiagnosisSubject } from './diagnosisSubjects';
import type { Page, Section } from './page';
import { facts, list, page, table } from './page';

/**
 * Why something failed, or what it waits for: causes, what happened, what was looked at. `fixText` names what can be
 * started of a fix; undefined where it cannot be here.
 */
export function describeDiagnosis(subject: DiagnosisSubject, causes: readonly Cause[], evidence: Evidence, context: TimeContext, fixText: (fix: FixId) => string | undefined): Page {
  const known = subject.state === 'failed' || subject.hasTrouble === true ? causes : causes.filter(({ code }) => code !== 'unknown');
  return page(subject.question, summaryOf(subject, known), [
    known.length === 0 ? nothingSection(subject) : undefined,
    ...known.map((cause, index) => causeSection(cause, index, fixText)),
    paceSection(subject.pace),
    happenedSection(subject, evidence, context),
    ...subject.status,
    jobsSection(evidence),
    podsSection(evidence),
    claimsSection(evidence),
    ...distinctLogs(evidence).map(({ pods, container, text }): Section => ({ kind: 'text', heading: logHeading(pods, container), text })),
    missingSection(evidence),
  ]);
}

function summaryOf({ state, pace }: DiagnosisSubject, causes: readonly Cause[]): string {
  const isUnknown = causes.length === 1 && causes[0]?.code === 'unknown';
  const count = causes.length === 0 ? undefined : isUnknown ? l10n.t('cause not known') : causes.length === 1 ? l10n.t('1 cause found') : l10n.t('{0} causes found', causes.length);
  const stuck = pace?.isStuck === true ? l10n.t('stuck: {0}', paceText(pace)) : undefined;
  const startable = causes.some(({ fixes }) => fixes.length > 0) ? l10n.t('what can be done is started with “Start a Fix…”') : undefined;
  return [stateText(state), stuck, count, startable].filter((part) => part !== undefined).join(' · ');
}

function stateText(state: DiagnosisSubject['state']): string {
  switch (state) {
    case 'failed':
      return l10n.t('failed');
    case 'underway':
      return l10n.t('not ended');
    case 'fine':
      return l10n.t('as it should be');
  }
}

function nothingSection({ state, pace }: DiagnosisSubject): Section {
  const what =
    state === 'fine'
      ? l10n.t('Nothing was found that is wrong with it.')
      : pace?.isStuck === true
        ? l10n.t('It takes longer than it ever did, and nothing that was found says why.')
        : l10n.t('Nothing was found that stands against it.');
  return { kind: 'list', heading: l10n.t('No known cause'), items: [what, l10n.t('What was looked at is shown below in order.')] };
}

function causeSection(cause: Cause, index: number, fixText: (fix: FixId) => string | undefined): Section | undefined {
  return facts(`${index + 1}. ${cause.title}`, [
    [l10n.t('Certainty'), certaintyText(cause)],
    // Names of pods are long: beside a value they would leave it no room.
    ...cause.evidence.map(({ source, text }): [string, string] => [l10n.t('Evidence'), `${source}: ${text}`]),
    [l10n.t('What it means'), cause.means],
    [l10n.t('What to do'), cause.todo.join(' ')],
    [l10n.t('Can be started'), cause.fixes.flatMap((fix) => fixText(fix) ?? []).join(' · ')],
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

function paceSection(pace: Pace | undefined): Section | undefined {
  return pace === undefined ? undefined : { kind: 'list', heading: l10n.t('How long it takes'), items: [paceText(pace)] };
}

/** Its own times and the events, as one story. */
function happenedSection({ name, moments }: DiagnosisSubject, { events }: Evidence, context: TimeContext): Section | undefined {
  const own = moments.map(({ at, what, object = name }) => ({ at, parts: [object, what] }));
  const others = events.map(({ at, object, reason, message, count }) => ({ at, parts: [object, reason, count > 1 ? `${message} (×${count})` : message] }));
  const rows = [...own, ...others].sort((a, b) => a.at - b.at).map(({ at, parts }) => [localAndUtcText(at, context), inOneLine(parts)]);
  return table(l10n.t('What happened'), [l10n.t('When'), l10n.t('What')], rows);
}

/** Columns of long names leave no room for the words beside them. */
function inOneLine(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(': ');
}

function jobsSection({ jobs }: Evidence): Section | undefined {
  return list(l10n.t('Jobs'), jobs.flatMap(({ name, conditions }) => conditions.map(({ type, status, reason, message }) => inOneLine([name, `${type} ${status}`, reason, message]))));
}

function podsSection({ pods, snapshots }: Evidence): Section | undefined {
  return list(l10n.t('Pods'), [
    ...pods.map(({ name, phase, reasons }) => inOneLine([name, phase, reasons.join('; ')])),
    ...snapshots.map(({ name, error }) => inOneLine([l10n.t('volume snapshot {0}', name), l10n.t('fails'), error])),
  ]);
}

function claimsSection({ claims }: Evidence): Section | undefined {
  return list(l10n.t('Volume claims'), claims.map(({ name, phase, reasons }) => inOneLine([name, phase, reasons.join('; ')])));
}

function logHeading(pods: readonly string[], container: string): string {
  const [first = ''] = pods;
  return pods.length === 1 ? l10n.t('Log of {0}, {1}', first, container) : l10n.t('Log of {0} (the same in each), {1}', pods.join(', '), container);
}

function missingSection({ missing }: Evidence): Section | undefined {
  return list(l10n.t('What could not be read'), missing.map(({ why }) => why));
}
