import { scenario, type Observer, type Scenario } from '../scenario';
import { APPLY, backup, backups, batch, configMap, configMaps, core, MERGE } from './objects';

const apply = (api: Observer, path: string, body: unknown, manager = 'one', query = ''): Promise<unknown> =>
  api.call('PATCH', `${path}?fieldManager=${manager}${query}`, { body, type: APPLY });

const container = (name: string, extra: object = {}): object => ({ name, image: 'busybox', ...extra });

function job(containers: readonly object[]): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers } } } };
}

/** Server-side apply and the fields' owners. */
export const applying: readonly Scenario[] = [
  scenario('apply to a map', async (api) => {
    const path = `${configMaps(api)}/a`;
    await apply(api, path, configMap('a', { a: '1', b: '1' }));
    await apply(api, path, configMap('a', { b: '1', c: '1' }), 'two');
    await apply(api, path, configMap('a', { a: '1' }));
    await apply(api, path, configMap('a', { c: '2', b: '2' }));
    await apply(api, path, configMap('a', { c: '2', b: '2' }), 'one', '&force=true');
    await apply(api, path, configMap('a'), 'one');
    await apply(api, path, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    x: "y"\n');
    await apply(api, path, configMap('a', { z: '1' }), 'one', '&dryRun=All');
    await api.call('PATCH', `${path}?fieldManager=edit`, { body: { data: { b: '9' } }, type: MERGE });
    await apply(api, path, configMap('a', { b: '8' }));
  }),
  scenario('refuse a bad apply', async (api) => {
    const path = `${configMaps(api)}/a`;
    await api.call('PATCH', path, { body: configMap('a'), type: APPLY });
    await apply(api, path, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });
    await apply(api, path, configMap('b'));
    await apply(api, path, { ...configMap('a'), datas: {} });
    await apply(api, path, { ...configMap('a'), data: { a: 1 } });
    await apply(api, path, { ...configMap('a'), data: [] });
    await apply(api, path, configMap('a', {}, { managedFields: [] }));
    await apply(api, path, configMap('a', {}, { uid: '11111111-1111-4111-8111-111111111111' }));
    await apply(api, path, configMap('a', {}, { namespace: 'other' }));
    await apply(api, path, configMap('a', {}, { resourceVersion: '1' }));
    await apply(api, path, 'a: [');
    await apply(api, path, '- a');
    await apply(api, path, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: "1"\n  a: "2"\n', 'one', '&fieldValidation=Strict');
    await apply(api, path, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: "1"\n  a: "2"\n');
    const custom = `${backups(api)}/a`;
    // One fault each: the server stops at a field it does not know, and comes to fields in any order.
    await apply(api, custom, backup('a', { foo: 1 }));
    await apply(api, custom, backup('a', { backupMethod: 7 }));
    await apply(api, custom, backup('a', { deletionPolicy: 'Sometimes' }));
  }),
  scenario('apply to a custom resource and its status', async (api) => {
    const path = `${backups(api)}/a`;
    await apply(api, path, backup('a', { parameters: [{ name: 'x', value: '1' }] }, { labels: { a: 'b' }, finalizers: ['example.com/a'] }));
    await apply(api, path, { ...backup('a'), spec: { parameters: [{ name: 'y', value: '1' }] } }, 'two');
    await apply(api, path, { ...backup('a'), spec: { retentionPeriod: '7d' }, metadata: { name: 'a', finalizers: ['example.com/b'] } }, 'two');
    await apply(api, `${path}/status`, { ...backup('a'), status: { phase: 'Running' } }, 'three');
    await apply(api, `${path}/status`, { ...backup('a'), status: { phase: 'Failed' } }, 'four');
    await apply(api, path, backup('a', {}, {}));
    await apply(api, `${backups(api)}/b/status`, { ...backup('b'), status: { phase: 'Failed' } }, 'four');
  }),
  scenario('apply to lists', async (api) => {
    const path = `${batch(api, 'jobs')}/a`;
    await apply(api, path, job([container('x', { env: [{ name: 'A', value: '1' }, { name: 'B', value: '1' }] }), container('y')]));
    await apply(api, path, { ...job([]), spec: { completions: 2 }, metadata: { name: 'a', labels: { x: 'y' } } }, 'two');
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }, { port: 81, name: 'b' }] } };
    const services = `${core(api, 'services')}/a`;
    await api.call('PATCH', `${services}?fieldManager=one`, { body: { ...service, spec: { ports: [{ port: 80, name: 'a' }, { port: 81, name: 'b' }] } }, type: APPLY }).catch(() => undefined);
  }),
  scenario('follow who writes', async (api) => {
    const path = configMaps(api);
    await api.call('POST', path, { body: configMap('a', { a: '1', b: '1' }, { labels: { l: '1' }, annotations: { n: '1' } }), userAgent: 'kubectl/v1.34 (linux)' });
    await api.call('PATCH', `${path}/a?fieldManager=two`, { body: { data: { b: '2', c: '2' } }, type: MERGE });
    await api.call('PATCH', `${path}/a?fieldManager=three`, { body: { data: { b: null }, metadata: { labels: { l: null } } }, type: MERGE });
    await api.call('PATCH', `${path}/a?fieldManager=${'x'.repeat(129)}`, { body: {}, type: MERGE });
    await api.call('PATCH', `${path}/a`, { body: { metadata: { managedFields: [{}] } }, type: MERGE });
    await api.call('PATCH', `${path}/a?fieldManager=four`, { body: { data: { a: '3' } }, type: MERGE });
    await apply(api, `${path}/a`, configMap('a', { d: '1' }));
    await api.call('POST', backups(api), { body: backup('a', {}, { labels: { l: '1' }, ownerReferences: [] }), userAgent: 'x' });
    await api.call('PATCH', `${backups(api)}/a/status?fieldManager=s`, { body: { status: { phase: 'Running', actions: [{ name: 'x' }] } }, type: MERGE });
    await api.call('PATCH', `${backups(api)}/a/status?fieldManager=s`, { body: { status: { phase: 'Completed' } }, type: MERGE });
  }),
  scenario('go over from client-side apply', async (api) => {
    const path = configMaps(api);
    const last = JSON.stringify(configMap('a', { a: '1' }));
    await api.quietly('POST', `${path}?fieldManager=kubectl-client-side-apply`, {
      body: configMap('a', { a: '1', b: '1' }, { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': last } }),
    });
    await apply(api, `${path}/a`, configMap('a', { a: '2' }), 'other');
    await apply(api, `${path}/a`, configMap('a', { a: '2', b: '2' }), 'kubectl');
    await apply(api, `${path}/a`, configMap('a', { a: '2' }), 'kubectl');
  }),
];
