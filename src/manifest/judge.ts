import * as l10n from '@vscode/l10n';
import type { Severity } from '../kubeblocks/finding';
import { groupOf, isKubeBlocksGroup, type Dialect } from './dialect';
import { explainFault, type ExplainedFault } from './explainFault';
import type { Facts } from './facts/facts';
import { recordLookups } from './facts/lookups';
import { createSurroundings, type Surroundings } from './facts/surroundings';
import { rootField } from './field';
import type { Kustomized } from './kustomization';
import type { ManifestFinding } from './manifestFinding';
import type { ManifestObject } from './manifestObject';
import { pathText } from './manifestPath';
import { beginRun, type Judged } from './judgedObjects';
import { PATCH_RULES, RULES } from './rules/registry';
import type { Rule } from './rules/rule';
import { RuleContext } from './rules/ruleContext';
import { ruleTable, type RuleTable } from './rules/ruleTable';
import { checkKind } from './schema/checkKind';
import { checkSchema } from './schema/checkSchema';
import type { SchemaFault } from './schema/schemaFault';

export interface JudgeOptions {
  /** By code; `off` silences a rule. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly rules?: readonly Rule[];
  /** Nobody will ask about these objects again: nothing of them is kept. */
  readonly isOnce?: boolean;
  /** What kustomize makes of the file. Of a patch, what is missing is not told. */
  readonly kustomized?: Kustomized;
}

/**
 * What is to be said about objects that somebody wants to apply, as KubeBlocks of this dialect would find it out: what the
 * API server refuses, then what only the controllers would notice. The objects are each other's surroundings. Objects of
 * other groups are looked at by others, not judged.
 */
export function judge(objects: readonly ManifestObject[], facts: Facts, dialect: Dialect, options: JudgeOptions = {}): ManifestFinding[] {
  if (options.isOnce === true) return judgeOnce(objects, facts, dialect, options);
  const steps = judgeInSteps(objects, facts, dialect, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function judgeOnce(objects: readonly ManifestObject[], facts: Facts, dialect: Dialect, options: JudgeOptions): ManifestFinding[] {
  const table = tableOf(dialect, options);
  const around = createSurroundings(objects, factsOf(objects, facts, options));
  return objects.flatMap((object) => judgeObject(object, around, dialect, table, options));
}

/** The same in steps of one object that had to be judged, for those who let others work in between. What is known of an object still, is not worked out again. */
export function* judgeInSteps(objects: readonly ManifestObject[], facts: Facts, dialect: Dialect, options: JudgeOptions = {}): Generator<void, ManifestFinding[]> {
  const table = tableOf(dialect, options);
  const run = beginRun(objects, factsOf(objects, facts, options), table);
  const judged: Judged[] = [];
  for (const [index, object] of objects.entries()) {
    const known = run.known(index);
    if (known !== undefined) {
      judged.push(known);
      continue;
    }
    const { asked, lookups } = recordLookups(run.around);
    judged.push(run.remember(index, lookups, judgeObject(object, asked, dialect, table, options)));
    yield;
  }
  run.end(judged);
  return judged.flatMap(({ findings }) => findings);
}

function tableOf(dialect: Dialect, { severities = {}, rules = RULES, kustomized }: JudgeOptions): RuleTable {
  return ruleTable(kustomized?.isPatch === true ? PATCH_RULES : rules, dialect, severities);
}

/** What a cluster holds is compared by names, which must be those that will be applied. */
function factsOf(objects: readonly ManifestObject[], facts: Facts, { kustomized }: JudgeOptions): Facts {
  return kustomized !== undefined && objects.some(({ namespace }) => kustomized.isMoved(namespace)) ? facts.filter(({ origin }) => origin.kind !== 'cluster') : facts;
}

const NOTHING: readonly ManifestFinding[] = [];

function judgeObject(object: ManifestObject, around: Surroundings, dialect: Dialect, table: RuleTable, { kustomized }: JudgeOptions): readonly ManifestFinding[] {
  if (!isKubeBlocksGroup(groupOf(object.apiVersion))) return NOTHING;
  const findings = schemaFindings(object, dialect, kustomized?.isPatch === true);
  const root = rootField(object.root);
  for (const { rule, severity } of table.get(object.kind) ?? []) {
    rule.check(new RuleContext(object, dialect, around, rule, severity, findings, root));
  }
  return findings.length === 0 ? NOTHING : findings;
}

/** What only a whole object can be refused for. */
const OF_WHOLES: ReadonlySet<string> = new Set(['schema/missing-field', 'schema/combination', 'schema/cel']);

/** Keys with a dollar are for kustomize, and for nobody after it. */
function isOfPatch({ code, path }: SchemaFault): boolean {
  return OF_WHOLES.has(code) || (code === 'schema/unknown-field' && String(path.at(-1)).startsWith('$'));
}

function schemaFindings(object: ManifestObject, dialect: Dialect, isPatch: boolean): ManifestFinding[] {
  const kind = dialect.kindOf(object.apiVersion, object.kind);
  const faults = kind === undefined ? checkKind(object, dialect) : checkSchema(object.root, kind);
  const isBroken = (object.document?.faults.length ?? 0) > 0;
  const explained = faults.filter((fault) => !(isPatch ? isOfPatch(fault) : isBroken && fault.code === 'schema/missing-field')).map((fault) => explainFault(fault, object, dialect.line));
  return explained.filter((fault) => !isMeant(fault, explained)).map((fault) => findingOf(fault, object));
}

/** A required field that is misspelt is there: that it is misspelt is said. */
function isMeant({ code, path }: SchemaFault, faults: readonly SchemaFault[]): boolean {
  return code === 'schema/missing-field' && faults.some(({ meant, path: other }) => meant === path.at(-1) && pathText(other.slice(0, -1)) === pathText(path.slice(0, -1)));
}

function findingOf({ code, path, part, message, renameTo, changeTo, fixes = [] }: ExplainedFault, object: ManifestObject): ManifestFinding {
  const edit =
    renameTo !== undefined
      ? { title: l10n.t('Rename to {0}', renameTo), edits: [{ kind: 'renameKey', object, path, key: renameTo } as const] }
      : changeTo !== undefined
        ? { title: l10n.t('Change to {0}', JSON.stringify(changeTo).replace(/^"(.*)"$/, '$1')), edits: [{ kind: 'setValue', object, path, value: changeTo } as const] }
        : undefined;
  return { code, severity: 'error', source: 'schema', message, place: { kind: 'path', object, path, part }, ...((edit !== undefined || fixes.length > 0) && { fixes: edit === undefined ? fixes : [edit] }) };
}
