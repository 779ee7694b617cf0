import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { UsageError } from '../usageError';
import type { LintFinding } from './lintFinding';

/** What is new compared with the JSON output of an earlier run. Lines move, so a finding is known by file, rule and message. */
export function withoutBaseline(findings: readonly LintFinding[], baselineFile: string): readonly LintFinding[] {
  const known = new Map<string, number>();
  for (const finding of readBaseline(baselineFile)) known.set(keyOf(finding), (known.get(keyOf(finding)) ?? 0) + 1);
  return findings.filter((finding) => {
    const left = known.get(keyOf(finding)) ?? 0;
    known.set(keyOf(finding), left - 1);
    return left <= 0;
  });
}

function keyOf({ file, rule, message }: Pick<LintFinding, 'file' | 'rule' | 'message'>): string {
  return JSON.stringify([file, rule, message]);
}

function readBaseline(file: string): readonly LintFinding[] {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    if (Array.isArray(read)) return read as LintFinding[];
  } catch (error) {
    throw new UsageError(l10n.t('--baseline: {0} cannot be read: {1}.', file, error instanceof Error ? error.message : String(error)));
  }
  throw new UsageError(l10n.t('--baseline: {0} is not the JSON output of an earlier run.', file));
}
