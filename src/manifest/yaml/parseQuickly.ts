import type { MapEntry, MapNode, ListNode, ScalarNode, YamlNode } from './node';
import type { ParsedYaml } from './parseYaml';
import { readBlockScalar } from './readBlockScalar';
import { readFlow } from './readFlow';
import { readPlain } from './readPlain';
import { readQuoted } from './readQuoted';
import { resolveScalar } from './resolveScalar';
import { isSpaceOrEnd, nextContent, type Place } from './scan';
import { Unusual } from './unusual';

/**
 * Reads one document as people write manifests many times as fast as `parseYaml`, to the same tree: maps and lists in
 * blocks or braces, and scalars of every style. Undefined where it is broken, or holds anything else (anchors,
 * tags, merge keys, complex keys, a key twice, rare escapes): that is `parseYaml`'s.
 */
export function parseQuickly(text: string): ParsedYaml | undefined {
  if (ODD.test(text)) return undefined;
  try {
    return { root: new BlockReader(text).readDocument(), faults: [], hasComplexKeys: false };
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

/** Carriage returns without a line feed, and what YAML 1.1 and 1.2 take for different things. */
const ODD = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufeff]|\r(?!\n)/;
/** With the colon; sticky, as all that follow. */
const KEY = /[A-Za-z_][\w./-]*:(?=[ \r\n]|$)/y;
const MARKER = /--- *(?:\r?\n|$)/y;

/** A map of more keys is kept with a set of them. */
const SHORT = 16;

class BlockReader {
  /** The next thing that is no comment. */
  private next: Place;

  constructor(private readonly text: string) {
    this.next = nextContent(text, 0);
  }

  readDocument(): YamlNode | undefined {
    MARKER.lastIndex = this.next.at;
    if (this.isAtEnd()) return undefined;
    if (this.next.column === 0 && MARKER.test(this.text)) this.next = nextContent(this.text, MARKER.lastIndex);
    if (this.isAtEnd()) throw new Unusual();
    const root = this.blockAt(this.next.column);
    if (!this.isAtEnd()) throw new Unusual();
    return root;
  }

  /** A map or a list whose first line is the next one. */
  private blockAt(column: number): YamlNode {
    return this.isItem(this.next.at) ? this.list(column) : this.map(column);
  }

  private map(column: number): MapNode {
    const entries: MapEntry[] = [];
    const start = this.next.at;
    let keys: Set<string> | undefined;
    let end = start;
    while (this.next.column === column && !this.isAtEnd()) {
      if (entries.length > 0 && this.isItem(this.next.at)) break;
      const entry = this.entry(column);
      const { key } = entry;
      if (keys === undefined ? isAmong(entries, key) : keys.has(key)) throw new Unusual();
      if (entries.length === SHORT) keys = new Set(entries.map((each) => each.key));
      keys?.add(key);
      entries.push(entry);
      ({ end } = entry.value);
    }
    this.checkOutside(column);
    return { type: 'map', flow: false, entries, start, end };
  }

  private list(column: number): ListNode {
    const items: YamlNode[] = [];
    const start = this.next.at;
    let end = start;
    while (this.next.column === column && this.isItem(this.next.at)) {
      const item = this.item(column);
      items.push(item);
      ({ end } = item);
    }
    this.checkOutside(column);
    return { type: 'list', flow: false, items, start, end };
  }

  private entry(column: number): MapEntry {
    const { text } = this;
    const start = this.next.at;
    KEY.lastIndex = start;
    if (KEY.test(text)) {
      const end = KEY.lastIndex - 1;
      if (end - start > LONGEST_KEY) throw new Unusual();
      return { key: String(resolveScalar(text.slice(start, end))), keySpan: { start, end }, value: this.valueBehind(end + 1, column) };
    }
    const quoted = readQuoted(text, start, column);
    if (quoted === undefined || !isOnOneLine(quoted, text) || text.charCodeAt(quoted.end) !== COLON || !isSpaceOrEnd(text, quoted.end + 1) || quoted.value === '<<') throw new Unusual();
    return { key: String(quoted.value), keySpan: { start, end: quoted.end }, value: this.valueBehind(quoted.end + 1, column) };
  }

  /** What stands behind the colon of a key, or in the lines below it. */
  private valueBehind(colonEnd: number, column: number): YamlNode {
    const inLine = this.inLine(colonEnd);
    if (inLine !== undefined) return this.value(inLine, column);
    this.next = nextContent(this.text, colonEnd);
    if (!this.isAtEnd() && (this.next.column > column || (this.next.column === column && this.isItem(this.next.at)))) return this.blockAt(this.next.column);
    return { type: 'scalar', value: null, style: 'plain', start: colonEnd, end: colonEnd };
  }

  private item(column: number): YamlNode {
    const { text } = this;
    const dash = this.next.at;
    const at = this.inLine(dash + 1);
    if (at === undefined) {
      this.next = nextContent(text, dash + 1);
      if (this.isAtEnd() || this.next.column <= column) throw new Unusual();
      return this.blockAt(this.next.column);
    }
    if (this.isItem(at) || this.isKey(at, column)) {
      this.next = { at, column: column + at - dash };
      return this.blockAt(this.next.column);
    }
    return this.value(at, column);
  }

  /** A scalar, or a collection in braces or brackets. */
  private value(at: number, column: number): YamlNode {
    const { text } = this;
    const first = text.charCodeAt(at);
    if (first === PIPE || first === GREATER) return this.checked(readBlockScalar(text, at, column), false);
    if (first === BRACE || first === BRACKET) return this.checked(readFlow(text, at, column), true);
    return this.checked(readQuoted(text, at, column) ?? readPlain(text, at, column), true);
  }

  /** Goes on behind a value, where its line is to end. */
  private checked<Node extends YamlNode>(node: Node, isInLine: boolean): Node {
    if (isInLine && this.inLine(node.end) !== undefined) throw new Unusual();
    this.next = nextContent(this.text, node.end);
    return node;
  }

  /** Where the line goes on behind an offset; undefined where nothing but a comment follows. */
  private inLine(offset: number): number | undefined {
    const { text } = this;
    let at = offset;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const code = text.charCodeAt(at);
    return at >= text.length || code === LINE_FEED || code === RETURN || (code === HASH && at > offset) ? undefined : at;
  }

  private isItem(at: number): boolean {
    return this.text.charCodeAt(at) === DASH && isSpaceOrEnd(this.text, at + 1);
  }

  private isKey(at: number, column: number): boolean {
    KEY.lastIndex = at;
    if (KEY.test(this.text)) return true;
    const quoted = readQuoted(this.text, at, column);
    return quoted !== undefined && this.text.charCodeAt(quoted.end) === COLON;
  }

  private isAtEnd(): boolean {
    return this.next.at >= this.text.length;
  }

  /** What follows a collection belongs to one around it. */
  private checkOutside(column: number): void {
    if (!this.isAtEnd() && this.next.column > column) throw new Unusual();
  }
}

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const COLON = 0x3a;
const GREATER = 0x3e;
const BRACKET = 0x5b;
const BRACE = 0x7b;
const PIPE = 0x7c;

/** As a key has to. */
function isOnOneLine({ start, end }: ScalarNode, text: string): boolean {
  return end - start <= LONGEST_KEY && !text.slice(start, end).includes('\n');
}

const LONGEST_KEY = 1024;

/** Maps of manifests are short: looking through one is quicker than keeping a set of its keys. */
function isAmong(entries: readonly MapEntry[], key: string): boolean {
  for (const entry of entries) if (entry.key === key) return true;
  return false;
}
