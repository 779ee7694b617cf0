import * as l10n from '@vscode/l10n';
import type { CronField, CronSchedule } from './cron';
import { isCronError, parseCron } from './cron';
import { durationText } from './timeText';

/** A cron expression in a few words (`daily 18:00 UTC`); rarer shapes keep the expression itself. */
export function cronText(expression: string): string {
  const schedule = parseCron(expression);
  const words = isCronError(schedule) ? undefined : scheduleWords(schedule);
  return words ?? l10n.t('{0} (UTC)', expression);
}

function scheduleWords(schedule: CronSchedule): string | undefined {
  if (schedule.kind === 'every') {
    return l10n.t('every {0}', durationText(schedule.delayMs));
  }
  const { minute, hour, dayOfMonth, month, dayOfWeek } = schedule;
  if (!isEvery(month, 12) || !isEvery(dayOfMonth, 31)) {
    return undefined;
  }
  const at = only(minute);
  if (isEvery(dayOfWeek, 7) && isEvery(hour, 24)) {
    return hourly(minute, at);
  }
  const hourOfDay = only(hour);
  if (at !== undefined && hourOfDay === undefined && isEvery(dayOfWeek, 7)) {
    return everyFewHours(hour, at);
  }
  if (at === undefined || hourOfDay === undefined) {
    return undefined;
  }
  const time = `${two(hourOfDay)}:${two(at)}`;
  const day = only(dayOfWeek);
  return isEvery(dayOfWeek, 7) ? l10n.t('daily {0} UTC', time) : day === undefined ? undefined : weekly(day, time);
}

function hourly(minute: CronField, at: number | undefined): string | undefined {
  if (at !== undefined) {
    return l10n.t('hourly at minute {0}', at);
  }
  const step = 60 / minute.values.size;
  return Number.isInteger(step) && [...minute.values].every((value) => value % step === 0) ? l10n.t('every {0} min', step) : undefined;
}

function everyFewHours(hour: CronField, at: number): string | undefined {
  const step = 24 / hour.values.size;
  return Number.isInteger(step) && [...hour.values].every((value) => value % step === 0) ? l10n.t('every {0} h at minute {1}', step, at) : undefined;
}

function weekly(day: number, time: string): string {
  const days = [
    l10n.t('Sundays {0} UTC', time),
    l10n.t('Mondays {0} UTC', time),
    l10n.t('Tuesdays {0} UTC', time),
    l10n.t('Wednesdays {0} UTC', time),
    l10n.t('Thursdays {0} UTC', time),
    l10n.t('Fridays {0} UTC', time),
    l10n.t('Saturdays {0} UTC', time),
  ];
  return days[day] ?? time;
}

function isEvery(field: CronField, count: number): boolean {
  return field.values.size === count;
}

function only({ values }: CronField): number | undefined {
  return values.size === 1 ? [...values][0] : undefined;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
