import type { Severity } from '../../kubeblocks/finding';
import type { LintReport } from './formats';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

/** Workflow commands of GitHub Actions, which become annotations of a change. */
export function formatGithub({ findings }: LintReport): string {
  return findings
    .map(({ file, line, column, endLine, endColumn, severity, rule, message }) => {
      const columns = endLine === line ? `,col=${column},endColumn=${endColumn}` : '';
      return `::${COMMANDS[severity]} file=${property(file)},line=${line},endLine=${endLine}${columns},title=${property(rule)}::${data(message)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
