/** Labels, annotations and finalizers of the KubeBlocks manager (`pkg/constant`). */
export const CLUSTER_FINALIZER = 'cluster.kubeblocks.io/finalizer';
export const COMPONENT_FINALIZER = 'component.kubeblocks.io/finalizer';
export const OPS_FINALIZER = 'opsrequest.kubeblocks.io/finalizer';

export const APPS_LABEL = {
  definition: 'app.kubernetes.io/component',
  definitionName: 'componentdefinition.kubeblocks.io/name',
  podName: 'apps.kubeblocks.io/pod-name',
  claimTemplate: 'apps.kubeblocks.io/vct-name',
  serviceVersion: 'apps.kubeblocks.io/service-version',
  systemAccount: 'apps.kubeblocks.io/system-account',
  opsName: 'operations.kubeblocks.io/ops-name',
  opsType: 'operations.kubeblocks.io/ops-type',
  opsNamespace: 'operations.kubeblocks.io/ops-namespace',
} as const;

export const APPS_ANNOTATION = {
  apiVersion: 'kubeblocks.io/crd-api-version',
  /** In its place on the 1.2 line. */
  legacyConfig: 'parameters.kubeblocks.io/legacy-config-manager-required',
  opsUid: 'operations.kubeblocks.io/ops-uid',
  clusterUid: 'apps.kubeblocks.io/cluster-uid',
  generation: 'kubeblocks.io/generation',
  restoreDone: 'kubeblocks.io/restore-done',
  skipRestore: 'kubeblocks.io/skip-restore',
  sourceTarget: 'kubeblocks.io/backup-source-target',
  opsRequest: 'kubeblocks.io/ops-request',
  defaultPolicy: 'dataprotection.kubeblocks.io/is-default-policy',
  policyTemplate: 'apps.kubeblocks.io/backup-policy-template',
  disableSync: 'dataprotection.kubeblocks.io/disable-sync-from-template',
} as const;

export const MANAGED_BY_KUBEBLOCKS = 'kubeblocks';
export const APPS_API_VERSION = 'apps.kubeblocks.io/v1';

/** `<cluster>-<component>`, the name of a Component and the stem of everything under it. */
export function componentFullName(cluster: string, component: string): string {
  return `${cluster}-${component}`;
}

/** `constant.GenerateAccountSecretName`: underscores become dashes. */
export function accountSecretName(cluster: string, component: string, account: string): string {
  return `${cluster}-${component}-account-${account}`.replaceAll('_', '-');
}
