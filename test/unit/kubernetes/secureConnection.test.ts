import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { TLSSocket } from 'node:tls';
import { KubeconfigCredentials } from '../../../src/kubernetes/kubeconfigCredentials';
import { HttpKubernetesApi } from '../../../src/kubernetes/kubernetesApi';
import { Transport } from '../../../src/kubernetes/transport';
import { createCertificate } from '../../../src/playground/api/certificate';
import { ConnectProxy } from '../../support/connectProxy';
import { readKubeconfigText } from '../../support/kubeconfigText';
import { ManualClock } from '../../support/manualClock';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('A connection over TLS', () => {
  const serverSide = createCertificate(Date.now());
  const clientSide = createCertificate(Date.now());
  const stranger = createCertificate(Date.now());
  let server: Server;
  let proxy: ConnectProxy;
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
  });

  after(async () => {
    open.forEach((transport) => transport.dispose());
    server.closeAllConnections();
    server.close();
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
  });

  const port = (): number => (server.address() as AddressInfo).port;
  const address = (host = '127.0.0.1'): string => `https://${host}:${port()}`;
  const ask = (cluster: object, user: object = {}, env: Record<string, string> = {}, editorHasProxy = false): Promise<unknown> => {
    const full = { server: address(), ...cluster };
    const text = JSON.stringify({
      clusters: [{ name: 'k', cluster: full }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
    });
    const credentials = new KubeconfigCredentials(readKubeconfigText(text).document, 'c', { clock: new ManualClock(), env, editorHasProxy: () => editorHasProxy });
    const transport = new Transport(full.server, credentials);
    open.push(transport);
    return new HttpKubernetesApi(transport).getPath('/version');
  };
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

    it('says what proxies it cannot speak to', async () => {
      await assert.rejects(ask({ ...inner, 'proxy-url': 'ftp://proxy.test' }), /only http, https and socks5 addresses are known/);
    });
  });
});
