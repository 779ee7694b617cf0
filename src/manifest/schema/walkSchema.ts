import * as l10n from '@vscode/l10n';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { nearestName } from '../nearestName';
import type { Path } from '../manifestPath';
import { entryOf, type ListNode, type MapEntry, type MapNode, type YamlNode } from '../yaml/node';
import { checkScalar } from './checkScalar';
import { checkListKeys } from './checkListKeys';
import { defaultedFields, fieldSchema, keepsUnknown } from './schemaOf';
import type { Report, SchemaFault } from './schemaFault';

/** How a walk differs: status is looked through for unknown fields alone, as a write to the object drops it. */
export interface WalkOptions {
  readonly report: Report;
  readonly unknownOnly?: boolean;
}

/**
 * Judges a value as the API server does under strict field validation (apiextensions-apiserver: pruning, defaulting,
 * validation): a null that is not allowed counts as absent, except in a list; a field with a default is never missing.
 */
export function walkSchema(node: YamlNode, schema: StructuralSchema, path: Path, options: WalkOptions): void {
  walk(node, schema, [...path], { ...options, report: keeping(options.report) });
}

/** The way from the root, while it is walked: one list, which grows and shrinks. */
type Way = (string | number)[];

/** What is reported keeps the way as it is now. */
function keeping(report: Report): Report {
  return (fault) => report({ ...fault, path: [...fault.path] });
}

function walk(node: YamlNode, schema: StructuralSchema, path: Way, options: WalkOptions): void {
  const keeps = keepsUnknown(schema);
  if (options.unknownOnly !== true) {
    if (!checkType(node, schema, path, options.report)) {
      if (node.type !== 'map') return;
    } else {
      checkCombinations(node, schema, path, options.report);
    }
    if (node.type === 'scalar') for (const fault of checkScalar(node, schema, path)) options.report(fault);
  }
  if (node.type === 'map') walkMap(node, schema, path, options, keeps);
  if (node.type === 'list') walkList(node, schema, path, options);
}

function walkMap(map: MapNode, schema: StructuralSchema, path: Way, options: WalkOptions, keeps: boolean): void {
  for (const entry of map.entries) {
    const { key, value } = entry;
    if (entry.merged !== true && entryOf(map, key) !== entry) continue;
    const field = fieldSchema(schema, key);
    if (field === undefined) {
      if (!keeps) options.report(unknownField(key, map, schema, path));
    } else if (!isDropped(value, field)) {
      path.push(key);
      walk(value, field, path, options);
      path.pop();
    }
  }
  if (options.unknownOnly !== true && (schema.type === undefined || schema.type === 'object')) {
    checkRequired(map, schema, path, options.report);
    checkSize(map, schema, path, options.report);
  }
}

function walkList(list: ListNode, schema: StructuralSchema, path: Way, options: WalkOptions): void {
  const { items } = schema;
  const kept = keepsUnknown(schema) && items !== undefined ? { ...items, 'x-kubernetes-preserve-unknown-fields': true } : items;
  if (kept !== undefined) {
    for (const [index, item] of list.items.entries()) {
      path.push(index);
      walk(item, kept, path, options);
      path.pop();
    }
  }
  if (options.unknownOnly === true) return;
  const { minItems = 0, maxItems = Infinity } = schema;
  const { length } = list.items;
  if (length > maxItems) options.report({ code: 'schema/bounds', path, part: 'key', message: l10n.t('{0} items are too many: the API server takes at most {1}.', length, maxItems) });
  if (length < minItems) options.report({ code: 'schema/bounds', path, part: 'key', message: l10n.t('{0} items are too few: the API server wants at least {1}.', length, minItems) });
  checkListKeys(list, schema, path, options.report);
}

/** Null for a field that cannot be null: gone, or replaced by the default, before anything is validated. */
export function isDropped(node: YamlNode, schema: StructuralSchema): boolean {
  const isTyped = schema.type !== undefined || schema['x-kubernetes-int-or-string'] === true;
  return node.type === 'scalar' && node.value === null && schema.nullable !== true && isTyped;
}

function isAbsent(entry: MapEntry | undefined, schema: StructuralSchema | undefined): boolean {
  return entry === undefined || (schema !== undefined && isDropped(entry.value, schema));
}

function checkRequired(map: MapNode, schema: StructuralSchema, path: Path, report: Report): void {
  for (const key of schema.required ?? []) {
    const field = fieldSchema(schema, key);
    const entry = entryOf(map, key);
    if (!isAbsent(entry, field) || field?.default !== undefined) continue;
    const message = entry === undefined ? l10n.t('{0} is missing: the API server refuses the manifest without it.', key) : l10n.t('{0} has no value, which counts as missing: the API server refuses the manifest.', key);
    report({ code: 'schema/missing-field', path: [...path, key], part: 'key', message });
  }
}

function checkSize(map: MapNode, schema: StructuralSchema, path: Path, report: Report): void {
  const { minProperties = 0, maxProperties = Infinity } = schema;
  if (minProperties === 0 && maxProperties === Infinity) return;
  const defaulted = defaultedFields(schema).filter(([key, field]) => isAbsent(entryOf(map, key), field)).length;
  const given = new Set(map.entries.filter(({ key, value }) => !isDropped(value, fieldSchema(schema, key) ?? {})).map(({ key }) => key)).size;
  const size = given + defaulted;
  if (size > maxProperties) report({ code: 'schema/bounds', path, part: 'key', message: l10n.t('{0} entries are too many: the API server takes at most {1}.', size, maxProperties) });
  if (size < minProperties) report({ code: 'schema/bounds', path, part: 'key', message: l10n.t('{0} entries are too few: the API server wants at least {1}.', size, minProperties) });
}

function unknownField(key: string, map: MapNode, schema: StructuralSchema, path: Path): SchemaFault {
  const free = Object.keys(schema.properties ?? {}).filter((name) => entryOf(map, name) === undefined);
  const nearest = nearestName(key, free);
  const message =
    nearest === undefined
      ? l10n.t('{0} is no field here: kubectl refuses the manifest, and other clients drop the field without a word.', key)
      : l10n.t('{0} is no field here; did you mean {1}? kubectl refuses the manifest, and other clients drop the field without a word.', key, nearest);
  const canBe = nearest !== undefined && takes(fieldSchema(schema, nearest), entryOf(map, key)?.value);
  return { code: 'schema/unknown-field', path: [...path, key], part: 'key', message, ...(nearest !== undefined && { meant: nearest }), ...(canBe && { renameTo: nearest }) };
}

/** Whether a value would be right there, as far as its type and, of a scalar, its text go. */
function takes(schema: StructuralSchema | undefined, node: YamlNode | undefined): boolean {
  if (schema === undefined || node === undefined || isDropped(node, schema)) return true;
  return isOfType(node, schema) && (node.type !== 'scalar' || [...checkScalar(node, schema, [])].length === 0);
}

function checkType(node: YamlNode, schema: StructuralSchema, path: Path, report: Report): boolean {
  if (isOfType(node, schema)) return true;
  report({ code: 'schema/type', path, part: 'value', message: typeMessage(node, schema['x-kubernetes-int-or-string'] === true ? 'integer or string' : (schema.type ?? '')) });
  return false;
}

function isOfType(node: YamlNode, schema: StructuralSchema): boolean {
  const { type } = schema;
  const isEither = schema['x-kubernetes-int-or-string'] === true;
  const isNull = node.type === 'scalar' && node.value === null;
  if (isNull && (schema.nullable === true || (type === undefined && !isEither))) return true;
  return isEither ? hasType(node, 'integer') || hasType(node, 'string') : type === undefined || hasType(node, type);
}

function hasType(node: YamlNode, type: string): boolean {
  switch (type) {
    case 'object':
      return node.type === 'map';
    case 'array':
      return node.type === 'list';
    case 'integer':
      return node.type === 'scalar' && isInt64(node.value);
    default:
      return node.type === 'scalar' && typeof node.value === type;
  }
}

/** A larger number is read as a float. */
function isInt64(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= -(2 ** 63) && Number(value) < 2 ** 63;
}

function typeMessage(node: YamlNode, wanted: string): string {
  const words: Readonly<Record<string, string>> = {
    object: l10n.t('a map'),
    array: l10n.t('a list'),
    string: l10n.t('text'),
    integer: l10n.t('a whole number'),
    number: l10n.t('a number'),
    boolean: l10n.t('true or false'),
    'integer or string': l10n.t('a whole number or text'),
  };
  const written = node.type === 'map' ? l10n.t('a map') : node.type === 'list' ? l10n.t('a list') : scalarWord(node.value);
  const isUnquoted = wanted === 'string' && node.type === 'scalar' && node.style === 'plain' && node.value !== null;
  return isUnquoted
    ? l10n.t('Text is wanted here, but this is {0} to kubectl: the API server refuses it. Quote the value.', written)
    : l10n.t('The API server wants {0} here, and this is {1}.', words[wanted] ?? wanted, written);
}

function scalarWord(value: string | number | boolean | null): string {
  if (value === null) return l10n.t('nothing (null)');
  if (typeof value === 'boolean') return l10n.t('a boolean ({0})', String(value));
  return typeof value === 'number' ? l10n.t('a number ({0})', String(value)) : l10n.t('text');
}

function checkCombinations(node: YamlNode, schema: StructuralSchema, path: Way, report: Report): void {
  const { allOf, anyOf, oneOf, not } = schema;
  if (allOf === undefined && anyOf === undefined && oneOf === undefined && not === undefined) return;
  for (const each of allOf ?? []) for (const fault of faultsOf(node, each, path)) report(fault);
  const valid = (schemas: readonly StructuralSchema[]): number => schemas.filter((each) => fits(node, each, path)).length;
  const isRefused = (anyOf !== undefined && valid(anyOf) === 0) || (oneOf !== undefined && valid(oneOf) !== 1) || (not !== undefined && valid([not]) === 1);
  if (isRefused) report({ code: 'schema/combination', path, part: 'value', message: l10n.t('This fits none, or more than one, of the shapes that are allowed here: the API server refuses it.') });
}

function fits(node: YamlNode, schema: StructuralSchema, path: Way): boolean {
  return isBareType(schema) ? isOfType(node, schema) : faultsOf(node, schema, path).length === 0;
}

const bare = new WeakMap<StructuralSchema, boolean>();

/** Whether the schema names a type and nothing else, as the two of a number or text do. */
function isBareType(schema: StructuralSchema): boolean {
  const known = bare.get(schema);
  if (known !== undefined) return known;
  const found = schema.type !== undefined && Object.keys(schema).length === 1;
  bare.set(schema, found);
  return found;
}

/** Alternatives only add conditions; unknown fields are the whole schema's business. */
function faultsOf(node: YamlNode, schema: StructuralSchema, path: Way): SchemaFault[] {
  const faults: SchemaFault[] = [];
  const report: Report = (fault) => {
    if (fault.code !== 'schema/unknown-field') faults.push(fault);
  };
  walk(node, schema, path, { report: keeping(report) });
  return faults;
}
