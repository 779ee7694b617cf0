import type { KubeObject } from '../kubeblocks/objects';

/** The keys of a Secret, whichever way they are written. */
export function secretKeys(secret: KubeObject): readonly string[] {
  const { data, stringData } = secret as { readonly data?: unknown; readonly stringData?: unknown };
  return [...new Set([data, stringData].flatMap((map) => (typeof map === 'object' && map !== null ? Object.keys(map) : [])))];
}
