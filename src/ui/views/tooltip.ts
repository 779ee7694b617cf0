import { escapeMarkdown } from '../../kubeblocks/describe/markdown';

/** `**label** text` lines of a tooltip; entries without text are left out. */
export function tooltipOf(title: string, entries: readonly (readonly [label: string, text: string | undefined])[]): string {
  const lines = entries.flatMap(([label, text]) =>
    text === undefined || text === '' ? [] : [`${escapeMarkdown(label)}: ${escapeMarkdown(text)}`],
  );
  return [`**${escapeMarkdown(title)}**`, ...lines].join('  \n');
}
