import type { ManifestFile } from '../manifestFile';
import { spanOf } from '../manifestPath';
import type { AssistContext } from './assistContext';
import { definition } from './definition';
import type { Location } from './location';
import { referencesIn } from './objectReferences';
import type { Span } from '../yaml/node';

export interface DocumentLink {
  readonly range: Span;
  /** Where the named object is written, in another file or document. */
  readonly target: Location;
}

/** Names of objects that are written somewhere, each with where. */
export function documentLinks(file: ManifestFile, context: Pick<AssistContext, 'facts'>): readonly DocumentLink[] {
  return file.documents.flatMap(({ document, start }) =>
    document.objects.flatMap((object) =>
      referencesIn(object).flatMap(({ path }) => {
        const span = spanOf(document.root, [...object.base, ...path], 'value');
        const target = definition(file, span.start + start, context);
        return target === undefined ? [] : [{ range: { start: span.start + start, end: span.end + start }, target }];
      }),
    ),
  );
}
