import assert from 'node:assert/strict';
import { RESOURCES } from '../../../../src/playground/resources';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { BACKUPS, newBackup, startTestApi, type TestApi } from './testApi';

const { backup } = RESOURCES;

describe('a watch', () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startTestApi({ historyLimit: 4 });
  });
  afterEach(() => api.server.close());

  it('begins with what is there, goes on with what changes, and ends when its time is up', async () => {
    api.store.create(backup, newBackup('a'));
    const lines = api.watch(`${BACKUPS}?watch=1&timeoutSeconds=10`);
    assert.deepEqual(await nextName(lines), 'ADDED a');
    api.store.create(backup, newBackup('b'));
    assert.deepEqual(await nextName(lines), 'ADDED b');
    api.store.updateStatus(backup, { ...newBackup('b'), status: { phase: 'Running' } });
    assert.deepEqual(await nextName(lines), 'MODIFIED b');
    api.store.delete(backup, { namespace: 'demo', name: 'a' });
    assert.deepEqual(await nextName(lines), 'DELETED a');
    api.tick(10_000);
    assert.equal((await lines.next()).done, true);
  });

  it('resumes after the revision it names', async () => {
    const first = api.store.create(backup, newBackup('a'));
    api.store.create(backup, newBackup('b'));
    const lines = api.watch(`${BACKUPS}?watch=1&resourceVersion=${String(first.metadata.resourceVersion)}`);
    assert.equal(await nextName(lines), 'ADDED b');
    await lines.return(undefined);
  });

  it('tells a watch from too far back that it is too old', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) api.store.create(backup, newBackup(name));
    const lines = api.watch(`${BACKUPS}?watch=1&resourceVersion=1`);
    const { value } = await lines.next();
    assert.deepEqual([value?.type, value?.object.code, value?.object.reason], ['ERROR', 410, 'Expired']);
    assert.equal((await lines.next()).done, true);
  });

  it('shows what enters and leaves its selection as arriving and departing', async () => {
    const lines = api.watch(`${BACKUPS}?watch=1&labelSelector=tier%3Dgold&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`);
    assert.equal((await lines.next()).value?.type, 'BOOKMARK');
    const created = api.store.create(backup, newBackup('a'));
    const gold = api.store.update(backup, { ...created, metadata: { ...created.metadata, labels: { tier: 'gold' } } });
    assert.equal(await nextName(lines), 'ADDED a');
    api.store.update(backup, { ...gold, metadata: { ...gold.metadata, labels: { tier: 'silver' } } });
    assert.equal(await nextName(lines), 'DELETED a');
    await lines.return(undefined);
  });

  it('marks the end of what was there, and its place every minute', async () => {
    api.store.create(backup, newBackup('a'));
    const lines = api.watch(`${BACKUPS}?watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`);
    assert.equal(await nextName(lines), 'ADDED a');
    const end = (await lines.next()).value;
    assert.deepEqual([end?.type, end?.object.metadata.annotations], ['BOOKMARK', { 'k8s.io/initial-events-end': 'true' }]);
    api.tick(60_000);
    const bookmark = (await lines.next()).value;
    assert.deepEqual([bookmark?.type, bookmark?.object.metadata.resourceVersion], ['BOOKMARK', String(api.store.revision())]);
    await lines.return(undefined);
  });

  it('names the columns of its tables once', async () => {
    api.store.create(backup, newBackup('a'));
    api.store.create(backup, newBackup('b'));
    const lines = api.watch(`${BACKUPS}?watch=1`, 'application/json;as=Table;v=v1;g=meta.k8s.io');
    const tables = [(await lines.next()).value?.object, (await lines.next()).value?.object];
    assert.deepEqual(tables.map((table) => Array.isArray(table?.columnDefinitions)), [true, false]);
    await lines.return(undefined);
  });

  it('ends when the server closes', async () => {
    const lines = api.watch(`${BACKUPS}?watch=1`);
    const ended = lines.next().then(({ done }) => done, () => true);
    await api.call('GET', '/readyz');
    await api.server.close();
    assert.equal(await ended, true);
  });
});

async function nextName(lines: AsyncGenerator<{ readonly type: string; readonly object: AnyObject }, undefined>): Promise<string> {
  const { value } = await lines.next();
  return `${String(value?.type)} ${String(value?.object.metadata.name)}`;
}
