import type { AnyObject } from '../../../../src/kubeblocks/objects';
import type { Stage } from '../story';

const DATA_PROTECTION = 'dataprotection.kubeblocks.io/v1alpha1';

type Extra = { readonly annotations?: Readonly<Record<string, string>>; readonly labels?: Readonly<Record<string, string>> };

export function backup(stage: Stage, name: string, backupMethod: string, spec: object = {}, metadata: Extra = {}): AnyObject {
  return { apiVersion: DATA_PROTECTION, kind: 'Backup', metadata: { name, ...metadata }, spec: { backupPolicyName: stage.policy, backupMethod, ...spec } };
}

export function restore(name: string, spec: object): AnyObject {
  return { apiVersion: DATA_PROTECTION, kind: 'Restore', metadata: { name }, spec };
}

export function repository(stage: Stage, spec: object, name = stage.repository): AnyObject {
  return { apiVersion: DATA_PROTECTION, kind: 'BackupRepo', metadata: { name }, spec };
}

export function opsRequest(name: string, type: string, spec: object): AnyObject {
  return { apiVersion: 'operations.kubeblocks.io/v1alpha1', kind: 'OpsRequest', metadata: { name }, spec: { clusterName: 'db', type, ...spec } };
}

export function schedule(stage: Stage, name: string, schedules: readonly object[], spec: object = {}): AnyObject {
  return { apiVersion: DATA_PROTECTION, kind: 'BackupSchedule', metadata: { name }, spec: { backupPolicyName: stage.policy, schedules, ...spec } };
}

export function clusterFrom(stage: Stage, name: string, annotation: unknown): AnyObject {
  return {
    apiVersion: 'apps.kubeblocks.io/v1',
    kind: 'Cluster',
    metadata: { name, namespace: stage.namespace, annotations: { 'kubeblocks.io/restore-from-backup': JSON.stringify(annotation) } },
    spec: {
      clusterDef: 'postgresql',
      topology: 'replication',
      terminationPolicy: 'Delete',
      componentSpecs: [
        {
          name: 'postgresql',
          replicas: 2,
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '1Gi' } },
          volumeClaimTemplates: [{ name: 'data', spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } } }],
        },
      ],
    },
  };
}
