import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Credentials } from '../../../src/kubernetes/credentials';
import { Transport, type HttpRequest } from '../../../src/kubernetes/transport';
import { ManualClock, settle } from '../../support/manualClock';

const OPEN: Credentials = { access: () => Promise.resolve({ headers: {}, tls: {} }), renew: () => false, forget: () => undefined, dispose: () => undefined };
/** Unpacked by a thread in some turns of the event loop. */
const PACKED = gzipSync(Buffer.alloc(8 * 1024 * 1024, '{"a":"b"}'), { level: 1 });

describe('A request that is given up', function () {
  this.timeout(30_000);
  let server: Server;
  let transport: Transport;
  let clock: ManualClock;

  before(async () => {
    server = createServer(({ url }, response) => {
      if (url === '/silent') {
        return;
      }
      response.writeHead(url === '/refused' ? 500 : 200, { 'content-encoding': 'gzip' });
      if (url === '/begun') {
        response.write(PACKED.subarray(0, PACKED.length / 2));
      } else {
        response.end(PACKED);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    clock = new ManualClock();
    transport = new Transport(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, OPEN, { clock });
  });
  afterEach(() => transport.dispose());
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const ask = (path: string, signal?: AbortSignal): HttpRequest => ({ method: 'GET', path, verb: 'get', ...(signal === undefined ? {} : { signal }) });
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  ['/silent', '/begun', '/packed', '/refused'].forEach((path) => {
    it(`gives its time back at once, wherever ${path} has got to`, async () => {
      for (let turn = 0; turn < 60; turn += 1) {
        const wanted = new AbortController();
        let outcome: unknown;
        const sent = transport.send(ask(path, wanted.signal)).then(
          (answer) => (outcome = answer),
          (error: unknown) => (outcome = error),
        );
        await turns(turn);
        const isOver = outcome !== undefined;
        wanted.abort(new Error('not wanted'));
        await settle();
        assert.equal(clock.waiting, 0, `a timer is left after turn ${turn}`);
        await sent;
        if (!isOver) {
          assert.equal((outcome as Error).message, 'not wanted');
        }
      }
    });
  });

  it('is given up when its time is over, and leaves no timer', async () => {
    for (const [path, ms] of [['/silent', 30_000], ['/begun', 60_000]] as const) {
      const sent = transport.send(ask(path));
      const failed = assert.rejects(sent, /it does not answer/);
      await turns(60);
      await clock.advance(ms);
      await failed;
      assert.equal(clock.waiting, 0);
    }
  });
});

describe('A packed answer', () => {
  it('is read whole whatever its end says of its size', async () => {
    // Only the size of the last of the two parts stands at the end.
    const parts = [gzipSync(Buffer.alloc(9 * 1024 * 1024, '[1,2]')), gzipSync('end')];
    const server = createServer((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.concat(parts)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const transport = new Transport(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, OPEN);
    try {
      const { text } = await transport.send({ method: 'GET', path: '/', verb: 'get' });
      assert.equal(text.length, 9 * 1024 * 1024 + 'end'.length);
      assert.match(text, /end$/);
    } finally {
      transport.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
