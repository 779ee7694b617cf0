import type { AnyObject } from '../../../src/kubeblocks/objects';
import { LaneApiError, type LaneApi } from './laneApi';
import { namespaceHolders } from './namespaceHolders';
import { untilObject } from './untilObject';

const BACKUPS = 'dataprotection.kubeblocks.io/v1alpha1';
const CLUSTERS = 'apps.kubeblocks.io/v1';

/**
 * Deletes a namespace with all that is in it. Databases go first, so that no schedule of theirs makes another backup, then
 * backups, while the namespace is still alive: KubeBlocks removes their files by a job beside them and takes its finalizer
 * away when that has ended, but no job can be made in a namespace that is being deleted, and both would stay for ever.
 * A backup that is retained is not any more. Rejects with what holds the namespace.
 */
export async function removeNamespace(api: LaneApi, name: string): Promise<void> {
  const path = `/api/v1/namespaces/${name}`;
  try {
    await removeAll(api, `/apis/${CLUSTERS}/namespaces/${name}/clusters`, () => undefined);
    await removeAll(api, `/apis/${BACKUPS}/namespaces/${name}/backupschedules`, () => undefined);
    await removeAll(api, `/apis/${BACKUPS}/namespaces/${name}/backups`, freed);
    await removeObject(api, path);
  } catch (error) {
    throw new Error(`${String(error)}\n${await namespaceHolders(api, name)}`, { cause: error });
  }
}

/** Deletes every object of a collection, and what comes meanwhile. `change` gives what has to be patched before. */
async function removeAll(api: LaneApi, collection: string, change: (object: AnyObject) => object | undefined): Promise<void> {
  for (let left = await listed(api, collection); left.length > 0; left = await listed(api, collection)) {
    await Promise.all(
      left.map(async (object) => {
        const path = `${collection}/${object.metadata.name}`;
        const patch = change(object);
        if (patch !== undefined) await unlessGone(api.patch(path, patch));
        await removeObject(api, path);
      }),
    );
  }
}

async function removeObject(api: LaneApi, path: string): Promise<void> {
  await unlessGone(api.delete(path));
  await untilObject(api, path, 'gone', (object) => object === undefined);
}

/** Nothing of a kind that the server does not serve. */
async function listed(api: LaneApi, collection: string): Promise<readonly AnyObject[]> {
  return (await unlessGone(api.list(collection))) ?? [];
}

async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof LaneApiError && error.status === 404) return undefined;
    throw error;
  }
}

function freed(backup: AnyObject): object | undefined {
  const { deletionPolicy } = backup['spec'] as { deletionPolicy?: string };
  return deletionPolicy === 'Retain' ? { spec: { deletionPolicy: 'Delete' } } : undefined;
}
