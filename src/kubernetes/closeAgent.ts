import type * as http from 'node:http';
import type { Duplex } from 'node:stream';

/** Closes an agent's sockets for good: also those that are still being made, by a proxy, when they come. */
export function closeAgent(agent: http.Agent): void {
  agent.on('free', (socket: Duplex) => socket.destroy());
  agent.destroy();
}
