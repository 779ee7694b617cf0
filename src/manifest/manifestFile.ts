import { changedPart } from './changedPart';
import { lastAtMost } from './lastAtMost';
import { createLineIndex, type LineIndex, type Placed } from './lineIndex';
import { readDocumentQuickly, type ManifestDocument } from './manifestDocument';
import type { ManifestObject } from './manifestObject';
import { pathAt, spanOf, type Path, type PathPart } from './manifestPath';
import { splitDocuments } from './yaml/splitDocuments';
import type { Span } from './yaml/node';

export type PlacedDocument = Placed;

/** A file as it is now. Immutable; `updateFile` makes the next one. */
export interface ManifestFile {
  readonly text: string;
  readonly documents: readonly PlacedDocument[];
  readonly lines: LineIndex;
  /** Offset of a document in the file; undefined for one that is not (or no longer) in it. */
  readonly startOf: (document: ManifestDocument) => number | undefined;
}

export interface CursorPlace {
  readonly document: ManifestDocument;
  readonly object: ManifestObject | undefined;
  /** Within the object, or within the document where it holds none. */
  readonly path: Path;
  readonly part: PathPart;
}

export type ReadDocument = (text: string) => ManifestDocument;

export function readFile(text: string, read: ReadDocument = readDocumentQuickly): ManifestFile {
  return fileOf(text, splitDocuments(text).map((chunk) => ({ document: read(chunk.text), start: chunk.start })));
}

/** The file with a new text. Documents whose text did not change stay the same objects. */
export function updateFile(previous: ManifestFile, text: string): ManifestFile {
  if (text === previous.text) return previous;
  const before = previous.documents;
  const { head, tail, chunks } = changedPart(previous, text);
  const shift = text.length - previous.text.length;
  const movable = poolOf(before.slice(head, before.length - tail));
  const changed = chunks.map((chunk) => ({ document: movable.get(chunk.text)?.pop() ?? readDocumentQuickly(chunk.text), start: chunk.start }));
  const behind = before.slice(before.length - tail).map(({ document, start }) => ({ document, start: start + shift }));
  return fileOf(text, [...before.slice(0, head), ...changed, ...behind]);
}

/** The document, the object and the path that a cursor stands at. */
export function placeAt(file: ManifestFile, offset: number): CursorPlace | undefined {
  const placed = file.documents[lastAtMost(file.documents.length, (index) => file.documents[index]?.start ?? 0, offset)];
  if (placed === undefined) return undefined;
  const { document, start } = placed;
  const { path, part } = pathAt(document.root, offset - start);
  const object = document.objects.find(({ base }) => base.every((step, index) => path[index] === step));
  return { document, object, path: path.slice(object?.base.length ?? 0), part };
}

/** Where a path of an object stands in the file; undefined for an object that is not (or no longer) in it. */
export function rangeIn(file: ManifestFile, object: ManifestObject, path: Path, part: PathPart): Span | undefined {
  const at = object.document === undefined ? undefined : file.startOf(object.document);
  if (at === undefined) return undefined;
  const { start, end } = spanOf(object.document?.root, [...object.base, ...path], part);
  return { start: start + at, end: end + at };
}

function fileOf(text: string, documents: readonly PlacedDocument[]): ManifestFile {
  let starts: Map<ManifestDocument, number> | undefined;
  const startOf = (document: ManifestDocument): number | undefined => {
    starts ??= new Map(documents.map((placed) => [placed.document, placed.start]));
    return starts.get(document);
  };
  return { text, documents, lines: createLineIndex(documents, text.length), startOf };
}

/** Documents of a text in the order they stood, so that no document is used twice. */
function poolOf(placed: readonly PlacedDocument[]): Map<string, ManifestDocument[]> {
  const pool = new Map<string, ManifestDocument[]>();
  for (const { document } of placed.toReversed()) {
    const same = pool.get(document.text);
    if (same === undefined) pool.set(document.text, [document]);
    else same.push(document);
  }
  return pool;
}
