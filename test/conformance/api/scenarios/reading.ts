import { scenario, type Observer, type Scenario } from '../scenario';
import { backup, backups, batch, configMap, configMaps, core, MERGE, secrets, TABLE } from './objects';

const PARTIAL = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

async function fill(api: Observer): Promise<string> {
  const path = configMaps(api);
  for (const [name, labels] of [['a', { tier: 'gold' }], ['b', { tier: 'silver' }], ['c', {}], ['d', { tier: 'gold', x: '1' }]] as const) {
    await api.quietly('POST', path, { body: configMap(name, {}, { labels }) });
  }
  return path;
}

function revision(answer: { readonly json: { readonly metadata?: { readonly resourceVersion?: string } } }): string {
  return answer.json.metadata?.resourceVersion ?? '';
}

/** Lists, pages, selectors, tables, watches. */
export const reading: readonly Scenario[] = [
  scenario('list in pages', async (api) => {
    const path = await fill(api);
    const first = await api.call('GET', `${path}?limit=2`);
    await api.quietly('DELETE', `${path}/c`);
    await api.call('GET', `${path}?limit=1&continue=${first.json.metadata?.continue ?? ''}`);
    await api.call('GET', `${path}?continue=${first.json.metadata?.continue ?? ''}`);
    await api.call('GET', `${path}?limit=1&labelSelector=tier`);
    await api.call('GET', `${path}?continue=abc`);
    await api.call('GET', `${path}?limit=x`);
    await api.call('GET', `${path}?limit=-1`);
    await api.call('GET', `${path}?limit=1&continue=${first.json.metadata?.continue ?? ''}&resourceVersion=1`);
  }),
  scenario('list at a revision', async (api) => {
    const path = await fill(api);
    const now = revision(await api.quietly('GET', path));
    await api.quietly('DELETE', `${path}/a`);
    await api.call('GET', `${path}?resourceVersion=0&limit=1&labelSelector=tier%3Dnone`);
    await api.call('GET', `${path}?resourceVersion=${now}&resourceVersionMatch=Exact`);
    await api.call('GET', `${path}?resourceVersion=${now}&resourceVersionMatch=NotOlderThan`);
    await api.call('GET', `${path}?resourceVersionMatch=Exact`);
    await api.call('GET', `${path}?resourceVersion=0&resourceVersionMatch=Exact`);
    await api.call('GET', `${path}?resourceVersion=${now}&resourceVersionMatch=Sometimes`);
    await api.call('GET', `${path}?resourceVersion=x`);
    await api.call('GET', `${path}?resourceVersion=999999999&resourceVersionMatch=Exact&timeoutSeconds=1`);
    await api.call('GET', `${path}?resourceVersion=999999999&timeoutSeconds=1`);
    await api.call('GET', `${path}/b?resourceVersion=0`);
    await api.call('GET', `${path}/b?resourceVersion=x`);
    await api.call('GET', `${path}?sendInitialEvents=true`);
  }),
  scenario('select', async (api) => {
    const path = await fill(api);
    for (const selector of ['tier', '!tier', 'tier=gold', 'tier!=gold', 'tier in (gold,silver)', 'tier notin (gold)', 'x>0', 'tier=gold,x', 'a b', 'a=b=c', 'in', 'tier in ()', 'tier=a b', '-x', '=', 'tier in (gold', 'x>a', `${'k'.repeat(64)}=a`]) {
      await api.call('GET', `${path}?labelSelector=${encodeURIComponent(selector)}`);
    }
    for (const selector of ['metadata.name=a', 'metadata.name!=a', 'data.x=1', 'metadata.name', 'a=b=c', 'metadata.namespace=none']) {
      await api.call('GET', `${path}?fieldSelector=${encodeURIComponent(selector)}`);
    }
    await api.call('GET', `${backups(api)}?fieldSelector=status.phase%3DFailed`);
    await api.call('GET', `${core(api, 'pods')}?fieldSelector=status.nope%3DFailed`);
    await api.call('GET', `${core(api, 'pods')}?fieldSelector=status.phase%3DFailed`);
    await api.call('GET', `${secrets(api)}?fieldSelector=type%3DOpaque,nope%3D1`);
    await api.call('GET', `${batch(api, 'jobs')}?fieldSelector=nope%3D1`);
  }),
  scenario('read as tables and in part', async (api) => {
    const path = await fill(api);
    await api.call('GET', `${path}?limit=1`, { accept: TABLE });
    await api.call('GET', `${path}/a?includeObject=None`, { accept: TABLE });
    await api.call('GET', `${path}/a?includeObject=Object`, { accept: TABLE });
    await api.call('GET', `${path}/a?includeObject=Nope`, { accept: TABLE });
    await api.call('GET', `${path}?limit=1`, { accept: PARTIAL });
    await api.call('GET', `${path}/a`, { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' });
    await api.call('GET', `${path}/nope`, { accept: TABLE });
    await api.call('GET', `${path}/a`, { accept: 'text/html' });
    await api.call('GET', `${path}/a`, { accept: 'application/json;as=Nope;v=v1;g=meta.k8s.io' });
    await api.call('GET', `${path}/a`, { accept: 'application/json;as=Table;v=v9;g=meta.k8s.io,application/json' });
    await api.quietly('POST', backups(api), { body: backup('a') });
    await api.call('GET', backups(api), { accept: TABLE });
    await api.quietly('POST', secrets(api), { body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { k: 'dg==' } } });
    await api.call('GET', secrets(api), { accept: TABLE });
  }),
  scenario('watch', async (api) => {
    const path = await fill(api);
    const start = revision(await api.quietly('GET', path));
    await api.quietly('PATCH', `${path}/a`, { body: { metadata: { labels: { tier: 'silver' } } }, type: MERGE });
    await api.quietly('DELETE', `${path}/b`);
    await api.watch(`${path}?watch=true&resourceVersion=${start}&timeoutSeconds=1`, 2);
    await api.watch(`${path}?watch=true&resourceVersion=${start}&labelSelector=tier%3Dgold&timeoutSeconds=1`, 1);
    await api.watch(`${path}?watch=true&resourceVersion=${start}&labelSelector=tier%3Dsilver&timeoutSeconds=1`, 2);
    await api.watch(`${path}?watch=true&resourceVersion=${start}&timeoutSeconds=1`, 2, { accept: TABLE });
    await api.watch(`${path}?watch=true&resourceVersion=0&fieldSelector=metadata.name%3Dd&timeoutSeconds=1`, 1);
    await api.watch(`${path}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=2`, 4);
    await api.watch(`${path}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=2`, 4, { accept: TABLE });
    await api.watch(`${path}?watch=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=${start}&timeoutSeconds=1`, 2);
    await api.call('GET', `${path}?watch=true&sendInitialEvents=true`);
    await api.call('GET', `${path}?watch=true&resourceVersionMatch=NotOlderThan`);
    await api.call('GET', `${path}?watch=true&resourceVersionMatch=Exact&sendInitialEvents=true`);
    await api.call('GET', `${path}?watch=true&resourceVersion=x`);
    await api.call('GET', `${path}?watch=true&labelSelector=a%20b`);
    await api.call('GET', `${path}?watch=true&fieldSelector=data.x%3D1`);
    await api.watch(`${path}/d?watch=true&resourceVersion=0&timeoutSeconds=1`, 1);
    await api.watch(`/api/v1/watch/namespaces/${api.namespace}/configmaps?timeoutSeconds=1`, 1);
  }),
  scenario('watch from what is compacted', async (api) => {
    const path = await fill(api);
    await api.watch(`${path}?watch=true&resourceVersion=1&timeoutSeconds=1`, 1);
  }),
];
