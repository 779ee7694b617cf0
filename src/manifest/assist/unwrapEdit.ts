import { nodeAt, type Path } from '../manifestPath';
import { entryOf, type YamlNode } from '../yaml/node';
import { columnOf } from './lineOf';
import type { TextEdit } from './textEdit';

/** Puts the fields of a list's only item where the field of the list stands, with their comments; undefined for flow style and other lists. */
export function unwrapEdit(text: string, root: YamlNode | undefined, path: Path): TextEdit | undefined {
  const key = path.at(-1);
  const parent = nodeAt(root, path.slice(0, -1));
  const entry = parent?.type === 'map' && !parent.flow && typeof key === 'string' ? entryOf(parent, key) : undefined;
  const list = entry?.value;
  if (entry === undefined || entry.merged === true || list?.type !== 'list' || list.flow) return undefined;
  const [item, ...others] = list.items;
  if (item?.type !== 'map' || item.flow || others.length > 0) return undefined;
  const column = columnOf(text, entry.keySpan.start);
  const depth = columnOf(text, item.start) - column;
  const comments = text.slice(entry.keySpan.end, item.start).match(/#.*/g) ?? [];
  const lines = text.slice(item.start, item.end).split('\n').map((line, index) => (index === 0 ? line : line.replace(new RegExp(`^ {0,${Math.max(depth, 0)}}`), '')));
  const newText = [...comments.map((comment) => comment.trimEnd()), ...lines].map((line, index) => (index > 0 && index <= comments.length ? ' '.repeat(column) + line : line)).join('\n');
  return { start: entry.keySpan.start, end: list.end, newText };
}
