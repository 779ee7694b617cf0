import assert from 'node:assert/strict';
import type { AnyObject } from '../../../src/kubeblocks/objects';
import { install } from '../../cluster/lane/install';
import { LaneApiError, type LaneApi } from '../../cluster/lane/laneApi';
import type { ResourcePaths } from '../../cluster/lane/resourcePaths';

const OBJECT: AnyObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'one' } };

/** How often one object was created by a server that says so each time, then takes it. */
async function triesWith(...reasons: readonly string[]): Promise<number> {
  const left = [...reasons];
  let tries = 0;
  const create = (): Promise<AnyObject> => {
    tries += 1;
    const reason = left.shift();
    return reason === undefined ? Promise.resolve(OBJECT) : Promise.reject(new LaneApiError(0, reason, reason));
  };
  await install({ create } as unknown as LaneApi, { collectionOf: () => Promise.resolve('/api/v1/namespaces') } as unknown as ResourcePaths, [OBJECT]);
  return tries;
}

describe('installing into a cluster of the lane', () => {
  it('asks again a server that had no time, which may have created it all the same', async () => {
    assert.deepEqual([await triesWith(), await triesWith('Timeout', 'Timeout'), await triesWith('Timeout', 'AlreadyExists')], [1, 3, 2]);
  });

  it('does not ask again what refuses, nor for ever', async () => {
    await assert.rejects(triesWith('Invalid'), { reason: 'Invalid' });
    await assert.rejects(triesWith(...Array.from({ length: 9 }, () => 'Timeout')), { reason: 'Timeout' });
  });
});
