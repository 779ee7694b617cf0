import type { Parameter } from '../../kubeblocks/objects';
import type { Actions } from './shapes';

type Property = NonNullable<
  NonNullable<NonNullable<NonNullable<Actions['spec']>['parametersSchema']>['openAPIV3Schema']>['properties']
>[string];

/**
 * What is wrong with the parameters of a backup or restore, in the controllers' words, or undefined
 * (`pkg/dataprotection/utils/utils.go` ValidateParameters, `pkg/common/openapiv3schema.go`).
 */
export function parameterFault(actionSet: Actions, parameters: readonly Parameter[], stage: 'backup' | 'restore'): string | undefined {
  if (parameters.length === 0) return undefined;
  const name = actionSet.metadata.name;
  const declared = actionSet.spec?.[stage]?.withParameters ?? [];
  if (declared.length < parameters.length) return `some parameters are undeclared in withParameters of actionSet ${name}`;
  const undeclared = parameters.find((parameter) => !declared.includes(parameter.name));
  if (undeclared !== undefined) return `parameter ${undeclared.name} is undeclared in withParameters of actionSet ${name}`;
  const schema = actionSet.spec?.parametersSchema?.openAPIV3Schema;
  if (schema === undefined) return `the parametersSchema is invalid in actionSet ${name}`;
  for (const { name: key, value } of parameters) {
    const fault = valueFault(key, value, schema.properties?.[key]);
    if (fault !== undefined) return fault;
  }
  const missing = schema.required?.find((required) => !parameters.some((parameter) => parameter.name === required));
  return missing === undefined ? undefined : `${missing}: Required value`;
}

function valueFault(key: string, text: string, property: Property | undefined): string | undefined {
  const value = convert(text, property?.type);
  if (value === undefined) return `covert "${key}" failed: ${conversionError(text, property?.type)}`;
  if (property?.enum !== undefined && !property.enum.includes(value)) {
    const allowed = property.enum.map((one) => JSON.stringify(one)).join(', ');
    return `${key}: Unsupported value: ${JSON.stringify(value)}: supported values: ${allowed}`;
  }
  return boundFault(key, value, property);
}

function boundFault(key: string, value: unknown, property: Property | undefined): string | undefined {
  const { minimum, maximum, pattern } = property ?? {};
  const invalid = `${key}: Invalid value: ${JSON.stringify(value)}: ${key} in body should`;
  if (typeof value === 'number' && minimum !== undefined && value < minimum) return `${invalid} be greater than or equal to ${minimum}`;
  if (typeof value === 'number' && maximum !== undefined && value > maximum) return `${invalid} be less than or equal to ${maximum}`;
  if (typeof value === 'string' && pattern !== undefined && !new RegExp(pattern).test(value)) return `${invalid} match '${pattern}'`;
  return undefined;
}

function convert(text: string, type: string | undefined): unknown {
  switch (type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return { true: true, false: false }[text];
    case 'array':
      return text.split(',');
    default:
      return text;
  }
}

function conversionError(text: string, type: string | undefined): string {
  const parser = { integer: 'strconv.Atoi', number: 'strconv.ParseFloat', boolean: 'strconv.ParseBool' }[type ?? ''] ?? 'parse';
  return `${parser}: parsing ${JSON.stringify(text)}: invalid syntax`;
}
