import type { Socket } from 'node:net';

/** The sockets that a helper of the tests holds open. */
export class OpenSockets {
  private readonly sockets = new Set<Socket>();

  get size(): number {
    return this.sockets.size;
  }

  /** Until it closes; one that fails is destroyed. */
  keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }

  destroyAll(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }
}
