import type { AnyObject } from '../../../src/kubeblocks/objects';
import { LaneApiError, type LaneApi, type WatchedObject } from '../lane/laneApi';

export interface StandInContext {
  readonly api: LaneApi;
  readonly signal: AbortSignal;
  /** Told of what no stand-in should meet; the lane's tests fail by it. */
  readonly onProblem: (problem: Error) => void;
}

/**
 * Does something for every object of a collection, again whenever it changes, one after another for the same object. After
 * a restart of the server every object comes again, so what failed then is done then.
 */
export function react(context: StandInContext, path: string, work: (object: AnyObject) => Promise<void>): void {
  const { api, signal, onProblem } = context;
  const atWork = new Map<string, AnyObject | undefined>();

  const run = async (key: string, first: AnyObject): Promise<void> => {
    for (let object: AnyObject | undefined = first; object !== undefined && !signal.aborted; object = atWork.get(key)) {
      atWork.set(key, undefined);
      try {
        await work(object);
      } catch (error) {
        if (!isPassing(error)) onProblem(new Error(`${path} ${key}: ${String(error)}`, { cause: error }));
      }
    }
    atWork.delete(key);
  };

  const onEvent = ({ type, object }: WatchedObject): void => {
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}/${object.metadata.uid ?? ''}`;
    if (type === 'DELETED') return;
    if (atWork.has(key)) atWork.set(key, object);
    else void run(key, object);
  };
  const follow = api.watch(path, { onEvent }, signal);
  follow.catch((error: unknown) => onProblem(new Error(`watch ${path}: ${String(error)}`, { cause: error })));
}

/** Gone meanwhile, written by somebody else, in a namespace that is ending, or asked while the server was away. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof LaneApiError)) return error instanceof Error && 'code' in error;
  return error.status === 404 || error.status === 409 || error.status === 429 || error.status >= 500 || /being terminated/.test(error.message);
}
