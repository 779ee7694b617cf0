import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { AnyObject } from '../../kubeblocks/objects';

/** Every object of a folder's YAML files, in order of file and document. Throws, with the file's name, on bad YAML. */
export function readManifests(folder: string): readonly AnyObject[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return files.sort().flatMap((name) => parseManifests(readFileSync(join(folder, name), 'utf8'), name));
}

function parseManifests(text: string, file: string): readonly AnyObject[] {
  return [...parseAllDocuments(text)].map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(`${file}: ${error.message}`);
    return document.toJS() as AnyObject;
  });
}
