import * as l10n from '@vscode/l10n';
import type { CollectionName } from '../../kubeblocks/inventory';
import type { LiveCluster } from './liveCluster';

/** What of these a rule or completion asks; the names are those of the resources. */
const ASKED: Readonly<Record<CollectionName, string>> = {
  clusters: 'clusters',
  backups: 'backups',
  policies: 'backuppolicies',
  schedules: 'backupschedules',
  repos: 'backuprepos',
  actionSets: 'actionsets',
  storageProviders: 'storageproviders',
  restores: 'restores',
  opsRequests: 'opsrequests',
  snapshotClasses: 'volumesnapshotclasses',
};

/** What a cluster would not say, each with what comes of it. */
export function liveGaps({ inventory, crds }: LiveCluster): readonly string[] {
  const lists = (Object.keys(ASKED) as CollectionName[]).flatMap((name) => {
    const { state } = inventory[name];
    switch (state.state) {
      case 'forbidden':
        return [l10n.t('{0}: you may not list {1}. What manifests say of them is not compared with the cluster; ask for the right to list them.', inventory.context, ASKED[name])];
      case 'failed':
        return [l10n.t('{0}: {1} could not be listed: {2} What manifests say of them is not compared with the cluster.', inventory.context, ASKED[name], state.message)];
      case 'ready':
        return state.namespace === undefined ? [] : [l10n.t('{0}: you may list {1} in namespace {2} alone. Manifests of other namespaces are not compared with the cluster.', inventory.context, ASKED[name], state.namespace)];
      case 'loading':
      case 'absent':
        return [];
    }
  });
  const definitions = crds === undefined ? [l10n.t('{0}: you may not read CustomResourceDefinitions. Fields are judged by the schemas of the package; ask for the right to list customresourcedefinitions.', inventory.context)] : [];
  return [...lists, ...definitions];
}
