import type { Path } from './manifestPath';

/**
 * The content of `schemas/fields/<Kind>.json`: what fields mean, in our words, by path (`spec.schedules[].name`, a list's
 * items as `[]`). A pair names the part of `parts.json` that describes what is below.
 */
export type FieldTexts = Readonly<Record<string, string | readonly [text: string, part: string]>>;

export type FieldParts = Readonly<Record<string, FieldTexts>>;

/** The text of a field; undefined where it has none. */
export function fieldText(texts: FieldTexts, parts: FieldParts, path: Path): string | undefined {
  return textAt(texts, parts, fieldPath(path));
}

/** `spec.schedules[].name` of a path in an object. */
export function fieldPath(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? '[]' : `${index === 0 ? '' : '.'}${step}`)).join('');
}

function textAt(texts: FieldTexts, parts: FieldParts, path: string): string | undefined {
  const own = Object.hasOwn(texts, path) ? texts[path] : undefined;
  if (own !== undefined) return typeof own === 'string' ? own : own[0];
  for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
    const above = path.slice(0, end).replace(/\[\]$/, '');
    const entry = Object.hasOwn(texts, above) ? texts[above] : undefined;
    const part = entry === undefined || typeof entry === 'string' ? undefined : parts[entry[1]];
    if (part !== undefined) return textAt(part, parts, path.slice(end + 1));
  }
  return undefined;
}
