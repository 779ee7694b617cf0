import assert from 'node:assert/strict';
import * as path from 'node:path';
import { KINDS } from '../../src/kubeblocks/kinds';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { PLAYGROUND_NAMESPACE } from '../../src/playground/kubeconfig';
import { faultCases, watches } from '../support/faultCases';
import { createBackup, ProxiedSession } from '../support/proxiedSession';

const ROOT = path.resolve(__dirname, '../..');

function startPlayground(seed = 1, token?: string): Promise<Playground> {
  const folders = { schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground') };
  return createPlayground({ ...folders, line: '1.0', speed: 0, seed, now: Date.UTC(2026, 0, 1), ...(token === undefined ? {} : { token }) });
}

function serverOf({ address, token, certificateAuthority }: Playground): Parameters<typeof ProxiedSession.open>[0] {
  return { address, token, namespace: PLAYGROUND_NAMESPACE, ...(certificateAuthority === undefined ? {} : { certificateAuthority }) };
}

describe('A connection through a bad network', function () {
  this.timeout(180_000);
  let playground: Playground;

  before(async () => {
    playground = await startPlayground();
  });
  after(() => playground.close());

  const rewrite = (name: string, round: string): void => {
    const object = playground.store.get(KINDS.backup, { namespace: PLAYGROUND_NAMESPACE, name });
    assert.ok(object !== undefined);
    playground.store.update(KINDS.backup, { ...object, metadata: { ...object.metadata, annotations: { round } } });
  };
  const { proxied: now, nextName, change, says } = faultCases(() => ({ server: serverOf(playground), rewrite, rewrittenFor: 120 }));

  it('heals after the history was compacted while it was away', async () => {
    const proxied = now();
    proxied.proxy.fault = (request) => (watches(request) ? { status: 503 } : undefined);
    proxied.proxy.cutAll();
    await says(/cannot be read.*503/);
    const name = nextName();
    await createBackup(proxied.api, PLAYGROUND_NAMESPACE, name);
    for (let round = 0; round < 10_100; round += 1) {
      rewrite(name, String(round));
    }
    proxied.proxy.fault = () => undefined;
    await proxied.healsWithinFiveSeconds();
  });

  it('shows the data of a server that lost its own, though its versions begin anew', async () => {
    const proxied = now();
    const fresh = await startPlayground(2, playground.token);
    const { certificateAuthority } = fresh;
    const target = { address: fresh.address, ...(certificateAuthority === undefined ? {} : { certificateAuthority }) };
    const other = await ProxiedSession.open({ ...target, token: fresh.token, namespace: PLAYGROUND_NAMESPACE });
    try {
      await change();
      await proxied.proxy.refuse();
      await says(/No connection to proxied/);
      await createBackup(other.api, PLAYGROUND_NAMESPACE, nextName());
      proxied.proxy.leadTo(target);
      await proxied.proxy.accept();
      await proxied.healsWithinFiveSeconds(other.api);
    } finally {
      await other.close();
      proxied.proxy.leadTo(proxied.server);
      await fresh.close();
    }
    await proxied.pass(1_000);
  });

  it('shows them also where the server was away too shortly for anybody to notice', async () => {
    const proxied = now();
    const fresh = await startPlayground(3, playground.token);
    const { certificateAuthority } = fresh;
    const target = { address: fresh.address, ...(certificateAuthority === undefined ? {} : { certificateAuthority }) };
    const other = await ProxiedSession.open({ ...target, token: fresh.token, namespace: PLAYGROUND_NAMESPACE });
    try {
      await proxied.pass(10_000);
      proxied.proxy.leadTo(target);
      await proxied.healsWithinFiveSeconds(other.api);
    } finally {
      await other.close();
      await fresh.close();
    }
    proxied.proxy.leadTo(proxied.server);
    await proxied.pass(1_000);
  });
});
