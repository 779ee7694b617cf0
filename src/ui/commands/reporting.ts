import * as l10n from '@vscode/l10n';
import type { FollowOptions } from '../../operations/poll';
import type { Report } from '../app';

/** Follows in words: each step, and a connection that is lost and comes back. */
export function reporting(report: Report, signal: AbortSignal): FollowOptions<{ readonly message: string }> {
  return {
    signal,
    onProgress: ({ message }) => report(message),
    onConnection: (connected) => report(connected ? l10n.t('connected again') : l10n.t('connection lost, waiting for it')),
  };
}
