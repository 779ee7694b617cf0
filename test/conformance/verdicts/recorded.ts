import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JudgedFile } from './verdicts';

const GOLDEN = join(__dirname, '../../fixtures/admission/files-1.0.jsonl');

export function readJudgedFiles(): readonly JudgedFile[] {
  return readFileSync(GOLDEN, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { text, refused } = JSON.parse(line) as { readonly text: string; readonly refused: readonly (string | null)[] };
      return { text, verdicts: refused.map((why) => why ?? undefined) };
    });
}

export function writeJudgedFiles(files: readonly JudgedFile[]): void {
  writeFileSync(GOLDEN, files.map(({ text, verdicts }) => `${JSON.stringify({ text, refused: verdicts.map((why) => why ?? null) })}\n`).join(''));
}
