import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { LaneApi } from './laneApi';

/** Events of a namespace that are told at most, the newest. */
const EVENTS = 15;

/** What a namespace looks like, for a failure: its pods, claims and components with their phases, its latest events. */
export async function namespaceState(api: LaneApi, namespace: string): Promise<string> {
  const core = `/api/v1/namespaces/${namespace}`;
  const [pods, claims, components, events] = await Promise.all([
    api.list(`${core}/pods`),
    api.list(`${core}/persistentvolumeclaims`),
    api.list(`/apis/apps.kubeblocks.io/v1/namespaces/${namespace}/components`),
    api.list(`${core}/events`),
  ]);
  return [
    ...pods.map((pod) => `pod ${pod.metadata.name}: ${phaseOf(pod)}, role ${pod.metadata.labels?.['kubeblocks.io/role'] ?? 'none'}`),
    ...claims.map((claim) => `claim ${claim.metadata.name}: ${phaseOf(claim)}`),
    ...components.map((component) => `component ${component.metadata.name}: ${phaseOf(component)}`),
    ...events.slice(-EVENTS).map((event) => eventText(event)),
  ].join('\n');
}

function phaseOf(object: AnyObject): string {
  return (object['status'] as { phase?: string } | undefined)?.phase ?? 'no phase';
}

function eventText(event: AnyObject): string {
  const { involvedObject, reason = '', message = '' } = event as AnyObject & { involvedObject?: { kind?: string; name?: string }; reason?: string; message?: string };
  return `event ${involvedObject?.kind ?? ''}/${involvedObject?.name ?? ''} ${reason}: ${message}`;
}
