import { scenario, type Observer, type Scenario } from '../scenario';
import { backup, backups, configMap, configMaps, MERGE } from './objects';

const UID = '11111111-1111-4111-8111-111111111111';

async function owned(api: Observer): Promise<string> {
  const path = configMaps(api);
  const owner = await api.quietly('POST', path, { body: configMap('owner') });
  const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: owner.json.metadata?.uid, blockOwnerDeletion: true }];
  await api.quietly('POST', path, { body: configMap('child', {}, { ownerReferences }) });
  return path;
}

/** The garbage collector works beside the API server. */
async function until(api: Observer, path: string, status: number): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    if ((await api.quietly('GET', path)).status === status) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Deletion: options, preconditions, finalizers, owners, collections. */
export const deleting: readonly Scenario[] = [
  scenario('delete with preconditions', async (api) => {
    const path = configMaps(api);
    await api.quietly('POST', path, { body: configMap('a') });
    await api.call('DELETE', `${path}/a`, { body: { preconditions: { uid: UID } } });
    await api.call('DELETE', `${path}/a`, { body: { preconditions: { resourceVersion: '1' } } });
    await api.call('DELETE', `${path}/a`, { body: { propagationPolicy: 'Sometimes' } });
    await api.call('DELETE', `${path}/a`, { body: { orphanDependents: true, propagationPolicy: 'Orphan' } });
    await api.call('DELETE', `${path}/a?propagationPolicy=Nope`);
    await api.call('DELETE', `${path}/a`, { body: { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: -1 } });
    await api.call('DELETE', `${path}/nope`);
    await api.quietly('POST', backups(api), { body: backup('a') });
    await api.call('DELETE', `${backups(api)}/a`, { body: { preconditions: { uid: UID } } });
    await api.call('DELETE', `${backups(api)}/a`, { body: { kind: 'DeleteOptions', apiVersion: 'v1', dryRun: ['All'] } });
    await api.call('DELETE', `${backups(api)}/a`);
  }),
  scenario('wait for finalizers', async (api) => {
    const path = backups(api);
    await api.quietly('POST', path, { body: backup('a', {}, { finalizers: ['example.com/hold'] }) });
    await api.call('DELETE', `${path}/a`);
    await api.call('DELETE', `${path}/a`);
    await api.call('PATCH', `${path}/a`, { body: { metadata: { finalizers: ['example.com/hold', 'example.com/more'] } }, type: MERGE });
    await api.call('PATCH', `${path}/a`, { body: { metadata: { labels: { a: 'b' } } }, type: MERGE });
    await api.call('PATCH', `${path}/a`, { body: { metadata: { finalizers: null } }, type: MERGE });
    await api.call('GET', `${path}/a`);
  }),
  scenario('delete in the background', async (api) => {
    const path = await owned(api);
    await api.call('DELETE', `${path}/owner`);
    await until(api, `${path}/child`, 404);
    await api.call('GET', `${path}/child`);
  }),
  scenario('delete in the foreground', async (api) => {
    const path = await owned(api);
    await api.quietly('DELETE', `${path}/owner`, { body: { propagationPolicy: 'Foreground' } });
    await until(api, `${path}/owner`, 404);
    await api.call('GET', `${path}/child`);
    await api.call('GET', `${path}/owner`);
  }),
  scenario('orphan', async (api) => {
    const path = await owned(api);
    await api.quietly('DELETE', `${path}/owner`, { body: { propagationPolicy: 'Orphan' } });
    await until(api, `${path}/owner`, 404);
    const { json } = await api.quietly('GET', `${path}/child`);
    const { ownerReferences } = json.metadata ?? {};
    await api.call('GET', `${path}?labelSelector=owners%3D${ownerReferences === undefined ? 'none' : 'some'}`);
  }),
  scenario('delete collections', async (api) => {
    const path = configMaps(api);
    for (const [name, tier] of [['a', 'gold'], ['b', 'silver'], ['c', 'gold']] as const) {
      await api.quietly('POST', path, { body: configMap(name, {}, { labels: { tier } }) });
      await api.quietly('POST', backups(api), { body: backup(name, {}, { labels: { tier } }) });
    }
    await api.call('DELETE', `${path}?labelSelector=tier%3Dgold&dryRun=All`);
    await api.call('DELETE', `${path}?labelSelector=tier%3Dgold`);
    await api.call('DELETE', `${path}?labelSelector=a%20b`);
    await api.call('DELETE', `${backups(api)}?labelSelector=tier%3Dgold`);
    await api.call('GET', backups(api));
  }),
];
