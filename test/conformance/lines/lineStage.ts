import { join } from 'node:path';
import type { KubeBlocksLine } from '../../../src/kubeblocks/kinds';
import type { AnyObject, Condition } from '../../../src/kubeblocks/objects';
import { createPlayground } from '../../../src/playground/playground';
import { RESOURCES } from '../../../src/playground/resources';
import type { FaultName } from '../../../src/playground/world';
import { install } from '../../cluster/lane/install';
import { LaneApi } from '../../cluster/lane/laneApi';
import { ResourcePaths } from '../../cluster/lane/resourcePaths';
import type { StoryLog } from '../stories/storyLog';
import { database, dialectOf, repository, type LineDialect } from './lineObjects';
import { NAMESPACE } from './observeLine';

const ROOT = join(__dirname, '../../..');
const STEP_MS = 250;
const PATIENCE_MS = 900_000;
/** How long (playground time) nothing may happen before a story counts as over. */
const QUIET_MS = 15_000;

export type Told = AnyObject & { readonly status?: { readonly phase?: string; readonly conditions?: readonly Condition[] } & Readonly<Record<string, unknown>> };

/** A playground of a line with a repository `s3-repo` and the database `mycluster` in namespace `demo`, on a clock that is stepped. */
export interface LineStage {
  readonly dialect: LineDialect;
  create(...objects: readonly AnyObject[]): Promise<void>;
  delete(kind: string, name: string): Promise<void>;
  patch(kind: string, name: string, change: object): Promise<void>;
  get(kind: string, name: string): Told | undefined;
  list(kind: string): readonly Told[];
  /** Lets time go by until it holds. */
  until(what: string, holds: () => boolean): Promise<void>;
  untilPhase(kind: string, name: string, ...phases: readonly string[]): Promise<void>;
  untilQuiet(): Promise<void>;
  pass(ms: number): Promise<void>;
  /** Playground time, as Kubernetes writes it. */
  now(): string;
  fail(fault: FaultName, target?: string, detail?: string): void;
  /** What happened since `forget`, or since the beginning. */
  readonly log: StoryLog;
  /** From here on the story is looked at. */
  forget(): void;
  /** What went wrong inside. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

export async function startLineStage(line: KubeBlocksLine): Promise<LineStage> {
  const problems: string[] = [];
  const playground = await createPlayground({
    line,
    schemasFolder: join(ROOT, 'schemas'),
    dataFolder: join(ROOT, 'src', 'playground'),
    empty: true,
    speed: 0,
    seed: 1,
    now: Date.UTC(2026, 10, 23, 18, 0, 0),
    onError: (error, where) => problems.push(`${where}: ${String(error)}`),
  });
  const api = new LaneApi({ port: Number(new URL(playground.address).port), authority: playground.certificateAuthority ?? '' }, playground.token);
  const paths = new ResourcePaths(api);
  const dialect = dialectOf(line);
  const objects = new Map<string, Told>(playground.store.list(RESOURCES.storageProvider).map((object) => [`StorageProvider/${object.metadata.name}`, object]));
  let log: { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: AnyObject }[] = [];
  let lastAt = 0;
  playground.store.subscribe(({ type, object }) => {
    const key = `${object.kind}/${object.metadata.name}`;
    if (object.metadata.namespace === undefined || object.metadata.namespace !== 'playground') {
      if (type === 'DELETED') objects.delete(key);
      else objects.set(key, object);
      log.push({ type, object });
      if (!isProgressOfLog(object)) lastAt = playground.clock.now();
    }
  });
  const pass = async (ms: number): Promise<void> => {
    playground.clock.advance(ms);
    await Promise.resolve();
  };
  const pathOf = (kind: string, name: string): Promise<string> => {
    const object = objects.get(`${kind}/${name}`);
    if (object === undefined) throw new Error(`there is no ${kind} ${name}`);
    return paths.pathOf(object);
  };
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    for (let waited = 0; !holds(); waited += STEP_MS) {
      if (waited > PATIENCE_MS) throw new Error(`${what} did not come to be in ${String(PATIENCE_MS / 1000)} s of the playground's time`);
      await pass(STEP_MS);
    }
  };
  const stage: LineStage = {
    dialect,
    problems,
    create: (...wanted) => install(api, paths, wanted),
    delete: async (kind, name) => api.delete(await pathOf(kind, name)),
    patch: async (kind, name, change) => {
      await api.patch(await pathOf(kind, name), change);
    },
    get: (kind, name) => objects.get(`${kind}/${name}`),
    list: (kind) => [...objects.values()].filter((object) => object.kind === kind),
    until,
    untilPhase: (kind, name, ...phases) => until(`${kind} ${name} ${phases.join(' or ')}`, () => phases.includes(objects.get(`${kind}/${name}`)?.status?.phase ?? '')),
    untilQuiet: async () => {
      lastAt = playground.clock.now();
      for (let steps = 0; playground.clock.now() - lastAt < QUIET_MS && steps < 1_000; steps += 1) await pass(STEP_MS);
    },
    pass,
    now: () => playground.clock.timestamp(),
    fail: (fault, target, detail) => {
      playground.faults.turnOn(fault, { ...(target !== undefined && { target }), ...(detail !== undefined && { detail }) });
    },
    get log() {
      return log;
    },
    forget: () => {
      log = [];
    },
    async close() {
      api.close();
      await playground.close();
    },
  };
  await install(api, paths, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }, ...repository()]);
  await stage.untilPhase('BackupRepo', 's3-repo', 'Ready');
  await stage.create(database(dialect, 'mycluster'));
  await stage.untilPhase('Cluster', 'mycluster', 'Running');
  await stage.untilPhase('BackupPolicy', 'mycluster-mysql-backup-policy', 'Available');
  return stage;
}

/** A log backup moves on for ever. */
function isProgressOfLog({ kind, metadata }: AnyObject): boolean {
  return kind === 'Backup' && metadata.labels?.['dataprotection.kubeblocks.io/backup-type'] === 'Continuous';
}
