import { readDocumentQuickly, type ManifestDocument } from '../manifestDocument';
import type { ManifestFile } from '../manifestFile';
import type { ManifestObject } from '../manifestObject';
import { nodeAt, type Path } from '../manifestPath';
import type { Span, YamlNode } from '../yaml/node';
import { tokenAt, type Token } from './tokenAt';

/** What somebody is writing at a cursor, and where, in a document whose line was finished for them. */
export interface Typed {
  /** The document with a stand-in for what is being written. */
  readonly document: ManifestDocument;
  readonly original: ManifestDocument;
  readonly object: ManifestObject | undefined;
  /** Within the object, else within the document: of the map that gets a key, or of the value. */
  readonly path: Path;
  readonly part: 'key' | 'value';
  /** What an answer replaces, in the file. */
  readonly range: Span;
  readonly token: Token;
  /** Keys that the map has already. */
  readonly siblings: readonly string[];
  /** The word stands where an item's dash does, which is to come before it. */
  readonly isNewItem: boolean;
}

const STAND_IN = 'kbStandIn0';

/**
 * What can be meant at a cursor, the likelier first: a line that holds a word alone may become a key or an item. Nothing
 * in comments, in block texts, and where the document cannot be read even with the line finished.
 */
export function typedAt(file: ManifestFile, offset: number): readonly Typed[] {
  const placed = file.documents.findLast(({ start }) => start <= offset);
  const original = placed?.document ?? readDocumentQuickly(file.text);
  const start = placed?.start ?? 0;
  if (original.isTemplate) return [];
  const token = tokenAt(original.text, original.root, offset - start);
  if (token === undefined) return [];
  return token.parts.flatMap((part) => {
    const typed = read(original, token, part);
    return typed === undefined ? [] : [{ ...typed, range: { start: token.start + start, end: token.end + start } }];
  });
}

function read(original: ManifestDocument, token: Token, part: 'key' | 'value'): Omit<Typed, 'range'> | undefined {
  const { text } = original;
  const word = part === 'key' && !token.hasColon ? `${STAND_IN}: 0` : STAND_IN;
  const readWith = (finished: string): ManifestDocument => readDocumentQuickly(`${text.slice(0, token.outerStart)}${token.needsSpace ? ' ' : ''}${finished}${text.slice(token.outerEnd)}`);
  const asKey = readWith(word);
  const asItem = part === 'key' && token.isAlone && asKey.faults.length > 0 ? readWith(`- ${word}`) : undefined;
  const isNewItem = asItem !== undefined && asItem.faults.length < asKey.faults.length;
  const document = isNewItem ? asItem : asKey;
  const found = document.root === undefined ? undefined : findStandIn(document.root, part, []);
  if (found === undefined) return undefined;
  const object = document.objects.find(({ base }) => base.length <= found.length && base.every((step, index) => found[index] === step));
  const map = part === 'key' ? nodeAt(document.root, found) : undefined;
  const siblings = map?.type === 'map' ? map.entries.map(({ key }) => key).filter((key) => key !== STAND_IN) : [];
  return { document, original, object, path: found.slice(object?.base.length ?? 0), part, token, siblings, isNewItem };
}

function findStandIn(node: YamlNode, part: 'key' | 'value', path: Path): Path | undefined {
  if (node.type === 'scalar') return part === 'value' && node.value === STAND_IN ? path : undefined;
  if (node.type === 'list') {
    for (const [index, item] of node.items.entries()) {
      const found = findStandIn(item, part, [...path, index]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const { key, value, merged } of node.entries) {
    if (merged === true) continue;
    if (part === 'key' && key === STAND_IN) return path;
    const found = findStandIn(value, part, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
