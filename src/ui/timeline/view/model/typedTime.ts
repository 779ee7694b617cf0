import * as l10n from '@vscode/l10n';
import { localAndUtcText } from '../../../../kubeblocks/timeText';
import { parseTime } from '../../../../kubeblocks/wallTime';

/** What a typed time means. */
export type TypedTime =
  | { readonly kind: 'instant'; readonly at: number }
  /** The zone's clock skipped it or showed it twice: the person is asked. */
  | { readonly kind: 'question'; readonly message: string; readonly choices: readonly { readonly at: number; readonly label: string }[] }
  | { readonly kind: 'invalid'; readonly message: string };

const WITH_ZONE = /^(?<time>.*\d)\s+(?<zone>[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)+)$/;

/** Reads `11:58`, `2026-11-23 11:58:00`, `… Europe/Berlin`, `…Z`, `… +02:00`; without a zone it is the chosen one's. */
export function readTypedTime(text: string, zone: string, now: number): TypedTime {
  const { time = text, zone: written } = WITH_ZONE.exec(text.trim())?.groups ?? {};
  const timeZone = written ?? zone;
  if (!isZone(timeZone)) {
    return { kind: 'invalid', message: l10n.t('{0} is no time zone. Write it like Europe/Berlin or UTC.', timeZone) };
  }
  const parsed = parseTime(time, { now, timeZone });
  switch (parsed.kind) {
    case 'instant':
      return { kind: 'instant', at: wholeSecond(parsed.ms) };
    case 'ambiguous':
      return question(l10n.t('The clock of {0} was put back, so that time came twice. Which is meant?', timeZone), parsed.choices, timeZone);
    case 'invalid':
      return parsed.nearest === undefined
        ? parsed
        : question(l10n.t('The clock of {0} was put forward, so that time did not exist. Which is meant?', timeZone), parsed.nearest, timeZone);
  }
}

/** An IANA name that this machine knows. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function question(message: string, choices: readonly number[], timeZone: string): TypedTime {
  return { kind: 'question', message, choices: choices.map((at) => ({ at: wholeSecond(at), label: localAndUtcText(at, { timeZone }) })) };
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
