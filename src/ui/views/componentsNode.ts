import * as l10n from '@vscode/l10n';
import type { Cluster } from '../../kubeblocks/objects';
import type { ClusterProtection } from '../../kubeblocks/protection';
import { protectionText } from '../../kubeblocks/protectionText';
import type { TimeContext } from '../../kubeblocks/timeText';
import { refOf } from '../objectRef';
import type { TreeNode } from './treeNode';

/** Components and shardings, with the protection of those that can be backed up. */
export function componentsNode(cluster: Cluster, protection: ClusterProtection, parent: string, time: TimeContext): readonly TreeNode[] {
  const specs = [...(cluster.spec?.componentSpecs ?? []), ...(cluster.spec?.shardings ?? []).map(({ name, template }) => ({ ...template, name }))];
  if (specs.length === 0) {
    return [];
  }
  const id = `${parent}/components`;
  const target = refOf('cluster', cluster);
  return [
    {
      id,
      label: l10n.t('Components'),
      description: String(specs.length),
      icon: 'server-process',
      tokens: ['components'],
      children: () =>
        specs.map(({ name = '', replicas, serviceVersion }) => {
          const own = protection.components.get(name);
          const phase = (cluster.status?.components?.[name] ?? cluster.status?.shardings?.[name])?.phase;
          return {
            id: `${id}/${name}`,
            label: name,
            description: [
              ...(replicas === undefined ? [] : [replicas === 1 ? l10n.t('1 replica') : l10n.t('{0} replicas', replicas)]),
              ...(serviceVersion === undefined ? [] : [serviceVersion]),
              ...(phase === undefined || phase === 'Running' ? [] : [phase]),
              own === undefined ? l10n.t('no backup policy') : protectionText(own.status, time),
            ].join(' · '),
            icon: 'server',
            tokens: ['component', ...(own === undefined ? [] : ['canBackUp'])],
            target,
            component: name,
          };
        }),
    },
  ];
}
