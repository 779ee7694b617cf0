/**
 * A document as a tree of what JSON knows, with the place of everything in the document's text. Aliases and merge keys
 * are followed: their nodes are shared with the place they were anchored at.
 */
export type YamlNode = ScalarNode | MapNode | ListNode;

/** Offsets in UTF-16 units into the text of the document, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode extends Span {
  readonly type: 'scalar';
  /** As kubectl reads it (YAML 1.1: an unquoted `on` is true). */
  readonly value: string | number | boolean | null;
  readonly style: ScalarStyle;
}

export interface MapNode extends Span {
  readonly type: 'map';
  readonly flow: boolean;
  /** In the order of the text, then what merge keys add. Of a key given twice, both. */
  readonly entries: readonly MapEntry[];
}

export interface MapEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
  /** Comes from a merge key; its places lie at the anchor. */
  readonly merged?: boolean;
}

export interface ListNode extends Span {
  readonly type: 'list';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

/** The entry that counts: of a key given twice, the last. What is written goes before what is merged. */
export function entryOf({ entries }: MapNode, key: string): MapEntry | undefined {
  let merged: MapEntry | undefined;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry?.key !== key) continue;
    if (entry.merged !== true) return entry;
    merged = entry;
  }
  return merged;
}
