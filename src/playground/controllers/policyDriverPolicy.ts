import { controllerOf, withoutUndefined } from '../runtime/edits';
import { accountSecretName, APPS_ANNOTATION, APPS_LABEL, MANAGED_BY_KUBEBLOCKS } from './clusterNames';
import type { PlaygroundCluster } from './clusterShapes';
import type { BackupTarget, MethodTemplate, PolicyTemplate, TemplateTarget } from './policyDriverShapes';
import type { BackupPolicy } from '../../kubeblocks/objects';
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

/**
 * What is written over a policy that is there. A target stays, but for its role: one that is missing comes back, and goes
 * where the component has one replica (`buildBackupTarget`, `syncRoleLabelSelectorWhenReplicaChanges`).
 */
export function syncedSpec(of: Protected, template: PolicyTemplate, { spec }: BackupPolicy): object {
  const wanted = policySpec(of, template) as { readonly target?: BackupTarget; readonly targets?: readonly BackupTarget[] };
  const { role = '' } = template.spec.target ?? {};
  const kept = (fresh: BackupTarget, old: BackupTarget | undefined): BackupTarget => (old === undefined ? fresh : withRoleOf(old, of.replicas, role));
  const { target, targets } = (spec ?? {}) as { readonly target?: BackupTarget; readonly targets?: readonly BackupTarget[] };
  return {
    retentionPolicy: undefined,
    ...wanted,
    ...(wanted.target !== undefined && { target: kept(wanted.target, target) }),
    ...(wanted.targets !== undefined && { targets: wanted.targets.map((fresh) => kept(fresh, targets?.find(({ name }) => name === fresh.name))) }),
  };
}

/** Of a policy that is cut loose: repository, path, and methods by name; the rest is the person's. */
export function looseSpec(of: Protected, template: PolicyTemplate, { spec }: BackupPolicy): object {
  const { backupRepoName, pathPrefix } = policySpec(of, template) as { readonly backupRepoName?: string; readonly pathPrefix: string };
  const methods = template.spec.backupMethods.map((method) => spec?.backupMethods?.find(({ name }) => name === method.name) ?? methodSpec(of, method));
  return { pathPrefix, ...(backupRepoName !== undefined && { backupRepoName }), backupMethods: methods };
}

function withRoleOf(target: BackupTarget, replicas: number, role: string): BackupTarget {
  const { podSelector } = target;
  if (role === '') return target;
  const { [LABEL.role]: current = '', ...others } = podSelector.matchLabels ?? {};
  const label = replicas === 1 ? undefined : current === '' ? role : current;
  return { ...target, podSelector: { ...podSelector, matchLabels: { ...others, ...(label !== undefined && { [LABEL.role]: label }) } } };
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
