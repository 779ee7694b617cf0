import { stringify } from 'yaml';
import type { Fix, FixEdit } from '../fix';
import type { ManifestFile } from '../manifestFile';
import type { ManifestObject } from '../manifestObject';
import { nodeAt, type Path } from '../manifestPath';
import { entryOf, type Span, type YamlNode } from '../yaml/node';
import { spanInScalar } from '../yaml/spanInScalar';
import { columnOf, endOfLine } from './lineOf';
import { scalarText } from './scalarText';
import type { TextEdit } from './textEdit';
import { removeEdit } from './removeEdit';
import { unwrapEdit } from './unwrapEdit';

/**
 * What a fix changes in the text of a file. Edits of objects that the file does not hold (any more), and of what stands at
 * an anchor that others use too, are none: then the list is empty.
 */
export function editsOf(fix: Fix, file: ManifestFile): readonly TextEdit[] {
  const owner = fix.edits.find((edit) => edit.kind !== 'addDocument')?.object;
  const edits = fix.edits.map((edit) => editOf(edit, file, owner));
  return edits.every((edit) => edit !== undefined) ? edits : [];
}

function editOf(edit: FixEdit, file: ManifestFile, owner: ManifestObject | undefined): TextEdit | undefined {
  if (edit.kind === 'addDocument') return addDocument(edit.value, file, owner);
  const { document, base } = edit.object;
  const offset = document === undefined ? undefined : file.startOf(document);
  if (document === undefined || offset === undefined) return undefined;
  const full = [...base, ...edit.path];
  if (isShared(document.root, full)) return undefined;
  const made = inDocument(edit, document.text, document.root, full);
  return made === undefined ? undefined : { start: made.start + offset, end: made.end + offset, newText: withBreaks(made.newText, document.text) };
}

/** What an alias stands for is written elsewhere, and others mean it too. */
function isShared(root: YamlNode | undefined, path: Path): boolean {
  let node = root;
  for (const step of path) {
    const child = nodeAt(node, [step]);
    if (child === undefined || node === undefined) return false;
    if (child.start < node.start || child.end > node.end) return true;
    node = child;
  }
  return false;
}

function withBreaks(newText: string, text: string): string {
  return text.includes('\r\n') ? newText.replace(/\r?\n/g, '\r\n') : newText;
}

function inDocument(edit: Exclude<FixEdit, { kind: 'addDocument' }>, text: string, root: YamlNode | undefined, path: Path): TextEdit | undefined {
  switch (edit.kind) {
    case 'setValue':
      return edit.within === undefined ? setValue(text, root, path, edit.value) : setPart(text, nodeAt(root, path), edit.within, String(edit.value));
    case 'renameKey': {
      const map = nodeAt(root, path.slice(0, -1));
      const entry = map?.type === 'map' ? entryOf(map, String(path.at(-1))) : undefined;
      if (entry === undefined || entry.merged === true) return undefined;
      const quote = text.charAt(entry.keySpan.start);
      const style = quote === '"' ? 'double' : quote === "'" ? 'single' : 'plain';
      return { ...entry.keySpan, newText: scalarText(edit.key, style) };
    }
    case 'insert': {
      const node = nodeAt(root, path);
      return insert(text, root, path, node, edit.key, edit.value);
    }
    case 'remove':
      return removeEdit(text, root, path);
    case 'unwrap':
      return unwrapEdit(text, root, path);
  }
}

function setValue(text: string, root: YamlNode | undefined, path: Path, value: unknown): TextEdit | undefined {
  const node = nodeAt(root, path);
  const parent = nodeAt(root, path.slice(0, -1));
  const key = path.at(-1);
  if (node === undefined) return typeof key === 'string' ? insert(text, root, path.slice(0, -1), parent, key, value) : undefined;
  if (parent?.type === 'map' && typeof key === 'string' && entryOf(parent, key)?.merged === true) return undefined;
  const space = node.start === node.end && text.charAt(node.start - 1) === ':' ? ' ' : '';
  if (isScalarValue(value)) {
    const isBlock = node.type === 'scalar' && (node.style === 'literal' || node.style === 'folded');
    const style = node.type === 'scalar' && !isBlock && typeof node.value === 'string' ? node.style : 'plain';
    return { start: node.start, end: node.end, newText: space + scalarText(value, style) };
  }
  const entry = parent?.type === 'map' && typeof key === 'string' ? entryOf(parent, key) : undefined;
  if (entry === undefined || isInFlow(parent)) return { start: node.start, end: node.end, newText: space + flowText(value) };
  const column = columnOf(text, entry.keySpan.start);
  return { start: entry.keySpan.end, end: node.end, newText: `:\n${block(value, column + 2)}` };
}

/** None where it cannot be told where the stretch stands. */
function setPart(text: string, node: YamlNode | undefined, within: Span, value: string): TextEdit | undefined {
  if (node?.type !== 'scalar') return undefined;
  const span = spanInScalar(text, node, within);
  if (span.start === node.start) return undefined;
  const isQuoted = node.style === 'double' || node.style === 'single';
  return { ...span, newText: isQuoted ? scalarText(value, node.style).slice(1, -1) : value };
}

function insert(text: string, root: YamlNode | undefined, path: Path, node: YamlNode | undefined, key: string | undefined, value: unknown): TextEdit | undefined {
  if (node === undefined || (node.type === 'scalar' && node.value === null)) return insertIntoNothing(text, root, path, key, value);
  if (node.type === 'scalar') return undefined;
  if (node.type === 'map' && key === undefined) return undefined;
  if (node.flow) return insertIntoFlow(text, node, key, value);
  const { end } = node;
  const first = node.type === 'map' ? node.entries.find(({ merged }) => merged !== true)?.keySpan.start : node.items[0]?.start;
  if (first === undefined) return undefined;
  const column = node.type === 'map' ? columnOf(text, first) : dashColumn(text, first);
  const at = endOfLine(text, end);
  return { start: at, end: at, newText: `\n${item(key, value, column)}` };
}

/** A field that is not written, or has no value: it is written, with all above it that is not. */
function insertIntoNothing(text: string, root: YamlNode | undefined, path: Path, key: string | undefined, value: unknown): TextEdit | undefined {
  const content = key === undefined ? [value] : { [key]: value };
  const last = path.at(-1);
  if (typeof last !== 'string') return undefined;
  const parent = nodeAt(root, path.slice(0, -1));
  const entry = parent?.type === 'map' ? entryOf(parent, last) : undefined;
  if (entry === undefined) return insert(text, root, path.slice(0, -1), parent, last, content);
  if (entry.merged === true) return undefined;
  if (isInFlow(parent)) return { start: entry.value.start, end: entry.value.end, newText: ` ${flowText(content)}` };
  return { start: entry.keySpan.end, end: entry.value.end, newText: `:\n${block(content, columnOf(text, entry.keySpan.start) + 2)}` };
}

function insertIntoFlow(text: string, node: YamlNode & { type: 'map' | 'list' }, key: string | undefined, value: unknown): TextEdit {
  const isEmpty = node.type === 'map' ? node.entries.length === 0 : node.items.length === 0;
  const added = key === undefined ? flowText(value) : `${scalarText(key)}: ${flowText(value)}`;
  const inside = text.slice(node.start, node.end - 1).trimEnd();
  const at = node.start + inside.length;
  return { start: at, end: at, newText: isEmpty ? added : inside.endsWith(',') ? ` ${added}` : `, ${added}` };
}

function addDocument(value: object, file: ManifestFile, owner: ManifestObject | undefined): TextEdit {
  const placed = file.documents.find(({ document }) => document === owner?.document) ?? file.documents.at(-1);
  const start = placed === undefined ? file.text.length : placed.start + placed.document.text.length;
  const before = file.text.slice(0, start);
  const newText = `${before === '' || before.endsWith('\n') ? '' : '\n'}---\n${block(value, 0)}\n`;
  return { start, end: start, newText: withBreaks(newText, file.text) };
}

function isInFlow(node: YamlNode | undefined): boolean {
  return node !== undefined && node.type !== 'scalar' && node.flow;
}

function isScalarValue(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function item(key: string | undefined, value: unknown, column: number): string {
  return block(key === undefined ? [value] : { [key]: value }, column);
}

/** YAML 1.1 quotes what kubectl would read as something else. */
function block(value: unknown, column: number): string {
  const text = stringify(value, { version: '1.1', lineWidth: 0, indentSeq: true, aliasDuplicateObjects: false }).trimEnd();
  return text.split('\n').map((line) => (line === '' ? line : ' '.repeat(column) + line)).join('\n');
}

function flowText(value: unknown): string {
  if (isScalarValue(value)) return scalarText(value);
  return stringify(value, { version: '1.1', lineWidth: 0, collectionStyle: 'flow', aliasDuplicateObjects: false }).trim().replace(/\n\s*/g, ' ');
}

function dashColumn(text: string, itemStart: number): number {
  const lineStart = text.lastIndexOf('\n', itemStart - 1) + 1;
  const dash = text.lastIndexOf('-', itemStart - 1);
  return dash >= lineStart ? dash - lineStart : 0;
}
