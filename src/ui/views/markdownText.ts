/**
 * Text from a cluster as literal Markdown. Escapes what could become a link, an image, HTML, a code span or a theme
 * icon, and joins lines, so that no object's name or message can draw anything but itself.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|<>&~$:@/]/g, (character) => (character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`))
    .replace(/\s*[\r\n]+\s*/g, ' ');
}

/** `**label** text` lines of a tooltip; entries without text are left out. */
export function tooltipOf(title: string, entries: readonly (readonly [label: string, text: string | undefined])[]): string {
  const lines = entries.flatMap(([label, text]) =>
    text === undefined || text === '' ? [] : [`${escapeMarkdown(label)}: ${escapeMarkdown(text)}`],
  );
  return [`**${escapeMarkdown(title)}**`, ...lines].join('  \n');
}
