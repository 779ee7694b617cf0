import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoryObservation } from './observe';

const FOLDER = join(__dirname, '../../fixtures/conformance/stories');

/** What the real controllers showed when the story was recorded. */
export function readGolden(slug: string): StoryObservation | undefined {
  const file = join(FOLDER, `${slug}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StoryObservation) : undefined;
}

export function writeGolden(slug: string, observation: StoryObservation): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${slug}.json`), `${JSON.stringify(observation, null, 1)}\n`);
}
