import type { Severity } from '../../kubeblocks/finding';
import type { Dialect } from '../dialect';
import type { Rule } from './rule';

/** By kind, the rules that a dialect and the settings leave. */
export type RuleTable = ReadonlyMap<string, readonly { readonly rule: Rule; readonly severity: Severity }[]>;

type Severities = Readonly<Record<string, Severity | 'off'>>;

const tables = new WeakMap<Dialect, WeakMap<readonly Rule[], { readonly settings: string; readonly table: RuleTable }>>();

/** The same object for the same dialect, rules and severities: what was judged with it is known by it. */
export function ruleTable(rules: readonly Rule[], dialect: Dialect, severities: Severities): RuleTable {
  const settings = JSON.stringify(severities);
  const ofDialect = tables.get(dialect) ?? new WeakMap();
  const before = ofDialect.get(rules);
  if (before?.settings === settings) return before.table;
  const table = makeTable(rules, dialect, severities);
  tables.set(dialect, ofDialect.set(rules, { settings, table }));
  return table;
}

function makeTable(rules: readonly Rule[], dialect: Dialect, severities: Severities): RuleTable {
  const byKind = new Map<string, { readonly rule: Rule; readonly severity: Severity }[]>();
  for (const rule of rules) {
    const severity = severities[rule.code] ?? rule.severity;
    if (severity === 'off' || !rule.lines.includes(dialect.line)) continue;
    for (const kind of rule.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), { rule, severity }]);
  }
  return byKind;
}
