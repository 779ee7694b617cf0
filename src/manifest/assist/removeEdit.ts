import { nodeAt, type Path } from '../manifestPath';
import { entryOf, type Span, type YamlNode } from '../yaml/node';
import type { TextEdit } from './textEdit';

/** Takes a field or an item out, with its lines; the last one leaves an empty map or list behind. */
export function removeEdit(text: string, root: YamlNode | undefined, path: Path): TextEdit | undefined {
  const parent = nodeAt(root, path.slice(0, -1));
  const step = path.at(-1);
  if (parent === undefined || parent.type === 'scalar' || step === undefined) return undefined;
  const span = spanOfChild(parent, step);
  if (span === undefined) return undefined;
  const count = parent.type === 'map' ? parent.entries.filter(({ merged }) => merged !== true).length : parent.items.length;
  if (count === 1) return { start: parent.start, end: parent.end, newText: parent.type === 'map' ? '{}' : '[]' };
  return parent.flow ? removeFromFlow(text, parent, span) : removeLines(text, parent, span);
}

function spanOfChild(parent: YamlNode, step: string | number): Span | undefined {
  if (parent.type === 'map' && typeof step === 'string') {
    const entry = entryOf(parent, step);
    return entry === undefined || entry.merged === true ? undefined : { start: entry.keySpan.start, end: Math.max(entry.keySpan.end, entry.value.end) };
  }
  const item = parent.type === 'list' && typeof step === 'number' ? parent.items[step] : undefined;
  return item === undefined ? undefined : { start: item.start, end: item.end };
}

function removeFromFlow(text: string, parent: Span, { start, end }: Span): TextEdit {
  const after = /^\s*,\s*/.exec(text.slice(end, parent.end))?.[0];
  if (after !== undefined) return { start, end: end + after.length, newText: '' };
  const before = /,\s*$/.exec(text.slice(parent.start, start))?.[0] ?? '';
  return { start: start - before.length, end, newText: '' };
}

/** The first key of an item shares its line with the dash: the next key moves there. */
function removeLines(text: string, parent: YamlNode, { start, end }: Span): TextEdit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = text.indexOf('\n', end);
  const lineEnd = nextBreak < 0 ? text.length : nextBreak + 1;
  const lead = text.slice(lineStart, start);
  if (parent.type === 'list' || /^[ \t]*$/.test(lead)) {
    const dash = parent.type === 'list' && !/^[ \t]*-[ \t]*$/.test(lead) ? start : lineStart;
    return { start: dash, end: lineEnd, newText: '' };
  }
  const next = parent.type === 'map' ? parent.entries.find(({ keySpan, merged }) => merged !== true && keySpan.start > end) : undefined;
  return { start, end: next?.keySpan.start ?? lineEnd, newText: '' };
}
