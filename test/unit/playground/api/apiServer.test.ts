import assert from 'node:assert/strict';
import { get } from 'node:http';
import { BACKUPS, CONFIG_MAPS, newBackup, startTestApi, type TestApi } from './testApi';
import { object } from '../store/testStore';
import { RESOURCES } from '../../../../src/playground/resources';

describe('the API server', () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startTestApi();
  });
  afterEach(async () => {
    await api.server.close();
    assert.deepEqual(api.errors, []);
  });

  const STATUS: readonly (readonly [string, string, string, unknown, number, string])[] = [
    ['an unknown object', 'GET', `${BACKUPS}/none`, undefined, 404, 'backups.dataprotection.kubeblocks.io "none" not found'],
    ['an unknown field, strictly', 'POST', `${BACKUPS}?fieldValidation=Strict`, newBackup('x', { foo: 1, bar: 2 }), 400, 'Backup in version "v1alpha1" cannot be handled as a Backup: strict decoding error: unknown field "spec.bar", unknown field "spec.foo"'],
    ['a key that is there twice, strictly', 'POST', `${BACKUPS}?fieldValidation=Strict`, '{"apiVersion":"dataprotection.kubeblocks.io/v1alpha1","kind":"Backup","metadata":{"name":"x"},"spec":{"backupMethod":"a","backupMethod":"b"}}', 400, 'Backup in version "v1alpha1" cannot be handled as a Backup: strict decoding error: duplicate field "spec.backupMethod"'],
    ['a missing field', 'POST', BACKUPS, object(RESOURCES.backup, 'x', { spec: {} }), 422, 'Backup.dataprotection.kubeblocks.io "x" is invalid: spec.backupMethod: Required value'],
    ['another kind', 'POST', BACKUPS, { ...newBackup('x'), kind: 'Restore' }, 422, 'Restore.dataprotection.kubeblocks.io "x" is invalid: kind: Invalid value: "Restore": must be Backup'],
    ['no kind', 'POST', BACKUPS, '{}', 400, "the object provided is unrecognized (must be of type Backup): Object 'Kind' is missing in '{}' ({})"],
    ['half a JSON', 'POST', BACKUPS, '{"metad', 400, `the object provided is unrecognized (must be of type Backup): couldn't get version/kind; json parse error: unexpected end of JSON input ({"metad)`],
    ['another namespace', 'POST', BACKUPS, { ...newBackup('x'), metadata: { name: 'x', namespace: 'other' } }, 400, 'the namespace of the provided object does not match the namespace sent on the request'],
    ['a resourceVersion on creation', 'POST', BACKUPS, { ...newBackup('x'), metadata: { name: 'x', resourceVersion: '5' } }, 500, 'resourceVersion should not be set on objects to be created'],
    ['an unknown dryRun', 'POST', `${BACKUPS}?dryRun=Some`, newBackup('x'), 422, 'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"'],
    ['an unknown label selector', 'GET', `${BACKUPS}?labelSelector=a%20b`, undefined, 400, "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a field that cannot be selected by', 'GET', `${BACKUPS}?fieldSelector=status.phase%3DRunning`, undefined, 400, 'field label not supported: status.phase'],
    ['the same of a built-in kind', 'GET', `${CONFIG_MAPS}?fieldSelector=foo%3Dbar`, undefined, 400, '"foo" is not a known field selector: only "metadata.name", "metadata.namespace"'],
    ['a limit that is no number', 'GET', `${CONFIG_MAPS}?limit=abc`, undefined, 400, 'strconv.ParseInt: parsing "abc": invalid syntax'],
    ['a revision of the future', 'GET', `${BACKUPS}?resourceVersion=99`, undefined, 504, 'Timeout: Too large resource version: 99, current: 1'],
    ['a collection that is PUT', 'PUT', BACKUPS, newBackup('x'), 405, 'the server does not allow this method on the requested resource'],
  ];
  for (const [what, method, path, body, status, message] of STATUS) {
    it(`refuses ${what} in the words of Kubernetes`, async () => {
      const answer = await api.call(method, path, { body });
      assert.deepEqual([answer.status, answer.json.kind, answer.json.message], [status, 'Status', message]);
    });
  }

  it('lets nobody in without the token, and says that a path is not there as Kubernetes does', async () => {
    const stranger = await fetch(`${api.server.address}/api`, { headers: { authorization: 'Bearer other' } });
    assert.deepEqual([stranger.status, ((await stranger.json()) as { message: string }).message], [401, 'Unauthorized']);
    const nowhere = await api.call('GET', '/apis/nope/v1/things');
    assert.deepEqual([nowhere.status, nowhere.text], [404, '404 page not found\n']);
  });

  it('says in its version that it is a playground, and that it is well', async () => {
    assert.match(String((await api.call('GET', '/version')).json.gitVersion), /^v1\.34\.\d\+kubeblocks-playground$/);
    for (const path of ['/readyz', '/livez', '/healthz']) assert.equal((await api.call('GET', path)).text, 'ok');
  });

  it('lists groups, and the kinds of a group with their status', async () => {
    const groups = (await api.call('GET', '/apis')).json.groups as { name: string }[];
    assert.ok(groups.some(({ name }) => name === 'dataprotection.kubeblocks.io'));
    const kinds = (await api.call('GET', '/apis/dataprotection.kubeblocks.io/v1alpha1')).json.resources as { name: string }[];
    assert.deepEqual(kinds.map(({ name }) => name), ['backups', 'backups/status']);
  });

  it('warns of unknown fields and drops them', async () => {
    const answer = await api.call('POST', BACKUPS, { body: newBackup('x', { foo: 1 }) });
    assert.deepEqual([answer.status, answer.headers.get('warning')], [201, '299 - "unknown field \\"spec.foo\\""']);
    assert.deepEqual(answer.json.spec, { backupMethod: 'full' });
  });

  it('reads YAML and writes it', async () => {
    const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: b\n';
    assert.equal((await api.call('POST', CONFIG_MAPS, { body, type: 'application/yaml' })).status, 201);
    const answer = await api.call('GET', `${CONFIG_MAPS}/c`, { accept: 'application/yaml' });
    assert.equal(answer.headers.get('content-type'), 'application/yaml');
    assert.match(answer.text, /^data:\n {2}a: b$/m);
  });

  it('takes one media type for another only where it serves it', async () => {
    assert.equal((await api.call('GET', BACKUPS, { accept: 'text/plain' })).status, 406);
    assert.equal((await api.call('POST', BACKUPS, { body: 'x', type: 'text/plain' })).status, 415);
  });

  it('replaces only what is current, and a custom resource only with its version', async () => {
    const first = (await api.call('POST', BACKUPS, { body: newBackup('x') })).json;
    assert.equal((await api.call('PUT', `${BACKUPS}/x`, { body: newBackup('x') })).json.message, 'backups.dataprotection.kubeblocks.io "x" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update');
    const changed = { ...first, spec: { backupMethod: 'other' } };
    assert.equal((await api.call('PUT', `${BACKUPS}/x`, { body: changed })).status, 200);
    assert.equal((await api.call('PUT', `${BACKUPS}/x`, { body: changed })).status, 409);
  });

  it('writes status through its subresource alone', async () => {
    await api.call('POST', BACKUPS, { body: { ...newBackup('x'), status: { phase: 'Made up' } } });
    const patch = { body: { status: { phase: 'Running' }, spec: { backupMethod: 'ignored' } }, type: 'application/merge-patch+json' };
    const { json } = await api.call('PATCH', `${BACKUPS}/x/status`, patch);
    assert.deepEqual([json.status, json.spec], [{ phase: 'Running' }, { backupMethod: 'full' }]);
  });

  it('patches by merge and by JSON patch, and strategically only what is built in', async () => {
    await api.call('POST', BACKUPS, { body: newBackup('x') });
    await api.call('POST', CONFIG_MAPS, { body: object(RESOURCES.configMap, 'c', { data: { a: '1', b: '2' } }) });
    const patch = async (path: string, type: string, body: unknown): Promise<readonly [number, unknown, unknown]> => {
      const { status, json } = await api.call('PATCH', path, { body, type: `application/${type}+json` });
      return [status, json.spec ?? json.data, json.message];
    };
    assert.deepEqual(await patch(`${BACKUPS}/x`, 'merge-patch', { spec: { deletionPolicy: 'Retain' } }), [200, { backupMethod: 'full', deletionPolicy: 'Retain' }, undefined]);
    assert.deepEqual(await patch(`${BACKUPS}/x`, 'json-patch', [{ op: 'remove', path: '/spec/deletionPolicy' }]), [200, { backupMethod: 'full' }, undefined]);
    assert.deepEqual(await patch(`${CONFIG_MAPS}/c`, 'strategic-merge-patch', { data: { a: null } }), [200, { b: '2' }, undefined]);
    assert.deepEqual(await patch(`${BACKUPS}/x`, 'json-patch', [{ op: 'test', path: '/spec/backupMethod', value: 'no' }]), [422, undefined, 'the server rejected our request due to an error in our request']);
    const [status, , message] = await patch(`${BACKUPS}/x`, 'strategic-merge-patch', {});
    assert.equal(status, 415);
    assert.match(String(message), /accepted media types include: application\/json-patch\+json, application\/merge-patch\+json, application\/apply-patch\+yaml$/);
    assert.deepEqual((await patch(`${BACKUPS}/x`, 'merge-patch', { metadata: { name: 'y' } }))[2], 'the name of the object (y) does not match the name on the URL (x)');
  });

  it('answers a deletion with a Status, or with the object while something holds it', async () => {
    await api.call('POST', BACKUPS, { body: newBackup('x') });
    await api.call('POST', BACKUPS, { body: { ...newBackup('held'), metadata: { name: 'held', finalizers: ['a/b'] } } });
    const wrong = await api.call('DELETE', `${BACKUPS}/x`, { body: { preconditions: { uid: 'zz' } } });
    assert.match(String(wrong.json.message), /the UID in the precondition \(zz\) does not match the UID in record/);
    const gone = await api.call('DELETE', `${BACKUPS}/x`);
    assert.deepEqual([gone.json.status, (gone.json.details as { kind: string }).kind], ['Success', 'backups']);
    const held = await api.call('DELETE', `${BACKUPS}/held`);
    assert.deepEqual([held.json.kind, typeof held.json.metadata?.deletionTimestamp], ['Backup', 'string']);
  });

  it('deletes what a selector finds', async () => {
    for (const [name, tier] of [['a', 'x'], ['b', 'y']] as const) {
      await api.call('POST', CONFIG_MAPS, { body: { ...object(RESOURCES.configMap, name), metadata: { name, labels: { tier } } } });
    }
    await api.call('DELETE', `${CONFIG_MAPS}?labelSelector=tier%3Dx`);
    assert.deepEqual((await api.call('GET', CONFIG_MAPS)).json.items?.map(({ metadata }) => metadata.name), ['b']);
  });

  it('pages through a list as it was when the first page was read', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await api.call('POST', BACKUPS, { body: newBackup(name) });
    const first = await api.call('GET', `${BACKUPS}?limit=2`);
    assert.equal(first.json.metadata?.remainingItemCount, 2);
    await api.call('DELETE', `${BACKUPS}/c`);
    await api.call('POST', BACKUPS, { body: newBackup('e') });
    const second = await api.call('GET', `${BACKUPS}?limit=2&continue=${String(first.json.metadata.continue)}`);
    assert.deepEqual(second.json.items?.map(({ metadata }) => metadata.name), ['c', 'd']);
    assert.equal(second.json.metadata?.resourceVersion, first.json.metadata.resourceVersion);
    assert.equal(second.json.metadata?.continue, '');
  });

  it('prints tables with the printer columns of a definition', async () => {
    await api.call('POST', BACKUPS, { body: newBackup('x') });
    api.clock.advance(90_000);
    const { json } = await api.call('GET', BACKUPS, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' });
    assert.deepEqual((json.columnDefinitions as { name: string }[]).map(({ name }) => name), ['Name', 'STATUS', 'AGE']);
    assert.deepEqual((json.rows as { cells: unknown[] }[]).map(({ cells }) => cells), [['x', null, '90s']]);
  });

  it('hands out metadata alone to who wants no more', async () => {
    await api.call('POST', BACKUPS, { body: newBackup('x') });
    const { json } = await api.call('GET', BACKUPS, { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' });
    assert.deepEqual([json.kind, json.items?.[0]?.kind, json.items?.[0]?.spec], ['PartialObjectMetadataList', 'PartialObjectMetadata', undefined]);
  });

  it('compresses what is large for a client that can read it', async () => {
    for (let index = 0; index < 8; index += 1) {
      api.store.create(RESOURCES.configMap, object(RESOURCES.configMap, `c${index}`, { data: { text: 'x'.repeat(32_000) } }));
    }
    const answer = await api.call('GET', CONFIG_MAPS);
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    assert.equal(answer.json.items?.length, 8);
  });

  it('turns faults on and off and the clock forward, for who has the token', async () => {
    await api.call('PUT', '/playground/faults/backup-job-fails', { body: { target: 'b', detail: 'no space left' } });
    assert.ok(api.faults.isOn('backup-job-fails', 'b'));
    await api.call('DELETE', '/playground/faults/backup-job-fails');
    assert.ok(!api.faults.isOn('backup-job-fails', 'b'));
    assert.equal((await api.call('PUT', '/playground/faults/nonsense', { body: {} })).status, 400);
    assert.deepEqual((await api.call('POST', '/playground/clock/advance', { body: { seconds: 60 } })).json, { now: '2026-01-01T00:01:00Z', speed: 0 });
    assert.equal((await api.call('PATCH', '/playground/clock', { body: { speed: -1 } })).status, 400);
    assert.equal((await fetch(`${api.server.address}/playground/faults`)).status, 401);
  });

  it('dates every answer by its own clock', async () => {
    api.clock.advance(90_000);
    const dates = [await api.call('GET', BACKUPS), await api.call('GET', '/nothing'), await api.call('POST', '/playground/clock/advance', { body: { seconds: 30 } })];
    assert.deepEqual(dates.map(({ headers }) => headers.get('date')), [
      'Thu, 01 Jan 2026 00:01:30 GMT',
      'Thu, 01 Jan 2026 00:01:30 GMT',
      'Thu, 01 Jan 2026 00:02:00 GMT',
    ]);
    const refused = await fetch(`${api.server.address}${BACKUPS}`);
    assert.deepEqual([refused.status, refused.headers.get('date')], [401, 'Thu, 01 Jan 2026 00:02:00 GMT']);
    const watched = await fetch(`${api.server.address}${BACKUPS}?watch=true`, { headers: { authorization: 'Bearer test-token' } });
    assert.equal(watched.headers.get('date'), 'Thu, 01 Jan 2026 00:02:00 GMT');
    await watched.body?.cancel();
  });

  it('tells who has the token the time and the speed of its clock', async () => {
    api.clock.advance(90_000);
    assert.deepEqual((await api.call('GET', '/playground/clock')).json, { now: '2026-01-01T00:01:30Z', speed: 0 });
  });

  it('refuses to move the clock to where there is no time', async () => {
    for (const [method, path, body] of [
      ['POST', 'clock/advance', { seconds: 1e300 }],
      ['POST', 'clock/advance', { to: '+275760-09-13T00:00:00Z' }],
      ['PATCH', 'clock', { speed: 1e300 }],
    ] as const) {
      assert.equal((await api.call(method, `/playground/${path}`, { body })).status, 400, JSON.stringify(body));
    }
    assert.equal((await api.call('POST', '/playground/clock/stop', { body: { seconds: 1 } })).status, 404);
    assert.deepEqual((await api.call('GET', '/playground/clock')).json, { now: '2026-01-01T00:00:00Z', speed: 0 });
  });

  it('refuses what is no path, and looks at nothing before the token', async () => {
    const answers = await Promise.all(['Bearer test-token', 'Bearer other'].map((authorization) => requestRaw(api.server.address, '//', authorization)));
    assert.deepEqual(answers, [400, 401]);
    assert.deepEqual(api.errors, []);
  });

  const nested = (levels: number): string => `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"deep"},"data":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;
  const hostile: readonly (readonly [what: string, method: string, path: string, body: string | undefined, type: string, status: number, message: RegExp])[] = [
    ['an object that is nested too deep', 'POST', CONFIG_MAPS, nested(5000), 'application/json', 400, /^exceeded max depth/],
    ['a list that is nested too deep', 'POST', CONFIG_MAPS, '['.repeat(100_000) + ']'.repeat(100_000), 'application/json', 400, /^exceeded max depth/],
    ['a body that is too large', 'POST', CONFIG_MAPS, JSON.stringify('x'.repeat(4 * 1024 * 1024)), 'application/json', 413, /^Request entity too large/],
    ['a prototype', 'POST', CONFIG_MAPS, '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"p"},"data":{"__proto__":{"y":"1"}}}', 'application/json', 400, /"__proto__" is not taken/],
    ['a prototype in YAML', 'POST', CONFIG_MAPS, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: p}\n__proto__: {y: 1}\n', 'application/yaml', 400, /"__proto__" is not taken/],
    ['a prototype in a merge patch', 'PATCH', `${CONFIG_MAPS}/c`, '{"data":{"__proto__":{"y":"1"}}}', 'application/merge-patch+json', 400, /"__proto__" is not taken/],
    ['a prototype in a strategic patch', 'PATCH', `${CONFIG_MAPS}/c`, '{"__proto__":{"y":"1"}}', 'application/strategic-merge-patch+json', 400, /"__proto__" is not taken/],
    ['a prototype in a JSON patch', 'PATCH', `${CONFIG_MAPS}/c`, '[{"op":"add","path":"/constructor/prototype/y","value":1}]', 'application/json-patch+json', 422, /^the server rejected our request/],
    ['aliases that multiply', 'POST', CONFIG_MAPS, `a: &a [x,x,x,x,x,x,x,x,x]\n${['ab', 'bc', 'cd', 'de', 'ef'].map(([from, to]) => `${to}: &${to} [${Array(9).fill(`*${from}`).join()}]\n`).join('')}`, 'application/yaml', 400, /Excessive alias count/],
    ['an escape that is none', 'GET', `${CONFIG_MAPS}/%zz`, undefined, 'application/json', 400, /^invalid URL escape in "%zz"$/],
    ['half a JSON for the playground itself', 'PUT', '/playground/faults/api-500', '{', 'application/json', 400, /^The body cannot be read/],
  ];
  for (const [what, method, path, body, type, status, message] of hostile) {
    it(`refuses ${what}, and goes on`, async () => {
      api.store.create(RESOURCES.configMap, object(RESOURCES.configMap, 'c', { data: { a: 'b' } }));
      const answer = await api.call(method, path, { ...(body !== undefined && { body }), type });
      assert.equal(answer.status, status, answer.text);
      assert.match(String(answer.json.message), message);
      const next = await api.call('GET', `${CONFIG_MAPS}/c`);
      assert.deepEqual([next.status, next.headers.get('connection'), next.json.data], [200, 'keep-alive', { a: 'b' }]);
      assert.equal(({} as { y?: unknown }).y, undefined);
    });
  }

  it('forbids, breaks and slows what a fault names', async () => {
    api.faults.turnOn('api-403', { target: 'list backups' });
    assert.equal((await api.call('GET', BACKUPS)).json.message, 'backups.dataprotection.kubeblocks.io is forbidden: User "playground-admin" cannot list resource "backups" in API group "dataprotection.kubeblocks.io" in the namespace "demo"');
    assert.equal((await api.call('GET', CONFIG_MAPS)).status, 200);
    const review = { spec: { resourceAttributes: { verb: 'list', resource: 'backups', group: 'dataprotection.kubeblocks.io' } } };
    const { json } = await api.call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { body: review });
    assert.deepEqual(json.status, { allowed: false });
    api.faults.turnOff('api-403');
    api.faults.turnOn('api-500', { detail: 'etcd is away' });
    assert.deepEqual((await api.call('GET', CONFIG_MAPS)).json.message, 'Internal error occurred: etcd is away');
  });
});

/** Sends a request line as it is, which `fetch` would put right first. Returns the answer's status. */
function requestRaw(address: string, path: string, authorization: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(address, { path, headers: { authorization }, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}
