import type { KubeBlocksLine } from '../../../src/kubeblocks/kinds';
import type { AnyObject } from '../../../src/kubeblocks/objects';
import { NAMESPACE } from './observeLine';

const DATA_PROTECTION = 'dataprotection.kubeblocks.io/v1alpha1';
const POLICY = 'mycluster-mysql-backup-policy';

/** How a line calls what moved between the lines. */
export interface LineDialect {
  readonly clusters: string;
  readonly operations: string;
}

export function dialectOf(line: KubeBlocksLine): LineDialect {
  return line === '0.9'
    ? { clusters: 'apps.kubeblocks.io/v1alpha1', operations: 'apps.kubeblocks.io/v1alpha1' }
    : { clusters: 'apps.kubeblocks.io/v1', operations: 'operations.kubeblocks.io/v1alpha1' };
}

export function repository(name = 's3-repo', isDefault = true): readonly AnyObject[] {
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'repo-cred', namespace: 'kb-system' }, stringData: { accessKeyId: 'conformance', secretAccessKey: 'not-a-secret' } },
    {
      apiVersion: DATA_PROTECTION,
      kind: 'BackupRepo',
      metadata: { name, ...(isDefault && { annotations: { 'dataprotection.kubeblocks.io/is-default-repo': 'true' } }) },
      spec: { accessMethod: 'Tool', config: { bucket: 'rig', region: 'us-west-1' }, credential: { name: 'repo-cred', namespace: 'kb-system' }, pvReclaimPolicy: 'Retain', storageProviderRef: 's3' },
    },
  ];
}

export interface DatabaseOptions {
  readonly component?: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly restore?: object;
}

/** A database as the recordings have it. */
export function database({ clusters }: LineDialect, name: string, { component = 'mysql', namespace = NAMESPACE, annotations, restore }: DatabaseOptions = {}): AnyObject {
  return {
    apiVersion: clusters,
    kind: 'Cluster',
    metadata: { name, namespace, ...(annotations !== undefined && { annotations }) },
    spec: {
      terminationPolicy: 'Delete',
      componentSpecs: [
        {
          name: component,
          componentDef: 'apecloud-mysql-1.0.2',
          serviceVersion: '8.0.30',
          replicas: 3,
          resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
          volumeClaimTemplates: [{ name: 'data', spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } } }],
        },
      ],
      ...(restore !== undefined && { restore }),
    },
  };
}

/** A PostgreSQL as the recordings have it. */
export function postgres(dialect: LineDialect, name: string, restore?: object): AnyObject {
  const cluster = database(dialect, name, { component: 'postgresql', ...(restore !== undefined && { restore }) }) as AnyObject & { readonly spec: { readonly componentSpecs: readonly object[] } };
  const [component] = cluster.spec.componentSpecs;
  return { ...cluster, spec: { ...cluster.spec, componentSpecs: [{ ...component, componentDef: 'postgresql-16-1.0.2', serviceVersion: '16.4.0', replicas: 2 }] } };
}

/** Where a restored Cluster of the 1.2 line comes from. */
export function restoreFrom(name: string, more: object = {}, kind = 'Backup'): object {
  return { source: { apiGroup: 'dataprotection.kubeblocks.io', kind, name, namespace: NAMESPACE }, ...more };
}

export function backup(name: string, method: string, spec: object = {}, labels?: Readonly<Record<string, string>>): AnyObject {
  return {
    apiVersion: DATA_PROTECTION,
    kind: 'Backup',
    metadata: { name, namespace: NAMESPACE, ...(labels !== undefined && { labels }) },
    spec: { backupMethod: method, backupPolicyName: POLICY, deletionPolicy: 'Delete', ...spec },
  };
}

/** A Restore into a claim of its own. */
export function restoreInto(claim: string, name: string, source: string, spec: object = {}): AnyObject {
  const volumeClaimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } };
  return {
    apiVersion: DATA_PROTECTION,
    kind: 'Restore',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      backup: { name: source, namespace: NAMESPACE },
      prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', ...(claim !== '' && { volumeClaims: [{ metadata: { name: claim }, mountPath: '/data/mysql', volumeClaimSpec }] }) },
      ...spec,
    },
  };
}

export function schedule(name: string, cronExpression: string, { method = 'xtrabackup', policy = POLICY, retentionPeriod = '7d' } = {}): AnyObject {
  return {
    apiVersion: DATA_PROTECTION,
    kind: 'BackupSchedule',
    metadata: { name, namespace: NAMESPACE },
    spec: { backupPolicyName: policy, schedules: [{ backupMethod: method, cronExpression, enabled: true, retentionPeriod }] },
  };
}

export function operation({ operations }: LineDialect, name: string, type: 'Backup' | 'Restore', clusterName: string, request: object): AnyObject {
  return {
    apiVersion: operations,
    kind: 'OpsRequest',
    metadata: { name, namespace: NAMESPACE },
    spec: { type, clusterName, [type.toLowerCase()]: request },
  };
}
