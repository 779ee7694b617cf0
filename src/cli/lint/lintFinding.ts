import type { Severity } from '../../kubeblocks/finding';
import type { ManifestFile } from '../../manifest/manifestFile';
import type { FindingSource, ManifestFinding } from '../../manifest/manifestFinding';
import { spanInFile } from '../../manifest/place';

/** A finding as `--format json` prints it: lines and columns from 1, columns in UTF-16 units, the end exclusive. */
export interface LintFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly source: FindingSource;
}

export function lintFinding(name: string, file: ManifestFile, { place, code, severity, message, source }: ManifestFinding): LintFinding {
  const span = spanInFile(file, place) ?? { start: 0, end: 0 };
  const start = file.lines.positionAt(span.start);
  const end = file.lines.positionAt(span.end);
  return { file: name, line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1, rule: code, severity, message, source };
}

const RANK: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1, hint: 0 };

export function isAtLeast(severity: Severity, least: Severity): boolean {
  return RANK[severity] >= RANK[least];
}
