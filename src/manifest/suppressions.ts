/**
 * Comments that silence rules: `# kubeblocks-backup: ignore KB-B002` behind a line for that line, alone in a line for the
 * next one, and before the first line of content for the whole file. Without codes, all rules.
 */
export interface Suppressions {
  /** By line of the document, counted from 0. */
  readonly lines: ReadonlyMap<number, readonly string[]>;
  /** Those before any content. */
  readonly head: readonly string[];
}

export const ALL_RULES = '*';

const COMMENT = /#[ \t]*kubeblocks-backup:[ \t]*ignore\b([^\r\n]*)/;
const NONE: Suppressions = { lines: new Map(), head: [] };

export function readSuppressions(text: string): Suppressions {
  if (!text.includes('kubeblocks-backup:')) return NONE;
  const lines = new Map<number, readonly string[]>();
  const head: string[] = [];
  let isHead = true;
  for (const [number, line] of text.split('\n').entries()) {
    const found = COMMENT.exec(line);
    const before = line.slice(0, found?.index ?? line.length).trim();
    if (before !== '' && before !== '---' && !before.startsWith('#') && !before.startsWith('%')) isHead = false;
    if (found === null) continue;
    const codes = codesOf(found[1] ?? '');
    if (isHead) head.push(...codes);
    else add(lines, before === '' ? number + 1 : number, codes);
  }
  return { lines, head };
}

export function isSuppressed(code: string, codes: readonly string[] | undefined): boolean {
  return codes?.some((each) => each === ALL_RULES || each === code) === true;
}

function codesOf(text: string): readonly string[] {
  const codes = text.match(/[A-Za-z][\w/-]*/g) ?? [];
  return codes.length === 0 ? [ALL_RULES] : codes;
}

function add(lines: Map<number, readonly string[]>, line: number, codes: readonly string[]): void {
  lines.set(line, [...(lines.get(line) ?? []), ...codes]);
}
