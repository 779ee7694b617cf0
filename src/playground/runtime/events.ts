import type { AnyObject, KubeObject } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import type { ObjectStore, PlaygroundClock, Random, World } from '../world';

/** kube-apiserver's default `--event-ttl`. */
const EVENT_TTL_MS = 3_600_000;

export interface EventRecorderOptions {
  readonly store: ObjectStore;
  readonly clock: PlaygroundClock;
  readonly random: Random;
}

/**
 * Writes core/v1 Events as client-go's recorder does: one object for equal events, counted up, gone an hour after the
 * last. One that a jump of the clock would outlive is not written at all.
 */
export function createEventRecorder({ store, clock, random }: EventRecorderOptions): World['event'] {
  const known = new Map<string, { readonly namespace: string; readonly name: string; expire: () => void }>();

  function expireLater(key: string, namespace: string, name: string): () => void {
    return clock.after(EVENT_TTL_MS, () => {
      known.delete(key);
      if (store.get(RESOURCES.event, { namespace, name }) !== undefined) store.delete(RESOURCES.event, { namespace, name });
    });
  }

  return (about, type, reason, message, component = 'kubeblocks') => {
    if ((clock.horizon?.() ?? clock.now()) - clock.now() > EVENT_TTL_MS) return;
    const namespace = about.metadata.namespace ?? 'default';
    const key = [about.kind, namespace, about.metadata.name, about.metadata.uid, type, reason, message].join('\n');
    const seen = known.get(key);
    const event = seen === undefined ? undefined : store.get(RESOURCES.event, seen);
    if (seen !== undefined && event !== undefined) {
      seen.expire();
      store.update(RESOURCES.event, { ...event, count: Number(event.count) + 1, lastTimestamp: clock.timestamp() });
      seen.expire = expireLater(key, namespace, seen.name);
      return;
    }
    const name = `${about.metadata.name}.${random.uuid().replaceAll('-', '').slice(0, 16)}`;
    store.create(RESOURCES.event, newEvent({ about, namespace, name, type, reason, message, component, at: clock.timestamp() }));
    known.set(key, { namespace, name, expire: expireLater(key, namespace, name) });
  };
}

interface EventText {
  readonly about: KubeObject;
  readonly namespace: string;
  readonly name: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly component: string;
  readonly at: string;
}

function newEvent({ about, namespace, name, type, reason, message, component, at }: EventText): AnyObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      apiVersion: about.apiVersion,
      kind: about.kind,
      name: about.metadata.name,
      ...(about.metadata.namespace === undefined ? {} : { namespace: about.metadata.namespace }),
      ...(about.metadata.uid === undefined ? {} : { uid: about.metadata.uid }),
      ...(about.metadata.resourceVersion === undefined ? {} : { resourceVersion: about.metadata.resourceVersion }),
    },
    type,
    reason,
    message,
    count: 1,
    firstTimestamp: at,
    lastTimestamp: at,
    eventTime: null,
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
  };
}
