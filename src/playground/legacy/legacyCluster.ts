import type { AnyObject } from '../../kubeblocks/objects';
import { withoutUndefined } from '../runtime/edits';

/** What `Cluster.spec` of v1alpha1 calls otherwise. */
const RENAMED: readonly (readonly [then: string, now: string])[] = [
  ['clusterDefinitionRef', 'clusterDef'],
  ['shardingSpecs', 'shardings'],
];

/** A Cluster of v1alpha1 as v1 has it. */
export function clusterAsNow(cluster: AnyObject): AnyObject {
  return renamed(cluster, RENAMED);
}

/** A Cluster of v1 as v1alpha1 has it. */
export function clusterAsThen(cluster: AnyObject): AnyObject {
  return renamed(cluster, RENAMED.map(([then, now]) => [now, then]));
}

function renamed(cluster: AnyObject, names: readonly (readonly [from: string, to: string])[]): AnyObject {
  const spec = cluster.spec as Readonly<Record<string, unknown>> | undefined;
  if (spec === undefined) return cluster;
  const moved = names.map(([from, to]) => [to, spec[from]] as const);
  const without = names.map(([from]) => [from, undefined] as const);
  return { ...cluster, spec: withoutUndefined({ ...spec, ...Object.fromEntries([...without, ...moved]) }) };
}
