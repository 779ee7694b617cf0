import type { ListNode, MapEntry, MapNode, ScalarNode, YamlNode } from './node';
import { readQuoted } from './readQuoted';
import { resolveScalar } from './resolveScalar';
import { nextContent } from './scan';
import { Unusual } from './unusual';

/**
 * A map in braces or a list in brackets, over several lines too.
 * @param column of the block collection that it stands in: its lines are deeper
 */
export function readFlow(text: string, start: number, column: number): YamlNode {
  return new FlowReader(text, column).collection(start);
}

/** Within braces kubectl reads a question mark, and a colon at a bracket, otherwise than YAML 1.2. */
const PLAIN = /(?:[^\s,[\]{}#&*!|>'"%@`?:-]|-(?=[\w-]))(?:[^\s,[\]{}:?#]|:(?=[^\s,[\]{}?#:])| +(?=[^\s,[\]{}:?#]))*/y;

class FlowReader {
  constructor(
    private readonly text: string,
    private readonly column: number,
  ) {}

  collection(start: number): MapNode | ListNode {
    return this.text.charAt(start) === '{' ? this.map(start) : this.list(start);
  }

  private map(start: number): MapNode {
    const entries: MapEntry[] = [];
    const end = this.each(start, '}', (at) => {
      const key = this.scalar(at);
      const { value } = key;
      if (this.text.charAt(key.end) !== ':') throw new Unusual();
      const gap = this.skip(key.end + 1);
      if (gap === key.end + 1 && key.style === 'plain') throw new Unusual();
      const name = String(value);
      if (name === '<<' || entries.some((entry) => entry.key === name)) throw new Unusual();
      const node = this.node(gap);
      entries.push({ key: name, keySpan: { start: key.start, end: key.end }, value: node });
      return node.end;
    });
    return { type: 'map', flow: true, entries, start, end };
  }

  private list(start: number): ListNode {
    const items: YamlNode[] = [];
    const end = this.each(start, ']', (at) => {
      const node = this.node(at);
      items.push(node);
      return node.end;
    });
    return { type: 'list', flow: true, items, start, end };
  }

  /** Reads what commas part, up to behind the closing bracket. */
  private each(start: number, bracket: string, read: (at: number) => number): number {
    const { text } = this;
    let at = this.skip(start + 1);
    if (text.charAt(at) === bracket) return at + 1;
    for (;;) {
      at = this.skip(read(at));
      const mark = text.charAt(at);
      if (mark === bracket) return at + 1;
      if (mark !== ',') throw new Unusual();
      at = this.skip(at + 1);
    }
  }

  private node(at: number): YamlNode {
    const first = this.text.charAt(at);
    return first === '{' || first === '[' ? this.collection(at) : this.scalar(at);
  }

  private scalar(start: number): ScalarNode {
    const { text } = this;
    const quoted = readQuoted(text, start, this.column);
    if (quoted !== undefined) return quoted;
    PLAIN.lastIndex = start;
    if (!PLAIN.test(text)) throw new Unusual();
    const end = PLAIN.lastIndex;
    return { type: 'scalar', value: resolveScalar(text.slice(start, end)), style: 'plain', start, end };
  }

  private skip(from: number): number {
    const { text } = this;
    const code = text.charCodeAt(from);
    if (code !== SPACE && code !== LINE_FEED && code !== RETURN) return from;
    const { at, column } = nextContent(text, from);
    if (at >= text.length || (column <= this.column && text.lastIndexOf('\n', at) >= from)) throw new Unusual();
    return at;
  }
}

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
