import { nodeAt } from '../manifestPath';
import type { ManifestFile } from '../manifestFile';
import type { Span } from '../yaml/node';
import type { Location, WorkspaceFile } from './location';
import { namedAt, references } from './references';
import { scalarText } from './scalarText';
import type { TextEdit } from './textEdit';

/** What a rename at the cursor would change; undefined where the cursor is at no object's name. */
export function renameTarget(file: ManifestFile, offset: number): { readonly range: Span; readonly name: string } | undefined {
  const named = namedAt(file, offset);
  const here = references(file, offset, []).map((location) => ({ location, at: fileOffset(location, file) })).find(({ location, at }) => at !== undefined && location.span.start + at <= offset && offset <= location.span.end + at);
  if (named === undefined || here?.at === undefined) return undefined;
  return { name: named.name, range: { start: here.location.span.start + here.at, end: here.location.span.end + here.at } };
}

export interface FileEdits {
  /** Undefined: this file. */
  readonly uri: string | undefined;
  readonly edits: readonly TextEdit[];
}

/** Writes another name wherever the object at the cursor is named. */
export function rename(file: ManifestFile, offset: number, name: string, others: readonly WorkspaceFile[]): readonly FileEdits[] {
  const byFile = new Map<string | undefined, TextEdit[]>();
  for (const location of references(file, offset, others)) {
    const owner = location.uri === undefined ? file : others.find(({ uri }) => uri === location.uri)?.file;
    const at = owner === undefined ? undefined : fileOffset(location, owner);
    const node = nodeAt(location.object.root, location.path);
    if (at === undefined || node?.type !== 'scalar') continue;
    const edit = { start: node.start + at, end: node.end + at, newText: scalarText(name, node.style) };
    const edits = byFile.get(location.uri) ?? [];
    // An anchor that several aliases stand for is one place.
    if (!edits.some(({ start }) => start === edit.start)) edits.push(edit);
    byFile.set(location.uri, edits);
  }
  return [...byFile].map(([uri, edits]) => ({ uri, edits }));
}

function fileOffset({ object }: Location, file: ManifestFile): number | undefined {
  return object.document === undefined ? undefined : file.startOf(object.document);
}
