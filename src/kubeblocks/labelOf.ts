import type { KubeObject } from './objects';

/** What a label says; undefined where it is absent or empty: backups of 0.9 carry an empty sharding beside their component. */
export function labelOf({ metadata }: KubeObject, name: string): string | undefined {
  const text = metadata.labels?.[name];
  return text === '' ? undefined : text;
}
