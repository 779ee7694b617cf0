import type { Page, Section } from './page';

/**
 * A page as Markdown in which nothing of the text acts: no link, image, HTML, entity, emphasis or command URI comes from
 * the cluster, whatever an object says.
 */
export function pageToMarkdown(page: Page): string {
  const parts = [`# ${escapeMarkdown(page.title)}`];
  if (page.summary !== '') {
    parts.push(escapeMarkdown(page.summary));
  }
  return `${[...parts, ...page.sections.map(sectionToMarkdown)].join('\n\n')}\n`;
}

/** What a renderer may turn into a link by itself, escaped or not: addresses, host names, mail. */
const LINK_LIKE = /:\/\/|www\.|\S@\S|[a-z0-9-]\.[a-z]{2,}|mailto:|command:|vscode:|data:|javascript:/i;

/**
 * One line of text that acts as nothing but text. Every character that Markdown or HTML could read as more is escaped;
 * what a renderer might make a link of by itself becomes a code span, in which nothing is a link.
 */
export function escapeMarkdown(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '')
    .trim();
  return LINK_LIKE.test(line) ? codeSpan(line) : escaped(line);
}

function escaped(line: string): string {
  return line
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+\-.!|~$:@/=^"']/g, '\\$&');
}

/** A code span that the text cannot close; a bar is escaped for the table it may stand in. */
function codeSpan(line: string): string {
  const ticks = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${line.replace(/\|/g, '\\|')}${space}${ticks}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Text kept line by line in a fence that it cannot close. */
export function fenced(text: string, language = 'text'): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.replace(/\r\n?/g, '\n').replace(/\n$/, '')}\n${fence}`;
}

function sectionToMarkdown(section: Section): string {
  const heading = `## ${escapeMarkdown(section.heading)}`;
  switch (section.kind) {
    case 'facts':
      return `${heading}\n\n${grid(['', ''], section.rows.map(({ label, value }) => [label, value]))}`;
    case 'table':
      return `${heading}\n\n${grid(section.columns, section.rows)}`;
    case 'text':
      return `${heading}\n\n${fenced(section.text)}`;
    case 'list':
      return `${heading}\n\n${section.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n')}`;
  }
}

function grid(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n');
}
