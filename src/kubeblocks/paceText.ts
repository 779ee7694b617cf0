import * as l10n from '@vscode/l10n';
import { exactDurationText } from './timeText';
import { BEGINNING, type Pace } from './usualDuration';

/** `runs for 12 min; the last 5 took 3 min to 5 min`. */
export function paceText({ step, runningMs, usual }: Pace): string {
  const running = exactDurationText(runningMs);
  const now = step === undefined ? l10n.t('runs for {0}', running) : step === BEGINNING ? l10n.t('has not begun for {0}', running) : l10n.t('step {0} runs for {1}', step, running);
  if (usual === undefined) {
    return l10n.t('{0}; nothing alike ended before, so how long it takes is not known', now);
  }
  const [shortest, longest] = [exactDurationText(usual.shortestMs), exactDurationText(usual.longestMs)];
  if (usual.samples === 1) {
    return l10n.t('{0}; the last one took {1}', now, longest);
  }
  return shortest === longest ? l10n.t('{0}; the last {1} took {2}', now, usual.samples, longest) : l10n.t('{0}; the last {1} took {2} to {3}', now, usual.samples, shortest, longest);
}
