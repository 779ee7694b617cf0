import type { Dialect } from '../dialect';
import type { Facts } from '../facts/facts';
import { judgeFile } from '../judgeFile';
import { updateFile, type ManifestFile } from '../manifestFile';
import type { ManifestFinding } from '../manifestFinding';
import { fixAll } from './fixesAt';
import { applyEdits, type TextEdit } from './textEdit';

export interface Conversion {
  /** The whole file as it would be, for a diff that is shown first. */
  readonly text: string;
  /** The same as edits of what is there now, one for each document that changes. */
  readonly edits: readonly TextEdit[];
  /** What the target line still finds and the line before did not: it is for a person to decide. */
  readonly open: readonly ManifestFinding[];
}

/** Fixes can make room for others; beyond this many rounds they would chase each other. */
const MOST_ROUNDS = 8;

/** Brings a file from one KubeBlocks line to another, by what the target finds wrong and knows how to put right. */
export function convert(file: ManifestFile, from: Dialect, to: Dialect, facts: Facts): Conversion {
  const before = new Set(judgeFile(file, facts, from).map(({ code, message }) => `${code} ${message}`));
  const isNew = ({ code, message }: ManifestFinding): boolean => !before.has(`${code} ${message}`);
  let now = file;
  let findings = judgeFile(now, facts, to).filter(isNew);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const edits = fixAll(now, findings);
    if (edits.length === 0) break;
    now = updateFile(now, applyEdits(now.text, edits));
    findings = judgeFile(now, facts, to).filter(isNew);
  }
  return { text: now.text, edits: documentEdits(file, now), open: findings };
}

function documentEdits(before: ManifestFile, after: ManifestFile): readonly TextEdit[] {
  if (before.text === after.text) return [];
  if (before.documents.length !== after.documents.length) return [{ start: 0, end: before.text.length, newText: after.text }];
  return before.documents.flatMap(({ document, start }, index) => {
    const newText = after.documents[index]?.document.text ?? '';
    return newText === document.text ? [] : [{ start, end: start + document.text.length, newText }];
  });
}
