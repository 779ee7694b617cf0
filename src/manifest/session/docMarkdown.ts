import { escapeMarkdown, fenced } from '../../kubeblocks/describe/markdown';
import type { DocBlock } from '../assist/docBlock';
import { ruleLink } from '../ruleLink';

/** Documentation as Markdown in which nothing acts but the links to our own pages. */
export function docMarkdown(blocks: readonly DocBlock[]): string {
  return blocks.map(blockText).join('\n\n');
}

function blockText(block: DocBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return escapeMarkdown(block.text);
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    case 'code':
      return fenced(block.text, block.language);
    case 'rule':
      return `[${escapeMarkdown(`${block.code}: ${block.title}`)}](${ruleLink(block.code)})`;
  }
}
