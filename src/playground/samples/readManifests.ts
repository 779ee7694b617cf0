import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { AnyObject } from '../../kubeblocks/objects';

/**
 * Every object of a folder's manifests, in order of file and document: YAML as in the sources, or JSON lists as the build
 * makes them of it. Throws, with the file's name, on bad YAML.
 */
export function readManifests(folder: string): readonly AnyObject[] {
  const files = readdirSync(folder).sort();
  return files.flatMap((name) => {
    if (name.endsWith('.json')) return JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly AnyObject[];
    return name.endsWith('.yaml') ? parseManifests(readFileSync(join(folder, name), 'utf8'), name) : [];
  });
}

function parseManifests(text: string, file: string): readonly AnyObject[] {
  return [...parseAllDocuments(text)].map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(`${file}: ${error.message}`);
    return document.toJS() as AnyObject;
  });
}
