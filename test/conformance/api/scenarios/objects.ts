import type { Observer } from '../scenario';

const DP = '/apis/dataprotection.kubeblocks.io/v1alpha1';

export const configMaps = ({ namespace }: Pick<Observer, 'namespace'>): string => `/api/v1/namespaces/${namespace}/configmaps`;
export const secrets = ({ namespace }: Pick<Observer, 'namespace'>): string => `/api/v1/namespaces/${namespace}/secrets`;
export const core = ({ namespace }: Pick<Observer, 'namespace'>, plural: string): string => `/api/v1/namespaces/${namespace}/${plural}`;
export const batch = ({ namespace }: Pick<Observer, 'namespace'>, plural: string): string => `/apis/batch/v1/namespaces/${namespace}/${plural}`;
export const backups = ({ namespace }: Pick<Observer, 'namespace'>): string => `${DP}/namespaces/${namespace}/backups`;

export function configMap(name: string, data: Readonly<Record<string, string>> = {}, metadata: object = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata }, data };
}

export function backup(name: string, spec: object = {}, metadata: object = {}): Readonly<Record<string, unknown>> {
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Backup',
    metadata: { name, ...metadata },
    spec: { backupMethod: 'full', backupPolicyName: 'policy', ...spec },
  };
}

export const MERGE = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
export const STRATEGIC = 'application/strategic-merge-patch+json';
export const APPLY = 'application/apply-patch+yaml';
export const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
