import * as l10n from '@vscode/l10n';
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Alias, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { ListNode, MapEntry, MapNode, ScalarNode, ScalarStyle, Span, YamlNode } from './node';
import { joinFlows } from './joinFlows';
import { resolveScalar } from './resolveScalar';
import type { SyntaxFault } from './syntaxFault';
import { syntaxMessage } from './syntaxMessage';
import { shortTag, taggedScalar } from './taggedScalar';

export interface ParsedYaml {
  /** Undefined for an empty document. */
  readonly root: YamlNode | undefined;
  readonly faults: readonly SyntaxFault[];
  /** A key is a map or a list, which no manifest has: `{{ .Values.name }}` reads like that. */
  readonly hasComplexKeys: boolean;
}

/** Aliases can make a small text mean a gigantic tree; no manifest comes near this many nodes. */
const MOST_NODES = 200_000;

/** Reads one document with a parser that goes on after faults. */
export function parseYaml(text: string): ParsedYaml {
  const { parsed, flows } = parseAsIs(text);
  const joined = parsed.faults.some(({ code }) => code === 'bad_indent') ? joinFlows(text, flows) : text;
  return joined === text ? parsed : parseYaml(joined);
}

function parseAsIs(text: string): { readonly parsed: ParsedYaml; readonly flows: readonly number[] } {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent', strict: true });
  const builder = new TreeBuilder(text);
  const root = document.contents === null ? undefined : builder.build(document.contents);
  const faults = document.errors.map((error) => faultOf(error, text)).concat(builder.faults);
  return { parsed: { root, faults, hasComplexKeys: builder.hasComplexKeys }, flows: builder.flows };
}

interface ParserError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [start: number, end: number];
}

function faultOf({ code, message, pos: [start, end] }: ParserError, text: string): SyntaxFault {
  const last = text.trimEnd().length;
  const from = Math.min(start, last);
  return { code: code.toLowerCase(), message: syntaxMessage(code, message), start: from, end: Math.max(Math.min(end, last), from) };
}

const STYLES: Readonly<Record<string, ScalarStyle>> = { QUOTE_DOUBLE: 'double', QUOTE_SINGLE: 'single', BLOCK_LITERAL: 'literal', BLOCK_FOLDED: 'folded' };

class TreeBuilder {
  readonly faults: SyntaxFault[] = [];
  hasComplexKeys = false;
  /** Where braces and brackets open. */
  readonly flows: number[] = [];
  private readonly anchors = new Map<string, { readonly node: YamlNode; readonly size: number }>();
  private size = 0;

  constructor(private readonly text: string) {}

  build(node: Node, inFlow = false): YamlNode {
    if (isAlias(node)) return this.alias(node);
    const before = this.size;
    this.size += 1;
    if (!isScalar(node) && node.flow === true) this.flows.push(node.range?.[0] ?? 0);
    const built = isMap(node) ? this.map(node) : isSeq(node) ? this.list(node) : this.scalar(node, inFlow);
    const anchor = (node as { anchor?: string }).anchor;
    if (anchor !== undefined) this.anchors.set(anchor, { node: built, size: this.size - before });
    return built;
  }

  private alias(node: Alias): YamlNode {
    const span = this.span(node);
    const anchored = this.anchors.get(node.source);
    if (anchored === undefined) {
      this.faults.push({ code: 'alias', message: l10n.t('No anchor &{0} comes before this alias.', node.source), ...span });
    } else if (this.size + anchored.size > MOST_NODES) {
      this.faults.push({ code: 'alias', message: l10n.t('Aliases make this document too large to be judged.'), ...span });
    } else {
      this.size += anchored.size;
      return anchored.node;
    }
    return { type: 'scalar', value: null, style: 'plain', ...span };
  }

  private scalar(node: Scalar, inFlow: boolean): ScalarNode {
    const style = STYLES[node.type ?? ''] ?? 'plain';
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    if (inFlow && style === 'plain' && text.includes('?')) {
      this.faults.push({ code: 'question', message: l10n.t('kubectl cannot read a "?" within braces or brackets, where it is not in quotes. Quote the value.'), ...this.span(node) });
    }
    return { type: 'scalar', value: this.value(node, text, style, inFlow), style, ...this.span(node) };
  }

  private value(node: Scalar, text: string, style: ScalarStyle, inFlow: boolean): ScalarNode['value'] {
    if (node.tag === undefined) return style === 'plain' ? resolveScalar(text) : text;
    const tagged = inFlow && this.isTagAtBracket(node) ? 'unreadable' : taggedScalar(text, node.tag);
    if (tagged !== 'unreadable') return tagged.value;
    this.faults.push({ code: 'tag', message: l10n.t('kubectl cannot read this as {0}. Remove the tag, or write what it says.', shortTag(node.tag)), ...this.span(node) });
    return null;
  }

  /** `{a: !!str}`: to kubectl the bracket is part of the tag. */
  private isTagAtBracket({ range }: Scalar): boolean {
    const start = range?.[0] ?? 0;
    return range?.[1] === start && /\S/.test(this.text.charAt(start - 1)) && ',[]{}'.includes(this.text.charAt(start));
  }

  private list(node: YAMLSeq): ListNode {
    const written = node.items as Node[];
    // `[!!str, a]`: to kubectl the comma is part of the tag of what follows.
    const items = written.filter((item, index) => !(node.flow === true && index < written.length - 1 && isScalar(item) && item.tag !== undefined && this.isTagAtBracket(item))).map((item) => this.build(item, node.flow === true));
    return { type: 'list', flow: node.flow === true, items, ...this.collectionSpan(node, items.at(-1)) };
  }

  private map(node: YAMLMap): MapNode {
    const entries: MapEntry[] = [];
    const merged: MapEntry[] = [];
    let last: Span | undefined;
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const entry = this.entry(pair, node.flow === true);
      if (entry === undefined) continue;
      last = entry.value.end > entry.keySpan.end ? entry.value : entry.keySpan;
      if (entry.key === '<<' && this.text.startsWith('<<', entry.keySpan.start)) merged.push(...mergedEntries(entry.value));
      else entries.push(entry);
    }
    this.findDuplicates(entries);
    const own = new Set(entries.map(({ key }) => key));
    return { type: 'map', flow: node.flow === true, entries: [...entries, ...merged.filter(({ key }) => !own.has(key))], ...this.collectionSpan(node, last) };
  }

  private entry({ key, value }: Pair<Node, Node | null>, inFlow: boolean): MapEntry | undefined {
    if (!isScalar(key)) {
      this.hasComplexKeys = true;
      return undefined;
    }
    const name = this.scalar(key, inFlow);
    const keySpan = { start: name.start, end: name.end };
    // `{a:, b: 1}`: to kubectl the colon is part of the key.
    if (inFlow && name.style === 'plain' && /^:[,[\]{}]/.test(this.text.slice(name.end, name.end + 2))) {
      const end = name.end + 1;
      return { key: `${String(name.value)}:`, keySpan: { start: name.start, end }, value: { type: 'scalar', value: null, style: 'plain', start: end, end } };
    }
    const empty: ScalarNode = { type: 'scalar', value: null, style: 'plain', start: this.afterColon(name.end), end: this.afterColon(name.end) };
    return { key: String(name.value), keySpan, value: value === null || isEmpty(value) ? empty : this.build(value, inFlow) };
  }

  private afterColon(end: number): number {
    const colon = /^[ \t]*:/.exec(this.text.slice(end, end + 8));
    return end + (colon?.[0].length ?? 0);
  }

  private findDuplicates(entries: readonly MapEntry[]): void {
    const seen = new Set<string>();
    for (const { key, keySpan } of entries) {
      if (seen.has(key)) this.faults.push({ code: 'duplicateKey', message: l10n.t('{0} is given twice in this map. kubectl would take the last one silently; a strict API server refuses the manifest.', key), ...keySpan });
      seen.add(key);
    }
  }

  /** A block collection ends with its last item; the parser counts comments behind it too. */
  private collectionSpan(node: YAMLMap | YAMLSeq, last: Span | undefined): Span {
    const { start, end } = this.span(node);
    return { start, end: node.flow === true || last === undefined || last.end < start || last.end > end ? end : last.end };
  }

  private span(node: Node): Span {
    const [start, end] = node.range ?? [0, 0];
    return { start, end: trimmedEnd(this.text, start, end) };
  }
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && node.source === '' && node.type === 'PLAIN' && node.tag === undefined && node.anchor === undefined;
}

/** Block maps and lists end where the next thing begins; the reader wants the last character that belongs to them. */
function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && ' \t\r\n'.includes(text.charAt(last - 1))) last -= 1;
  return last;
}

function mergedEntries(value: YamlNode): MapEntry[] {
  if (value.type === 'map') return value.entries.map((entry) => ({ ...entry, merged: true }));
  return value.type === 'list' ? value.items.flatMap(mergedEntries) : [];
}
