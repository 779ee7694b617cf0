import * as l10n from '@vscode/l10n';
import type { Severity } from '../kubeblocks/finding';
import { groupOf, isKubeBlocksGroup, type Dialect } from './dialect';
import type { Facts } from './facts/facts';
import { createSurroundings, type Surroundings } from './facts/surroundings';
import type { ManifestFinding } from './manifestFinding';
import type { ManifestObject } from './manifestObject';
import { RULES } from './rules/registry';
import type { Rule } from './rules/rule';
import { RuleContext } from './rules/ruleContext';
import { checkKind } from './schema/checkKind';
import { checkSchema } from './schema/checkSchema';
import type { SchemaFault } from './schema/schemaFault';

export interface JudgeOptions {
  /** By code; `off` silences a rule. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly rules?: readonly Rule[];
}

/**
 * What is to be said about objects that somebody wants to apply, as KubeBlocks of this dialect would find it out: what the
 * API server refuses, then what only the controllers would notice. The objects are each other's surroundings. Objects of
 * other groups are looked at by others, not judged.
 */
export function judge(objects: readonly ManifestObject[], facts: Facts, dialect: Dialect, { severities = {}, rules = RULES }: JudgeOptions = {}): ManifestFinding[] {
  const around = createSurroundings(objects, facts);
  const byKind = rulesByKind(rules, dialect, severities);
  return objects.flatMap((object) => (isKubeBlocksGroup(groupOf(object.apiVersion)) ? judgeObject(object, around, dialect, byKind) : []));
}

function judgeObject(object: ManifestObject, around: Surroundings, dialect: Dialect, byKind: RulesByKind): ManifestFinding[] {
  const findings = [...schemaFindings(object, dialect)];
  for (const { rule, severity } of byKind.get(object.kind) ?? []) {
    const context = new RuleContext(object, dialect, around, rule, severity);
    rule.check(context);
    findings.push(...context.findings);
  }
  return findings;
}

type RulesByKind = ReadonlyMap<string, readonly { readonly rule: Rule; readonly severity: Severity }[]>;

function rulesByKind(rules: readonly Rule[], dialect: Dialect, severities: NonNullable<JudgeOptions['severities']>): RulesByKind {
  const byKind = new Map<string, { readonly rule: Rule; readonly severity: Severity }[]>();
  for (const rule of rules) {
    const severity = severities[rule.code] ?? rule.severity;
    if (severity === 'off' || !rule.lines.includes(dialect.line)) continue;
    for (const kind of rule.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), { rule, severity }]);
  }
  return byKind;
}

/** What a schema says of an object does not change while object and dialect stay. */
const known = new WeakMap<ManifestObject['root'], { readonly dialect: Dialect; readonly findings: readonly ManifestFinding[] }>();

function schemaFindings(object: ManifestObject, dialect: Dialect): readonly ManifestFinding[] {
  const before = known.get(object.root);
  if (before?.dialect === dialect) return before.findings;
  const kind = dialect.kindOf(object.apiVersion, object.kind);
  const faults = kind === undefined ? checkKind(object, dialect) : checkSchema(object.root, kind);
  const isBroken = (object.document?.faults.length ?? 0) > 0;
  const findings = faults.filter(({ code }) => !(isBroken && code === 'schema/missing-field')).map((fault) => findingOf(fault, object));
  known.set(object.root, { dialect, findings });
  return findings;
}

function findingOf({ code, path, part, message, renameTo, changeTo }: SchemaFault, object: ManifestObject): ManifestFinding {
  const edit =
    renameTo !== undefined
      ? { title: l10n.t('Rename to {0}', renameTo), edits: [{ kind: 'renameKey', object, path, key: renameTo } as const] }
      : changeTo !== undefined
        ? { title: l10n.t('Change to {0}', JSON.stringify(changeTo).replace(/^"(.*)"$/, '$1')), edits: [{ kind: 'setValue', object, path, value: changeTo } as const] }
        : undefined;
  return { code, severity: 'error', source: 'schema', message, place: { kind: 'path', object, path, part }, ...(edit !== undefined && { fixes: [edit] }) };
}
