import type { LintReport } from './formats';

/** `file:line:column: severity: message [rule]`, which terminals and editors turn into links. */
export function formatText({ files, findings }: LintReport): string {
  const lines = findings.map(({ file, line, column, severity, message, rule }) => `${file}:${line}:${column}: ${severity}: ${message} [${rule}]`);
  const places = new Set(findings.map(({ file }) => file)).size;
  const sum = findings.length === 0 ? `Nothing found in ${count(files.length, 'file')}.` : `${count(findings.length, 'finding')} in ${places} of ${count(files.length, 'file')}.`;
  return `${[...lines, sum].join('\n')}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
