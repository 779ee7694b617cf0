import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoryObservation } from '../stories/observe';
import { slugOf, type Chapter } from './chapter';

const FOLDER = join(__dirname, '../../fixtures/conformance/lines');

function fileOf(chapter: Chapter): string {
  return join(FOLDER, `${slugOf(chapter)}.json`);
}

/** What the real controllers of the line showed. */
export function readLineGolden(chapter: Chapter): StoryObservation | undefined {
  return existsSync(fileOf(chapter)) ? (JSON.parse(readFileSync(fileOf(chapter), 'utf8')) as StoryObservation) : undefined;
}

export function writeLineGolden(chapter: Chapter, observation: StoryObservation): void {
  mkdirSync(dirname(fileOf(chapter)), { recursive: true });
  writeFileSync(fileOf(chapter), `${JSON.stringify(observation, null, 1)}\n`);
}
