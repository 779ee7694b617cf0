import * as l10n from '@vscode/l10n';
import { policiesOf } from '../../kubeblocks/backupMethods';
import { componentOf, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import type { Cluster, ComponentSpec } from '../../kubeblocks/objects';
import type { ClusterProtection } from '../../kubeblocks/protection';
import { protectionText } from '../../kubeblocks/protectionText';
import type { TimeContext } from '../../kubeblocks/timeText';
import { refOf } from '../objectRef';
import { policyNode } from './policyNode';
import type { TreeNode } from './treeNode';

interface Place {
  /** Id of the cluster's line. */
  readonly parent: string;
  readonly protection: ClusterProtection;
  readonly time: TimeContext;
}

/** Components and shardings, with the protection and the policies of those that can be backed up. */
export function componentsNode(entry: ClusterEntry, cluster: Cluster, { parent, protection, time }: Place): readonly TreeNode[] {
  const specs = [...(cluster.spec?.componentSpecs ?? []), ...(cluster.spec?.shardings ?? []).map(({ name, template }) => ({ ...template, ...(name === undefined ? {} : { name }) }))];
  if (specs.length === 0) {
    return [];
  }
  const id = `${parent}/components`;
  return [
    {
      id,
      label: l10n.t('Components'),
      description: String(specs.length),
      icon: 'server-process',
      tokens: ['components'],
      children: () => specs.map((spec) => componentNode(spec, entry, cluster, { parent: id, protection, time })),
    },
  ];
}

function componentNode({ name = '', replicas, serviceVersion }: ComponentSpec, entry: ClusterEntry, cluster: Cluster, { parent, protection, time }: Place): TreeNode {
  const own = protection.components.get(name);
  const policies = policiesOf(entry).filter((policy) => componentOf(policy) === name);
  const phase = (cluster.status?.components?.[name] ?? cluster.status?.shardings?.[name])?.phase;
  const id = `${parent}/${name}`;
  const description = [
    ...(replicas === undefined ? [] : [replicas === 1 ? l10n.t('1 replica') : l10n.t('{0} replicas', replicas)]),
    ...(serviceVersion === undefined ? [] : [serviceVersion]),
    ...(phase === undefined || phase === 'Running' ? [] : [phase]),
    own === undefined ? l10n.t('no backup policy') : protectionText(own.status, time),
  ].join(' · ');
  return {
    id,
    label: name,
    description,
    icon: 'server',
    accessibleLabel: l10n.t('Component {0}, {1}', name, description.replaceAll(' · ', ', ')),
    tokens: ['component', ...(own === undefined ? [] : ['canBackUp'])],
    target: refOf('cluster', cluster),
    component: name,
    ...(policies.length === 0 ? {} : { children: () => policies.map((policy) => policyNode(policy, id)) }),
  };
}
