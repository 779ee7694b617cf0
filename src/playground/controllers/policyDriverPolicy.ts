import { controllerOf, withoutUndefined } from '../runtime/edits';
import { accountSecretName, APPS_ANNOTATION, APPS_LABEL, MANAGED_BY_KUBEBLOCKS } from './clusterNames';
import type { PlaygroundCluster } from './clusterShapes';
import type { BackupTarget, MethodTemplate, PolicyTemplate, TemplateTarget } from './policyDriverShapes';
import { LABEL } from './names';

/** One component spec or sharding that a policy is made for. */
export interface Protected {
  readonly cluster: PlaygroundCluster;
  /** Of the component spec or sharding. */
  readonly name: string;
  readonly componentDef: string;
  readonly replicas: number;
  /** Names of the shards; absent for a plain component. */
  readonly shards?: readonly string[];
}

export function policyName({ cluster, name }: Protected): string {
  return `${cluster.metadata.name}-${name}-backup-policy`;
}

/** Name aside, the metadata that a generated policy and its schedule share. */
export function generatedMetadata(of: Protected, template: PolicyTemplate) {
  return {
    namespace: of.cluster.metadata.namespace ?? '',
    labels: {
      [LABEL.instance]: of.cluster.metadata.name,
      [LABEL.managedBy]: MANAGED_BY_KUBEBLOCKS,
      [of.shards === undefined ? LABEL.component : LABEL.sharding]: of.name,
      [APPS_LABEL.definitionName]: of.componentDef,
    },
    annotations: {
      [APPS_ANNOTATION.policyTemplate]: template.metadata.name,
      [APPS_ANNOTATION.defaultPolicy]: 'true',
    },
    ownerReferences: [controllerOf(of.cluster)],
  };
}

/** The policy a template gives for one component (`backuppolicydriver_controller.go` buildBackupPolicy). */
export function policySpec(of: Protected, template: PolicyTemplate): object {
  const { cluster, name } = of;
  return withoutUndefined({
    backoffLimit: template.spec.backoffLimit,
    retentionPolicy: template.spec.retentionPolicy,
    backupRepoName: cluster.spec.backup?.repoName,
    pathPrefix: `/${cluster.metadata.name}-${cluster.metadata.uid ?? ''}/${name}`,
    backupMethods: template.spec.backupMethods.map((method) => methodSpec(of, method)),
    ...targetFields(of, template.spec.target ?? {}),
  });
}

function methodSpec(of: Protected, { target, ...method }: MethodTemplate): object {
  return target === undefined ? method : { ...method, ...targetFields(of, target) };
}

/** One target for a component, one for each shard of a sharding. */
function targetFields(of: Protected, target: TemplateTarget): object {
  if (of.shards === undefined) return { target: targetSpec(of, of.name, target) };
  return { targets: of.shards.map((shard) => ({ name: shard, ...targetSpec(of, shard, target) })) };
}

function targetSpec(of: Protected, component: string, target: TemplateTarget): BackupTarget {
  const labels = {
    [LABEL.instance]: of.cluster.metadata.name,
    [LABEL.managedBy]: MANAGED_BY_KUBEBLOCKS,
    [LABEL.component]: component,
  };
  // With one replica there is nothing to choose between: the role is left out.
  const withRole = (role: string) => (of.replicas > 1 && role !== '' ? { ...labels, [LABEL.role]: role } : labels);
  const { fallbackRole = '', account = '' } = target;
  return {
    podSelector: {
      matchLabels: withRole(target.role ?? ''),
      ...(fallbackRole !== '' && { fallbackLabelSelector: { matchLabels: withRole(fallbackRole) } }),
      ...(target.useParentSelectedPods !== undefined && { useParentSelectedPods: target.useParentSelectedPods }),
      strategy: target.strategy ?? 'Any',
    },
    ...(account !== '' && {
      connectionCredential: {
        secretName: accountSecretName(of.cluster.metadata.name, component, account),
        usernameKey: 'username',
        passwordKey: 'password',
      },
    }),
    ...(target.containerPort !== undefined && { containerPort: target.containerPort }),
  };
}
