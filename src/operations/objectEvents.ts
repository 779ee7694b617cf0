import { instant } from '../kubeblocks/backupState';
import type { KubeObject } from '../kubeblocks/objects';
import type { KubernetesApi } from '../kubernetes/api';
import { WORKLOADS } from './workloadKinds';

interface KubeEvent extends KubeObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly note?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly uid?: string };
}

/** An event as it is shown. */
export interface EventLine {
  /** Ms since the epoch; 0 where the event does not say. */
  readonly at: number;
  readonly warning: boolean;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** `Job dp-backup-0-…`. */
  readonly object: string;
}

/** Events about one object, oldest first, at most the newest `limit`. */
export async function eventsOf(
  api: KubernetesApi,
  about: { readonly kind: string; readonly name: string; readonly namespace: string | undefined },
  options: { readonly signal?: AbortSignal; readonly limit?: number } = {},
): Promise<EventLine[]> {
  const fieldSelector = `involvedObject.kind=${about.kind},involvedObject.name=${about.name}`;
  const found: EventLine[] = [];
  const request = { fieldSelector, ...(options.signal === undefined ? {} : { signal: options.signal }) };
  for await (const { items } of api.listPages<KubeEvent>(WORKLOADS.event, about.namespace, request)) {
    found.push(...items.map(lineOf));
  }
  return found.sort((a, b) => a.at - b.at).slice(-(options.limit ?? 20));
}

function lineOf(event: KubeEvent): EventLine {
  const { kind = '', name = '' } = event.involvedObject ?? {};
  const time = event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp ?? event.metadata.creationTimestamp;
  return {
    at: instant(time) ?? 0,
    warning: event.type === 'Warning',
    reason: event.reason ?? '',
    message: event.message ?? event.note ?? '',
    count: event.count ?? 1,
    object: `${kind} ${name}`,
  };
}
