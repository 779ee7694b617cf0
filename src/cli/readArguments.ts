import * as l10n from '@vscode/l10n';
import { parseRestoreTime } from '../kubeblocks/restoreTimeGrammar';
import { UsageError } from './usageError';

/** An option with a few known values. Throws `UsageError` for any other. */
export function oneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((each) => each === text);
  if (found === undefined) throw new UsageError(l10n.t('{0}: "{1}" is not one of {2}.', option, text, known.join(', ')));
  return found;
}

/** Milliseconds since 1970, of a whole second. Throws `UsageError` for what is no time. */
export function instantOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseRestoreTime(text);
  if (ms === undefined) throw new UsageError(l10n.t('{0}: "{1}" is no time. Write it like {2}.', option, text, '2026-11-23T12:00:00Z'));
  return Math.floor(ms / 1000) * 1000;
}

/** Throws `UsageError` where options for a cluster and for a dump are given together. */
export function checkSource({ kubeconfig, context, from, now }: { readonly [Option in 'kubeconfig' | 'context' | 'from' | 'now']?: string | undefined }): void {
  if (from !== undefined && (kubeconfig !== undefined || context !== undefined)) throw new UsageError(l10n.t('--from: a dump is read without --kubeconfig and --context.'));
  if (from === undefined && now !== undefined) throw new UsageError(l10n.t('--now: it says when a dump was made; give one with --from.'));
}
