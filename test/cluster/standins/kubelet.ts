import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobOutcome, JobRules } from './jobRules';
import { react, type StandInContext } from './react';
import type { Pod } from './shapes';

/** What the kwok stages wait for: `Succeeded` or `Failed`. */
const OUTCOME = 'cluster-lane/outcome';

/** Something that happens while a job's pod runs, in place of what its containers would do. */
export type PodWork = (pod: Pod) => Promise<void>;

export interface KubeletOptions {
  readonly rules: JobRules;
  /** Where the logs lie that kwok's kubelet port reads. */
  readonly logs: string;
  readonly works: readonly PodWork[];
}

/**
 * Stands in for the containers of jobs. kwok starts pods and ends them by its stages; this decides how a job's pod ends, and
 * what its log says. Other pods just run.
 */
export function startKubelet(context: StandInContext, { rules, logs, works }: KubeletOptions): void {
  const decided = new Set<string>();
  const hanging = new Map<string, Pod>();

  const finish = async (pod: Pod, outcome: JobOutcome): Promise<void> => {
    const uid = pod.metadata.uid ?? '';
    if (outcome.log !== undefined && hanging.get(uid) === undefined) await writeLog(context, logs, pod, outcome.log);
    if (outcome.does === 'hang') {
      hanging.set(uid, pod);
      return;
    }
    if (outcome.does === 'succeed') for (const work of works) await work(pod);
    const phase = outcome.does === 'succeed' ? 'Succeeded' : 'Failed';
    await context.api.patch(pathOf(pod), { metadata: { annotations: { [OUTCOME]: phase } } });
    decided.add(uid);
    hanging.delete(uid);
  };

  react(context, '/api/v1/pods?labelSelector=batch.kubernetes.io%2Fjob-name', async (object) => {
    const pod = object as unknown as Pod;
    const { namespace = '', name, uid = '', deletionTimestamp, annotations } = pod.metadata;
    if (pod.status?.phase !== 'Running' || deletionTimestamp !== undefined || annotations?.[OUTCOME] !== undefined || decided.has(uid)) return;
    if (!hanging.has(uid)) await finish(pod, rules.outcomeOf(namespace, name));
  });

  const stop = rules.onDidChange(() => {
    for (const pod of [...hanging.values()]) {
      const outcome = rules.outcomeOf(pod.metadata.namespace ?? '', pod.metadata.name);
      if (outcome.does !== 'hang') finish(pod, outcome).catch((error: unknown) => context.onProblem(new Error(`${pod.metadata.name}: ${String(error)}`)));
    }
  });
  context.signal.addEventListener('abort', stop, { once: true });
}

function pathOf({ metadata: { namespace = '', name } }: Pod): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

/** A log as a container runtime writes it, and kwok's object that says where it lies. */
async function writeLog({ api }: StandInContext, folder: string, { metadata }: Pod, text: string): Promise<void> {
  const { namespace = '', name, uid = '' } = metadata;
  const file = join(folder, `${uid}.log`);
  const time = new Date().toISOString().replace('Z', '000000Z');
  writeFileSync(file, text.trimEnd().split('\n').map((line) => `${time} stdout F ${line}\n`).join(''));
  await api.apply(`/apis/kwok.x-k8s.io/v1alpha1/namespaces/${namespace}/logs/${name}`, {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Logs',
    metadata: { name, namespace, ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid }] },
    spec: { logs: [{ logsFile: file, follow: false }] },
  });
}
