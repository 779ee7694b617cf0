import { scenario, type Scenario } from '../scenario';
import { backup, backups, configMap, configMaps, JSON_PATCH, MERGE, secrets, STRATEGIC } from './objects';

/** Creating, replacing and patching. */
export const writing: readonly Scenario[] = [
  scenario('create, read, replace and delete a built-in object', async (api) => {
    const path = configMaps(api);
    await api.call('POST', path, { body: configMap('a', { k: 'v' }, { labels: { x: 'y' } }) });
    await api.call('POST', path, { body: configMap('a') });
    await api.call('GET', `${path}/a`);
    await api.call('GET', `${path}/nope`);
    await api.call('PUT', `${path}/a`, { body: configMap('a', { k: 'w' }) });
    await api.call('PUT', `${path}/b`, { body: configMap('a') });
    await api.call('PUT', `${path}/nope`, { body: configMap('nope') });
    await api.call('PUT', `${path}/a`, { body: configMap('a', {}, { resourceVersion: '1' }) });
    await api.call('PUT', `${path}/a`, { body: configMap('a', {}, { uid: '11111111-1111-4111-8111-111111111111' }) });
    await api.call('DELETE', `${path}/a`);
    await api.call('DELETE', `${path}/a`);
  }),
  scenario('create, read, replace and delete a custom resource', async (api) => {
    const path = backups(api);
    await api.call('POST', path, { body: backup('a') });
    await api.call('POST', path, { body: backup('a') });
    await api.call('PUT', `${path}/a`, { body: backup('a', { deletionPolicy: 'Retain' }) });
    const { json } = await api.call('GET', `${path}/a`);
    await api.call('PUT', `${path}/a`, { body: { ...json, spec: { ...(json.spec as object), deletionPolicy: 'Retain' } } });
    await api.call('PUT', `${path}/a`, { body: { ...json, spec: { ...(json.spec as object), deletionPolicy: 'Delete' } } });
    await api.call('PUT', `${path}/a/status`, { body: { ...json, metadata: { name: 'a' }, status: { phase: 'Running' } } });
    await api.call('GET', `${path}/a/status`);
    await api.call('GET', `${path}/a/scale`);
    await api.call('DELETE', `${path}/a`);
    await api.call('GET', `${path}/a`);
  }),
  scenario('refuse bodies that are no object of the kind', async (api) => {
    const path = configMaps(api);
    await api.call('POST', path, { body: '{' });
    await api.call('POST', path, { body: '[]' });
    await api.call('POST', path, { body: '' });
    await api.call('POST', path, { body: {} });
    await api.call('POST', path, { body: { kind: 'ConfigMap' } });
    await api.call('POST', path, { body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } } });
    await api.call('POST', path, { body: 'hello', type: 'text/plain' });
    await api.call('POST', path, { body: configMap('a', {}, { namespace: 'other' }) });
    await api.call('POST', path, { body: configMap('a', {}, { resourceVersion: '5' }) });
    await api.call('POST', path, { body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} } });
    await api.call('POST', path, { body: configMap('Not_A_Name') });
    await api.call('POST', path, { body: { ...configMap('a'), data: { k: 1 } } });
    await api.call('POST', path, { body: { ...configMap('a'), metadata: { name: 'a', labels: { a: 1 } } } });
    await api.call('POST', path, { body: configMap('a', {}, { labels: { '-': 'x y' }, annotations: { 'a b': '' }, finalizers: ['x'] }) });
    await api.call('POST', '/api/v1/namespaces/nowhere/configmaps', { body: configMap('a') });
    await api.call('POST', `${path}/a`, { body: configMap('a') });
    await api.call('PUT', path, { body: configMap('a') });
    await api.call('PATCH', path, { body: {}, type: MERGE });
    const custom = backups(api);
    await api.call('POST', custom, { body: '{' });
    await api.call('POST', custom, { body: { ...backup('a'), kind: 'Restore' } });
    await api.call('POST', custom, { body: { ...backup('a'), apiVersion: 'dataprotection.kubeblocks.io/v1' } });
    await api.call('POST', custom, { body: { ...backup('a'), metadata: { name: 'a', labels: { a: 1 } } } });
  }),
  scenario('make up a name', async (api) => {
    await api.call('POST', configMaps(api), { body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'generated-' } } });
    await api.call('POST', backups(api), { body: { ...backup(''), metadata: { generateName: 'generated-' } } });
    await api.call('POST', configMaps(api), { body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'Not_' } } });
  }),
  scenario('patch', async (api) => {
    const path = configMaps(api);
    await api.quietly('POST', path, { body: configMap('a', { a: '1', b: '2' }) });
    await api.call('PATCH', `${path}/a`, { body: { data: { a: null, c: '3' } }, type: MERGE });
    await api.call('PATCH', `${path}/a`, { body: [{ op: 'add', path: '/data/d', value: '4' }], type: JSON_PATCH });
    await api.call('PATCH', `${path}/a`, { body: [{ op: 'test', path: '/data/d', value: '5' }], type: JSON_PATCH });
    await api.call('PATCH', `${path}/a`, { body: [{ op: 'remove', path: '/data/nope' }], type: JSON_PATCH });
    await api.call('PATCH', `${path}/a`, { body: [{ op: 'replace', path: '/data/nope', value: 'x' }], type: JSON_PATCH });
    await api.call('PATCH', `${path}/a`, { body: {}, type: JSON_PATCH });
    await api.call('PATCH', `${path}/a`, { body: '{', type: MERGE });
    await api.call('PATCH', `${path}/a`, { body: { data: { e: '5' } }, type: STRATEGIC });
    await api.call('PATCH', `${path}/a`, { body: { metadata: { finalizers: ['example.com/a'] } }, type: STRATEGIC });
    await api.call('PATCH', `${path}/a`, { body: { metadata: { '$deleteFromPrimitiveList/finalizers': ['example.com/a'] } }, type: STRATEGIC });
    await api.call('PATCH', `${path}/a`, { body: { metadata: { name: 'b' } }, type: MERGE });
    await api.call('PATCH', `${path}/a`, { body: { metadata: { resourceVersion: '1' } }, type: MERGE });
    await api.call('PATCH', `${path}/a`, { body: { data: { a: 1 } }, type: MERGE });
    await api.call('PATCH', `${path}/nope`, { body: {}, type: MERGE });
    await api.call('PATCH', `${path}/a`, { body: {}, type: 'application/json' });
    await api.call('PATCH', `${path}/a?force=true`, { body: {}, type: MERGE });
    const custom = backups(api);
    await api.quietly('POST', custom, { body: backup('a') });
    await api.call('PATCH', `${custom}/a`, { body: { spec: { deletionPolicy: 'Sometimes' } }, type: MERGE });
    await api.call('PATCH', `${custom}/a`, { body: {}, type: STRATEGIC });
    await api.call('PATCH', `${custom}/a/status`, { body: { status: { phase: 'Completed' }, spec: { backupMethod: 'other' } }, type: MERGE });
    await api.call('PATCH', `${custom}/a/status`, { body: { status: { phase: 'Sleeping' } }, type: MERGE });
  }),
  scenario('dry run', async (api) => {
    const path = configMaps(api);
    await api.call('POST', `${path}?dryRun=All`, { body: configMap('a') });
    await api.call('GET', `${path}/a`);
    await api.call('POST', `${path}?dryRun=Some`, { body: configMap('a') });
    await api.quietly('POST', path, { body: configMap('a', { a: '1' }) });
    await api.call('PATCH', `${path}/a?dryRun=All`, { body: { data: { a: '2' } }, type: MERGE });
    await api.call('DELETE', `${path}/a?dryRun=All`);
    await api.call('GET', `${path}/a`);
  }),
  scenario('keep what may not change', async (api) => {
    await api.call('POST', secrets(api), { body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { k: 'v' }, immutable: true } });
    await api.call('PATCH', `${secrets(api)}/a`, { body: { stringData: { k: 'w' } }, type: MERGE });
    await api.call('PATCH', `${secrets(api)}/a`, { body: { type: 'other' }, type: MERGE });
    await api.call('PATCH', `${secrets(api)}/a`, { body: { immutable: false }, type: MERGE });
    await api.quietly('POST', configMaps(api), { body: { ...configMap('a', { a: '1' }), immutable: true } });
    await api.call('PATCH', `${configMaps(api)}/a`, { body: { data: { a: '2' } }, type: MERGE });
    await api.call('PATCH', `${configMaps(api)}/a`, { body: { metadata: { namespace: 'other' } }, type: MERGE });
    await api.call('PATCH', `${configMaps(api)}/a`, { body: { metadata: { uid: 'other' } }, type: MERGE });
    await api.call('PATCH', `${configMaps(api)}/a`, { body: { metadata: { creationTimestamp: '2020-01-01T00:00:00Z', generation: 7 } }, type: MERGE });
  }),
];
