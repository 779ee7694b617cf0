import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { WatchedObject } from '../../cluster/lane/laneApi';
import { CHAPTERS } from './chapters';
import { writeLineGolden } from './goldens';
import { observeLine } from './observeLine';

/** Of each line the folder in which its recordings lie. */
const FOLDERS = { '0.9': '0.9.5', '1.2': 'main-13138f46' } as const;

/**
 * Makes the goldens of the lines from recordings of every watch event, `<folder>/<version>/<story>.jsonl.gz`:
 * `npx tsx test/conformance/lines/derive.ts FOLDER`.
 */
function main(folder: string | undefined): void {
  if (folder === undefined) throw new Error('no goldens were made: the folder of the recordings is missing. Name it as the only argument.');
  for (const chapter of CHAPTERS) {
    const log = (chapter.recordings ?? [chapter.name]).flatMap((name) => readRecording(join(folder, FOLDERS[chapter.line], `${name}.jsonl.gz`)));
    writeLineGolden(chapter, observeLine(log, chapter.about));
  }
  process.stdout.write(`${String(CHAPTERS.length)} goldens\n`);
}

function readRecording(file: string): readonly WatchedObject[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { readonly event: WatchedObject }).event);
}

main(process.argv[2]);
