import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { AnyObject } from '../../../src/kubeblocks/objects';

/** The objects of one of the lane's manifests. `$name` in it stands for a value. */
export function nodeManifests(name: 'storage' | 'repositories', values: object = {}): readonly AnyObject[] {
  let text = readFileSync(join(__dirname, '..', 'manifests', `${name}.yaml`), 'utf8');
  for (const [key, value] of Object.entries(values)) text = text.replaceAll(`$${key}`, String(value));
  return [...parseAllDocuments(text)].map((document) => document.toJS() as AnyObject);
}
