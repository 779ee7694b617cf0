import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { TLSSocket } from 'node:tls';
import { ApiError } from '../../../src/kubernetes/api';
import { KubeconfigCredentials } from '../../../src/kubernetes/kubeconfigCredentials';
import { HttpKubernetesApi } from '../../../src/kubernetes/kubernetesApi';
import { Transport } from '../../../src/kubernetes/transport';
import { createCertificate } from '../../../src/playground/api/certificate';
import { ConnectProxy } from '../../support/connectProxy';
import { readKubeconfigText } from '../../support/kubeconfigText';
import { ManualClock } from '../../support/manualClock';
import { SocksProxy } from '../../support/socksProxy';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('A connection over TLS', () => {
  const serverSide = createCertificate(Date.now());
  const clientSide = createCertificate(Date.now());
  const stranger = createCertificate(Date.now());
  let server: Server;
  let proxy: ConnectProxy;
  let socks: SocksProxy;
  let folder: string;
  const open: Transport[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'secure-'));
    const options = { cert: serverSide.certificate, key: serverSide.key, requestCert: true, rejectUnauthorized: false, ca: clientSide.certificate };
    server = createServer(options, (request, response) => {
      const { socket } = request;
      const { authorization = '' } = request.headers;
      assert.ok(socket instanceof TLSSocket);
      response.end(JSON.stringify({ known: socket.authorized, name: socket.servername, authorization }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxy = await ConnectProxy.start(port());
    socks = await SocksProxy.start(port());
  });

  afterEach(() => open.splice(0).forEach((transport) => transport.dispose()));
  after(async () => {
    server.closeAllConnections();
    server.close();
    await proxy.close();
    await socks.close();
    await rm(folder, { recursive: true, force: true });
  });

  const port = (): number => (server.address() as AddressInfo).port;
  const address = (host = '127.0.0.1'): string => `https://${host}:${port()}`;
  const reach = (cluster: object, user: object = {}, env: Record<string, string> = {}, editorHasProxy = false): { readonly transport: Transport; readonly clock: ManualClock } => {
    const full = { server: address(), ...cluster };
    const text = JSON.stringify({
      clusters: [{ name: 'k', cluster: full }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
    });
    const clock = new ManualClock();
    const credentials = new KubeconfigCredentials(readKubeconfigText(text).document, 'c', { clock, env, editorHasProxy: () => editorHasProxy });
    const transport = new Transport(full.server, credentials, { clock });
    open.push(transport);
    return { transport, clock };
  };
  const ask = (...target: Parameters<typeof reach>): Promise<unknown> => new HttpKubernetesApi(reach(...target).transport).getPath('/version');
  const becomes = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const failure = (task: Promise<unknown>): Promise<string> => task.then(() => assert.fail('it did not fail'), (error: unknown) => (error as Error).message);
  const authority = { 'certificate-authority-data': base64(serverSide.certificate) };

  it('is made with the authority of the kubeconfig, as data or as a file', async () => {
    assert.deepEqual(await ask(authority), { known: false, name: false, authorization: '' });
    const file = path.join(folder, 'ca.pem');
    await writeFile(file, serverSide.certificate);
    await ask({ 'certificate-authority': file });
  });

  it('is refused where another authority signed, and says so', async () => {
    await assert.rejects(ask({ 'certificate-authority-data': base64(stranger.certificate) }), /not signed by an authority that is trusted\. Check certificate-authority/);
    await assert.rejects(ask({}), /not signed by an authority that is trusted/);
  });

  it('is made without a check only where the kubeconfig says so', async () => {
    assert.deepEqual(await ask({ 'insecure-skip-tls-verify': true }), { known: false, name: false, authorization: '' });
  });

  it('shows a client certificate, as data or as files', async () => {
    const data = { 'client-certificate-data': base64(clientSide.certificate), 'client-key-data': base64(clientSide.key) };
    assert.deepEqual(await ask(authority, data), { known: true, name: false, authorization: '' });
    const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
    await Promise.all([writeFile(cert, clientSide.certificate), writeFile(key, clientSide.key)]);
    assert.deepEqual(await ask(authority, { 'client-certificate': cert, 'client-key': key }), { known: true, name: false, authorization: '' });
  });

  it('asks for the name that tls-server-name gives', async () => {
    assert.deepEqual(await ask({ ...authority, 'tls-server-name': 'localhost' }), { known: false, name: 'localhost', authorization: '' });
    await assert.rejects(ask({ ...authority, 'tls-server-name': 'elsewhere.test' }), /is for another name\. Check .*tls-server-name/);
  });

  describe('through a proxy', () => {
    const inner = { ...authority, 'tls-server-name': 'localhost' };
    beforeEach(() => {
      proxy.asked.length = 0;
      proxy.authorizations.length = 0;
      proxy.fault = undefined;
    });

    it('goes where proxy-url says, with all it needs of TLS and the name and password of the proxy', async () => {
      const named = proxy.url.replace('//', '//me:p%40ss@');
      const answer = await ask({ ...inner, server: address('cluster.test'), 'proxy-url': named }, { token: 't' });
      assert.deepEqual(answer, { known: false, name: 'localhost', authorization: 'Bearer t' });
      assert.deepEqual(proxy.asked, [`cluster.test:${port()}`]);
      assert.deepEqual(proxy.authorizations, [`Basic ${base64('me:p@ss')}`]);
    });

    it('goes where HTTPS_PROXY says', async () => {
      await ask({ ...inner, server: address('cluster.test') }, {}, { HTTPS_PROXY: proxy.url });
      assert.deepEqual(proxy.asked, [`cluster.test:${port()}`]);
    });

    it('goes straight where NO_PROXY exempts the server', async () => {
      await ask({ ...inner, server: address('localhost') }, {}, { HTTPS_PROXY: proxy.url });
      await assert.rejects(ask({ ...inner, server: address('cluster.invalid') }, {}, { HTTPS_PROXY: proxy.url, NO_PROXY: '.invalid' }), /its name is not known/);
      assert.deepEqual(proxy.asked, []);
    });

    it("leaves the environment's proxy to an editor that has one of its own, not the kubeconfig's", async () => {
      await assert.rejects(ask({ ...inner, server: address('cluster.invalid') }, {}, { HTTPS_PROXY: proxy.url }, true), /its name is not known/);
      await ask({ ...inner, server: address('cluster.test'), 'proxy-url': proxy.url }, {}, {}, true);
      assert.equal(proxy.asked.length, 1);
    });

    it('says what proxies it cannot speak to, and not the password in their address', async () => {
      for (const named of ['ftp://me:hush@proxy.test', 'socks4://me:hush@proxy.test', 'socks5://me:hush@', 'http://me:hush@:x']) {
        const message = await failure(ask({ ...inner, 'proxy-url': named }));
        assert.match(message, /only http, https and socks5 addresses are known/);
        assert.doesNotMatch(message, /hush/);
      }
    });

    [401, 403, 407, 502].forEach((status) => {
      it(`takes a ${status} of the proxy for one of the proxy, not of the server`, async () => {
        proxy.fault = status;
        const named = proxy.url.replace('//', '//me:hush@');
        const error = await ask({ ...inner, 'proxy-url': named }).catch((reason: unknown) => reason);
        assert.ok(error instanceof ApiError);
        assert.deepEqual([error.details.status, error.details.reason], [0, 'EPROXY']);
        assert.equal(error.message, `${address()} cannot be reached: its proxy ${proxy.url} does not lead there: it answered with status ${status}. Check proxy-url in the kubeconfig, or the proxy of the environment.`);
      });
    });

    it('names a proxy that is not there', async () => {
      assert.match(await failure(ask({ ...inner, 'proxy-url': 'http://me:hush@127.0.0.1:1' })), /cannot be reached: its proxy http:\/\/127\.0\.0\.1:1 does not lead there: connect ECONNREFUSED/);
    });

    it('gives a proxy up that takes the tunnel and says nothing, and leaves it no socket', async () => {
      proxy.fault = 'silent';
      await becomes(() => proxy.openSockets === 0);
      const { transport, clock } = reach({ ...inner, 'proxy-url': proxy.url });
      const failed = failure(new HttpKubernetesApi(transport).getPath('/version'));
      await becomes(() => proxy.asked.length === 1);
      await clock.advance(30_000);
      assert.match(await failed, /does not answer/);
      await becomes(() => proxy.openSockets === 0);
      assert.equal(clock.waiting, 0);
    });

    it('leaves no socket behind when all ends while a tunnel is asked for', async () => {
      proxy.fault = 'silent';
      const { transport, clock } = reach({ ...inner, 'proxy-url': proxy.url });
      const over = new AbortController();
      const failed = failure(transport.send({ method: 'GET', path: '/version', verb: 'get', signal: over.signal }));
      await becomes(() => proxy.asked.length === 1);
      over.abort(new Error('disposed'));
      transport.dispose();
      assert.equal(await failed, 'disposed');
      await becomes(() => proxy.openSockets === 0);
      assert.equal(clock.waiting, 0);
    });
  });

  describe('through a SOCKS proxy', () => {
    const inner = { ...authority, 'tls-server-name': 'localhost' };
    beforeEach(() => {
      socks.asked.length = 0;
      socks.shown.length = 0;
      socks.account = undefined;
      socks.fault = undefined;
    });

    ['socks5', 'socks5h'].forEach((scheme) => {
      it(`leaves names to the proxy that ${scheme}:// names, as kubectl does`, async () => {
        const answer = await ask({ ...inner, server: address('cluster.test'), 'proxy-url': `${scheme}://${socks.host}` }, { token: 't' });
        assert.deepEqual(answer, { known: false, name: 'localhost', authorization: 'Bearer t' });
        assert.deepEqual(socks.asked, [`name cluster.test:${port()}`]);
      });
    });

    it('asks for an address by its number', async () => {
      await ask({ ...inner, 'proxy-url': `socks5://${socks.host}` });
      assert.deepEqual(socks.asked, [`ipv4 127.0.0.1:${port()}`]);
    });

    it('goes where HTTPS_PROXY says', async () => {
      await ask({ ...inner, server: address('cluster.test') }, {}, { HTTPS_PROXY: `socks5://${socks.host}` });
      assert.equal(socks.asked.length, 1);
    });

    it('shows the proxy the name and password in its address', async () => {
      socks.account = 'me:p@ss';
      await ask({ ...inner, 'proxy-url': `socks5://me:p%40ss@${socks.host}` });
      assert.deepEqual(socks.shown, ['me:p@ss']);
    });

    it('says that it was the proxy, which refused a password, and shows none', async () => {
      socks.account = 'me:right';
      const message = await failure(ask({ ...inner, 'proxy-url': `socks5://me:hush@${socks.host}` }));
      assert.match(message, /its proxy socks5:\/\/127\.0\.0\.1:\d+ does not lead there: .*[Aa]uthentication failed.*\. Check proxy-url in the kubeconfig/);
      assert.doesNotMatch(message, /hush/);
    });

    it('says that it was the proxy which wants a name, or leads nowhere, or is not there', async () => {
      socks.account = 'me:right';
      assert.match(await failure(ask({ ...inner, 'proxy-url': `socks5://${socks.host}` })), /its proxy .* does not lead there: .*no accepted authentication type/i);
      socks.account = undefined;
      socks.fault = { reply: 4 };
      assert.match(await failure(ask({ ...inner, 'proxy-url': `socks5://${socks.host}` })), /its proxy .* does not lead there: .*HostUnreachable/);
      assert.match(await failure(ask({ ...inner, 'proxy-url': 'socks5://127.0.0.1:1' })), /its proxy socks5:\/\/127\.0\.0\.1:1 does not lead there: connect ECONNREFUSED/);
    });

    it('gives up what a proxy never answers', async () => {
      socks.fault = 'silent';
      const { transport, clock } = reach({ ...inner, 'proxy-url': `socks5://${socks.host}` });
      const failed = failure(new HttpKubernetesApi(transport).getPath('/version'));
      await becomes(() => socks.asked.length === 1);
      await clock.advance(30_000);
      assert.match(await failed, /does not answer/);
      assert.equal(clock.waiting, 0);
    });
  });
});
