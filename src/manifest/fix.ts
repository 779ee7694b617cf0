import type { ManifestObject } from './manifestObject';
import type { Path } from './manifestPath';
import type { Span } from './yaml/node';

/** A way out, in terms of the object: what turns it into text edits knows indentation, quotes and flow style. */
export interface Fix {
  /** What happens, as a button says it: `Change to pg-basebackup`. */
  readonly title: string;
  readonly edits: readonly FixEdit[];
  /** Right in its way, but another way may be meant: it is offered, and never made unasked. */
  readonly isChoice?: true;
}

export type FixEdit =
  | { readonly kind: 'setValue'; readonly object: ManifestObject; readonly path: Path; readonly value: unknown; /** The stretch of a text value that the value takes the place of. */ readonly within?: Span }
  | { readonly kind: 'renameKey'; readonly object: ManifestObject; readonly path: Path; readonly key: string }
  | { readonly kind: 'insert'; readonly object: ManifestObject; /** Of the map or list to insert into. */ readonly path: Path; readonly key?: string; readonly value: unknown }
  | { readonly kind: 'remove'; readonly object: ManifestObject; readonly path: Path }
  /** The fields of a list's only item take the place of the field that holds the list. */
  | { readonly kind: 'unwrap'; readonly object: ManifestObject; readonly path: Path }
  /** Behind the document of the finding. */
  | { readonly kind: 'addDocument'; readonly value: object };
