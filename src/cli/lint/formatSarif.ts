import type { Severity } from '../../kubeblocks/finding';
import { REPOSITORY, ruleLink } from '../../manifest/ruleLink';
import { RULES } from '../../manifest/rules/registry';
import type { LintReport } from './formats';
import type { LintFinding } from './lintFinding';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** SARIF 2.1.0, one run; `results` is there also when it is empty, which GitHub insists on. */
export function formatSarif({ findings }: LintReport): string {
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'kubeblocks-backup', informationUri: REPOSITORY, rules: ids.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, ids)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf(id: string): object {
  const rule = RULES.find(({ code }) => code === id);
  return { id, shortDescription: { text: rule?.title ?? id }, helpUri: ruleLink(id) };
}

function resultOf({ file, line, column, endLine, endColumn, rule, severity, message }: LintFinding, ids: readonly string[]): object {
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: LEVELS[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line, startColumn: column, endLine, endColumn } } }],
  };
}

/** A relative file stays relative to the checkout; a drive and a share of Windows are absolute. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/');
  const [, drive, rest = path] = /^([A-Za-z]:)(\/.*)$/.exec(path) ?? [];
  const encoded = rest.split('/').map(encodeURIComponent).join('/');
  if (drive !== undefined) return `file:///${drive}${encoded}`;
  return encoded.startsWith('//') ? `file:${encoded}` : encoded.startsWith('/') ? `file://${encoded}` : encoded;
}
