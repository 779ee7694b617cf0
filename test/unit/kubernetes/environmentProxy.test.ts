import assert from 'node:assert/strict';
import { DIRECT, environmentProxy } from '../../../src/kubernetes/environmentProxy';

const PROXY = 'http://proxy.test:3128';

/** Cases as `golang.org/x/net/http/httpproxy` decides them. */
describe('The proxy of the environment', () => {
  const exempt: readonly [string, string, boolean][] = [
    ['', 'https://api.test:6443', false],
    ['api.test', 'https://api.test:6443', true],
    ['api.test', 'https://sub.api.test', true],
    ['api.test', 'https://notapi.test', false],
    ['.api.test', 'https://api.test', false],
    ['.api.test', 'https://sub.api.test', true],
    ['*.api.test', 'https://sub.api.test', true],
    ['*.api.test', 'https://api.test', false],
    ['API.test , other.test', 'https://api.TEST', true],
    ['api.test:6443', 'https://api.test:6443', true],
    ['api.test:6443', 'https://api.test', false],
    ['api.test:443', 'https://api.test', true],
    ['10.0.0.0/8', 'https://10.200.3.4:6443', true],
    ['10.0.0.0/8', 'https://11.0.0.1:6443', false],
    ['10.0.0.0/8', 'https://ten.test', false],
    ['10.0.0.0/99', 'https://10.0.0.1', false],
    ['10.0.0.1', 'https://10.0.0.1:6443', true],
    ['10.0.0.1:6443', 'https://10.0.0.1:6443', true],
    ['10.0.0.1:80', 'https://10.0.0.1:6443', false],
    ['fd00::/8', 'https://[fd12::1]:6443', true],
    ['fd12::1', 'https://[fd12::1]:6443', true],
    ['[fd12::1]:6443', 'https://[fd12::1]:6443', true],
    ['[fd12::1]:80', 'https://[fd12::1]:6443', false],
    ['*', 'https://api.test', true],
    ['', 'https://localhost:6443', true],
    ['', 'https://127.0.0.2:6443', true],
    ['', 'https://[::1]:6443', true],
  ];
  exempt.forEach(([noProxy, server, isDirect]) => {
    it(`${isDirect ? 'is not used' : 'is used'} for ${server} where NO_PROXY is "${noProxy}"`, () => {
      assert.equal(environmentProxy(server, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy }), isDirect ? DIRECT : PROXY);
    });
  });

  it('is that of the scheme of the server, in upper or lower case', () => {
    assert.equal(environmentProxy('http://api.test', { HTTPS_PROXY: PROXY }), undefined);
    assert.equal(environmentProxy('http://api.test', { http_proxy: PROXY }), PROXY);
    assert.equal(environmentProxy('https://api.test', { https_proxy: PROXY, no_proxy: 'api.test' }), DIRECT);
    assert.equal(environmentProxy('https://api.test', { HTTPS_PROXY: '' }), undefined);
  });

  it('is an http proxy where it names no scheme', () => {
    assert.equal(environmentProxy('https://api.test', { HTTPS_PROXY: 'proxy.test:3128' }), 'http://proxy.test:3128');
  });
});
