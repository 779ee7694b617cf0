import assert from 'node:assert/strict';
import { keyOf } from '../../../src/kubeblocks/inventory';
import { KINDS } from '../../../src/kubeblocks/kinds';
import { newKubeConfig } from '../../support/clientNode';
import { connect } from '../../../src/kubernetes/clusterSession';
import { readKubeconfigText } from '../../support/kubeconfigText';
import type { ClusterSession } from '../../../src/kubernetes/session';
import { FakeApiServer, TOKEN, type Fault, type SeenRequest } from '../../support/fakeApiServer';
import { ManualClock } from '../../support/manualClock';
import { RecordingLogger } from '../../support/recordingLogger';

describe('A cluster session', () => {
  let server: FakeApiServer;
  let clock: ManualClock;
  let logger: RecordingLogger;
  let session: ClusterSession | undefined;

  before(async function () {
    this.timeout(60_000);
    await newKubeConfig();
  });

  beforeEach(async () => {
    server = await FakeApiServer.start();
    clock = new ManualClock();
    logger = new RecordingLogger();
    server.of('cluster').put('orders-pg', { status: { phase: 'Running' } });
    server.of('backup').put('full-1', { status: { phase: 'Completed' } });
    server.of('backupRepo').put('s3', { status: { phase: 'Ready' } });
  });

  afterEach(async () => {
    session?.dispose();
    session = undefined;
    await server.close();
    assert.deepEqual(logger.errors, []);
    assert.ok(!logger.lines.some((line) => line.includes(TOKEN)), 'no log line holds the token');
  });

  const open = (): ClusterSession => {
    session = connect(readKubeconfigText(server.kubeconfig), 'fake', { logger, clock, random: () => 0.5, env: {} });
    return session;
  };
  const backupsOf = (of: ClusterSession): readonly string[] =>
    [...of.inventory.backups.items.values()].map((backup) => `${keyOf(backup)}@${backup.metadata.resourceVersion ?? ''}`).sort();
  const isCurrent = (of: ClusterSession): boolean =>
    of.inventory.backups.state.state === 'ready' && backupsOf(of).join() === server.of('backup').contents.join();
  const opened = async (): Promise<ClusterSession> => {
    const now = open();
    await clock.until(() => isCurrent(now) && server.watches === 10, 'all kinds are watched');
    return now;
  };

  it('shows every kind and the line of KubeBlocks', async () => {
    const { inventory } = await opened();
    assert.equal(inventory.line, '1.0');
    assert.equal(inventory.defaultNamespace, 'demo');
    assert.equal(inventory.simulated, false);
    assert.deepEqual(inventory.connection, { state: 'connected', serverVersion: 'v1.34.4' });
    assert.equal(inventory.clusters.items.get('demo/orders-pg')?.status?.phase, 'Running');
    assert.equal(inventory.repos.items.get('/s3')?.status?.phase, 'Ready');
    assert.deepEqual(inventory.opsRequests.items.size, 0);
  });

  it('asks discovery only for the groups and versions that it reads', async () => {
    server.serve({ group: 'workloads.kubeblocks.io', version: 'v1', kind: 'InstanceSet', plural: 'instancesets', namespaced: true });
    server.serve({ group: 'apps.kubeblocks.io', version: 'v1beta1', kind: 'ConfigConstraint', plural: 'configconstraints', namespaced: false });
    await opened();
    const asked = server.requests.map(({ url }) => url.pathname).filter((path) => /^\/apis\/[^/]+\/[^/]+$/.test(path));
    assert.deepEqual(asked.sort(), ['/apis/apps.kubeblocks.io/v1', '/apis/apps.kubeblocks.io/v1alpha1', '/apis/dataprotection.kubeblocks.io/v1alpha1', '/apis/operations.kubeblocks.io/v1alpha1', '/apis/snapshot.storage.k8s.io/v1']);
  });

  it('reads what every line has alike while it is found out which line it is', async () => {
    server.fault = ({ url }) => (url.pathname.includes('/customresourcedefinitions/') ? 'hang' : undefined);
    const now = open();
    await clock.until(() => now.inventory.backups.state.state === 'ready', 'the backups are read');
    assert.deepEqual(now.inventory.connection, { state: 'connecting' });
    assert.equal(now.inventory.clusters.state.state, 'loading', 'where they are depends on the line');
    server.fault = () => undefined;
    server.cutAll();
    await clock.until(() => now.inventory.connection.state === 'connected' && server.watches === 10, 'the line is known', { within: 20_000 });
    assert.equal(now.inventory.line, '1.0');
  });

  it('asks for pages, bookmarks and an end of each watch', async () => {
    await opened();
    const lists = server.requests.filter(({ url, isWatch }) => url.pathname.endsWith('/backups') && !isWatch);
    const watches = server.requests.filter(({ isWatch }) => isWatch);
    assert.deepEqual(lists.map(({ url }) => url.search), ['?limit=250']);
    assert.equal(watches.length, 10);
    assert.ok(watches.every(({ url }) => url.searchParams.get('allowWatchBookmarks') === 'true'));
    assert.ok(watches.every(({ url }) => Number(url.searchParams.get('timeoutSeconds')) >= 270));
  });

  it('knows the playground by its version', async () => {
    server.version = 'v1.33.0+kubeblocks-playground';
    assert.equal((await opened()).inventory.simulated, true);
  });

  it("learns the server's time from its answers", async () => {
    const ahead = 61 * 60_000;
    server.date = () => new Date(clock.now() + ahead).toUTCString();
    const now = await opened();
    assert.ok(Math.abs(now.time.now() - clock.now() - ahead) <= 1000, new Date(now.time.now()).toISOString());
  });

  it('keeps the machine’s time where the server tells none, or nonsense', async () => {
    for (const date of [undefined, 'soon']) {
      server.date = () => date;
      const now = await opened();
      assert.equal(now.time.now(), clock.now());
      now.dispose();
      await clock.until(() => server.watches === 0, 'the watches end');
    }
  });

  it('asks a playground for its time again and again', async () => {
    server.version = 'v1.33.0+kubeblocks-playground';
    let there = Date.UTC(2030, 0, 1);
    server.date = () => new Date(there).toUTCString();
    const now = await opened();
    const asked = (): number => server.requests.filter(({ url }) => url.pathname === '/version').length;
    there += 600_000;
    const before = asked();
    await clock.until(() => asked() > before && now.time.now() >= there, 'the new time is known', { within: 15_000 });
  });

  it('says that KubeBlocks is not installed, and finds it once it is', async () => {
    Object.values(KINDS).forEach((resource) => server.stopServing(resource));
    const now = open();
    await clock.until(() => now.inventory.connection.state === 'noKubeBlocks', 'it is found missing');
    Object.values(KINDS).forEach((resource) => server.serve(resource));
    now.refresh();
    await clock.until(() => now.inventory.connection.state === 'connected', 'it is found', { within: 2_000 });
    await clock.until(() => now.inventory.backups.state.state === 'ready', 'the kinds are read');
  });

  it('makes one change of a burst and keeps what did not change', async () => {
    const now = await opened();
    const before = now.inventory;
    let changes = 0;
    now.onDidChange(() => (changes += 1));
    for (let round = 0; round < 70; round += 1) {
      server.of('backup').put('full-1', { status: { phase: round % 2 === 0 ? 'Running' : 'Failed' } });
    }
    await clock.until(() => isCurrent(now), 'the burst arrives');
    assert.ok(changes <= 2, `${changes} changes`);
    assert.equal(now.inventory.clusters, before.clusters);
    assert.notEqual(now.inventory.backups, before.backups);
  });

  it('stops telling a listener that left', async () => {
    const now = await opened();
    let told = 0;
    const stop = now.onDidChange(() => (told += 1));
    stop();
    server.of('backup').put('full-2');
    await clock.until(() => isCurrent(now), 'the backup arrives');
    assert.equal(told, 0);
  });

  it('lists all pages of a kind', async () => {
    for (let index = 0; index < 612; index += 1) {
      server.of('backup').put(`many-${index}`);
    }
    const now = await opened();
    assert.equal(now.inventory.backups.items.size, 613);
    assert.equal(server.requests.filter(({ url, isWatch }) => url.pathname.endsWith('/backups') && !isWatch).length, 3);
  });

  describe('of a long list', () => {
    /** Later pages never come. */
    const onlyFirstPages = (): void => {
      server.fault = ({ url }) => (url.searchParams.has('continue') ? 'hang' : undefined);
    };

    beforeEach(() => {
      for (let index = 0; index < 612; index += 1) {
        server.of('backup').put(`many-${index}`);
      }
    });

    it('shows what came so far, and that the rest is being read', async () => {
      onlyFirstPages();
      const now = open();
      await clock.until(() => now.inventory.backups.items.size > 0, 'the first page is shown');
      assert.equal(now.inventory.backups.items.size, 250);
      assert.deepEqual(now.inventory.backups.state, { state: 'loading' });
    });

    it('forgets a part of which the rest could not be read', async () => {
      server.fault = ({ url }) => (url.searchParams.has('continue') ? { status: 500 } : undefined);
      const now = open();
      await clock.until(() => now.inventory.backups.state.state === 'failed', 'the list failed');
      assert.equal(now.inventory.backups.items.size, 0);
    });

    it('keeps everything shown while it is listed again', async () => {
      const now = await opened();
      onlyFirstPages();
      const sizes = new Set<number>();
      now.onDidChange(({ backups }) => sizes.add(backups.items.size));
      const before = server.requests.length;
      now.refresh();
      await clock.until(() => server.requests.slice(before).some(({ url }) => url.searchParams.has('continue')), 'the second page is asked for');
      await clock.advance(1_000);
      assert.deepEqual([...sizes].filter((size) => size !== 613), []);
    });
  });

  it('shows a kind that may not be listed as forbidden, and the others all the same', async () => {
    server.fault = ({ url }) => (url.pathname.endsWith('/backuprepos') ? { status: 403 } : undefined);
    const now = open();
    await clock.until(() => now.inventory.repos.state.state === 'forbidden' && isCurrent(now), 'the refusal is known');
    assert.deepEqual(now.inventory.repos.state, {
      state: 'forbidden',
      verb: 'list',
      resource: 'backuprepos',
      group: 'dataprotection.kubeblocks.io',
    });
  });

  it("lists the context's namespace where the whole cluster may not be listed", async () => {
    server.of('backup').put('elsewhere', {}, 'other');
    server.fault = ({ url }) => (url.pathname === '/apis/dataprotection.kubeblocks.io/v1alpha1/backups' ? { status: 403 } : undefined);
    const now = open();
    await clock.until(() => now.inventory.backups.state.state === 'ready', 'the namespace is listed');
    assert.deepEqual([...now.inventory.backups.items.keys()], ['demo/full-1']);
    assert.equal((now.inventory.backups.state as { namespace?: string }).namespace, 'demo');
  });

  it('shows a kind that is not served as absent', async () => {
    server.stopServing(KINDS.opsRequest);
    const now = open();
    await clock.until(() => now.inventory.opsRequests.state.state === 'absent', 'it is found missing');
    assert.equal(now.inventory.line, '1.0');
  });

  it('keeps what it knew, with its age, while the server is away, and says so', async () => {
    const now = await opened();
    const asOf = clock.now();
    const { port } = server;
    await server.close();
    await clock.until(() => now.inventory.connection.state === 'failed', 'the loss is seen');
    assert.equal(now.inventory.backups.items.size, 1);
    assert.equal((now.inventory.connection as { retrying?: boolean }).retrying, true);
    await clock.until(() => now.inventory.backups.state.state === 'failed', 'the backups are shown as stale');
    assert.ok(((now.inventory.backups.state as { asOf?: number }).asOf ?? 0) <= asOf);
    server = await FakeApiServer.start('1.0', port);
    server.of('backup').put('after');
    await clock.until(() => isCurrent(now), 'all is well again', { within: 10_000 });
    assert.equal(now.inventory.connection.state, 'connected');
  });

  it('asks a server that is away at most five times in four seconds, all kinds together', async () => {
    const now = await opened();
    const tries: number[] = [];
    server.fault = () => {
      tries.push(clock.now());
      return 'reset';
    };
    await clock.advance(10_000);
    tries.length = 0;
    server.cutAll();
    await clock.until(() => now.inventory.connection.state === 'failed', 'the loss is seen');
    const firstRound = tries.length;
    assert.ok(firstRound <= 9 * 2, `${firstRound} when every watch was cut`);
    tries.length = 0;
    await clock.until(() => tries.length >= 12, 'it goes on trying');
    tries.forEach((start) => assert.ok(tries.filter((at) => at >= start && at < start + 4_000).length <= 5));
    server.fault = () => undefined;
    server.of('backup').put('after');
    await clock.until(() => isCurrent(now), 'all is well again', { within: 5_000 });
  });

  it('says so when its credentials are refused, asks ever less, and goes on after a refresh', async () => {
    const now = await opened();
    server.fault = () => ({ status: 401 });
    server.cutAll();
    await clock.until(() => now.inventory.connection.state === 'failed', 'the refusal is seen');
    await clock.until(() => false, 'half a minute passes', { within: 40_000 }).catch(() => undefined);
    const asked = server.requests.length;
    await clock.until(() => false, 'a minute passes', { within: 60_000 }).catch(() => undefined);
    const more = server.requests.length - asked;
    assert.ok(more >= 1 && more <= 2, `${more} requests in a minute`);
    assert.equal((now.inventory.connection as { retrying?: boolean }).retrying, false);
    server.fault = () => undefined;
    server.of('backup').put('after');
    now.refresh();
    await clock.until(() => isCurrent(now) && now.inventory.connection.state === 'connected', 'all is well again', { within: 5_000 });
  });

  it('notices a watch that went silent', async () => {
    const now = await opened();
    server.of('cluster').bookmark();
    const before = server.requests.filter(({ isWatch }) => isWatch).length;
    await clock.advance(91_000);
    await clock.until(() => server.requests.filter(({ isWatch }) => isWatch).length >= before + 8, 'the watches are taken up anew');
    assert.equal(now.inventory.backups.state.state, 'ready');
  });

  const faults: readonly [string, Fault, (request: SeenRequest) => boolean][] = [
    ['a list answered 500', { status: 500 }, ({ isWatch }) => !isWatch],
    ['a list answered 429', { status: 429, retryAfter: 1 }, ({ isWatch }) => !isWatch],
    ['a list that is cut in its JSON', 'truncate', ({ isWatch }) => !isWatch],
    ['a list that is reset', 'reset', ({ isWatch }) => !isWatch],
    ['a list answered 410', { status: 410 }, ({ isWatch }) => !isWatch],
    ['a watch answered 410', { status: 410 }, ({ isWatch }) => isWatch],
    ['a watch that gives an error event 410', 'expiredEvent', ({ isWatch }) => isWatch],
    ['a watch answered 500', { status: 500 }, ({ isWatch }) => isWatch],
    ['a watch answered 503 by a proxy', { status: 503, body: '<html>gone</html>' }, ({ isWatch }) => isWatch],
    ['a watch answered 429', { status: 429, retryAfter: 2 }, ({ isWatch }) => isWatch],
    ['a watch that ends at once', 'endAtOnce', ({ isWatch }) => isWatch],
    ['a watch that is cut in an event', 'cutEvent', ({ isWatch }) => isWatch],
    ['a watch that sends garbage', 'garbage', ({ isWatch }) => isWatch],
    ['a watch that is reset', 'reset', ({ isWatch }) => isWatch],
  ];
  faults.forEach(([name, fault, applies]) => {
    it(`equals a fresh list within 5 s after ${name}, and does not hammer meanwhile`, async () => {
      const now = await opened();
      await clock.advance(5_000);
      const tries: number[] = [];
      server.fault = (request) => {
        if (!request.url.pathname.endsWith('/backups') || !applies(request)) {
          return undefined;
        }
        tries.push(clock.now());
        return fault;
      };
      server.of('backup').compact();
      server.of('backup').endWatches();
      await clock.until(() => tries.length >= 4, 'it is tried several times');
      tries.forEach((start) => assert.ok(tries.filter((at) => at >= start && at < start + 4_000).length <= 5, tries.join()));
      server.of('backup').remove('full-1');
      server.of('backup').put('after');
      server.fault = () => undefined;
      await clock.until(() => isCurrent(now), 'the store equals a fresh list', { within: 5_000 });
      await clock.until(() => server.watches === 10, 'each kind is watched once');
    });
  });

  it('finds out that the data of the server was lost', async () => {
    const now = await opened();
    server.fault = ({ isWatch, url }) => (isWatch && url.searchParams.get('resourceVersion') === '101' ? { status: 504 } : undefined);
    server.of('backup').endWatches();
    await clock.until(() => server.of('backup').watches === 0, 'the watch is ended');
    server.of('backup').wipe();
    server.of('backup').put('new');
    await clock.until(() => isCurrent(now), 'the new data is shown', { within: 30_000 });
  });

  it('resumes where it was when a watch ends, without listing again', async () => {
    const now = await opened();
    await clock.advance(5_000);
    const lists = (): number => server.requests.filter(({ isWatch, url }) => !isWatch && url.pathname.endsWith('/backups')).length;
    const before = lists();
    server.of('backup').endWatches('reset');
    server.of('backup').put('meanwhile');
    await clock.until(() => isCurrent(now), 'what happened meanwhile is shown');
    assert.equal(lists(), before);
    assert.equal(now.inventory.connection.state, 'connected');
  });

  it('leaves nothing open when it is disposed', async () => {
    const now = await opened();
    now.dispose();
    await clock.until(() => server.watches === 0, 'the watches are closed');
    assert.equal(clock.waiting, 0);
  });

  it('refuses a context that is not there or has no server', () => {
    assert.throws(() => connect(readKubeconfigText(server.kubeconfig), 'other', { logger, clock }), /no context other/);
    const broken = server.kubeconfig.replace(server.url, 'nowhere');
    assert.throws(() => connect(readKubeconfigText(broken), 'fake', { logger, clock }), /names no server/);
  });
});
