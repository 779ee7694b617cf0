import { typeInvalid, type FieldError } from '../fieldError';
import { quote } from '../goText';
import type { Subject } from './check';

/**
 * The one string format KubeBlocks uses. Formats of numbers (`int32`) bind nobody: the API server takes them as
 * documentation.
 */
export function isKnownFormat(format: string | undefined): format is 'date-time' {
  return format === 'date-time';
}

export function checkFormat({ value, schema, path }: Subject): FieldError[] {
  if (!isKnownFormat(schema.format) || typeof value !== 'string' || isDateTime(value)) return [];
  return [typeInvalid(path, value, `${path} in body must be of type date-time: ${quote(value)}`)];
}

const TIME = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$/;

/** As kube-openapi pkg/validation/strfmt reads it: any case, any character before the fraction, no leap seconds. */
function isDateTime(text: string): boolean {
  const [date, time] = text.toLowerCase().split('t');
  const parts = TIME.exec(time ?? '');
  if (date === undefined || parts === null || !isDate(date)) return false;
  const [, hour = '', minute = '', second = ''] = parts;
  return hour <= '23' && minute <= '59' && second <= '59';
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
