import type { AnyObject } from '../../../src/kubeblocks/objects';
import type { LaneApi, WatchedObject } from './laneApi';
import { PATIENCE } from './untilObject';

/** Resolves to the first object of a collection, whatever its name, that is as wanted, told by a watch. */
export async function untilSome(api: LaneApi, collection: string, what: string, wanted: (object: AnyObject) => boolean): Promise<AnyObject> {
  const ending = new AbortController();
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise<AnyObject>((resolve, reject) => {
      late = setTimeout(() => reject(new Error(`none of ${collection} ever was so: ${what}`)), PATIENCE);
      const onEvent = ({ type, object }: WatchedObject): void => {
        if (type !== 'DELETED' && wanted(object)) resolve(object);
      };
      api.watch(collection, { onEvent }, ending.signal).catch(reject);
    });
  } finally {
    clearTimeout(late);
    ending.abort();
  }
}
