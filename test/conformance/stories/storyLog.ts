import { setMaxListeners } from 'node:events';
import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { LaneApi, WatchedObject } from '../../cluster/lane/laneApi';

/** Every version of every object of a story, in the order in which they came. */
export type StoryLog = readonly WatchedObject[];

const IN_NAMESPACE = [
  ['dataprotection.kubeblocks.io/v1alpha1', 'backups', 'backuppolicies', 'backupschedules', 'restores'],
  ['apps.kubeblocks.io/v1', 'clusters', 'components'],
  ['operations.kubeblocks.io/v1alpha1', 'opsrequests'],
  ['batch/v1', 'jobs', 'cronjobs'],
  ['apps/v1', 'statefulsets'],
  ['snapshot.storage.k8s.io/v1', 'volumesnapshots'],
] as const;

export interface Recorder {
  readonly log: StoryLog;
  /** When something came last, in ms of `performance.now()`. */
  readonly lastAt: number;
  stop(): void;
}

export interface RecorderOptions {
  readonly namespace: string;
  /** Of cluster-wide objects, and of those in KubeBlocks' own namespace, only what bears the name. */
  readonly repository?: string;
}

/** Watches everything a story may change. Resolves once it has seen what was there. */
export async function startRecorder(api: LaneApi, { namespace, repository }: RecorderOptions): Promise<Recorder> {
  const log: WatchedObject[] = [];
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  let lastAt = performance.now();
  const follow = (path: string, isWanted: (object: AnyObject) => boolean = () => true): Promise<void> =>
    new Promise((resolve, reject) => {
      const onEvent = (event: WatchedObject): void => {
        if (!isWanted(event.object)) return;
        if (!isProgressOfLog(event.object) && !(event.type === 'MODIFIED' && event.object.kind === 'Event')) lastAt = performance.now();
        log.push(event);
      };
      api.watch(path, { onEvent, onSynced: resolve }, ending.signal).catch(reject);
    });
  const inNamespace = IN_NAMESPACE.flatMap(([group, ...plurals]) => plurals.map((plural) => `/apis/${group}/namespaces/${namespace}/${plural}`));
  const paths = [...inNamespace, `/api/v1/namespaces/${namespace}/persistentvolumeclaims`, `/api/v1/namespaces/${namespace}/events`];
  const bearsName = (object: AnyObject): boolean => repository !== undefined && aboutName(object).includes(repository);
  const wide =
    repository === undefined
      ? []
      : ['/apis/dataprotection.kubeblocks.io/v1alpha1/backuprepos', '/apis/batch/v1/namespaces/kb-system/jobs', '/api/v1/namespaces/kb-system/secrets',
          '/api/v1/namespaces/kb-system/persistentvolumeclaims', '/apis/storage.k8s.io/v1/storageclasses', '/api/v1/namespaces/default/events'];
  await Promise.all([...paths.map((path) => follow(path)), ...wide.map((path) => follow(path, bearsName))]);
  return {
    log,
    get lastAt() {
      return lastAt;
    },
    stop: () => ending.abort(),
  };
}

function aboutName(object: AnyObject): string {
  const { involvedObject } = object as AnyObject & { involvedObject?: { name?: string } };
  return involvedObject?.name ?? object.metadata.name;
}

/** A log backup moves on for ever. */
function isProgressOfLog({ kind, metadata }: AnyObject): boolean {
  return kind === 'Backup' && metadata.labels?.['dataprotection.kubeblocks.io/backup-type'] === 'Continuous';
}
