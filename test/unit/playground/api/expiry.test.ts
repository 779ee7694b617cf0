import assert from 'node:assert/strict';
import { CONFIG_MAPS, startTestApi, type TestApi } from './testApi';
import { RESOURCES } from '../../../../src/playground/resources';
import { object } from '../store/testStore';

describe('what is compacted', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await startTestApi();
    for (const name of ['a', 'b', 'c']) api.store.create(RESOURCES.configMap, object(RESOURCES.configMap, name));
  });
  afterEach(() => api.server.close());

  const compact = async (): Promise<void> => {
    await api.call('POST', '/playground/compact', { body: {} });
  };
  const add = (name: string): unknown => api.store.create(RESOURCES.configMap, object(RESOURCES.configMap, name));

  it('cannot be watched from', async () => {
    const since = api.store.revision();
    add('d');
    add('e');
    await compact();
    const [event] = (await api.watch(`${CONFIG_MAPS}?watch=true&resourceVersion=${since}`).next().then(({ value }) => [value]));
    assert.equal(event?.type, 'ERROR');
    const status = event.object as unknown as { code: number; reason: string; message: string };
    assert.deepEqual([status.code, status.reason], [410, 'Expired']);
    assert.match(status.message, /^too old resource version: \d+ \(\d+\)$/);
  });

  it('cannot be read, but a page goes on from now with the token that comes with the refusal', async () => {
    const first = await api.call('GET', `${CONFIG_MAPS}?limit=1`);
    const { resourceVersion, continue: token } = first.json.metadata as { resourceVersion: string; continue: string };
    add('bb');
    await compact();
    const exact = await api.call('GET', `${CONFIG_MAPS}?resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`);
    assert.equal(exact.json.message, 'The resourceVersion for the provided list is too old.');
    const expired = await api.call('GET', `${CONFIG_MAPS}?limit=2&continue=${token}`);
    assert.equal(expired.status, 410);
    assert.match(String(expired.json.message), /^The provided continue parameter is too old .* inconsistent list/);
    const rest = await api.call('GET', `${CONFIG_MAPS}?limit=2&continue=${String(expired.json.metadata?.continue)}`);
    assert.deepEqual(rest.json.items?.map(({ metadata }) => metadata.name), ['b', 'bb']);
  });

  it('does not touch a watch from after it', async () => {
    await compact();
    const watch = api.watch(`${CONFIG_MAPS}?watch=true&resourceVersion=${api.store.revision()}`);
    const next = watch.next();
    add('z');
    assert.equal((await next).value?.object.metadata.name, 'z');
  });
});

describe('options of a list', () => {
  it('are refused where they do not go together', async () => {
    const api = await startTestApi();
    const refused = await api.call('GET', `${CONFIG_MAPS}?resourceVersionMatch=Exact`);
    assert.equal(refused.status, 422);
    assert.match(String(refused.json.message), /resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided$/);
    const watch = await api.call('GET', `${CONFIG_MAPS}?watch=true&sendInitialEvents=true`);
    assert.match(String(watch.json.message), /sendInitialEvents requires setting resourceVersionMatch to NotOlderThan$/);
    await api.server.close();
  });
});
