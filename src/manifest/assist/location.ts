import type { ManifestFile } from '../manifestFile';
import type { Fact } from '../facts/facts';
import type { ManifestObject } from '../manifestObject';
import type { Path } from '../manifestPath';
import type { Span } from '../yaml/node';

/** A file of the workspace, by the `uri` that its facts have. */
export interface WorkspaceFile {
  readonly uri: string;
  readonly file: ManifestFile;
}

/** A place in this file, or in another of the workspace. */
export interface Location {
  /** Undefined: this file. */
  readonly uri: string | undefined;
  readonly object: ManifestObject;
  /** Within the object. */
  readonly path: Path;
  /** Of the value in the text of its document; `object.document` knows it, and the file says where that begins. */
  readonly span: Span;
}

export type Written = NonNullable<Fact['written']>;
