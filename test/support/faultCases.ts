import assert from 'node:assert/strict';
import type { Inventory } from '../../src/kubeblocks/inventory';
import { buildBackupSetsTree } from '../../src/ui/views/backupSetsTree';
import type { ProxiedRequest, ProxyFault } from './faultProxy';
import { createBackup, KIND_COUNT, ProxiedSession, type ProxiedServer } from './proxiedSession';

const SECRET = 'the-value-of-a-secret';

/** As much (characters) as etcd takes in one object, with some room for the rest of it. */
const LARGE = 1_400_000;

/** The server behind the proxy. */
export interface FaultStage {
  readonly server: ProxiedServer;
  /** Writes another annotation into a Backup of that name. */
  readonly rewrite: (name: string, round: string) => Promise<void> | void;
  /** For how long (s of the session's clock) one is rewritten. */
  readonly rewrittenFor: number;
}

/** What tests of one server do besides. */
export interface FaultActs {
  readonly proxied: () => ProxiedSession;
  /** A name that nothing has yet. */
  readonly nextName: () => string;
  /** Makes a Backup past the proxy, with what nobody may see in a log. */
  readonly change: () => Promise<unknown>;
  /** Resolves once the view says so. */
  readonly says: (words: RegExp) => Promise<void>;
}

const aboutBackups = ({ path: asked }: ProxiedRequest): boolean => new URL(asked, 'http://x').pathname.endsWith('/backups');
const lists = (request: ProxiedRequest): boolean => aboutBackups(request) && !request.isWatch;
export const watches = (request: ProxiedRequest): boolean => aboutBackups(request) && request.isWatch;

/** A fault of requests that are chosen, and what the view says meanwhile; none where it is over before anybody could read it. */
const CASES: readonly [string, ProxyFault, (request: ProxiedRequest) => boolean, RegExp | undefined][] = [
  ['every connection is reset', 'reset', () => true, /No connection to proxied/],
  ['every request is answered 401', { status: 401 }, () => true, /No connection to proxied.*does not accept the credentials/],
  ['every request is answered 503', { status: 503 }, () => true, /cannot be read.*told to answer 503/],
  ['every request is half open', 'silent', () => true, /No connection to proxied.*does not answer/],
  ['every answer trickles', 'slowLoris', () => true, /No connection to proxied.*does not answer/],
  ['lists are answered 500', { status: 500 }, lists, /cannot be read.*told to answer 500/],
  ['lists are answered 429', { status: 429, retryAfter: 2 }, lists, /cannot be read.*told to answer 429/],
  ['lists are answered 410', { status: 410 }, lists, undefined],
  ['lists are cut in their JSON', 'truncate', lists, /cannot be read.*not a JSON object/],
  ['lists are reset', 'reset', lists, /cannot be read|No connection/],
  ['watches are answered 500', { status: 500 }, watches, /cannot be read.*told to answer 500/],
  ['watches are answered by a page of a proxy', { status: 503, body: '<html><b>Maintenance</b></html>' }, watches, /cannot be read.*Maintenance/],
  ['watches are answered 429', { status: 429, retryAfter: 2 }, watches, /cannot be read.*told to answer 429/],
  ['watches are answered 410', { status: 410 }, watches, undefined],
  ['watches give an ERROR event 410', 'expiredEvent', watches, undefined],
  ['watches end at once', 'endAtOnce', watches, undefined],
  ['watches give what is no JSON', 'garbage', watches, /cannot be read.*not JSON/],
  ['watches are cut in an event', 'cutEvent', watches, undefined],
  ['watches are reset', 'reset', watches, undefined],
];

/**
 * Defines, in the `describe` around it, a test for each fault of a network or server: it heals within 5 s of the session's
 * clock, tries at most five times in any four seconds, watches nothing twice, says meanwhile what is wrong, and logs no secret.
 */
export function faultCases(stage: () => FaultStage): FaultActs {
  let proxied: ProxiedSession;
  let made = 0;

  beforeEach(async () => {
    proxied = await ProxiedSession.open(stage().server);
  });
  afterEach(async () => {
    proxied.proxy.fault = () => undefined;
    proxied.proxy.thaw();
    await proxied.proxy.accept();
    proxied.assertPatient();
    proxied.assertDiscreet(SECRET);
    await proxied.close();
  });

  const nextName = (): string => `made-${(made += 1)}`;
  const change = (): Promise<unknown> => createBackup(proxied.api, stage().server.namespace, nextName(), { note: SECRET });
  const backupSets = ({ inventory }: ProxiedSession): string =>
    buildBackupSetsTree(inventory, { groupBy: 'day', filter: '', pages: () => 1 }, { now: proxied.clock.now(), timeZone: 'UTC' })
      .map(({ label, description = '', tooltip = '' }) => [label, description, tooltip.replaceAll('\\', '').replace(/&nbsp;|\s+/g, ' ')].join(' '))
      .join('\n');
  const says = async (words: RegExp): Promise<void> => {
    await proxied.until(`the view says ${String(words)}`, () => words.test(backupSets(proxied)), 300_000).catch((error: unknown) => {
      assert.fail(`${String(error)}, but:\n${backupSets(proxied).slice(0, 600)}`);
    });
  };
  const isStale = ({ backups }: Inventory): boolean => backups.items.size > 0;

  CASES.forEach(([name, fault, applies, words]) => {
    it(`heals within 5 s after ${name}`, async () => {
      const shown = proxied.shown();
      await proxied.pass(5_000);
      proxied.proxy.fault = (request) => (applies(request) ? fault : undefined);
      if (applies === lists) {
        proxied.session.refresh();
      } else {
        proxied.proxy.cutAll();
      }
      if (words === undefined) {
        await proxied.pass(10_000);
      } else {
        await says(words);
        assert.ok(isStale(proxied.inventory), 'what was known stays');
      }
      await change();
      proxied.proxy.fault = () => undefined;
      await proxied.healsWithinFiveSeconds();
      assert.notDeepEqual(proxied.shown(), shown);
      assert.doesNotMatch(backupSets(proxied), /cannot be read|No connection/);
    });
  });

  it('heals within 5 s after nobody listened', async () => {
    await proxied.proxy.refuse();
    await says(/No connection to proxied.*nothing listens there/);
    await proxied.pass(20_000);
    await change();
    await proxied.proxy.accept();
    await proxied.healsWithinFiveSeconds();
  });

  it('goes on where it was after a silence on a link that still stands', async () => {
    proxied.proxy.freeze();
    await proxied.pass(30_000);
    await change();
    const asked = proxied.tries.length;
    proxied.proxy.thaw();
    await proxied.healsWithinFiveSeconds();
    assert.equal(proxied.tries.length, asked, 'nothing was asked anew');
  });

  it('finds out that a link is half open, says so, and heals within 5 s once there is another', async () => {
    proxied.proxy.freeze();
    await says(/No connection to proxied.*does not answer/);
    await change();
    proxied.proxy.thaw();
    await proxied.healsWithinFiveSeconds();
  });

  it('says that a kind may not be listed, with verb and resource, and shows it once it may and one looks again', async () => {
    proxied.proxy.fault = (request) => (aboutBackups(request) ? { status: 403 } : undefined);
    proxied.proxy.cutAll();
    await says(/you may not (list|watch) backups/);
    assert.equal(proxied.inventory.clusters.state.state, 'ready');
    const asked = proxied.tries.length;
    await proxied.pass(60_000);
    const tries = proxied.tries.slice(asked).filter(({ what }) => what === 'GET /apis/dataprotection.kubeblocks.io/v1alpha1/backups').length;
    assert.ok(tries >= 2 && tries <= 5, `a refusal is looked at ever more seldom, ${tries} times in a minute`);
    proxied.proxy.fault = () => undefined;
    proxied.session.refresh();
    await proxied.healsWithinFiveSeconds();
  });

  it('takes a group that is not served any more for absent, and shows it once it is back and one looks again', async () => {
    proxied.proxy.fault = ({ path: asked }) => (asked.includes('/dataprotection.kubeblocks.io/') ? { status: 404, body: '404 page not found' } : undefined);
    proxied.proxy.cutAll();
    await proxied.until('the kinds are absent', () => proxied.inventory.backups.state.state === 'absent', 20_000);
    proxied.proxy.fault = () => undefined;
    proxied.session.refresh();
    await proxied.healsWithinFiveSeconds();
  });

  it('heals after the server restarted while everything was being listed', async () => {
    proxied.session.refresh();
    await proxied.clock.advance(0);
    await proxied.proxy.refuse();
    await says(/No connection to proxied/);
    await proxied.proxy.accept();
    await proxied.healsWithinFiveSeconds();
  });

  it('takes an object as large as etcd holds, and one that is rewritten seventy times a second', async () => {
    const { server, rewrite, rewrittenFor: seconds } = stage();
    await createBackup(proxied.api, server.namespace, nextName(), { note: SECRET }, { parameters: [{ name: 'large', value: 'x'.repeat(LARGE) }] });
    const name = nextName();
    await createBackup(proxied.api, server.namespace, name);
    await proxied.healsWithinFiveSeconds();
    let told = 0;
    const stop = proxied.session.onDidChange(() => (told += 1));
    for (let quarter = 0; quarter < seconds * 4; quarter += 1) {
      for (let round = 0; round < 18; round += 1) {
        await rewrite(name, `${quarter} ${round}`);
      }
      await proxied.pass(250);
    }
    stop();
    assert.ok(told >= seconds && told <= seconds * 10, `${told} changes were told in ${seconds} s`);
    await proxied.healsWithinFiveSeconds();
  });

  [-3_600_000, 3_600_000, 30 * 24 * 3_600_000].forEach((jump) => {
    it(`stays well when the clock jumps by ${jump / 3_600_000} h`, async () => {
      proxied.clock.jump(jump);
      await proxied.pass(1_000);
      await change();
      await proxied.healsWithinFiveSeconds();
      assert.equal(proxied.inventory.connection.state, 'connected');
    });
  });

  it('has as many watches and timers after many losses as before, and no more sockets than a watch and a list of each kind take', async () => {
    await proxied.pass(1_000);
    const timers = proxied.clock.waiting;
    for (let loss = 0; loss < 10; loss += 1) {
      proxied.proxy.fault = () => (loss % 2 === 0 ? 'reset' : { status: 503 });
      proxied.proxy.cutAll();
      await proxied.pass(6_000);
      proxied.proxy.fault = () => undefined;
      await proxied.healsWithinFiveSeconds();
    }
    await proxied.pass(1_000);
    assert.equal(proxied.clock.waiting, timers);
    // A list's socket is kept for the next request; how many lists were under way at once depends on the server.
    assert.ok(proxied.proxy.openSockets <= 2 * KIND_COUNT + 1, `${proxied.proxy.openSockets} sockets`);
  });

  return { proxied: () => proxied, nextName, change, says };
}
