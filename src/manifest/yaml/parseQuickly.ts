import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, COLLECTION_STYLE, type Event, type ScalarEvent } from 'js-yaml';
import type { MapEntry, ScalarNode, ScalarStyle, Span, YamlNode } from './node';
import type { ParsedYaml } from './parseYaml';
import { resolveScalar } from './resolveScalar';

/** What this reader leaves to the patient one. */
class Unusual extends Error {}

/**
 * Reads one document of the usual kind ten times as fast as `parseYaml`, to the same tree. Undefined where it is broken,
 * or uses anchors, tags, merge keys, complex keys or a key twice: those are `parseYaml`'s.
 */
export function parseQuickly(text: string): ParsedYaml | undefined {
  if (text.includes('\t')) return undefined;
  try {
    const reader = new EventReader(text, parseEvents(text, {}));
    return { root: reader.readDocument(), faults: [], hasComplexKeys: false };
  } catch {
    // The library throws at the first fault; the patient reader says what is wrong, and goes on.
    return undefined;
  }
}

/** A map of more keys is kept with a set of them. */
const SHORT = 16;

const STYLES: Readonly<Record<number, ScalarStyle>> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

class EventReader {
  private at = 0;
  private oddInFlow: boolean | undefined;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  /** Within braces kubectl reads these otherwise than YAML 1.2. */
  private get isOddInFlow(): boolean {
    return (this.oddInFlow ??= /\?|:[,[\]{}]/.test(this.text));
  }

  readDocument(): YamlNode | undefined {
    if (this.events.length === 0) return undefined;
    const first = this.next();
    if (first.type !== EVENT_ID.DOCUMENT || first.directives.length > 0) throw new Unusual();
    if (this.events[this.at]?.type === EVENT_ID.POP) return undefined;
    const root = this.readNode(0);
    if (this.next().type !== EVENT_ID.POP || this.at < this.events.length) throw new Unusual();
    return root.type === 'scalar' && root.start === root.end ? undefined : root;
  }

  /** @param empty where a value stands that is not written. */
  private readNode(empty: number): YamlNode {
    const event = this.next();
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.scalar(event, empty);
      case EVENT_ID.MAPPING:
        return this.map(event, event.style === COLLECTION_STYLE.FLOW);
      case EVENT_ID.SEQUENCE:
        return this.list(event, event.style === COLLECTION_STYLE.FLOW);
      default:
        throw new Unusual();
    }
  }

  private map(event: { readonly start: number; readonly anchorStart: number; readonly tagStart: number }, flow: boolean): YamlNode {
    if (event.anchorStart >= 0 || event.tagStart >= 0) throw new Unusual();
    if (flow && this.isOddInFlow) throw new Unusual();
    const entries: MapEntry[] = [];
    let keys: Set<string> | undefined;
    let end = event.start + 1;
    while (this.events[this.at]?.type !== EVENT_ID.POP) {
      const key = this.next();
      if (key.type !== EVENT_ID.SCALAR || key.valueStart < 0) throw new Unusual();
      const name = this.scalar(key, 0);
      const text = String(name.value);
      if (text === '<<' || (keys === undefined ? isAmong(entries, text) : keys.has(text))) throw new Unusual();
      if (entries.length === SHORT) keys = new Set(entries.map((entry) => entry.key));
      keys?.add(text);
      const value = this.readNode(this.afterColon(name.end));
      if (!flow) this.checkLineEnd(value);
      entries.push({ key: text, keySpan: { start: name.start, end: name.end }, value });
      end = Math.max(name.end, value.end);
    }
    this.at += 1;
    return { type: 'map', flow, entries, start: event.start, end: flow ? this.closing('}', end) : end };
  }

  private list(event: { readonly start: number; readonly anchorStart: number; readonly tagStart: number }, flow: boolean): YamlNode {
    if (event.anchorStart >= 0 || event.tagStart >= 0) throw new Unusual();
    if (flow && this.isOddInFlow) throw new Unusual();
    const items: YamlNode[] = [];
    let end = event.start + 1;
    while (this.events[this.at]?.type !== EVENT_ID.POP) {
      const item = this.readNode(-1);
      // An item that is not written has no place of its own in the events.
      if (item.start < 0) throw new Unusual();
      if (!flow) this.checkLineEnd(item);
      items.push(item);
      ({ end } = item);
    }
    this.at += 1;
    return { type: 'list', flow, items, start: event.start, end: flow ? this.closing(']', end) : end };
  }

  private scalar(event: ScalarEvent, empty: number): ScalarNode {
    if (event.anchorStart >= 0 || event.tagStart >= 0) throw new Unusual();
    if (event.valueStart < 0) return { type: 'scalar', value: null, style: 'plain', start: empty, end: empty };
    const style = STYLES[event.style] ?? 'plain';
    const value = event.fast ? this.text.slice(event.valueStart, event.valueEnd) : getScalarValue(this.text, event);
    if (style === 'plain') return { type: 'scalar', value: resolveScalar(value), style, start: event.valueStart, end: event.valueEnd };
    if (style === 'single' || style === 'double') return { type: 'scalar', value, style, start: event.valueStart - 1, end: event.valueEnd + 1 };
    const { start, end } = this.blockSpan(event);
    return { type: 'scalar', value, style, start, end };
  }

  /** From the indicator that opens a block scalar to the last character that belongs to it. */
  private blockSpan({ valueStart, valueEnd }: ScalarEvent): Span {
    let end = valueEnd;
    while (end > valueStart && ' \r\n'.includes(this.text.charAt(end - 1))) end -= 1;
    const lineStart = this.text.lastIndexOf('\n', valueStart - 2) + 1;
    const header = /[|>][-+0-9]*[ ]*(?:#.*)?\r?\n?$/.exec(this.text.slice(lineStart, valueStart));
    if (header === null || end <= valueStart) throw new Unusual();
    return { start: lineStart + header.index, end };
  }

  /** The library takes a key behind a text in quotes, on the same line; YAML does not. */
  private checkLineEnd(node: YamlNode): void {
    if (node.type !== 'scalar' || (node.style !== 'single' && node.style !== 'double')) return;
    let end = node.end;
    while (this.text.charAt(end) === ' ') end += 1;
    if (end < this.text.length && !'#\r\n'.includes(this.text.charAt(end))) throw new Unusual();
  }

  private afterColon(end: number): number {
    return this.text.charAt(end) === ':' ? end + 1 : end;
  }

  /** Behind the bracket that closes a flow collection, comments passed over. */
  private closing(bracket: string, from: number): number {
    const gap = /(?:[ \r\n,]|#[^\n]*)*/y;
    gap.lastIndex = from;
    const end = from + (gap.exec(this.text)?.[0].length ?? 0);
    if (this.text.charAt(end) !== bracket) throw new Unusual();
    return end + 1;
  }

  private next(): Event {
    const event = this.events[this.at];
    if (event === undefined) throw new Unusual();
    this.at += 1;
    return event;
  }
}

/** Maps of manifests are short: looking through one is quicker than keeping a set of its keys. */
function isAmong(entries: readonly MapEntry[], key: string): boolean {
  for (const entry of entries) if (entry.key === key) return true;
  return false;
}
