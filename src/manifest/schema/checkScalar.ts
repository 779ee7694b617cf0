import * as l10n from '@vscode/l10n';
import { compilePattern } from '../../kubeblocks/schema/compilePattern';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { nearestName } from '../nearestName';
import type { Path } from '../manifestPath';
import type { ScalarNode } from '../yaml/node';
import { isDateTime } from './isDateTime';
import type { SchemaCode, SchemaFault } from './schemaFault';

/** Enum, pattern, bounds and format of a scalar whose type is right. */
export function checkScalar({ value }: ScalarNode, schema: StructuralSchema, path: Path): readonly SchemaFault[] {
  if (!isBounded(schema)) return NONE;
  const faults: SchemaFault[] = [];
  const add = (code: SchemaCode, message: string): void => void faults.push({ code, path, part: 'value', message });
  if (schema.enum !== undefined && !schema.enum.includes(value)) faults.push(enumFault(value, schema.enum, path));
  if (typeof value === 'string') checkText(value, schema, add);
  if (typeof value === 'number') checkNumber(value, schema, add);
  return faults;
}

const NONE: readonly SchemaFault[] = [];
const BOUNDS = ['enum', 'pattern', 'minLength', 'maxLength', 'format', 'minimum', 'maximum'] as const;
const bounded = new WeakMap<StructuralSchema, boolean>();

/** Whether the schema says more of a scalar than its type. */
function isBounded(schema: StructuralSchema): boolean {
  const known = bounded.get(schema);
  if (known !== undefined) return known;
  const found = BOUNDS.some((name) => schema[name] !== undefined);
  bounded.set(schema, found);
  return found;
}

type Add = (code: SchemaCode, message: string) => void;

function enumFault(value: unknown, allowed: readonly unknown[], path: Path): SchemaFault {
  const names = allowed.map(String);
  const nearest = nearestName(String(value), names);
  const message =
    nearest === undefined
      ? l10n.t('"{0}" is not allowed here: the API server refuses it. Allowed are {1}.', String(value), names.join(', '))
      : l10n.t('"{0}" is not allowed here: the API server refuses it. Did you mean {1}? Allowed are {2}.', String(value), nearest, names.join(', '));
  return { code: 'schema/enum', path, part: 'value', message, ...(nearest !== undefined && { changeTo: allowed[names.indexOf(nearest)] }) };
}

function checkText(text: string, { pattern, minLength = 0, maxLength = Infinity, format }: StructuralSchema, add: Add): void {
  const length = text.length > maxLength || text.length < minLength || minLength > 0 ? Array.from(text).length : text.length;
  if (length > maxLength) add('schema/bounds', l10n.t('{0} characters are too many: the API server takes at most {1}.', length, maxLength));
  if (length < minLength) add('schema/bounds', l10n.t('{0} characters are too few: the API server wants at least {1}.', length, minLength));
  if (pattern !== undefined && !compilePattern(pattern).test(text)) add('schema/pattern', patternMessage(text, pattern));
  if (format === 'date-time' && !isDateTime(text)) add('schema/format', l10n.t('"{0}" is no time: the API server wants one like 2026-11-23T09:58:00Z.', text));
}

/** The patterns KubeBlocks uses, in words. */
function patternMessage(text: string, pattern: string): string {
  if (/^\^\[a-z0?-?9?\]\(\[a-z0-9\\\.\\-\]\*\[a-z0-9\]\)\?\$$/.test(pattern)) {
    return l10n.t('"{0}" is no name: the API server takes lower-case letters, digits, "-" and ".", with a letter or digit at both ends.', text);
  }
  if (pattern.startsWith('^\\d{4}-\\d{2}-\\d{2}T')) {
    return l10n.t('"{0}" is no time in UTC: the API server wants one like 2026-11-23T09:58:00Z, without an offset or fractions.', text);
  }
  if (pattern.includes('[KMGTPE]i')) {
    return l10n.t('"{0}" is no quantity: the API server wants a number with a unit such as m, M, G, Mi or Gi.', text);
  }
  return l10n.t('"{0}" does not match {1}: the API server refuses it.', text, pattern);
}

function checkNumber(value: number, { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum }: StructuralSchema, add: Add): void {
  const isSmall = exclusiveMinimum === true ? value <= minimum : value < minimum;
  const isLarge = exclusiveMaximum === true ? value >= maximum : value > maximum;
  if (isSmall) add('schema/bounds', l10n.t('{0} is too small: the API server takes {1} at least.', value, minimum));
  if (isLarge) add('schema/bounds', l10n.t('{0} is too large: the API server takes {1} at most.', value, maximum));
}
