import type { ManifestDocument } from './manifestDocument';
import type { ManifestFile } from './manifestFile';
import type { ManifestObject } from './manifestObject';
import { nodeAt, spanOf, type Path, type PathPart } from './manifestPath';
import type { Span } from './yaml/node';
import { spanInScalar } from './yaml/spanInScalar';

/** What a finding is about. A path holds as long as the object does, also where there is no text. */
export type Place =
  | {
      readonly kind: 'path';
      readonly object: ManifestObject;
      readonly path: Path;
      readonly part: PathPart;
      /** A stretch of the text value, counted in the value and not in the file: JSON in an annotation. */
      readonly within?: Span;
    }
  | { readonly kind: 'span'; readonly document: ManifestDocument; readonly span: Span };

export function documentOf(place: Place): ManifestDocument | undefined {
  return place.kind === 'span' ? place.document : place.object.document;
}

/** Where a place is in the text of its document. */
export function spanInDocument(place: Place): Span {
  if (place.kind === 'span') return place.span;
  const { object, path, part, within } = place;
  const root = object.document?.root;
  const full = [...object.base, ...path];
  const node = within === undefined ? undefined : nodeAt(root, full);
  if (within !== undefined && object.document !== undefined && node?.type === 'scalar') return spanInScalar(object.document.text, node, within);
  return spanOf(root, full, part);
}

/** Where a place is in the file; undefined where the file does not hold its document (any more). */
export function spanInFile(file: ManifestFile, place: Place): Span | undefined {
  const document = documentOf(place);
  const start = document === undefined ? undefined : file.startOf(document);
  if (start === undefined) return undefined;
  const span = spanInDocument(place);
  return { start: span.start + start, end: span.end + start };
}
