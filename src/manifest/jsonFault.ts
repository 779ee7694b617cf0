import type { Span } from './yaml/node';

const TEXT = /\s*"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const OTHER = /\s*(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])|true\b|false\b|null\b)/y;
/** A text that is nested deeper is not looked at deeper. */
const DEEPEST = 200;

/** Where a text that is no JSON stops being some: the first word or sign that cannot stand there, or its last sign. Engines do not say alike. */
export function jsonFault(text: string): Span {
  let at = 0;
  const takes = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found !== null;
  };
  const value = (depth: number): boolean => {
    if (takes(TEXT) || takes(OTHER)) return true;
    if (depth > DEEPEST) return false;
    if (takes(/\s*\{/y)) return items(() => takes(TEXT) && takes(/\s*:/y) && value(depth + 1), /\s*\}/y);
    return takes(/\s*\[/y) && items(() => value(depth + 1), /\s*\]/y);
  };
  const items = (item: () => boolean, end: RegExp): boolean => {
    if (takes(end)) return true;
    do if (!item()) return false;
    while (takes(/\s*,/y));
    return takes(end);
  };
  value(0);
  takes(/\s*/y);
  if (at >= text.length) return { start: Math.max(0, text.trimEnd().length - 1), end: text.trimEnd().length };
  const start = at;
  takes(/"[^"\n]*"?|[^\s"{}[\],:]+|[^]/y);
  return { start, end: at };
}
