import { react, type StandInContext } from './react';
import type { InstanceSet, Pod } from './shapes';

const INSTANCE_SET = 'workloads.kubeblocks.io/instance';
const ROLE = 'kubeblocks.io/role';

/**
 * Stands in for the agent beside each database, which reports its role by an event: the first instance has the role of the
 * highest update priority (primary, leader), the others the next one. Like the agent it reports again and again, but only
 * until it was heard: the manager drops a report of a pod that it does not know yet
 * (`controllers/k8score/event_controller.go`).
 */
export function startKbagent(context: StandInContext): void {
  react(context, `/api/v1/pods?labelSelector=${encodeURIComponent(INSTANCE_SET)}`, async (object, again) => {
    const pod = object as unknown as Pod;
    const { namespace = '', labels = {}, deletionTimestamp } = pod.metadata;
    if (pod.status?.phase !== 'Running' || deletionTimestamp !== undefined || labels[ROLE] !== undefined) return;
    const set = await context.api.get<InstanceSet>(`/apis/workloads.kubeblocks.io/v1/namespaces/${namespace}/instancesets/${labels[INSTANCE_SET] ?? ''}`);
    const role = roleOf(pod.metadata.name, set);
    if (role === undefined) return;
    await context.api.create(`/api/v1/namespaces/${namespace}/events`, roleEvent(pod, role));
    again();
  });
}

function roleOf(pod: string, { spec }: InstanceSet): string | undefined {
  const roles = [...(spec.roles ?? [])].sort((a, b) => (b.updatePriority ?? 0) - (a.updatePriority ?? 0));
  return (pod.endsWith('-0') ? roles[0] : (roles[1] ?? roles[0]))?.name;
}

/** `controllers/k8score` of KubeBlocks listens for events of this reason and reporting component. */
function roleEvent({ metadata: { namespace, name, uid } }: Pod, role: string): object {
  const now = new Date().toISOString();
  const seconds = now.replace(/\.\d+/, '');
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { generateName: `${name}.`, namespace },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name, uid, fieldPath: 'spec.containers{kbagent}' },
    type: 'Normal',
    reason: 'roleProbe',
    action: 'roleProbe',
    message: JSON.stringify({ instance: '', probe: 'roleProbe', code: 0, output: Buffer.from(role).toString('base64') }),
    count: 1,
    firstTimestamp: seconds,
    lastTimestamp: seconds,
    eventTime: now.replace('Z', '000Z'),
    reportingComponent: 'kbagent',
    reportingInstance: name,
    source: { component: 'kbagent' },
  };
}
