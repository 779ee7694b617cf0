import assert from 'node:assert/strict';
import type { ClusterSource } from '../../../../src/kubernetes/clusterSource';
import { CommandError } from '../../../../src/ui/commandError';
import { ActiveCluster, type ActiveClusterDeps } from '../../../../src/ui/connection/activeCluster';
import { whenListed } from '../../../../src/ui/connection/whenListed';
import { FakeSource } from '../../../support/fakeSession';
import { RecordingLogger } from '../../../support/recordingLogger';

function active(source: ClusterSource, overrides: Partial<ActiveClusterDeps> = {}): ActiveCluster {
  return new ActiveCluster({
    source,
    logger: new RecordingLogger(),
    isTrusted: () => true,
    kubeconfigFile: () => undefined,
    rememberedContext: () => undefined,
    rememberContext: () => undefined,
    ...overrides,
  });
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('ActiveCluster', () => {
  it('reads nothing before it is started', async () => {
    const source = new FakeSource(['a']);
    const cluster = active(source);
    await settle();
    assert.deepEqual([source.reads, cluster.state.state], [0, 'idle']);
  });

  it('connects to the current context, once however often it is started', async () => {
    const source = new FakeSource(['a', 'b'], 'b');
    const cluster = active(source);
    cluster.start();
    cluster.start();
    await settle();
    assert.deepEqual(source.sessions.map(({ context }) => context), ['b']);
  });

  it('prefers the context that was chosen before, while the kubeconfig still has it', async () => {
    const source = new FakeSource(['a', 'b'], 'a');
    const cluster = active(source, { rememberedContext: () => 'b' });
    await cluster.reopen();
    assert.equal(cluster.session?.context, 'b');
    await active(source, { rememberedContext: () => 'gone' }).reopen();
    assert.equal(source.sessions.at(-1)?.context, 'a');
  });

  it('contacts nothing in a workspace that is not trusted, until it is', async () => {
    let trusted = false;
    const source = new FakeSource(['a']);
    const cluster = active(source, { isTrusted: () => trusted });
    cluster.start();
    await settle();
    assert.deepEqual([source.reads, cluster.state.state], [0, 'untrusted']);
    trusted = true;
    cluster.start();
    await settle();
    assert.equal(cluster.state.state, 'open');
  });

  it('reads no contexts in a workspace that is not trusted, also before anything was opened', async () => {
    const source = new FakeSource(['a']);
    const cluster = active(source, { isTrusted: () => false });
    await assert.rejects(cluster.contexts(), CommandError);
    assert.throws(() => cluster.requireTrust(), /Restricted Mode/);
    assert.equal(source.reads, 0);
  });

  it('puts no other context in the place of a chosen one that was taken out of the kubeconfig, until it is asked to', async () => {
    const source = new FakeSource(['staging', 'prod'], 'staging');
    let remembered: string | undefined;
    const cluster = active(source, { rememberedContext: () => remembered, rememberContext: (name) => (remembered = name) });
    await cluster.reopen('prod');
    source.contexts = ['staging'];
    source.change();
    await settle();
    assert.deepEqual(cluster.state, { state: 'unusable', message: 'The context prod, which was chosen here, is no longer in the kubeconfig. Choose another one.' });
    assert.equal(source.sessions[0]?.disposed, true);
    await cluster.reopen('staging');
    assert.equal(cluster.session?.context, 'staging');
  });

  it('follows the current context of kubectl where none was chosen', async () => {
    const source = new FakeSource(['prod'], 'prod');
    const cluster = active(source);
    await cluster.reopen();
    source.contexts = ['staging'];
    source.change();
    await settle();
    assert.equal(cluster.session?.context, 'staging');
  });

  it('drops the lists of a context that is left in the middle of a load', async () => {
    const source = new FakeSource(['a', 'b'], 'a');
    const cluster = active(source);
    await cluster.reopen();
    const listing = whenListed(cluster, ['backups'], new AbortController().signal);
    await cluster.reopen('b');
    source.sessions[0]?.become({ connection: { state: 'noKubeBlocks', serverVersion: '' } });
    source.sessions[1]?.become({ connection: { state: 'noKubeBlocks', serverVersion: '' } });
    assert.equal((await listing)?.context, 'b');
    assert.deepEqual(source.sessions.map(({ disposed }) => disposed), [true, false]);
  });

  it('drops a context that is taken out of the kubeconfig in the middle of a load, and says so', async () => {
    const source = new FakeSource(['a', 'b'], 'b');
    let remembered: string | undefined;
    const cluster = active(source, { rememberedContext: () => remembered, rememberContext: (name) => (remembered = name) });
    await cluster.reopen('a');
    const listing = whenListed(cluster, ['backups'], new AbortController().signal);
    source.contexts = ['b'];
    source.change();
    await settle();
    assert.deepEqual(cluster.state, { state: 'unusable', message: 'The context a, which was chosen here, is no longer in the kubeconfig. Choose another one.' });
    assert.equal(source.sessions[0]?.disposed, true);
    assert.equal(await listing, undefined);
  });

  it('says that there is no kubeconfig, or why it cannot be used', async () => {
    const none = active(new FakeSource([]));
    await none.reopen();
    assert.equal(none.state.state, 'noKubeconfig');
    const source = new FakeSource(['a']);
    source.broken = 'bad indentation';
    const broken = active(source);
    await broken.reopen();
    assert.deepEqual(broken.state, { state: 'unusable', message: 'bad indentation' });
  });

  it('closes the old session and drops one that comes too late', async () => {
    const source = new FakeSource(['a', 'b']);
    const cluster = active(source);
    const first = cluster.reopen('a');
    const second = cluster.reopen('b');
    await Promise.all([first, second]);
    assert.equal(cluster.session?.context, 'b');
    assert.deepEqual(source.sessions.filter(({ disposed }) => !disposed).map(({ context }) => context), ['b']);
  });

  it('tells of changes of the inventory, and not of those of a closed session', async () => {
    const source = new FakeSource(['a', 'b']);
    const cluster = active(source);
    await cluster.reopen('a');
    await cluster.reopen('b');
    let told = 0;
    cluster.onDidChange(() => (told += 1));
    source.sessions[0]?.become({ simulated: true });
    source.sessions[1]?.become({ simulated: true });
    assert.equal(told, 1);
  });
});

describe('whenListed', () => {
  it('waits for the lists that are asked for, and no longer', async () => {
    const source = new FakeSource(['a']);
    const cluster = active(source);
    const waiting = whenListed(cluster, ['clusters'], new AbortController().signal);
    await settle();
    source.sessions[0]?.become({ clusters: { state: { state: 'ready', asOf: 0 }, items: new Map() } });
    assert.equal((await waiting)?.clusters.state.state, 'ready');
  });

  it('takes a refused list for an answer', async () => {
    const source = new FakeSource(['a']);
    const cluster = active(source);
    const waiting = whenListed(cluster, ['clusters'], new AbortController().signal);
    await settle();
    source.sessions[0]?.become({ clusters: { state: { state: 'forbidden', verb: 'list', resource: 'clusters', group: 'apps' }, items: new Map() } });
    assert.equal((await waiting)?.clusters.state.state, 'forbidden');
  });

  it('gives nothing where there is no kubeconfig', async () => {
    assert.equal(await whenListed(active(new FakeSource([])), ['clusters'], new AbortController().signal), undefined);
  });

  it('ends when it is aborted', async () => {
    const stop = new AbortController();
    const waiting = whenListed(active(new FakeSource(['a'])), ['clusters'], stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(waiting, /enough/);
  });
});
