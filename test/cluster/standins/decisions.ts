import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { LaneApi } from '../lane/laneApi';
import { untilObject } from '../lane/untilObject';
import type { JobMatch, JobOutcome } from './jobRules';
import type { StandInContext } from './react';

const LABEL = 'cluster-lane/decision';
/** Written once the stand-ins act by a decision. */
const HEARD = 'cluster-lane/heard';

/** A decision about what happens in its namespace, made by a process that did not start the cluster. */
export interface Decision {
  /** A regular expression for the names of a job's pods, or of volume snapshots. */
  readonly match: string;
  readonly does: 'failJob' | 'hangJob' | 'failSnapshot';
  /** The log of the job, or the snapshot's error. */
  readonly text: string;
}

export interface Deciding {
  decideJob(match: JobMatch, outcome: JobOutcome): () => void;
  failSnapshot(match: JobMatch, message: string): () => void;
}

/** Acts by the decisions that lie in the cluster as ConfigMaps, for as long as they lie there. */
export function followDecisions({ api, signal, onProblem }: StandInContext, deciding: Deciding): void {
  const inForce = new Map<string, () => void>();
  const hear = async ({ metadata, ...object }: AnyObject): Promise<void> => {
    const { namespace = '', name } = metadata;
    const key = `${namespace}/${name}`;
    const decision = object['data'] as Decision;
    inForce.get(key)?.();
    inForce.set(key, apply(deciding, namespace, decision));
    if (metadata.annotations?.[HEARD] === undefined) await api.patch(pathOf(namespace, name), { metadata: { annotations: { [HEARD]: 'true' } } });
  };
  const follow = api.watch(
    `/api/v1/configmaps?labelSelector=${encodeURIComponent(LABEL)}`,
    {
      onEvent: ({ type, object }) => {
        const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
        if (type === 'DELETED') {
          inForce.get(key)?.();
          inForce.delete(key);
        } else hear(object).catch((error: unknown) => onProblem(new Error(`decision ${key}: ${String(error)}`)));
      },
    },
    signal,
  );
  follow.catch((error: unknown) => onProblem(new Error(`watch of decisions: ${String(error)}`)));
}

/** Decides, and resolves once the stand-ins act by it, with how to take it back. Works from any process. */
export async function decide(api: LaneApi, namespace: string, name: string, decision: Decision): Promise<() => Promise<void>> {
  await api.create(`/api/v1/namespaces/${namespace}/configmaps`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels: { [LABEL]: '' } },
    data: decision,
  });
  await untilObject(api, pathOf(namespace, name), 'heard', (object) => object?.metadata.annotations?.[HEARD] !== undefined);
  return () => api.delete(pathOf(namespace, name));
}

function apply(deciding: Deciding, namespace: string, { match, does, text }: Decision): () => void {
  const which = { namespace, name: new RegExp(match) };
  if (does === 'failSnapshot') return deciding.failSnapshot(which, text);
  return deciding.decideJob(which, does === 'failJob' ? { does: 'fail', log: text } : { does: 'hang', log: text });
}

function pathOf(namespace: string, name: string): string {
  return `/api/v1/namespaces/${namespace}/configmaps/${name}`;
}
