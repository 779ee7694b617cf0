import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { LaneApi, Watcher } from './laneApi';

/** How long (ms) anything may take here before it is called stuck: far more than it takes on a busy machine. */
export const PATIENCE = 120_000;

/**
 * Resolves to the object once it is as wanted, told by a watch. `wanted` gets undefined for an object that is not there.
 * Rejects with the last state that was seen.
 */
export async function untilObject(
  api: LaneApi,
  path: string,
  what: string,
  wanted: (object: AnyObject | undefined) => boolean,
  patience = PATIENCE,
): Promise<AnyObject | undefined> {
  const slash = path.lastIndexOf('/');
  const selector = `fieldSelector=${encodeURIComponent(`metadata.name=${path.slice(slash + 1)}`)}`;
  const collection = path.slice(0, slash);
  const ending = new AbortController();
  return new Promise((resolve, reject) => {
    let last: AnyObject | undefined;
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      ending.abort();
      finish();
    };
    const timer = setTimeout(() => settle(() => reject(new Error(`${path} never was so: ${what}. Last seen: ${JSON.stringify(last?.['status'] ?? last, null, 1)}`))), patience);
    const see = (object: AnyObject | undefined): void => {
      last = object;
      try {
        if (!ending.signal.aborted && wanted(object)) settle(() => resolve(object));
      } catch (error) {
        settle(() => reject(asError(error)));
      }
    };
    let isThere = false;
    const watcher: Watcher = {
      onEvent: ({ type, object }) => {
        isThere = type !== 'DELETED';
        see(isThere ? object : undefined);
      },
      onSynced: () => {
        if (!isThere) see(undefined);
        // Absent after an interruption unless it is told of again.
        isThere = false;
      },
    };
    api.watch(`${collection}?${selector}`, watcher, ending.signal).catch((error: unknown) => settle(() => reject(asError(error))));
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
