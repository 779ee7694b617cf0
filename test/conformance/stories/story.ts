import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { ClusterEngine } from '../../cluster/lane/laneClusters';
import { componentOf } from '../../cluster/lane/laneClusters';
import { PATIENCE, untilObject } from '../../cluster/lane/untilObject';
import { startRecorder, type StoryLog } from './storyLog';
import type { StorySide, Work } from './storySide';

export interface StoryOptions {
  readonly name: string;
  /** PostgreSQL when absent; `false`: no database. */
  readonly engine?: ClusterEngine | false;
  /** Whether it makes a repository, which is cluster-wide, of the story's own name. */
  readonly makesRepository?: boolean;
}

export interface Story {
  readonly name: string;
  /** Of its namespace, its golden and its repository. */
  readonly slug: string;
  tell(side: StorySide): Promise<StoryLog>;
}

/** What a story works with, in its own namespace. */
export interface Stage {
  readonly namespace: string;
  readonly repository: string;
  readonly policy: string;
  readonly schedule: string;
  create(...objects: readonly AnyObject[]): Promise<void>;
  get<T = AnyObject>(kind: StoryKind, name: string): Promise<T>;
  patch(kind: StoryKind, name: string, change: object): Promise<void>;
  patchStatus(kind: StoryKind, name: string, change: object): Promise<void>;
  delete(kind: StoryKind, name: string): Promise<void>;
  until(kind: StoryKind, name: string, what: string, wanted: (object: Told) => boolean): Promise<Told>;
  untilPhase(kind: StoryKind, name: string, phase: string): Promise<Told>;
  untilGone(kind: StoryKind, name: string): Promise<void>;
  /** Until an object of the kind, whatever its name, or an event is as wanted. */
  untilSome(kind: StoryKind | 'Event', wanted: (object: Told) => boolean): Promise<Told>;
  /** Until nothing happens any more. */
  untilQuiet(): Promise<void>;
  failWork(work: Omit<Work, 'namespace'>, log: string): () => void;
}

export type Told = AnyObject & { readonly status?: { readonly phase?: string } & Readonly<Record<string, unknown>> };

const KINDS = {
  BackupRepo: '/apis/dataprotection.kubeblocks.io/v1alpha1/backuprepos',
  Backup: 'dataprotection.kubeblocks.io/v1alpha1 backups',
  BackupPolicy: 'dataprotection.kubeblocks.io/v1alpha1 backuppolicies',
  BackupSchedule: 'dataprotection.kubeblocks.io/v1alpha1 backupschedules',
  Restore: 'dataprotection.kubeblocks.io/v1alpha1 restores',
  Cluster: 'apps.kubeblocks.io/v1 clusters',
  OpsRequest: 'operations.kubeblocks.io/v1alpha1 opsrequests',
  CronJob: 'batch/v1 cronjobs',
  Job: 'batch/v1 jobs',
  VolumeSnapshot: 'snapshot.storage.k8s.io/v1 volumesnapshots',
  Event: 'v1 events',
} as const;

export type StoryKind = Exclude<keyof typeof KINDS, 'Event'>;

export function story({ name, engine = 'postgresql', makesRepository = false }: StoryOptions, play: (stage: Stage) => Promise<void>): Story {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return {
    name,
    slug,
    async tell(side) {
      await side.namespace(slug, engine);
      const recorder = await startRecorder(side.api, { namespace: slug, ...(makesRepository && { repository: `repo-${slug}` }) });
      const lifts: (() => void)[] = [];
      try {
        const untilQuiet = async (): Promise<void> => {
          for (let rest = side.quietFor; rest > 0; rest = recorder.lastAt + side.quietFor - performance.now()) {
            await new Promise((resolve) => setTimeout(resolve, rest));
          }
        };
        await play({ ...stageOf(side, slug, engine), untilQuiet, failWork: (work, log) => remember(lifts, side.failWork({ ...work, namespace: work.does === 'check' ? 'kb-system' : slug }, log)) });
        await untilQuiet();
      } finally {
        recorder.stop();
        for (const lift of lifts) lift();
      }
      return recorder.log;
    },
  };
}

function remember(lifts: (() => void)[], lift: () => void): () => void {
  lifts.push(lift);
  return lift;
}

function stageOf(side: StorySide, namespace: string, engine: ClusterEngine | false): Omit<Stage, 'untilQuiet' | 'failWork'> {
  const { api } = side;
  const component = engine === false ? 'none' : componentOf(engine);
  const pathOf = (kind: StoryKind | 'Event', name: string): string => {
    const [group = '', plural] = KINDS[kind].split(' ');
    return plural === undefined ? `${group}/${name}` : `/${group === 'v1' ? 'api' : 'apis'}/${group}/namespaces/${namespace}/${plural}/${name}`;
  };
  const until = async (kind: StoryKind, name: string, what: string, wanted: (object: Told) => boolean): Promise<Told> =>
    (await untilObject(api, pathOf(kind, name), what, (object) => object !== undefined && wanted(object))) as Told;
  return {
    namespace,
    repository: `repo-${namespace}`,
    policy: `db-${component}-backup-policy`,
    schedule: `db-${component}-backup-schedule`,
    create: (...objects) => side.create(...objects.map((object) => ({ ...object, metadata: { namespace, ...object.metadata } }))),
    get: (kind, name) => api.get(pathOf(kind, name)),
    async patch(kind, name, change) {
      await api.patch(pathOf(kind, name), change);
    },
    async patchStatus(kind, name, change) {
      await api.patch(`${pathOf(kind, name)}/status`, { status: change });
    },
    delete: (kind, name) => api.delete(pathOf(kind, name)),
    until,
    untilPhase: (kind, name, phase) => until(kind, name, phase, ({ status }) => status?.phase === phase),
    async untilGone(kind, name) {
      await untilObject(api, pathOf(kind, name), 'gone', (object) => object === undefined);
    },
    async untilSome(kind, wanted) {
      const ending = new AbortController();
      const found = await new Promise<Told>((resolve, reject) => {
        const onEvent = ({ object }: { readonly object: AnyObject }): void => {
          if (wanted(object)) resolve(object);
        };
        const timer = setTimeout(() => reject(new Error(`no ${kind} in ${namespace} became as wanted`)), PATIENCE);
        ending.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
        api.watch(pathOf(kind, '').slice(0, -1), { onEvent }, ending.signal).catch(reject);
      }).finally(() => ending.abort());
      return found;
    },
  };
}
