import type { Placed } from './lineIndex';
import { splitDocuments, splitPart, type DocumentChunk } from './yaml/splitDocuments';

/** Where a text differs from the one before, in whole documents. */
export interface ChangedPart {
  /** How many documents at the beginning are as they were. */
  readonly head: number;
  /** How many at the end are, if at another offset. */
  readonly tail: number;
  /** What stands between them now. */
  readonly chunks: readonly DocumentChunk[];
}

interface Before {
  readonly text: string;
  readonly documents: readonly Placed[];
}

/** Compares document by document, and cuts only what differs: typing in one of a thousand documents cuts four. */
export function changedPart(before: Before, text: string): ChangedPart {
  if (hasMark(before.text) !== hasMark(text)) return { head: 0, tail: 0, chunks: splitDocuments(text) };
  const { documents } = before;
  // What follows a document decides where it ends: the last that is the same is cut again, from the one before it on.
  const head = Math.max(0, sameAtHead(documents, text) - 2);
  const from = head === 0 ? 0 : (documents[head]?.start ?? 0);
  const shift = text.length - before.text.length;
  const same = sameAtTail(documents, text, shift, head);
  // And the first at the end is cut along: where it comes out as it was, so does all behind it.
  const tail = Math.max(0, same - 1);
  const witness = same === 0 ? undefined : documents[documents.length - same];
  const next = documents[documents.length - tail];
  const chunks = cut(text, from, tail === 0 || next === undefined ? text.length : next.start + shift);
  if (tail > 0 && chunks.at(-1)?.text !== witness?.document.text) return { head, tail: 0, chunks: cut(text, from, text.length) };
  return { head, tail, chunks };
}

function sameAtHead(documents: readonly Placed[], text: string): number {
  const different = documents.findIndex(({ document, start }) => !holds(text, document.text, start));
  return different < 0 ? documents.length : different;
}

/** Not counting those that the unchanged ones at the head reach into. */
function sameAtTail(documents: readonly Placed[], text: string, shift: number, head: number): number {
  const from = documents[head]?.start ?? 0;
  const different = documents.findLastIndex(({ document, start }, index) => index < head || start + shift < from || !holds(text, document.text, start + shift));
  return documents.length - 1 - different;
}

/** As `startsWith`, which compares a character at a time. */
function holds(text: string, part: string, at: number): boolean {
  return text.slice(at, at + part.length) === part;
}

function cut(text: string, from: number, to: number): readonly DocumentChunk[] {
  const chunks = from === 0 ? splitDocuments(text.slice(0, to)) : splitPart(text.slice(from, to));
  return chunks.map((chunk) => ({ start: chunk.start + from, text: standalone(chunk.text) }));
}

/** A copy: a part of a text keeps the whole of it in memory, and a document outlives many texts of its file. */
function standalone(part: string): string {
  return ` ${part}`.slice(1);
}

function hasMark(text: string): boolean {
  return text.startsWith('\ufeff');
}
