import assert from 'node:assert/strict';
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { KubeObject } from '../../src/kubeblocks/objects';
import type { Resource } from '../../src/kubeblocks/resource';
import { createClusterSource } from '../../src/kubernetes/clusterSource';
import type { ClusterSession } from '../../src/kubernetes/session';
import { systemClock } from '../../src/kubernetes/systemClock';
import { ConnectProxy } from '../support/connectProxy';
import { RecordingLogger } from '../support/recordingLogger';
import { untilKnown } from '../support/untilKnown';
import type { ClusterLane } from './lane/clusterLane';
import { startCluster } from './lane/startCluster';

/** The server says by it whom it took somebody for. */
const WHO_AM_I: Resource = { group: 'authentication.k8s.io', version: 'v1', kind: 'SelfSubjectReview', plural: 'selfsubjectreviews', namespaced: false };
const CONTEXT = 'c';

interface Way {
  readonly cluster?: object;
  readonly user?: object;
  readonly env?: Readonly<Record<string, string>>;
}

/** What `test/unit/kubernetes` asks of servers that it makes, asked of the real one. */
describe('every way in that a kubeconfig has, to a real API server', function () {
  this.timeout(300_000);
  let lane: ClusterLane;
  let proxy: ConnectProxy;
  let folder: string;
  const logger = new RecordingLogger();
  const open: ClusterSession[] = [];

  before(async () => {
    lane = await startCluster({ content: 'crds' });
    proxy = await ConnectProxy.start(port());
    folder = mkdtempSync(path.join(tmpdir(), 'credentials-'));
    lay('ca.crt', lane.authority);
    lay('own.crt', lane.clientCertificate.certificate);
    lay('own.key', lane.clientCertificate.key);
  });
  beforeEach(() => proxy.asked.splice(0));
  afterEach(() => {
    open.splice(0).forEach((session) => session.dispose());
    const secrets = [...Object.values(lane.tokens), 'wrong-token'];
    assert.ok(!logger.lines.some((line) => secrets.some((secret) => line.includes(secret))), 'no line holds a token');
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await proxy.close();
    await lane.stop();
  });

  const port = (): number => Number(new URL(lane.server).port);
  const lay = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const data = (text: string): string => Buffer.from(text).toString('base64');

  /** Connected by a kubeconfig file, which lies beside what it names. */
  const connect = ({ cluster = { 'certificate-authority': 'ca.crt' }, user = { token: lane.tokens.viewer }, env = {} }: Way): Promise<ClusterSession> => {
    const file = lay(
      'config',
      JSON.stringify({
        clusters: [{ name: 'k', cluster: { server: lane.server, ...cluster } }],
        users: [{ name: 'u', user }],
        contexts: [{ name: CONTEXT, context: { cluster: 'k', user: 'u' } }],
        'current-context': CONTEXT,
      }),
    );
    return connectBy({ ...env, KUBECONFIG: file });
  };
  const connectBy = async (env: Readonly<Record<string, string>>): Promise<ClusterSession> => {
    const session = await createClusterSource({ logger, clock: systemClock, env: { PATH: process.env.PATH ?? '', ...env } }).connect(undefined, CONTEXT);
    open.push(session);
    return session;
  };
  const who = async ({ api }: ClusterSession): Promise<string | undefined> => {
    const { object } = await api.create(WHO_AM_I, { apiVersion: 'authentication.k8s.io/v1', kind: WHO_AM_I.kind, metadata: { name: '' } });
    return (object as KubeObject & { status?: { userInfo?: { username?: string } } }).status?.userInfo?.username;
  };
  const whoBy = async (way: Way): Promise<string | undefined> => who(await connect(way));
  const refused = async (way: Way, words: RegExp): Promise<void> => {
    const session = await connect(way);
    await untilKnown(session, `it says ${String(words)}`, ({ connection }) => connection.state === 'failed' && words.test(connection.message));
  };

  it('takes an authority and a client certificate, by data and by files beside the kubeconfig', async () => {
    const { certificate, key } = lane.clientCertificate;
    const [byData, byFiles] = [{ 'client-certificate-data': data(certificate), 'client-key-data': data(key) }, { 'client-certificate': 'own.crt', 'client-key': './own.key' }];
    assert.equal(await whoBy({ cluster: { 'certificate-authority-data': data(lane.authority) }, user: byData }), 'administrator');
    assert.equal(await whoBy({ user: byFiles }), 'administrator');
  });

  it('refuses a server whose authority nobody named, and takes it unchecked, which is marked, where that is said', async () => {
    await refused({ cluster: {} }, /not signed by an authority that is trusted/);
    const session = await connect({ cluster: { 'insecure-skip-tls-verify': true } });
    assert.deepEqual([await who(session), session.insecure], ['viewer', true]);
    assert.equal((await connect({})).insecure, false);
  });

  it('checks the server by tls-server-name', async () => {
    const [named, other] = ['kubernetes.default.svc', 'elsewhere.test'].map((name) => ({ 'certificate-authority': 'ca.crt', 'tls-server-name': name }));
    assert.equal(await whoBy({ cluster: named ?? {} }), 'viewer');
    await refused({ cluster: other ?? {} }, /is for another name\. Check .*tls-server-name/);
  });

  it('goes through proxy-url, and through HTTPS_PROXY but for NO_PROXY, watches included', async () => {
    const cluster = { 'certificate-authority': 'ca.crt', server: `https://cluster.test:${port()}`, 'tls-server-name': 'localhost' };
    const session = await connect({ cluster: { ...cluster, 'proxy-url': proxy.url } });
    await untilKnown(session, 'the backups are read', ({ backups }) => backups.state.state === 'ready');
    assert.deepEqual([...new Set(proxy.asked)], [`cluster.test:${port()}`]);
    session.dispose();
    proxy.asked.length = 0;
    assert.equal(await whoBy({ cluster, env: { HTTPS_PROXY: proxy.url } }), 'viewer');
    assert.ok(proxy.asked.length > 0);
    // One of its own: what the sessions before asked of the other may come late.
    const unasked = await ConnectProxy.start(port());
    await refused({ cluster, env: { HTTPS_PROXY: unasked.url, NO_PROXY: '.test' } }, /its name is not known/);
    assert.deepEqual(unasked.asked, []);
    await unasked.close();
  });

  it('reads a token file again that was changed, when its token is refused', async () => {
    lay('token', lane.tokens.viewer);
    const session = await connect({ user: { tokenFile: 'token' } });
    assert.equal(await who(session), 'viewer');
    lay('token', 'wrong-token');
    const stale = await connect({ user: { tokenFile: 'token' } });
    await untilKnown(stale, 'it is refused', ({ connection }) => connection.state === 'failed' && /does not accept the credentials/.test(connection.message));
    lay('token', lane.tokens.developer);
    assert.equal(await who(stale), 'developer');
  });

  it('runs a plugin once for all it asks, tells it what it is, and runs it again where its token is refused or expired', async () => {
    const log = path.join(folder, 'runs');
    const plugin = lay(
      'plugin.cjs',
      `const { appendFileSync, readFileSync } = require('node:fs');
       appendFileSync(${JSON.stringify(log)}, process.env.KUBERNETES_EXEC_INFO + '\\n');
       const run = readFileSync(${JSON.stringify(log)}, 'utf8').split('\\n').length - 1;
       const [token, past] = [run === 1 ? 'wrong-token' : ${JSON.stringify(lane.tokens.viewer)}, run === 2];
       const status = { token, ...(past && { expirationTimestamp: '2020-01-01T00:00:00Z' }) };
       console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }));`,
    );
    const runs = (): string[] => readFileSync(log, 'utf8').trim().split('\n');
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [plugin], interactiveMode: 'Never', provideClusterInfo: true };
    const session = await connect({ user: { exec } });
    await untilKnown(session, 'the backups are read', ({ backups }) => backups.state.state === 'ready');
    assert.equal(await who(session), 'viewer');
    assert.equal(runs().length, 3, 'refused, expired, good');
    const { spec } = JSON.parse(runs()[0] ?? '') as { spec: { interactive: boolean; cluster: { server: string } } };
    assert.deepEqual([spec.interactive, spec.cluster.server], [false, lane.server]);
  });

  it('says which command to run where a plugin must ask, is not there or fails', async () => {
    const exec = (rest: object): Way => ({ user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', ...rest } } });
    await refused(exec({ command: 'corp-login', args: ['--sso'], interactiveMode: 'Always' }), /Run "corp-login --sso" in a terminal, then refresh/);
    await refused(exec({ command: 'no-such-plugin-anywhere', installHint: 'Ask the platform team.' }), /not installed\. Ask the platform team\./);
    await refused(exec({ command: process.execPath, args: ['-e', 'console.error("wrong-token"); process.exit(3)'] }), /failed with code 3/);
  });

  it('is somebody else, and in other groups, where the kubeconfig says so', async () => {
    const { administrator, viewer } = lane.tokens;
    assert.equal(await whoBy({ user: { token: administrator, as: 'developer', 'as-groups': ['a', 'b'] } }), 'developer');
    const session = await connect({ user: { token: viewer, as: 'administrator' } });
    await assert.rejects(who(session), /cannot impersonate resource "users"|may not impersonate/);
  });

  it('uses the good files of a list with a broken one, which is named and not quoted', async () => {
    const broken = lay('broken', 'users: [{user: {token: wrong-token');
    await connect({});
    const session = await connectBy({ KUBECONFIG: [broken, path.join(folder, 'none'), path.join(folder, 'config')].join(path.delimiter) });
    assert.equal(await who(session), 'viewer');
    assert.ok(logger.lines.some((line) => line.includes(broken)));
  });
});
