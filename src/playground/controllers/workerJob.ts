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
        metadata: labels,
        spec: {
          restartPolicy: 'Never',
          serviceAccountName: job.serviceAccount ?? WORKER_SERVICE_ACCOUNT,
          ...(tool === undefined ? {} : { initContainers: [tool.init] }),
          containers: job.containers,
          volumes: [...(job.volumes ?? []), ...(tool?.volumes ?? [])],
        },
      },
    },
  };
}

function toolParts(secretName: string): { readonly init: Container; readonly volumes: readonly Volume[] } {
  return {
    init: {
      name: 'dp-copy-datasafed',
      image: DATASAFED_IMAGE,
      command: ['/bin/sh', '-c', '/scripts/install-datasafed.sh /bin/datasafed'],
    },
    volumes: [
      { name: 'dp-datasafed-config', secret: { secretName, defaultMode: 420 } },
      { name: 'dp-datasafed-bin', emptyDir: {} },
    ],
  };
}

export function env(values: Readonly<Record<string, string | undefined>>): readonly EnvVar[] {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
