import type { Dialect } from '../../../src/manifest/dialect';
import { judgeFile } from '../../../src/manifest/judgeFile';
import { readFile, type ReadDocument } from '../../../src/manifest/manifestFile';
import { documentOf } from '../../../src/manifest/place';

/** What was said to a document: why it was refused, or undefined where it was taken. */
export type Verdict = string | undefined;

/** A file of one or more documents, with what an API server said to each. */
export interface JudgedFile {
  readonly text: string;
  readonly verdicts: readonly Verdict[];
}

/** What the manifest service says the API server would say to each document of a file. */
export function ourVerdicts(text: string, dialect: Dialect, read?: ReadDocument): readonly Verdict[] {
  const file = readFile(text, read);
  const refusals = judgeFile(file, [], dialect).filter(({ source, severity }) => source !== 'rule' && severity === 'error');
  return file.documents.map(({ document }) => {
    const own = refusals.filter(({ place }) => documentOf(place) === document);
    return own.length === 0 ? undefined : own.map(({ code, message }) => `${code}: ${message}`).join(' ');
  });
}

/** For each document on which the two do not agree, what each says. */
export function disagreements({ text, verdicts }: JudgedFile, ours: readonly Verdict[]): readonly string[] {
  if (ours.length !== verdicts.length) return [`${verdicts.length} documents are ${ours.length} to us:\n${text}`];
  return verdicts.flatMap((theirs, index) =>
    (theirs === undefined) === (ours[index] === undefined) ? [] : [`document ${index + 1} of ${verdicts.length}\n  server: ${theirs ?? 'taken'}\n  we:     ${ours[index] ?? 'taken'}`],
  );
}
