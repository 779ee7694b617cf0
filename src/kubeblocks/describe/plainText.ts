import type { Page, Section } from './page';

/** How wide a text is written for an editor, which does not wrap it, in characters. */
export const TEXT_WIDTH = 100;

/** Values that begin further to the right begin on a line of their own. */
const WIDEST_LABEL = 40;

/**
 * A page as plain text, for a terminal or an editor. Characters that would steer it are struck out. Sentences are broken
 * at `width` characters; what is kept line by line, like a manifest, never is.
 */
export function pageToText(page: Page, width = Number.POSITIVE_INFINITY): string {
  const parts = [...wrapped(plain(page.title), width), ...(page.summary === '' ? [] : ['', ...wrapped(plain(page.summary), width)])].join('\n');
  return `${[parts, ...page.sections.map((section) => sectionToText(section, width))].join('\n\n')}\n`;
}

function sectionToText(section: Section, width: number): string {
  return [plain(section.heading), ...linesOf(section, width - 2).map((line) => `  ${line}`)].join('\n');
}

function linesOf(section: Section, width: number): readonly string[] {
  switch (section.kind) {
    case 'facts':
      return columns(section.rows.map(({ label, value }) => [label, value]), width);
    case 'table':
      return columns(section.rows, width);
    case 'text':
      return section.text.replace(/\n$/, '').split('\n').map(plain);
    case 'list':
      return section.items.flatMap((item) => wrapped(plain(item), width, '  '));
  }
}

/** The last column takes what room is left, and goes on below itself. */
function columns(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const cells = rows.map((row) => row.map(plain));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.flatMap((row) => {
    const before = row.slice(0, -1).map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    const start = before === '' ? '' : `${before}  `;
    const room = width - start.length;
    if (room < width - WIDEST_LABEL) return [start.trimEnd(), ...wrapped(`    ${row.at(-1) ?? ''}`, width, '    ')];
    return wrapped(row.at(-1) ?? '', room).map((line, index) => `${index === 0 ? start : ' '.repeat(start.length)}${line}`.trimEnd());
  });
}

/** Broken at spaces; a word that is longer stays whole. Further lines begin with `indent`. */
function wrapped(text: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const start = rest.length - rest.trimStart().length;
    const fits = rest.lastIndexOf(' ', width);
    const at = fits > start ? fits : rest.indexOf(' ', start + 1);
    if (at < 0) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = `${indent}${rest.slice(at).trimStart()}`;
  }
  return [...lines, rest];
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '');
}
