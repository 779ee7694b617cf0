import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupOf, isKubeBlocksGroup, type Dialect } from '../../../src/manifest/dialect';
import { readFile } from '../../../src/manifest/manifestFile';
import type { RealManifest } from './drawManifests';

/** Longer ones are scripts for the most part, which nothing here is about. */
const LONGEST = 8_000;

/** The documents of a folder's files that hold one object of a kind that the dialect serves. */
export function realManifests(folder: string, dialect: Dialect): readonly RealManifest[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => readFile(readFileSync(join(folder, name), 'utf8')).documents.map(({ document }) => ({ name, document })))
    .flatMap(({ name, document: { objects, text, faults, isTemplate } }) => {
      const [object] = objects;
      const kind = object === undefined ? undefined : dialect.kindOf(object.apiVersion, object.kind);
      const isPlain = objects.length === 1 && isKubeBlocksGroup(groupOf(object?.apiVersion ?? '')) && faults.length === 0 && !isTemplate && text.length <= LONGEST;
      return kind === undefined || !isPlain ? [] : [{ name, kind, text: withoutMarkers(text) }];
    });
}

function withoutMarkers(text: string): string {
  return text.replace(/^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/gm, '');
}
