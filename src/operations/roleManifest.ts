import type { Resource } from '../kubeblocks/resource';

export interface MissingRight {
  readonly verbs: readonly string[];
  readonly resource: Pick<Resource, 'group' | 'plural'>;
  /** Absent: in all namespaces, or a cluster-scoped kind. */
  readonly namespace?: string;
}

/** The Role (or ClusterRole) to ask an administrator for, as YAML. */
export function roleManifest({ verbs, resource, namespace }: MissingRight): string {
  const lines = [
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${namespace === undefined ? 'ClusterRole' : 'Role'}`,
    'metadata:',
    `  name: kubeblocks-backup-${resource.plural.replaceAll('/', '-')}`,
    ...(namespace === undefined ? [] : [`  namespace: ${JSON.stringify(namespace)}`]),
    'rules:',
    `  - apiGroups: [${JSON.stringify(resource.group)}]`,
    `    resources: [${JSON.stringify(resource.plural)}]`,
    `    verbs: [${verbs.map((verb) => JSON.stringify(verb)).join(', ')}]`,
  ];
  return `${lines.join('\n')}\n`;
}
