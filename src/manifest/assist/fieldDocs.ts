import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Dialect } from '../dialect';
import { fieldText, type FieldParts, type FieldTexts } from '../fieldTexts';
import type { Path } from '../manifestPath';
import { schemaAt } from '../schema/schemaOf';

/** What is known of fields beyond the schema of the line that is spoken. */
export interface FieldDocs {
  /** What it means; undefined where nothing is written about it. */
  readonly textOf: (kind: string, path: Path) => string | undefined;
  /** The first line that has it; undefined where every line has it, or none. */
  readonly sinceOf: (kind: string, path: Path) => KubeBlocksLine | undefined;
}

export interface FieldDocsParts {
  /** `schemas/fields/<Kind>.json`; undefined where there is none. */
  readonly texts: (kind: string) => FieldTexts | undefined;
  /** `schemas/fields/parts.json`. */
  readonly parts: FieldParts;
  /** The bundled dialect of a line; asked for only when somebody wants to know since when a field exists. */
  readonly dialectOf: (line: KubeBlocksLine) => Dialect;
}

export function createFieldDocs({ texts, parts, dialectOf }: FieldDocsParts): FieldDocs {
  const serves = (line: KubeBlocksLine, kind: string, path: Path): boolean => {
    const dialect = dialectOf(line);
    return dialect.versionsOf(kind).some((version) => schemaAt(dialect.kindOf(version, kind)?.schema, path) !== undefined);
  };
  return {
    textOf: (kind, path) => {
      const known = texts(kind);
      return known === undefined ? undefined : fieldText(known, parts, path);
    },
    sinceOf: (kind, path) => {
      const first = LINES.find((line) => serves(line, kind, path));
      return first === LINES[0] ? undefined : first;
    },
  };
}

/** Without texts and history: for those who have not loaded them. */
export const NO_FIELD_DOCS: FieldDocs = { textOf: () => undefined, sinceOf: () => undefined };
