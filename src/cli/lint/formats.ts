import { formatGithub } from './formatGithub';
import { formatJunit } from './formatJunit';
import { formatSarif } from './formatSarif';
import { formatText } from './formatText';
import type { LintFinding } from './lintFinding';

export const FORMATS = ['text', 'json', 'sarif', 'github', 'junit'] as const;
export type LintFormat = (typeof FORMATS)[number];

export interface LintReport {
  /** Every file that was read, in order, with or without findings. */
  readonly files: readonly string[];
  readonly findings: readonly LintFinding[];
}

export const WRITERS: Readonly<Record<LintFormat, (report: LintReport) => string>> = {
  text: formatText,
  json: ({ findings }) => `${JSON.stringify(findings, undefined, 2)}\n`,
  sarif: formatSarif,
  github: formatGithub,
  junit: formatJunit,
};
