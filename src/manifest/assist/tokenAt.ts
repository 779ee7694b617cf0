import type { YamlNode } from '../yaml/node';

/** The word at a cursor, in the text of its document. */
export interface Token {
  /** What stands inside the quotes, where there are any. */
  readonly start: number;
  readonly end: number;
  /** With the quotes, and with what follows on the line where a finished line has nothing there. */
  readonly outerStart: number;
  readonly outerEnd: number;
  /** What it may be. */
  readonly parts: readonly ('key' | 'value')[];
  readonly quote: '"' | "'" | undefined;
  readonly isClosed: boolean;
  readonly inFlow: boolean;
  /** A key that exists already and is being changed. */
  readonly hasColon: boolean;
  /** Right behind a colon. */
  readonly needsSpace: boolean;
  /** Of the word in its line: where a key stands, its map is indented by this much. */
  readonly column: number;
  /** The word is all there is in the line, so an item's dash may come before it. */
  readonly isAlone: boolean;
}

/** Undefined in comments and between a document's markers. */
export function tokenAt(text: string, root: YamlNode | undefined, offset: number): Token | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const nextBreak = text.indexOf('\n', offset);
  const line = text.slice(lineStart, nextBreak < 0 ? text.length : nextBreak).replace(/\r$/, '');
  const cursor = offset - lineStart;
  if (/^(?:---|\.\.\.|%)/.test(line) && cursor <= 3) return undefined;
  const begin = scan(line, cursor, flowAt(root, lineStart));
  if (begin === undefined) return undefined;
  const { start, quote, flow } = begin;
  const inFlow = flow !== undefined;
  const between = line.slice(start, cursor);
  const isKeyPlace = begin.place !== 'value';
  const rest = endOf(line, cursor, { quote, inFlow, isKeyPlace });
  const outerStart = quote === undefined ? start : start - 1;
  const outerEnd = quote !== undefined && rest.isClosed ? rest.end + 1 : rest.end;
  const hasColon = isKeyPlace && /^[ \t]*:(?:[ \t]|$)/.test(line.slice(outerEnd));
  const parts = begin.place === 'value' ? (['value'] as const) : begin.place === 'key' || hasColon ? (['key'] as const) : (['key', 'value'] as const);
  const behind = line.slice(outerEnd).trim();
  const isAlone = line.slice(0, outerStart).trim() === '' && behind === '';
  return {
    start: lineStart + start,
    end: lineStart + rest.end,
    outerStart: lineStart + outerStart,
    outerEnd: lineStart + outerEnd,
    parts,
    quote,
    isClosed: rest.isClosed,
    inFlow,
    hasColon,
    needsSpace: begin.place === 'value' && between === '' && line.charAt(outerStart - 1) === ':',
    column: outerStart,
    isAlone,
  };
}

type Flow = '{' | '[' | undefined;

interface Begin {
  readonly start: number;
  readonly quote: '"' | "'" | undefined;
  readonly flow: Flow;
  readonly place: 'key' | 'value' | 'either';
}

/** Reads a line up to the cursor: where the word at the cursor begins, and what it may be. */
function scan(line: string, cursor: number, outer: Flow): Begin | undefined {
  const flows: Flow[] = [outer];
  let start = /^[ \t]*(?:-[ \t]+)*/.exec(line.slice(0, cursor))?.[0].length ?? 0;
  let quote: '"' | "'" | undefined;
  let isValue = false;
  for (let at = start; at < cursor; at += 1) {
    const char = line.charAt(at);
    if (quote !== undefined) {
      if (quote === '"' && char === '\\') at += 1;
      else if (char === quote && quote === "'" && line.charAt(at + 1) === "'" && at + 1 < cursor) at += 1;
      else if (char === quote) quote = undefined;
      continue;
    }
    const isFirst = line.slice(start, at).trim() === '';
    if (char === '#' && (at === 0 || /[ \t]/.test(line.charAt(at - 1)))) return undefined;
    if ((char === '"' || char === "'") && isFirst) {
      quote = char;
      start = at + 1;
    } else if ((char === '{' || char === '[') && (isFirst || flows.length > 1)) {
      flows.push(char);
      start = at + 1;
      isValue = false;
    } else if ((char === '}' || char === ']') && flows.at(-1) !== undefined) {
      flows.pop();
      start = at + 1;
      isValue = true;
    } else if (char === ',' && flows.at(-1) !== undefined) {
      start = at + 1;
      isValue = false;
    } else if (char === ':' && !isValue && (at + 1 >= cursor || /[ \t]/.test(line.charAt(at + 1)))) {
      start = at + 1;
      isValue = true;
    } else if (/[ \t]/.test(char) && isFirst) {
      start = at + 1;
    }
  }
  const flow = flows.at(-1);
  return { start, quote, flow, place: isValue || flow === '[' ? 'value' : flow === '{' ? 'key' : 'either' };
}

function endOf(line: string, cursor: number, { quote, inFlow, isKeyPlace }: { readonly quote: '"' | "'" | undefined; readonly inFlow: boolean; readonly isKeyPlace: boolean }): { readonly end: number; readonly isClosed: boolean } {
  const rest = line.slice(cursor);
  if (quote !== undefined) {
    const close = (quote === '"' ? /^(?:\\.|[^"\\])*"/ : /^(?:''|[^'])*'/).exec(rest)?.[0];
    return { end: cursor + (close === undefined ? rest.trimEnd().length : close.length - 1), isClosed: close !== undefined };
  }
  const word = isKeyPlace ? /^[^\s:,{}[\]#"']*/ : inFlow ? /^[^,{}[\]]*/ : /^(?:(?![ \t]+#).)*/;
  return { end: cursor + (word.exec(rest)?.[0].trimEnd().length ?? 0), isClosed: true };
}

/** Whether a line begins within braces or brackets of an earlier one. */
function flowAt(root: YamlNode | undefined, offset: number): Flow {
  if (root === undefined || root.type === 'scalar' || offset <= root.start || offset > root.end) return undefined;
  const children = root.type === 'map' ? root.entries.filter(({ merged }) => merged !== true).map(({ value }) => value) : root.items;
  const inner = children.map((child) => flowAt(child, offset)).find((flow) => flow !== undefined);
  return inner ?? (root.flow ? (root.type === 'map' ? '{' : '[') : undefined);
}
