import type { AnyObject, KubeObject } from '../../kubeblocks/objects';
import { controllerOf } from '../runtime/edits';
import type { Container, EnvVar, Volume } from '../workloads/workload';
import { DATASAFED_IMAGE, FINALIZER, WORKER_SERVICE_ACCOUNT } from './names';

export interface WorkerJob {
  readonly name: string;
  readonly namespace: string;
  readonly owner: KubeObject;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Only then the controller has to let it go before it can be deleted. */
  readonly hasFinalizer?: boolean;
  readonly backoffLimit: number;
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
  /** Secret with `datasafed.conf`; without it the job has no tool to reach the repository. */
  readonly toolConfigSecret?: string | undefined;
  readonly serviceAccount?: string;
  /** Whether the pod's template bears the job's name and namespace, which the server keeps and nobody reads. */
  readonly namesTemplate?: boolean;
  /** Whether its pods go without the job's labels. */
  readonly keepsLabels?: boolean;
  /** Of every container. */
  readonly security?: object;
  /** Of the pod. */
  readonly podSecurity?: object;
  /** Where the pod must run, and what it must bear there. */
  readonly nodeName?: string | undefined;
  readonly tolerations?: unknown;
}

/** A batch/v1 Job as the data-protection controllers build theirs. */
export function workerJob(job: WorkerJob): AnyObject {
  const labels = job.labels === undefined ? {} : { labels: job.labels };
  const tool = job.toolConfigSecret === undefined ? undefined : toolParts(job.toolConfigSecret);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: job.name,
      namespace: job.namespace,
      ...labels,
      ...(job.annotations === undefined ? {} : { annotations: job.annotations }),
      ownerReferences: [controllerOf(job.owner)],
      ...(job.hasFinalizer === true ? { finalizers: [FINALIZER] } : {}),
    },
    spec: {
      backoffLimit: job.backoffLimit,
      suspend: false,
      template: {
        metadata: { ...(job.keepsLabels !== true && labels), ...(job.namesTemplate === true && { name: job.name, namespace: job.namespace }) },
        spec: {
          restartPolicy: 'Never',
          ...(job.podSecurity !== undefined && { securityContext: job.podSecurity }),
          ...(job.nodeName !== undefined && { nodeSelector: { 'kubernetes.io/hostname': job.nodeName } }),
          serviceAccountName: job.serviceAccount ?? WORKER_SERVICE_ACCOUNT,
          ...(job.tolerations !== undefined && { tolerations: job.tolerations }),
          ...(tool === undefined ? {} : { initContainers: [tool.init] }),
          containers: job.containers.map((container) => workerContainer(container, job, tool !== undefined)),
          volumes: [...(job.volumes ?? []), ...(tool?.volumes ?? [])],
        },
      },
    },
  };
}

/** Without a limit, so that no default limit of a namespace applies. */
export const UNLIMITED = { limits: { cpu: '0', memory: '0' } };

function workerContainer(container: Container, { security }: WorkerJob, hasTool: boolean): Container {
  const { env: given = [], volumeMounts = [], ...rest } = container;
  const variables = hasTool ? [...given, { name: 'DP_DATASAFED_BIN_PATH', value: '/bin/datasafed' }] : given;
  const mounts = [...(volumeMounts as readonly object[]), ...(hasTool ? TOOL_MOUNTS : [])];
  return {
    ...rest,
    ...(variables.length > 0 && { env: variables }),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
    ...(security !== undefined && { securityContext: security }),
    resources: UNLIMITED,
  };
}

const TOOL_MOUNTS = [
  { name: 'dp-datasafed-config', mountPath: '/etc/datasafed', readOnly: true },
  { name: 'dp-datasafed-bin', mountPath: '/bin/datasafed' },
];

function toolParts(secretName: string): { readonly init: Container; readonly volumes: readonly Volume[] } {
  return {
    init: {
      name: 'dp-copy-datasafed',
      image: DATASAFED_IMAGE,
      command: ['/bin/sh', '-c', '/scripts/install-datasafed.sh /bin/datasafed'],
      volumeMounts: [{ name: 'dp-datasafed-bin', mountPath: '/bin/datasafed' }],
      securityContext: { allowPrivilegeEscalation: false },
      resources: UNLIMITED,
    },
    volumes: [
      { name: 'dp-datasafed-config', secret: { secretName, defaultMode: 420 } },
      { name: 'dp-datasafed-bin', emptyDir: {} },
    ],
  };
}

/** As root inside the container, as the workers of backups are. */
export const AS_ROOT = { runAsUser: 0, allowPrivilegeEscalation: false };

export function env(values: Readonly<Record<string, string | undefined>>): readonly EnvVar[] {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [value === '' ? { name } : { name, value }]));
}
