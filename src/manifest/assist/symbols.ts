import type { ManifestFile, PlacedDocument } from '../manifestFile';
import type { ManifestObject } from '../manifestObject';
import { nodeAt, spanOf } from '../manifestPath';
import type { Span, YamlNode } from '../yaml/node';
import { textIn } from './textIn';

export interface ManifestSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'object' | 'field' | 'item';
  readonly range: Span;
  /** Within `range`: what is shown and revealed. */
  readonly selectionRange: Span;
  readonly children: readonly ManifestSymbol[];
}

/** The objects of a file, with the fields of their spec as deep as an outline needs. */
export function symbols(file: ManifestFile): readonly ManifestSymbol[] {
  return file.documents.flatMap(symbolsIn);
}

/** Those of one of its documents. */
export function symbolsIn({ document, start }: PlacedDocument): readonly ManifestSymbol[] {
  return document.objects.map((object) => objectSymbol(object, start));
}

function objectSymbol(object: ManifestObject, start: number): ManifestSymbol {
  const { root } = object;
  const name = spanOf(root, ['metadata', 'name'], 'value');
  const range = shifted(root, start);
  return {
    name: object.name ?? object.kind,
    detail: object.kind,
    kind: 'object',
    range,
    selectionRange: inside(shifted(name, start), range),
    children: childrenOf(nodeAt(root, ['spec']), start, 0),
  };
}

const DEEPEST = 3;

function childrenOf(node: YamlNode | undefined, start: number, depth: number): readonly ManifestSymbol[] {
  if (node === undefined || node.type === 'scalar' || depth === DEEPEST) return [];
  if (node.type === 'list') {
    return node.items.map((item, index) => {
      const range = shifted(item, start);
      return { name: itemName(item) ?? String(index), detail: '', kind: 'item', range, selectionRange: range, children: childrenOf(item, start, depth + 1) };
    });
  }
  return node.entries
    .filter(({ merged }) => merged !== true)
    .map(({ key, keySpan, value }) => {
      const range = shifted({ start: keySpan.start, end: Math.max(keySpan.end, value.start >= keySpan.end ? value.end : keySpan.end) }, start);
      const detail = value.type === 'scalar' ? String(value.value ?? '') : '';
      return { name: key, detail, kind: 'field', range, selectionRange: shifted(keySpan, start), children: value.start >= keySpan.end ? childrenOf(value, start, depth + 1) : [] };
    });
}

function itemName(item: YamlNode): string | undefined {
  return item.type === 'scalar' ? String(item.value) : (textIn(item, ['name']) ?? textIn(item, ['backupMethod']));
}

function shifted({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** A merged name stands at its anchor, which may lie elsewhere. */
function inside(span: Span, outer: Span): Span {
  return span.start >= outer.start && span.end <= outer.end ? span : { start: outer.start, end: outer.start };
}
