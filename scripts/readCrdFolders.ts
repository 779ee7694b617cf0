import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { CrdDefinition } from '../src/kubeblocks/schema/crd';
import { readCrd, type CrdManifest } from '../src/kubeblocks/schema/readCrd';

/** Every CustomResourceDefinition in the YAML files of these folders (not of folders below them). */
export function readCrdFolders(folders: readonly string[]): readonly CrdDefinition[] {
  const files = folders.flatMap((folder) => readdirSync(folder).filter(isYaml).sort().map((name) => join(folder, name)));
  return files.flatMap(readFile);
}

function isYaml(name: string): boolean {
  return name.endsWith('.yaml') || name.endsWith('.yml');
}

function readFile(path: string): CrdDefinition[] {
  return parseAllDocuments(readFileSync(path, 'utf8'))
    .map((document) => document.toJS() as CrdManifest | null)
    .filter((manifest): manifest is CrdManifest => manifest?.kind === 'CustomResourceDefinition')
    .map(readCrd);
}
