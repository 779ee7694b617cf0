import { componentNames } from '../kubeblocks/clusterIndex';
import { ANNOTATIONS } from '../kubeblocks/labels';
import type { Cluster, OpsRequest } from '../kubeblocks/objects';
import { redactText } from '../kubeblocks/redact';
import { opsState } from '../kubeblocks/restoreState';
import type { KubernetesApi } from '../kubernetes/api';
import { eventsOf, type EventLine } from './objectEvents';

interface UnderWay {
  readonly ops: OpsRequest | undefined;
  readonly cluster: Cluster | undefined;
}

/**
 * What a controller says it fails at while KubeBlocks leaves the restore in Creating: the OpsRequest's `DoActionFailed`,
 * or, for a cluster with the restore annotation, its components' warnings about restoring. Seen on 1.0.2.
 */
export async function stuckReason(api: KubernetesApi, { ops, cluster }: UnderWay, signal: AbortSignal | undefined): Promise<string | undefined> {
  if (ops !== undefined) {
    return ops.status?.phase === 'Creating' && opsState(ops) === 'running' ? complaintOfOps(api, ops, signal) : undefined;
  }
  const waits = cluster?.status?.phase === 'Creating' && cluster.metadata.annotations?.[ANNOTATIONS.restoreFromBackup] !== undefined;
  return waits ? complaintOfComponents(api, cluster, signal) : undefined;
}

async function complaintOfOps(api: KubernetesApi, { metadata }: OpsRequest, signal: AbortSignal | undefined): Promise<string | undefined> {
  const events = await warnings(api, 'OpsRequest', metadata.name, metadata.namespace, signal);
  const message = events.findLast(({ reason }) => reason === 'DoActionFailed')?.message;
  return message === undefined ? undefined : withoutWrapping(message);
}

async function complaintOfComponents(api: KubernetesApi, cluster: Cluster, signal: AbortSignal | undefined): Promise<string | undefined> {
  const { name, namespace } = cluster.metadata;
  for (const component of componentNames(cluster)) {
    const events = await warnings(api, 'Component', `${name}-${component}`, namespace, signal);
    const about = events.findLast(({ message }) => /failed to restore|restore annotation/i.test(message));
    if (about !== undefined) {
      return about.message;
    }
  }
  return undefined;
}

async function warnings(api: KubernetesApi, kind: string, name: string, namespace: string | undefined, signal: AbortSignal | undefined): Promise<EventLine[]> {
  const events = await eventsOf(api, { kind, name, namespace }, signal === undefined ? {} : { signal });
  return events.filter(({ warning }) => warning).map((event) => ({ ...event, message: redactText(event.message) }));
}

/** The reason alone: without what every such message begins with, and without a command line to run instead. */
function withoutWrapping(message: string): string {
  return message.replace(/^Failed to process the operation of OpsRequest: /, '').replace(/,? you can view the recoverable time:[\s\S]*$/, '');
}
