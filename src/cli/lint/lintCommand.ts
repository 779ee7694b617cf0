import { readFileSync } from 'node:fs';
import { workspaceFacts } from '../../manifest/facts/workspaceFacts';
import { judgeFile } from '../../manifest/judgeFile';
import { readDocumentQuickly } from '../../manifest/manifestDocument';
import { readFile, type ManifestFile } from '../../manifest/manifestFile';
import type { CliProcess } from '../cliProcess';
import { findSchemas } from '../installation';
import { UsageError } from '../usageError';
import { withoutBaseline } from './baseline';
import { WRITERS, type LintReport } from './formats';
import { LINT_HELP, parseLintArguments, type LintArguments } from './lintArguments';
import { isAtLeast, lintFinding } from './lintFinding';
import { loadDialect } from './loadDialect';
import { manifestFiles } from './manifestFiles';

const FOUND = 1;
const COULD_NOT_RUN = 2;
const STANDARD_INPUT = 0;

/** `kubeblocks-backup lint`: 0 nothing at or above --fail-on, 1 something, 2 it could not run. */
export function runLint(args: readonly string[], process: CliProcess): Promise<number> {
  try {
    const given = parseLintArguments(args);
    if (given.help) {
      process.stdout.write(LINT_HELP);
      return Promise.resolve(0);
    }
    const report = lint(given);
    process.stdout.write(WRITERS[given.format](report));
    return Promise.resolve(report.findings.some(({ severity }) => isAtLeast(severity, given.failOn)) ? FOUND : 0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return Promise.resolve(COULD_NOT_RUN);
  }
}

function lint({ line, paths, baseline }: LintArguments): LintReport {
  const dialect = loadDialect(line, findSchemas(__dirname));
  const files = new Map(manifestFiles(paths).map((path): [string, ManifestFile] => [nameOf(path), readFile(textOf(path), readDocumentQuickly)]));
  const facts = files.size > 1 ? [workspaceFacts([...files].map(([name, file]) => ({ name, uri: name, file })))] : [];
  const findings = [...files].flatMap(([name, file]) => judgeFile(file, facts, dialect).map((finding) => lintFinding(name, file, finding)));
  return { files: [...files.keys()], findings: baseline === undefined ? findings : withoutBaseline(findings, baseline) };
}

function nameOf(path: string): string {
  return path === '-' ? '<stdin>' : path;
}

function textOf(path: string): string {
  try {
    return readFileSync(path === '-' ? STANDARD_INPUT : path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
