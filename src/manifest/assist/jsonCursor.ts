/** Where a cursor is in JSON that is being written. */
export interface JsonCursor {
  /** Keys from the outermost object to what is at the cursor: of a value its own key last, of a key the object's. */
  readonly path: readonly string[];
  readonly part: 'key' | 'value';
  /** What an answer replaces: within the quotes, where there are any. */
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
  /** It has its closing quote, or needs none. */
  readonly isClosed: boolean;
  /** A colon follows. */
  readonly hasColon: boolean;
  /** Keys of the object around the cursor, with the texts they have, without the key at the cursor. */
  readonly siblings: ReadonlyMap<string, string>;
}

interface Token {
  readonly kind: 'text' | 'word' | '{' | '}' | '[' | ']' | ':' | ',';
  readonly start: number;
  readonly end: number;
  readonly isClosed: boolean;
  readonly value: string;
}

interface Frame {
  readonly isObject: boolean;
  readonly texts: Map<string, string>;
  key: string | undefined;
}

/** Undefined outside of an object, and where lists hold the cursor. */
export function jsonCursor(text: string, offset: number): JsonCursor | undefined {
  const tokens = tokensOf(text);
  const index = tokens.findIndex(({ kind, start, end, isClosed }) => (kind === 'text' ? start < offset && (offset < end || (!isClosed && offset <= end)) : kind === 'word' && start <= offset && offset <= end));
  const before = tokens.slice(0, index < 0 ? tokens.filter(({ end }) => end <= offset).length : index);
  const stack = framesAt(before);
  const frame = stack.at(-1);
  if (frame?.isObject !== true) return undefined;
  const own = tokens[index];
  const behind = tokens.slice(index < 0 ? before.length : index + 1);
  const part = frame.key === undefined ? 'key' : 'value';
  if (index < 0 && !mayBegin(before.at(-1)?.kind, part)) return undefined;
  fillFrame(frame, behind, part);
  const path = stack.slice(0, -1).flatMap(({ key }) => key ?? []);
  return { path: part === 'value' && frame.key !== undefined ? [...path, frame.key] : path, part, ...placeOf(own, offset), hasColon: behind[0]?.kind === ':', siblings: frame.texts };
}

function placeOf(token: Token | undefined, offset: number): Pick<JsonCursor, 'start' | 'end' | 'isQuoted' | 'isClosed'> {
  if (token === undefined) return { start: offset, end: offset, isQuoted: false, isClosed: true };
  const isQuoted = token.kind === 'text';
  return { start: token.start + (isQuoted ? 1 : 0), end: token.end - (isQuoted && token.isClosed ? 1 : 0), isQuoted, isClosed: token.isClosed };
}

/** A key stands behind a brace or a comma, a value behind a colon. */
function mayBegin(before: Token['kind'] | undefined, part: 'key' | 'value'): boolean {
  return part === 'value' ? before === ':' : before === '{' || before === ',';
}

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(/"(?:\\.|[^"\\\n])*"?|[{}[\]:,]|[^\s{}[\]:,"]+/g)].map(({ 0: raw, index: start }) => {
    const end = start + raw.length;
    if (!raw.startsWith('"')) return { kind: /^[{}[\]:,]$/.test(raw) ? (raw as Token['kind']) : 'word', start, end, isClosed: true, value: raw };
    const isClosed = raw.length > 1 && raw.endsWith('"');
    // An open text ends where a finished one would be followed by something.
    const open = /^"[^,}\]]*/.exec(raw)?.[0] ?? raw;
    return { kind: 'text', start, end: isClosed ? end : start + open.length, isClosed, value: isClosed ? raw.slice(1, -1) : open.slice(1) };
  });
}

function framesAt(tokens: readonly Token[]): Frame[] {
  const stack: Frame[] = [];
  tokens.forEach((token, index) => step(stack, token, tokens[index + 1]));
  return stack;
}

function step(stack: Frame[], { kind, value }: Token, next: Token | undefined): void {
  const frame = stack.at(-1);
  if (kind === '{' || kind === '[') {
    stack.push({ isObject: kind === '{', texts: new Map(), key: undefined });
  } else if (kind === '}' || kind === ']') {
    stack.pop();
  } else if (kind === ',' && frame !== undefined) {
    frame.key = undefined;
  } else if ((kind === 'text' || kind === 'word') && frame?.isObject === true) {
    if (frame.key !== undefined) frame.texts.set(frame.key, value);
    else if (next?.kind === ':') keyOf(frame, value);
  }
}

function keyOf(frame: Frame, key: string): void {
  frame.key = key;
  if (!frame.texts.has(key)) frame.texts.set(key, '');
}

/** What stands behind the cursor in the same object. */
function fillFrame(frame: Frame, behind: readonly Token[], part: 'key' | 'value'): void {
  const own = part === 'value' ? frame.key : undefined;
  const rest: Frame = { isObject: true, texts: frame.texts, key: own ?? '' };
  const stack = [rest];
  for (const [index, token] of behind.entries()) {
    if (stack.length === 1 && token.kind === '}') break;
    step(stack, token, behind[index + 1]);
  }
  frame.texts.delete('');
  if (own !== undefined) frame.texts.delete(own);
}
