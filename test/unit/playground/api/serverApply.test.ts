import assert from 'node:assert/strict';
import { BACKUPS, CONFIG_MAPS, startTestApi, type Answer, type TestApi } from './testApi';

const APPLY = 'application/apply-patch+yaml';

describe('server-side apply', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await startTestApi();
  });
  afterEach(() => api.server.close());

  function settings(data: Readonly<Record<string, string>>, metadata: object = {}): object {
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', ...metadata }, data };
  }

  function apply(body: unknown, manager = 'one', query = ''): Promise<Answer> {
    return api.call('PATCH', `${CONFIG_MAPS}/a?fieldManager=${manager}${query}`, { body, type: APPLY });
  }

  it('creates what is not there, and owns what it said', async () => {
    const created = await apply(settings({ a: '1' }));
    assert.equal(created.status, 201);
    assert.deepEqual(created.json.metadata?.managedFields, [
      {
        manager: 'one',
        operation: 'Apply',
        apiVersion: 'v1',
        time: '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { 'f:a': {} } },
      },
    ]);
  });

  it('takes YAML', async () => {
    const created = await apply('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: "1"\n');
    assert.deepEqual(created.json.data, { a: '1' });
  });

  it('takes away what is applied no more, and leaves what others have', async () => {
    await apply(settings({ a: '1', b: '1' }));
    await apply(settings({ b: '1', c: '1' }), 'two');
    assert.deepEqual((await apply(settings({ a: '1' }))).json.data, { a: '1', b: '1', c: '1' });
    assert.deepEqual((await apply(settings({}), 'two')).json.data, { a: '1' });
  });

  it('writes nothing when nothing changes, and writes when only an owner comes', async () => {
    const first = (await apply(settings({ a: '1' }))).json.metadata?.resourceVersion;
    assert.equal((await apply(settings({ a: '1' }))).json.metadata?.resourceVersion, first);
    assert.notEqual((await apply(settings({ a: '1' }), 'two')).json.metadata?.resourceVersion, first);
  });

  it('refuses to take a field from its owner, and does so by force', async () => {
    await apply(settings({ a: '1' }));
    const refused = await apply(settings({ a: '2' }), 'two');
    assert.equal(refused.status, 409);
    assert.deepEqual(refused.json, {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
      reason: 'Conflict',
      details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' }] },
      code: 409,
    });
    assert.deepEqual((await apply(settings({ a: '2' }), 'two', '&force=true')).json.data, { a: '2' });
    const [owner] = ((await api.call('GET', `${CONFIG_MAPS}/a`)).json.metadata?.managedFields ?? []) as { manager: string }[];
    assert.equal(owner?.manager, 'two');
  });

  it('names who updated a field with the version it spoke in', async () => {
    await api.call('POST', `${CONFIG_MAPS}?fieldManager=kubectl-create`, { body: settings({ a: '1', b: '1' }) });
    const refused = await apply(settings({ a: '2', b: '2' }));
    assert.equal(refused.json.message, 'Apply failed with 2 conflicts: conflicts with "kubectl-create" using v1:\n- .data.a\n- .data.b');
  });

  it('writes nothing in a dry run, and answers as if', async () => {
    const answer = await apply(settings({ a: '1' }), 'one', '&dryRun=All');
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.json.data, { a: '1' });
    assert.equal((await api.call('GET', `${CONFIG_MAPS}/a`)).status, 404);
  });

  it('refuses what the kind has no field for, of its own kinds and of others', async () => {
    const refused = await apply({ ...settings({}), datas: {} });
    assert.equal(refused.status, 500);
    assert.equal(refused.json.message, 'failed to create typed patch object (/a; /v1, Kind=ConfigMap): .datas: field not declared in schema');
    const body = { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Backup', metadata: { name: 'a' }, spec: { backupMethod: 'full', foo: 1 } };
    const other = await api.call('PATCH', `${BACKUPS}/a?fieldManager=one`, { body, type: APPLY });
    assert.match(String(other.json.message), /Kind=Backup\): \.spec\.foo: field not declared in schema$/);
  });

  it('needs a manager, and its force belongs to apply alone', async () => {
    const nameless = await api.call('PATCH', `${CONFIG_MAPS}/a`, { body: settings({}), type: APPLY });
    assert.match(String(nameless.json.message), /fieldManager: Required value: is required for apply patch$/);
    await apply(settings({ a: '1' }));
    const forced = await api.call('PATCH', `${CONFIG_MAPS}/a?force=true`, { body: {}, type: 'application/merge-patch+json' });
    assert.match(String(forced.json.message), /force: Forbidden: may not be specified for non-apply patch$/);
  });

  it('merges lists by their keys', async () => {
    const owner = (name: string): object => ({ apiVersion: 'v1', kind: 'ConfigMap', name, uid: name });
    for (const name of ['x', 'y']) await api.call('POST', CONFIG_MAPS, { body: { ...settings({}), metadata: { name } } });
    const [x, y] = await Promise.all(['x', 'y'].map(async (name) => ({ ...owner(name), uid: (await api.call('GET', `${CONFIG_MAPS}/${name}`)).json.metadata?.uid })));
    await apply(settings({ k: 'v' }, { ownerReferences: [x], finalizers: ['example.com/a'] }));
    const both = await apply(settings({ k: 'v' }, { ownerReferences: [y], finalizers: ['example.com/b'] }), 'two');
    assert.deepEqual(both.json.metadata?.ownerReferences, [x, y]);
    assert.deepEqual(both.json.metadata.finalizers, ['example.com/a', 'example.com/b']);
    assert.deepEqual((await apply(settings({ k: 'v' }, { ownerReferences: [x] }))).json.metadata?.finalizers, ['example.com/b']);
  });

  it('owns a status through its own door', async () => {
    await api.call('POST', BACKUPS, { body: { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Backup', metadata: { name: 'a' }, spec: { backupMethod: 'full' } } });
    const body = { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Backup', metadata: { name: 'a' }, status: { phase: 'Running' } };
    const applied = await api.call('PATCH', `${BACKUPS}/a/status?fieldManager=one`, { body, type: APPLY });
    assert.deepEqual((applied.json.metadata?.managedFields as { subresource?: string }[]).map(({ subresource }) => subresource), ['status', undefined]);
    const other = await api.call('PATCH', `${BACKUPS}/a/status?fieldManager=two`, { body: { ...body, status: { phase: 'Failed' } }, type: APPLY });
    assert.equal(other.json.message, 'Apply failed with 1 conflict: conflict with "one" with subresource "status": .status.phase');
  });
});

describe('managed fields', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await startTestApi();
  });
  afterEach(() => api.server.close());

  const owners = async (): Promise<readonly (readonly [string, object])[]> => {
    const entries = ((await api.call('GET', `${CONFIG_MAPS}/a`)).json.metadata?.managedFields ?? []) as { manager: string; fieldsV1: object }[];
    return entries.map(({ manager, fieldsV1 }) => [manager, fieldsV1]);
  };
  const merge = (data: object, manager: string): Promise<Answer> =>
    api.call('PATCH', `${CONFIG_MAPS}/a?fieldManager=${manager}`, { body: { data }, type: 'application/merge-patch+json' });

  it('follow every write to the last one who changed a field', async () => {
    await api.call('POST', `${CONFIG_MAPS}?fieldManager=one`, { body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: '1', b: '1' } } });
    await merge({ b: '2', c: '2' }, 'two');
    assert.deepEqual(await owners(), [
      ['one', { 'f:data': { '.': {}, 'f:a': {} } }],
      ['two', { 'f:data': { 'f:b': {}, 'f:c': {} } }],
    ]);
    await merge({ b: null }, 'three');
    assert.deepEqual(await owners(), [
      ['one', { 'f:data': { '.': {}, 'f:a': {} } }],
      ['two', { 'f:data': { 'f:c': {} } }],
    ]);
  });

  it('are dropped when a request empties them, until the next apply', async () => {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: '1' } };
    await api.call('POST', CONFIG_MAPS, { body });
    await api.call('PATCH', `${CONFIG_MAPS}/a`, { body: { metadata: { managedFields: [{}] } }, type: 'application/merge-patch+json' });
    assert.deepEqual(await owners(), []);
    await merge({ a: '2' }, 'two');
    assert.deepEqual(await owners(), []);
    await api.call('PATCH', `${CONFIG_MAPS}/a?fieldManager=one`, { body: { ...body, data: { b: '1' } }, type: APPLY });
    assert.deepEqual((await owners()).map(([manager]) => manager), ['one', 'before-first-apply']);
  });
});
