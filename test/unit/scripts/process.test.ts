import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

const processes = import('../../../scripts/workbench/process.mjs');

async function node(script: string) {
  const { start } = await processes;
  return start('The child', process.execPath, ['-e', script]);
}

describe('a running process', () => {
  it('tells when it has printed what is waited for', async () => {
    const child = await node("console.log('port 4711'); setInterval(() => {}, 1000)");
    const [, port] = await child.printed(/port (\d+)/, 10_000);
    await child.stop();
    assert.equal(port, '4711');
  });

  it('says how it ended and its last words when it ends before it is ready', async () => {
    const child = await node("console.error('no such file'); process.exit(3)");
    await assert.rejects(child.printed(/port/, 10_000), { message: 'The child ended before it was ready (exit code 3). It said:\nno such file' });
  });

  it('says when it is not ready in time', async () => {
    const child = await node('setInterval(() => {}, 1000)');
    await assert.rejects(child.printed(/port/, 1), { message: 'The child was not ready within 0.001 s.' });
    await child.stop();
  });

  it('takes its children with it when it is stopped', async () => {
    const line = createServer().listen(0, '127.0.0.1');
    await once(line, 'listening');
    const { port } = line.address() as AddressInfo;
    const grandchild = `require('node:net').connect(${port}, '127.0.0.1')`;
    const child = await node(`require('node:child_process').spawn(process.execPath, ['-e', "${grandchild}"]); setInterval(() => {}, 1000)`);
    const [socket] = (await once(line, 'connection')) as [Socket];
    const hungUp = once(socket.on('error', () => undefined).resume(), 'close');
    await child.stop();
    await hungUp;
    line.close();
  });

  it('names a program that is not there', async () => {
    const { start } = await processes;
    const child = start('The child', 'no-such-program', []);
    assert.match(await child.ended, /ENOENT/);
  });
});
