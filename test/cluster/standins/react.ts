import type { AnyObject } from '../../../src/kubeblocks/objects';
import { LaneApiError, type LaneApi, type WatchedObject } from '../lane/laneApi';

export interface StandInContext {
  readonly api: LaneApi;
  readonly signal: AbortSignal;
  /** Told of what no stand-in should meet; the lane's tests fail by it. */
  readonly onProblem: (problem: Error) => void;
  /** Resolves when it is time to do something again, at the latest when the signal is given; after a second when absent. */
  readonly pause?: (signal: AbortSignal) => Promise<void>;
}

/** `again` says that what is done may not be enough: it is done once more, unless the object is gone by then. */
export type Work = (object: AnyObject, again: () => void) => Promise<void>;

/**
 * Does something for every object of a collection, again whenever it changes, one after another for the same object. What
 * fails in passing (a connection that was reset, a conflict) is done again while the object is there: nothing may change
 * in it that would bring it here a second time. So `work` must be right to do twice.
 */
export function react(context: StandInContext, path: string, work: Work): void {
  const { api, signal, onProblem, pause = aSecond } = context;
  /** The newest version of each object that is there, and whether it was worked on. */
  const there = new Map<string, { readonly object: AnyObject; isDone: boolean }>();
  const atWork = new Set<string>();
  const told = new Set<string>();

  const run = async (key: string): Promise<void> => {
    atWork.add(key);
    for (let entry = there.get(key); entry?.isDone === false && !signal.aborted; entry = there.get(key)) {
      entry.isDone = true;
      if (await isToBeDoneAgain(entry.object, key)) {
        await pause(signal);
        entry.isDone = false;
      }
    }
    atWork.delete(key);
  };
  const isToBeDoneAgain = async (object: AnyObject, key: string): Promise<boolean> => {
    let isWanted = false;
    try {
      await work(object, () => (isWanted = true));
      return isWanted;
    } catch (error) {
      if (isPassing(error)) return true;
      onProblem(new Error(`${path} ${key}: ${String(error)}`, { cause: error }));
      return false;
    }
  };

  const onEvent = ({ type, object }: WatchedObject): void => {
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}/${object.metadata.uid ?? ''}`;
    told.add(key);
    if (type === 'DELETED') there.delete(key);
    else {
      there.set(key, { object, isDone: false });
      if (!atWork.has(key)) void run(key);
    }
  };
  /** After a restart of the server it tells of all that is there; what went meanwhile is not told of. */
  const onSynced = (): void => {
    for (const key of there.keys()) if (!told.has(key)) there.delete(key);
    told.clear();
  };
  const follow = api.watch(path, { onEvent, onSynced }, signal);
  follow.catch((error: unknown) => onProblem(new Error(`watch ${path}: ${String(error)}`, { cause: error })));
}

/** Gone meanwhile, written by somebody else, in a namespace that is ending, or asked while the server was away. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof LaneApiError)) return error instanceof Error && 'code' in error;
  return error.status === 404 || error.status === 409 || error.status === 429 || error.status >= 500 || /being terminated/.test(error.message);
}

function aSecond(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, 1000);
    signal.addEventListener('abort', end);
  });
}
