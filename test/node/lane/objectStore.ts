import type { ObjectStoreKeys } from './configurations';
import { NODE_ADDRESS, OBJECT_STORE_PORT } from './addresses';

/** The lane's object store, as a repository names it. Its address is seen from inside the lane alone. */
export interface ObjectStore extends ObjectStoreKeys {
  readonly endpoint: string;
}

export function objectStoreOf(keys: ObjectStoreKeys): ObjectStore {
  return { ...keys, endpoint: `http://${NODE_ADDRESS}:${OBJECT_STORE_PORT}` };
}
