import cronstrue from 'cronstrue';
import { isCronError, nextRuns, parseCron } from '../../kubeblocks/cron';

export interface CronReading {
  /** A sentence, in UTC. */
  readonly words: string;
  /** Ms since the epoch. */
  readonly nextRuns: readonly number[];
}

/** A cron expression in words, with its next runs; undefined where the controller cannot read it. */
export function readCron(expression: string, nowMs: number, count: number): CronReading | undefined {
  const schedule = parseCron(expression);
  if (isCronError(schedule)) return undefined;
  return { words: wordsOf(expression), nextRuns: nextRuns(schedule, nowMs, count) };
}

const MACROS: Readonly<Record<string, string>> = { '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *', '@monthly': '0 0 1 * *', '@weekly': '0 0 * * 0', '@daily': '0 0 * * *', '@midnight': '0 0 * * *', '@hourly': '0 * * * *' };

/** The library reads less than the controller; what it cannot put into words stays as it is. */
function wordsOf(expression: string): string {
  const plain = MACROS[expression] ?? expression;
  if (plain.startsWith('@')) return plain;
  try {
    return cronstrue.toString(plain, { use24HourTimeFormat: true, verbose: true });
  } catch {
    return expression;
  }
}
