import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { OpenSockets } from './openSockets';

const VERSION = 5;
/** Methods of RFC 1928. */
const METHODS = { open: 0, password: 2, none: 0xff } as const;
const ADDRESSES = { ipv4: 1, name: 3, ipv6: 4 } as const;

/** How a proxy refuses to lead on (RFC 1928, 6). */
export type SocksRefusal = { readonly reply: number };

/** A SOCKS5 proxy (RFC 1928, with names and passwords of RFC 1929) that leads every address to one place on this machine. */
export class SocksProxy {
  /** `name host:port`, `ipv4 host:port` or `ipv6 …` of each connection that was asked for. */
  readonly asked: string[] = [];
  /** The `name:password` of each, where the proxy wants one. */
  readonly shown: string[] = [];
  /** Who may pass; anybody when undefined. */
  account: string | undefined;
  /** What is answered instead of leading on; `silent` says nothing. */
  fault: SocksRefusal | 'silent' | undefined;
  private readonly sockets = new OpenSockets();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  /** Leads to `port` on 127.0.0.1. */
  static async start(port: number): Promise<SocksProxy> {
    const server = createServer();
    const proxy = new SocksProxy(server, port);
    server.on('connection', (socket) => {
      proxy.sockets.keep(socket);
      // A client that goes in the middle of the greeting is no fault of the proxy.
      proxy.greet(new Reader(socket), socket).catch(() => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get openSockets(): number {
    return this.sockets.size;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.sockets.destroyAll();
    await closed;
  }

  private async greet(reader: Reader, socket: Socket): Promise<void> {
    const [, count = 0] = await reader.take(2);
    const methods = await reader.take(count);
    const method = this.account === undefined ? METHODS.open : METHODS.password;
    if (!methods.includes(method)) {
      socket.end(Buffer.of(VERSION, METHODS.none));
      return;
    }
    socket.write(Buffer.of(VERSION, method));
    if (method === METHODS.password && !(await this.admit(reader, socket))) {
      return;
    }
    await this.lead(reader, socket);
  }

  private async admit(reader: Reader, socket: Socket): Promise<boolean> {
    const [, length = 0] = await reader.take(2);
    const name = await reader.take(length);
    const [secret = 0] = await reader.take(1);
    const shown = `${name.toString()}:${(await reader.take(secret)).toString()}`;
    this.shown.push(shown);
    const isRight = shown === this.account;
    socket[isRight ? 'write' : 'end'](Buffer.of(1, isRight ? 0 : 1));
    return isRight;
  }

  private async lead(reader: Reader, socket: Socket): Promise<void> {
    const [, , , kind = 0] = await reader.take(4);
    const host = await readHost(reader, kind);
    this.asked.push(`${host}:${(await reader.take(2)).readUInt16BE()}`);
    if (this.fault === 'silent') {
      return;
    }
    const reply = this.fault?.reply ?? 0;
    const answer = Buffer.of(VERSION, reply, 0, ADDRESSES.ipv4, 127, 0, 0, 1, 0, 0);
    if (reply !== 0) {
      socket.end(answer);
      return;
    }
    const onward = connect(this.port, '127.0.0.1', () => {
      reader.release();
      socket.write(answer);
      onward.pipe(socket).pipe(onward);
    });
    this.sockets.keep(onward);
    onward.on('error', () => socket.destroy());
  }
}

async function readHost(reader: Reader, kind: number): Promise<string> {
  if (kind === ADDRESSES.name) {
    const [length = 0] = await reader.take(1);
    return `name ${(await reader.take(length)).toString()}`;
  }
  return kind === ADDRESSES.ipv4 ? `ipv4 ${(await reader.take(4)).join('.')}` : `ipv6 ${(await reader.take(16)).toString('hex')}`;
}

/** The bytes of a socket, as many as are asked for. */
class Reader {
  private readonly read = (chunk: Buffer): void => {
    this.come = Buffer.concat([this.come, chunk]);
    this.serve();
  };
  private come = Buffer.alloc(0);
  private wanted: { readonly count: number; readonly give: (bytes: Buffer) => void } | undefined;

  private leave: () => void = () => undefined;

  constructor(private readonly socket: Socket) {
    socket.on('data', this.read);
    socket.once('close', () => this.leave());
  }

  take(count: number): Promise<Buffer> {
    return new Promise((give, reject) => {
      this.wanted = { count, give };
      this.leave = () => reject(new Error('the client left'));
      this.serve();
    });
  }

  /** Whoever comes next reads the socket. */
  release(): void {
    this.socket.off('data', this.read);
    this.socket.unshift(this.come);
  }

  private serve(): void {
    const { wanted } = this;
    if (wanted !== undefined && this.come.length >= wanted.count) {
      this.wanted = undefined;
      const bytes = this.come.subarray(0, wanted.count);
      this.come = this.come.subarray(wanted.count);
      wanted.give(bytes);
    }
  }
}
