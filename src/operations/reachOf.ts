import { clusterReach, type ClusterReach } from '../kubeblocks/clusterReach';
import { LABELS } from '../kubeblocks/labels';
import type { AnyObject, Cluster } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { SURROUNDING_RESOURCES } from '../kubeblocks/restoreSurroundings';
import type { OperationDeps } from './ports';
import { unlessForbidden } from './unlessForbidden';
import { WORKLOADS } from './workloadKinds';

/** Where a client finds a cluster, and in which Secrets its passwords are, which are not read. */
export async function reachOf({ api, logger }: Pick<OperationDeps, 'api' | 'logger'>, cluster: Cluster): Promise<ClusterReach> {
  const { name, namespace } = cluster.metadata;
  const list = (resource: Resource, labelSelector?: string): Promise<readonly AnyObject[] | undefined> =>
    unlessForbidden(logger, `the ${resource.plural} of ${name}`, async () => {
      const found: AnyObject[] = [];
      for await (const { items } of api.listPages(resource, resource.namespaced ? namespace : undefined, labelSelector === undefined ? {} : { labelSelector })) found.push(...items);
      return found;
    });
  const [services, definitions] = await Promise.all([list(WORKLOADS.service, `${LABELS.instance}=${name}`), list(SURROUNDING_RESOURCES.ComponentDefinition)]);
  return clusterReach(cluster, services, definitions);
}
