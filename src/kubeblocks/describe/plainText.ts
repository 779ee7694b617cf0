import type { Page, Section } from './page';

/** A page for a terminal. Characters that would steer it are struck out. */
export function pageToText(page: Page): string {
  const parts = [plain(page.title), ...(page.summary === '' ? [] : [plain(page.summary)]), ...page.sections.map(sectionToText)];
  return `${parts.join('\n\n')}\n`;
}

function sectionToText(section: Section): string {
  return [plain(section.heading), ...linesOf(section).map((line) => `  ${line}`)].join('\n');
}

function linesOf(section: Section): readonly string[] {
  switch (section.kind) {
    case 'facts':
      return columns(section.rows.map(({ label, value }) => [label, value]));
    case 'table':
      return columns(section.rows);
    case 'text':
      return section.text.replace(/\n$/, '').split('\n').map(plain);
    case 'list':
      return section.items.map(plain);
  }
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map((row) => row.map(plain));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '');
}
