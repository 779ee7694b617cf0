import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ApiError } from '../../../src/kubernetes/api';
import { newKubeConfig } from '../../support/clientNode';
import { nextTurn } from '../../../src/kubernetes/eventLoop';
import { KubeconfigCredentials } from '../../../src/kubernetes/kubeconfigCredentials';
import { ManualClock } from '../../support/manualClock';
import { readKubeconfigText } from '../../support/kubeconfigText';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function kubeconfig(user: object, cluster: object = {}): string {
  return JSON.stringify({
    'current-context': 'c',
    clusters: [{ name: 'k', cluster: { server: 'https://example.test:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('The credentials of a context', () => {
  let folder: string;
  let clock: ManualClock;

  before(async function () {
    this.timeout(60_000);
    await newKubeConfig();
    folder = await mkdtemp(path.join(tmpdir(), 'credentials-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  beforeEach(() => {
    clock = new ManualClock();
  });

  const credentialsOf = (text: string, execTimeoutMs = 20_000, env: Readonly<Record<string, string>> = {}): KubeconfigCredentials =>
    new KubeconfigCredentials(readKubeconfigText(text).document, 'c', { clock, env: { PATH: process.env.PATH, ...env }, execTimeoutMs });
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  describe('are those the client library gives', () => {
    const users: readonly [string, object, object][] = [
      ['for a token', { token: 'abc' }, {}],
      ['for a password', { username: 'me', password: 'pass' }, {}],
      ['for a client certificate', { 'client-certificate-data': base64('cert'), 'client-key-data': base64('key') }, {}],
      ['for an authority', { token: 'abc' }, { 'certificate-authority-data': base64('ca') }],
      ['for a server that is not checked', { token: 'abc' }, { 'insecure-skip-tls-verify': true }],
      ['for a server of another name', { token: 'abc' }, { 'tls-server-name': 'api.internal' }],
      ['for an impersonated user', { token: 'abc', as: 'somebody' }, {}],
      ['for nobody', {}, {}],
    ];
    users.forEach(([name, user, cluster]) => {
      it(name, async () => {
        const text = kubeconfig(user, cluster);
        const oracle = await newKubeConfig();
        oracle.loadFromString(text);
        const expected: RequestOptions = {};
        await oracle.applyToHTTPSOptions(expected);
        const { headers, tls } = await credentialsOf(text).access();
        const { auth, ca, cert, key, rejectUnauthorized, servername } = expected;
        const basic = typeof auth === 'string' ? { Authorization: `Basic ${base64(auth)}` } : {};
        assert.deepEqual(plain(headers), plain({ ...(expected.headers as Record<string, string> | undefined), ...basic }));
        assert.deepEqual(plain(tls), plain({ ca, cert, key, rejectUnauthorized, servername }));
      });
    });
  });

  it('check the server also where the context names no user', async () => {
    const text = kubeconfig({}, { 'certificate-authority-data': base64('ca') }).replace('"user":"u"}', '"user":"nobody"}');
    assert.equal(String((await credentialsOf(text).access()).tls.ca), 'ca');
  });

  it('impersonate groups, uid and extra as well', async () => {
    const { headers } = await credentialsOf(
      kubeconfig({ token: 'abc', as: 'me', 'as-groups': ['a', 'b'], 'as-uid': '7', 'as-user-extra': { scope: ['view'] } }),
    ).access();
    assert.deepEqual(headers, {
      'Impersonate-User': 'me',
      'Impersonate-Group': ['a', 'b'],
      'Impersonate-Uid': '7',
      'Impersonate-Extra-scope': ['view'],
      Authorization: 'Bearer abc',
    });
  });

  it('are given for a plain http server', async () => {
    const text = kubeconfig({ token: 'abc' }, { server: 'http://127.0.0.1:8001' });
    assert.deepEqual((await credentialsOf(text).access()).headers, { Authorization: 'Bearer abc' });
  });

  it('follow a token file that changes', async () => {
    const tokenFile = path.join(folder, 'token');
    await writeFile(tokenFile, 'one');
    const credentials = credentialsOf(kubeconfig({ tokenFile }));
    const first = await credentials.access();
    assert.equal(first.headers.Authorization, 'Bearer one');
    await writeFile(tokenFile, 'two');
    assert.equal(credentials.renew(first), true);
    assert.equal((await credentials.access()).headers.Authorization, 'Bearer two');
  });

  it('hold no line end of a token file', async () => {
    const tokenFile = path.join(folder, 'token-line');
    await writeFile(tokenFile, 'one\n');
    assert.equal((await credentialsOf(kubeconfig({ tokenFile })).access()).headers.Authorization, 'Bearer one');
  });

  it('say that a file cannot be read', async () => {
    const error: unknown = await credentialsOf(kubeconfig({ tokenFile: path.join(folder, 'none') })).access().catch((reason: unknown) => reason);
    assert.ok(error instanceof ApiError);
    assert.match(error.message, /no such file/);
  });

  describe('from an OpenID provider', () => {
    let issuer: Server;
    let asked: string[];
    let next: object;
    beforeEach(async () => {
      asked = [];
      next = { id_token: idToken(3600), refresh_token: 'refresh-2' };
      issuer = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          asked.push([request.method, request.url, request.headers.authorization, body].filter(Boolean).join(' '));
          response.end(JSON.stringify(request.method === 'GET' ? { token_endpoint: `${address()}/token` } : next));
        });
      });
      await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    });
    afterEach(async () => {
      issuer.closeAllConnections();
      await new Promise((resolve) => issuer.close(resolve));
    });

    const address = (): string => `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
    const idToken = (seconds: number): string => `${base64('{"alg":"none"}')}.${Buffer.from(JSON.stringify({ exp: Math.trunc(clock.now() / 1000) + seconds })).toString('base64url')}.x`;
    const oidc = (config: object, env: Readonly<Record<string, string>> = {}): KubeconfigCredentials =>
      credentialsOf(kubeconfig({ 'auth-provider': { name: 'oidc', config: { 'client-id': 'me', 'client-secret': 's:3', 'idp-issuer-url': address(), ...config } } }), 20_000, env);
    const bearer = async (credentials: KubeconfigCredentials): Promise<unknown> => (await credentials.access()).headers.Authorization;

    it('are its ID token while that is good', async () => {
      const token = idToken(60);
      assert.equal(await bearer(oidc({ 'id-token': token, 'refresh-token': 'refresh-1' })), `Bearer ${token}`);
      assert.deepEqual(asked, []);
    });

    it('are fetched with the refresh token once that has expired, and the next time with the newer one', async () => {
      const credentials = oidc({ 'id-token': idToken(20), 'refresh-token': 'refresh-1' });
      await credentials.access();
      await clock.advance(11_000);
      const first = next as { id_token: string };
      assert.equal(await bearer(credentials), `Bearer ${first.id_token}`);
      const basic = `Basic ${base64('me:s%3A3')}`;
      assert.deepEqual(asked, ['GET /.well-known/openid-configuration', `POST /token ${basic} grant_type=refresh_token&refresh_token=refresh-1`]);
      await clock.advance(3_600_000);
      next = { id_token: idToken(3600) };
      await credentials.access();
      assert.match(asked.at(-1) ?? '', /refresh_token=refresh-2$/);
    });

    it('are fetched anew when the server refused a token that looked good', async () => {
      const credentials = oidc({ 'id-token': idToken(600), 'refresh-token': 'refresh-1' });
      assert.equal(credentials.renew(await credentials.access()), true);
      assert.equal(await bearer(credentials), `Bearer ${(next as { id_token: string }).id_token}`);
    });

    it('are fetched by one exchange for many requests', async () => {
      const credentials = oidc({ 'id-token': idToken(0), 'refresh-token': 'refresh-1' });
      await Promise.all(Array.from({ length: 8 }, () => credentials.access()));
      assert.equal(asked.length, 2);
    });

    it('leave no socket to the provider, whatever way led there', async () => {
      issuer.keepAliveTimeout = 3_600_000;
      await oidc({ 'id-token': idToken(0), 'refresh-token': 'refresh-1' }, { HTTP_PROXY: 'http://127.0.0.1:1' }).access();
      assert.equal(asked.length, 2);
      while ((await new Promise<number>((resolve) => issuer.getConnections((_, count) => resolve(count)))) > 0) {
        await nextTurn();
      }
    });

    it('say to log in again where nothing can be fetched, and quote no answer', async () => {
      await assert.rejects(oidc({ 'id-token': idToken(0) }).access(), /has no refresh token\. Log in again/);
      next = { error: 's3cret' };
      const error: unknown = await oidc({ 'id-token': idToken(0), 'refresh-token': 'refresh-1' }).access().catch((reason: unknown) => reason);
      assert.match(String(error), /gave no new login: it gave no ID token\. Log in again/);
      assert.doesNotMatch(String(error), /s3cret|refresh-1/);
    });
  });

  it('go through the proxy that the kubeconfig names, by one agent', async () => {
    const credentials = credentialsOf(kubeconfig({ token: 'abc' }, { 'proxy-url': 'http://127.0.0.1:3128' }));
    const { agent } = await credentials.access();
    await clock.advance(31_000);
    assert.ok(agent !== undefined);
    assert.equal((await credentials.access()).agent, agent);
  });

  it('are not worth asking for again when a token was refused', async () => {
    const credentials = credentialsOf(kubeconfig({ token: 'abc' }));
    assert.equal(credentials.renew(await credentials.access()), false);
  });

  it('refuse the providers that kubectl dropped, before they run anything', async () => {
    await assert.rejects(credentialsOf(kubeconfig({ 'auth-provider': { name: 'gcp', config: { 'cmd-path': 'x' } } })).access(), /auth provider gcp is not supported/);
  });

  describe('from a plugin', function () {
    this.timeout(30_000);

    const plugin = async (script: string): Promise<object> => {
      const file = path.join(folder, `plugin-${Math.trunc(clock.now())}-${script.length}.cjs`);
      await writeFile(file, script);
      return { command: process.execPath, args: [file], apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'IfAvailable' };
    };
    const counting = (log: string, status: string): string =>
      `require('node:fs').appendFileSync(${JSON.stringify(log)}, process.env.KUBERNETES_EXEC_INFO + '\\n');
       process.stdout.write(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: ${status} }));`;
    const runs = async (log: string): Promise<string[]> => (await readFile(log, 'utf8')).trim().split('\n');
    const failure = async (credentials: KubeconfigCredentials): Promise<ApiError> => {
      const error: unknown = await credentials.access().catch((reason: unknown) => reason);
      assert.ok(error instanceof ApiError);
      return error;
    };

    it('are fetched by one run for many requests, which is told the cluster when it asks', async () => {
      const log = path.join(folder, 'one-run');
      const exec = Object.assign(await plugin(counting(log, '{ token: "t" }')), { provideClusterInfo: true });
      const credentials = credentialsOf(kubeconfig({ exec }));
      const all = await Promise.all(Array.from({ length: 8 }, () => credentials.access()));
      assert.ok(all.every(({ headers }) => headers.Authorization === 'Bearer t'));
      const [info, ...more] = await runs(log);
      assert.deepEqual(more, []);
      assert.deepEqual(JSON.parse(info ?? ''), {
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        spec: { interactive: false, cluster: { server: 'https://example.test:6443' } },
      });
    });

    it('are fetched again when they expired or were refused, not before', async () => {
      const log = path.join(folder, 'expiry');
      const status = `{ token: "t", expirationTimestamp: ${JSON.stringify(new Date(clock.now() + 600_000).toISOString())} }`;
      const credentials = credentialsOf(kubeconfig({ exec: await plugin(counting(log, status)) }));
      await credentials.access();
      await clock.advance(599_000);
      const access = await credentials.access();
      assert.equal((await runs(log)).length, 1);
      assert.equal(credentials.renew(access), true);
      await credentials.access();
      assert.equal((await runs(log)).length, 2);
      await clock.advance(2_000);
      await credentials.access();
      assert.equal((await runs(log)).length, 3);
    });

    it('may be a client certificate', async () => {
      const exec = await plugin(counting(path.join(folder, 'cert'), '{ clientCertificateData: "CERT", clientKeyData: "KEY" }'));
      assert.deepEqual((await credentialsOf(kubeconfig({ exec })).access()).tls, { cert: 'CERT', key: 'KEY' });
    });

    it('end with a clear message when it hangs', async () => {
      const exec = await plugin('setInterval(() => {}, 1000);');
      const { message, details } = await failure(credentialsOf(kubeconfig({ exec }), 50));
      assert.match(message, /did not end within 0 s\. It may wait for a login: run it in a terminal, then refresh\./);
      assert.equal(details.reason, 'NoCredentials');
    });

    const broken: readonly [string, string, RegExp][] = [
      ['fails', 'process.stderr.write("s3cret"); process.exit(3)', /failed with code 3/],
      ['prints no credential', 'process.stdout.write("s3cret")', /printed no credential/],
      ['prints a credential without a token', 'process.stdout.write(JSON.stringify({ status: {} }))', /printed no credential/],
    ];
    broken.forEach(([name, script, expected]) => {
      it(`say what is wrong, and nothing of its output, when it ${name}`, async () => {
        const { message } = await failure(credentialsOf(kubeconfig({ exec: await plugin(script) })));
        assert.match(message, expected);
        assert.doesNotMatch(message, /s3cret/);
      });
    });

    it('say that it is not installed, with the hint of the kubeconfig', async () => {
      const exec = { command: 'no-such-plugin-anywhere', installHint: 'Get it from your platform team.' };
      assert.match((await failure(credentialsOf(kubeconfig({ exec })))).message, /not installed\. Get it from your platform team\./);
    });

    it('are refused when it must ask for something', async () => {
      const exec = { command: 'login', args: ['--browser', "it's me"], interactiveMode: 'Always' };
      assert.match((await failure(credentialsOf(kubeconfig({ exec })))).message, /must ask for something\. Run "login --browser 'it'\\''s me'" in a terminal, then refresh\./);
    });

    it('name the command alone where an argument may be a secret', async () => {
      const exec = { command: 'login', args: ['--client-secret=s3cret'], interactiveMode: 'Always' };
      assert.match((await failure(credentialsOf(kubeconfig({ exec })))).message, /Run "login" in a terminal/);
    });

    it('are no longer fetched once the connection is closed', async () => {
      const started = path.join(folder, 'started');
      const exec = await plugin(`require('node:fs').writeFileSync(${JSON.stringify(started)}, String(process.pid)); setInterval(() => {}, 1000);`);
      const credentials = credentialsOf(kubeconfig({ exec }));
      const asked = credentials.access().catch((reason: unknown) => reason);
      while (!existsSync(started) || (await readFile(started, 'utf8')) === '') {
        await nextTurn();
      }
      credentials.dispose();
      assert.ok((await asked) instanceof ApiError);
      const pid = Number(await readFile(started, 'utf8'));
      while (isAlive(pid)) {
        await nextTurn();
      }
    });

    it('are waited for no longer than the one who asks wants', async () => {
      const credentials = credentialsOf(kubeconfig({ exec: await plugin('setInterval(() => {}, 1000);') }));
      const leaving = new AbortController();
      const asked = credentials.access(leaving.signal);
      leaving.abort(new Error('left'));
      await assert.rejects(asked, /left/);
      credentials.dispose();
    });
  });
});
