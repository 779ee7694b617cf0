import type { ManifestFile, PlacedDocument } from '../manifestFile';
import { spanOf } from '../manifestPath';
import type { AssistContext } from './assistContext';
import { namedObject } from './definition';
import type { Location } from './location';
import { referencesIn } from './objectReferences';
import { surroundingsOf } from './surroundingsOf';
import type { Span } from '../yaml/node';

export interface DocumentLink {
  readonly range: Span;
  /** Where the named object is written, in another file or document. */
  readonly target: Location;
}

/** Names of objects that are written somewhere, each with where: a function of the documents of the file. */
export function documentLinks(file: ManifestFile, { facts }: Pick<AssistContext, 'facts'>): (placed: PlacedDocument) => readonly DocumentLink[] {
  const around = surroundingsOf(file, facts);
  return ({ document, start }) =>
    document.objects.flatMap((object) =>
      referencesIn(object).flatMap((reference) => {
        const target = namedObject(reference, around);
        if (target === undefined) return [];
        const span = spanOf(document.root, [...object.base, ...reference.path], 'value');
        return [{ range: { start: span.start + start, end: span.end + start }, target }];
      }),
    );
}
