import { updateFile, type ManifestFile } from '../manifestFile';
import type { ManifestFinding } from '../manifestFinding';
import { documentEdits } from './documentEdits';
import { fixAll } from './fixesAt';
import { applyEdits, type TextEdit } from './textEdit';

/** Fixes can make room for others; beyond this many rounds they would chase each other. */
export const MOST_ROUNDS = 8;

/**
 * All preferred fixes at once, and those that they make room for: a field that got its name back may hold a wrong value.
 *
 * @param findings of the file
 * @param judge finds the same in the file as it would be then
 */
export async function fixRounds(file: ManifestFile, findings: readonly ManifestFinding[], judge: (now: ManifestFile) => Promise<readonly ManifestFinding[]>): Promise<readonly TextEdit[]> {
  const first = fixAll(file, findings);
  let now = file;
  let round = 0;
  for (let edits = first; edits.length > 0 && round < MOST_ROUNDS; round += 1) {
    now = updateFile(now, applyEdits(now.text, edits));
    edits = fixAll(now, await judge(now));
  }
  return round <= 1 ? first : documentEdits(file, now);
}
