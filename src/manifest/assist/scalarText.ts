import type { ScalarStyle } from '../yaml/node';
import { resolveScalar } from '../yaml/resolveScalar';

const PLAIN = /^[A-Za-z0-9_./][\w ./:+*@=$()-]*$/;

/** A value as YAML that kubectl reads back the same. Double quotes where plain text would be something else. */
export function scalarText(value: string | number | boolean | null, style: ScalarStyle = 'plain'): string {
  if (typeof value !== 'string') return String(value);
  if (style === 'double') return JSON.stringify(value);
  if (style === 'single' && !/[\n\r\t]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return isPlain(value) ? value : JSON.stringify(value);
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && resolveScalar(text) === text && !/:(?: |$)| #| $/.test(text) && !text.startsWith('---') && !text.startsWith('...');
}

/** What stands between the quotes. */
export function quotedContent(text: string, quote: '"' | "'"): string {
  return scalarText(text, quote === '"' ? 'double' : 'single').slice(1, -1);
}
