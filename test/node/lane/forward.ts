import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** A port of 127.0.0.1 behind which a socket of the file system lies. */
export interface Forward {
  readonly port: number;
  close(): Promise<void>;
}

/** Passes connections to a free port of 127.0.0.1 on to a socket of the file system, which need not be there yet. */
export async function forwardToSocket(socket: string): Promise<Forward> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (incoming) => {
    const outgoing = createConnection({ path: socket, allowHalfOpen: true });
    for (const each of [incoming, outgoing]) {
      open.add(each);
      each.once('close', () => open.delete(each));
    }
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('error', () => outgoing.destroy());
    outgoing.on('error', () => incoming.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  // A lane that nobody stopped does not keep its process alive.
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const each of open) each.destroy();
      }),
  };
}
