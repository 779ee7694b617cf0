import { stringify } from 'yaml';
import type { AnyObject } from '../kubeblocks/objects';
import { redact } from '../kubeblocks/redact';

/** Objects of a plan as one text that kubectl takes, names before contents. */
export function planYaml(objects: readonly AnyObject[]): string {
  return objects.map(({ apiVersion, kind, metadata, ...contents }) => stringify({ apiVersion, kind, metadata, ...contents }, { lineWidth: 0 })).join('---\n');
}

/** The same to look at: without credentials, encrypted ones too. */
export function shownYaml(objects: readonly AnyObject[]): string {
  return planYaml(objects.map((object) => redact(object)));
}
