import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { OpenSockets } from './openSockets';

/** An HTTP proxy that knows CONNECT alone, and leads every name to one place on this machine. */
export class ConnectProxy {
  /** `host:port` of each tunnel that was asked for. */
  readonly asked: string[] = [];
  /** The `Proxy-Authorization` of each. */
  readonly authorizations: (string | undefined)[] = [];
  /** What is answered instead of leading on: a status, or nothing at all. */
  fault: number | 'silent' | undefined;
  private readonly sockets = new OpenSockets();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  /** Leads to `port` on 127.0.0.1. */
  static async start(port: number): Promise<ConnectProxy> {
    const server = createServer();
    const proxy = new ConnectProxy(server, port);
    server.on('connection', (socket) => proxy.sockets.keep(socket));
    server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => proxy.tunnel(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get openSockets(): number {
    return this.sockets.size;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.sockets.destroyAll();
    await closed;
  }

  private tunnel(request: IncomingMessage, socket: Socket, head: Buffer): void {
    this.asked.push(request.url ?? '');
    this.authorizations.push(request.headers['proxy-authorization']);
    if (this.fault === 'silent') {
      // Read on, to see the client go.
      socket.resume().on('end', () => socket.destroy());
      return;
    }
    if (this.fault !== undefined) {
      socket.end(`HTTP/1.1 ${this.fault} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(this.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    this.sockets.keep(onward);
    onward.on('error', () => socket.destroy());
  }
}
