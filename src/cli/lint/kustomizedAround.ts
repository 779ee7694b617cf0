import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KUSTOMIZATIONS, kustomizedBy, readKustomization, type Kustomization, type Kustomized } from '../../manifest/kustomization';

/** What the kustomizations in the folders of these files, and above them, make of a file (its path). */
export function kustomizedAround(paths: readonly string[]): (path: string) => Kustomized {
  const folders = new Set<string>();
  for (const path of paths) for (let folder = dirname(resolve(path)); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  const of = kustomizedBy([...folders].flatMap((folder) => KUSTOMIZATIONS.flatMap((name) => kustomizationAt(join(folder, name)))));
  return (path) => of(uriOf(path));
}

function kustomizationAt(path: string): readonly (readonly [string, Kustomization])[] {
  if (!existsSync(path)) return [];
  try {
    return [[uriOf(path), readKustomization(uriOf(path), readFileSync(path, 'utf8'))]];
  } catch {
    // Nobody asked for it, and it is not for this person to read: then it says nothing.
    return [];
  }
}

function uriOf(path: string): string {
  return pathToFileURL(resolve(path)).href;
}
