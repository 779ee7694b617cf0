import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };

interface Library {
  readonly KubeConfig: new () => KubeConfig;
}

const unsigned = (payload: object) => `${encode({ alg: 'none' })}.${encode(payload)}.${encode('none')}`;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the bundled client library', () => {
  let folder: string;
  let tokenFile: string;
  let bundle: Library;
  let whole: Library;
  before(async () => {
    // Named at run time: the bundle is no module of the sources.
    bundle = (await import(path.resolve('dist', 'clientNode.js'))) as Library;
    whole = await import('@kubernetes/client-node');
    folder = mkdtempSync(path.join(tmpdir(), 'client-bundle-'));
    tokenFile = path.join(folder, 'token');
    writeFileSync(tokenFile, 'from-a-file');
  });
  after(() => rmSync(folder, { recursive: true }));

  const users: Record<string, () => object> = {
    'a token': () => ({ token: 'secret' }),
    'a user and password': () => ({ username: 'ada', password: 'secret' }),
    'a client certificate': () => ({ 'client-certificate-data': base64('CERT'), 'client-key-data': base64('KEY') }),
    'a token file': () => ({ 'auth-provider': { name: 'tokenFile', config: { tokenFile } } }),
    'an OIDC token that is still good': () => ({
      'auth-provider': { name: 'oidc', config: { 'id-token': unsigned({ exp: 4102444800 }), 'idp-issuer-url': 'https://issuer.example' } },
    }),
    'a credential plugin': () => ({
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: process.execPath,
        args: ['-e', 'console.log(JSON.stringify({ status: { token: "from-a-plugin" } }))'],
        interactiveMode: 'Never',
      },
    }),
  };

  for (const [credential, user] of Object.entries(users)) {
    it(`authenticates with ${credential} as the whole library does`, async () => {
      const kubeconfig = JSON.stringify({
        'current-context': 'c',
        clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:6443', 'certificate-authority-data': base64('CA'), 'tls-server-name': 'kube' } }],
        users: [{ name: 'u', user: user() }],
        contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      });
      assert.deepEqual(await requestOptions(bundle, kubeconfig), await requestOptions(whole, kubeconfig));
    });
  }
});

async function requestOptions({ KubeConfig }: Library, kubeconfig: string): Promise<RequestOptions> {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  delete options.agent;
  assert.notDeepEqual(options, {});
  return options;
}
