import type { Path, PathPart } from '../manifestPath';

/** What a schema refuses. */
export type SchemaCode =
  | 'schema/kind'
  | 'schema/unknown-field'
  | 'schema/missing-field'
  | 'schema/type'
  | 'schema/enum'
  | 'schema/pattern'
  | 'schema/bounds'
  | 'schema/format'
  | 'schema/duplicate'
  | 'schema/metadata'
  | 'schema/combination'
  | 'schema/cel';

export interface SchemaFault {
  readonly code: SchemaCode;
  readonly path: Path;
  readonly part: PathPart;
  readonly message: string;
  /** What the key was probably meant to be. */
  readonly meant?: string;
  /** The same, where the value would be right there. */
  readonly renameTo?: string;
  /** What the value was probably meant to be. */
  readonly changeTo?: unknown;
}

export type Report = (fault: SchemaFault) => void;
