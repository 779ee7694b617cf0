import { createConnection, createServer } from 'node:net';

/**
 * Passes what comes to a socket in the file system on to an address of this network namespace: files are seen from outside
 * of it, addresses are not.
 *
 * Usage: relay.mjs SOCKET HOST PORT
 */
const [socket = '', host = '', port = ''] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (incoming) => {
  const outgoing = createConnection({ host, port: Number(port), allowHalfOpen: true });
  incoming.pipe(outgoing).pipe(incoming);
  incoming.on('error', () => outgoing.destroy());
  outgoing.on('error', () => incoming.destroy());
}).listen(socket);
