import type { World } from '../world';
import { RESOURCES } from '../resources';

/** Where `kubectl logs` reads. */
export interface LogSource {
  /** What the container has written, or undefined when it has not run. Without `container`, the pod's first. */
  podLog(namespace: string, pod: string, container?: string): string | undefined;
}

export interface LogLine {
  /** RFC 3339, for `--timestamps`. */
  readonly at: string;
  readonly text: string;
}

export interface PodLogs extends LogSource {
  append(namespace: string, pod: string, container: string, lines: readonly string[], at: string): void;
  lines(namespace: string, pod: string, container?: string): readonly LogLine[] | undefined;
  /** Forgets a pod's logs when the pod goes, as its node would. Returns how to stop. */
  follow(world: World): () => void;
}

export function createPodLogs(): PodLogs {
  const pods = new Map<string, Map<string, LogLine[]>>();

  function lines(namespace: string, pod: string, container?: string): readonly LogLine[] | undefined {
    const containers = pods.get(`${namespace}/${pod}`);
    return container === undefined ? containers?.values().next().value : containers?.get(container);
  }

  return {
    append(namespace, pod, container, texts, at) {
      const key = `${namespace}/${pod}`;
      const containers = pods.get(key) ?? new Map<string, LogLine[]>();
      pods.set(key, containers);
      const known = containers.get(container) ?? [];
      containers.set(container, known);
      for (const text of texts) known.push({ at, text });
    },
    lines,
    podLog: (namespace, pod, container) => lines(namespace, pod, container)?.map(({ text }) => `${text}\n`).join(''),
    follow: (world) =>
      world.store.subscribe(({ type, resource, object }) => {
        if (type !== 'DELETED' || resource.plural !== RESOURCES.pod.plural || resource.group !== '') return;
        pods.delete(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
      }),
  };
}
