import * as l10n from '@vscode/l10n';
import { LINES, type KubeBlocksLine } from './kinds';
import type { ActionSet, Parameter, ParametersSchema } from './objects';

type Property = NonNullable<ParametersSchema['properties']>[string];

/** The lines of KubeBlocks whose backups and schedules take parameters. */
export const LINES_WITH_PARAMETERS: readonly KubeBlocksLine[] = LINES.filter((line) => line !== '0.7' && line !== '0.8');

/** A parameter that a backup or a restore of this action set takes. */
export interface DeclaredParameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Property;
}

export interface ParameterProblem {
  readonly name: string | undefined;
  readonly message: string;
}

/** Names that `withParameters` lists, with their schema, in that order. The action set may be a file that is half written. */
export function declaredParameters(actionSet: ActionSet | undefined, use: 'backup' | 'restore'): DeclaredParameter[] {
  const schema = actionSet?.spec?.parametersSchema?.openAPIV3Schema;
  const required = texts(schema?.required);
  return texts(actionSet?.spec?.[use]?.withParameters).map((name) => ({
    name,
    required: required.includes(name),
    schema: own(schema?.properties, name) ?? {},
  }));
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/**
 * What the controller would refuse: `ValidateParameters` (`pkg/dataprotection/utils/utils.go`), which converts each text
 * by its schema's type and then validates. With no parameters at all it checks nothing, not even `required`.
 */
export function parameterProblems(actionSet: ActionSet | undefined, parameters: readonly Parameter[], use: 'backup' | 'restore'): ParameterProblem[] {
  if (parameters.length === 0) {
    return [];
  }
  const declared = declaredParameters(actionSet, use);
  const given = new Set(parameters.map(({ name }) => name));
  const missing = declared.filter(({ name, required }) => required && !given.has(name));
  return [
    ...duplicates(parameters),
    ...parameters.flatMap(({ name, value }) => {
      const message = valueMessage(declared.find((parameter) => parameter.name === name), value, actionSet);
      return message === undefined ? [] : [{ name, message }];
    }),
    ...missing.map(({ name }) => ({ name, message: l10n.t('{0} is required.', name) })),
  ];
}

/** What is wrong with one text for one declared parameter; undefined for a good one. */
export function parameterValueProblem(parameter: DeclaredParameter, value: string): string | undefined {
  const { schema } = parameter;
  switch (schema.type) {
    case 'integer':
      return /^[+-]?\d+$/.test(value) && inInt64(value) ? boundsProblem(schema, Number(value)) : l10n.t('"{0}" is no whole number.', value);
    case 'number':
      return isGoFloat(value) ? boundsProblem(schema, Number(value)) : l10n.t('"{0}" is no number.', value);
    case 'boolean':
      return /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value) ? undefined : l10n.t('"{0}" is neither true nor false.', value);
    case 'array':
      return schema.items?.type === undefined || schema.items.type === 'string'
        ? undefined
        : l10n.t('The action set wants a list of {0}, but KubeBlocks can pass only texts.', schema.items.type);
    default:
      return textProblem(schema, value);
  }
}

function valueMessage(parameter: DeclaredParameter | undefined, value: string, actionSet: ActionSet | undefined): string | undefined {
  return parameter === undefined
    ? l10n.t('Action set {0} does not take this parameter.', actionSet?.metadata.name ?? '')
    : parameterValueProblem(parameter, value);
}

function boundsProblem(schema: Property, value: number): string | undefined {
  if (schema.minimum !== undefined && value < schema.minimum) {
    return l10n.t('{0} is below the minimum of {1}.', value, schema.minimum);
  }
  if (schema.maximum !== undefined && value > schema.maximum) {
    return l10n.t('{0} is above the maximum of {1}.', value, schema.maximum);
  }
  return enumProblem(schema, value);
}

function enumProblem(schema: Property, value: string | number): string | undefined {
  const allowed: unknown = schema.enum;
  return !Array.isArray(allowed) || allowed.includes(value) ? undefined : l10n.t('Allowed are {0}.', allowed.join(', '));
}

function textProblem(schema: Property, value: string): string | undefined {
  const problem = enumProblem(schema, value);
  if (problem !== undefined) {
    return problem;
  }
  return schema.pattern === undefined || matches(schema.pattern, value) ? undefined : l10n.t('It must match {0}.', schema.pattern);
}

/** Go's pattern as JavaScript's; a pattern that JavaScript cannot read judges nothing. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return true;
  }
}

function isGoFloat(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || /^[+-]?(inf|infinity)$|^nan$/i.test(text);
}

function inInt64(text: string): boolean {
  const number = BigInt(text.replace('+', ''));
  return number <= 9223372036854775807n && number >= -9223372036854775808n;
}

function duplicates(parameters: readonly Parameter[]): ParameterProblem[] {
  const names = parameters.map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => ({ name, message: l10n.t('{0} is given twice.', name) }));
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  const fields: unknown = record;
  return typeof fields === 'object' && fields !== null && Object.hasOwn(fields, key) ? record?.[key] : undefined;
}
