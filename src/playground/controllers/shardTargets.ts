import { RESOURCES } from '../resources';
import { read } from '../runtime/edits';
import type { World } from '../world';
import { APPS_ANNOTATION, componentFullName } from './clusterNames';
import { componentsOf, type WantedComponent } from './clusterComponents';
import type { PlaygroundCluster } from './clusterShapes';
import { restoreEntries } from './componentRestoreEntry';
import { ANNOTATION } from './names';
import type { BackupSet } from './shapes';

/** What a new shard's Component is annotated with, by the component's name. */
export type ShardAnnotations = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** A backup that was taken of more shards than the Cluster is to have. */
export class TooFewShards extends Error {}

/**
 * Deals the targets of a sharded backup out: each shard that is still to be made is given the next one that no shard
 * has, and the shards beyond are not restored (`transformer_cluster_restore.go`). Throws `TooFewShards`.
 */
export function dealTargets(cluster: PlaygroundCluster, wanted: readonly WantedComponent[], world: World): ShardAnnotations {
  const dealt = new Map<string, Readonly<Record<string, string>>>();
  const known = new Map(componentsOf(cluster, world).map((component) => [component.metadata.name, component]));
  for (const [sharding, { name = '', namespace }] of Object.entries(restoreEntries(cluster.metadata.annotations?.[ANNOTATION.restoreFromBackup]))) {
    const shards = wanted.filter((want) => want.sharding === sharding);
    const backup = read<BackupSet>(world, RESOURCES.backup, { namespace: namespace ?? cluster.metadata.namespace ?? '', name });
    const targets = (backup?.status?.targets ?? []).map((target) => target.name ?? '');
    if (shards.length === 0 || targets.length === 0) continue;
    if (targets.length > shards.length) {
      throw new TooFewShards(
        `the source targets count of the backup "${name}" must be equal to or less than the count of the shard components "${sharding}"`,
      );
    }
    const componentOf = (shard: WantedComponent) => known.get(componentFullName(cluster.metadata.name, shard.name));
    const taken = new Set(shards.map((shard) => componentOf(shard)?.metadata.annotations?.[APPS_ANNOTATION.sourceTarget]));
    const left = targets.filter((target) => !taken.has(target));
    for (const shard of shards.filter((one) => componentOf(one) === undefined)) {
      const target = left.shift();
      dealt.set(shard.name, target === undefined ? { [APPS_ANNOTATION.skipRestore]: 'true' } : { [APPS_ANNOTATION.sourceTarget]: target });
    }
  }
  return dealt;
}
