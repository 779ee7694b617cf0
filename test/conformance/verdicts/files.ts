import { Chance } from './chance';
import type { DrawnManifest } from './drawManifests';

/** Manifests as they stand in one file, in order. */
export interface DrawnFile {
  readonly text: string;
  readonly manifests: readonly DrawnManifest[];
}

const MOST_IN_A_FILE = 4;

/** Puts manifests into files of one to four documents, with the markers that people write between them. */
export function inFiles(manifests: readonly DrawnManifest[], seed: number): readonly DrawnFile[] {
  const chance = new Chance(seed);
  const files: DrawnFile[] = [];
  for (let at = 0; at < manifests.length; ) {
    const taken = manifests.slice(at, at + 1 + chance.below(MOST_IN_A_FILE));
    at += taken.length;
    files.push({ manifests: taken, text: taken.map(({ text }, index) => `${markerBefore(index, chance)}${text.endsWith('\n') ? text : `${text}\n`}`).join('') });
  }
  return files;
}

function markerBefore(index: number, chance: Chance): string {
  if (index === 0) return chance.pick(['', '', '---\n', '# of no meaning\n---\n']);
  return chance.pick(['---\n', '---\n', '--- # the next\n', '...\n---\n', '---\n\n']);
}
